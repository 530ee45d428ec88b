"""« M’aider à le faire »: one procedure, step by step, as far as the plan knows; then a person."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.procedures import PlanItem
from ui import plan_words
from ui.desk_questions import desk_questions
from ui.plan_facts import channel_row, closed, document, office_rows, row_said
from ui.screens.screen import Look, Nav, Screen
from ui.views import Assist
from ui.widgets.plan_rows import Row
from ui.widgets.step_card import StepCard, StepEntry


class AssistScreen(Screen):
    """Papers, where and how, what to ask, who may do it. ``acted("help", None)`` asks for a person.

    A sensitive procedure has its neutral name in the title; the rest is heard only from its own buttons.
    """

    def __init__(self, look: Look, view: Assist) -> None:
        super().__init__(look)
        item = view.item
        veil = plan_words.veils_of(look.pack(), (item,), look.lang).get(item.id, "")
        by_when = plan_words.when(self.words, item.deadline)
        self.add_title(veil or item.title, f"{self.text('assist.title')} {by_when}.")
        for number, (step, rows) in enumerate(self._steps(item), 1):
            self._add(number, step, rows, aloud=not veil)
        self._add_person("frame.call" if view.callable else "frame.help")
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("assist.back"), "list-check")

    def forward(self) -> None:
        self.acted.emit("plan", None)

    def _steps(self, item: PlanItem) -> Iterator[tuple[str, tuple[Row, ...]]]:
        text = self.text
        if item.documents:
            listed = "\n".join(document(self.words, paper) for paper in item.documents)
            yield text("assist.papers"), (Row("files", "", listed, listed=True),)
        ways = tuple(self._ways(item))
        if ways:
            yield text("assist.go"), ways
        questions = desk_questions(self.words, item)
        if questions:
            row = Row("messages", "", "\n".join(questions), listed=True)
            yield text("ask.title"), (row,)
        if item.who:
            yield text("assist.who"), (Row("user", "", item.who),)

    def _ways(self, item: PlanItem) -> Iterator[Row]:
        yield from office_rows(self.words, item)
        for channel in item.channels:
            yield channel_row(self.words, channel)

    def _add(self, number: int, title: str, rows: tuple[Row, ...], *, aloud: bool) -> None:
        card = StepCard(self.theme, StepEntry(title, rows, number), listen=self.look.listen)
        parts = [f"{number}. {title}", *map(row_said, rows)]
        said = "\n".join(closed(part) for part in parts)
        self.hear(card.listen, said)
        if aloud:
            self.say(said)
        self.column.addWidget(card)

    def _add_person(self, words: str) -> None:
        title, sub = self.text(words), self.text("assist.person")
        self.column.addWidget(self.action(title, sub, "help", icon="headset", border="brand", least=128))
