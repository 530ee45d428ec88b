"""Every answer, with a way to change it and come straight back."""

from __future__ import annotations

from ui.screens.question import answer_words
from ui.screens.screen import Look, Nav, Screen
from ui.views import Check, CheckRow, Told
from ui.widgets.answer_row import Answer, AnswerList
from ui.widgets.why import Notice

WHOM = "?"
"""The row « Pour qui »; no question of a pack can have this id."""


class _AnswersScreen(Screen):
    """``acted("change", question id)``."""

    def add_answers(self, rows: tuple[CheckRow, ...], first: Answer | None = None) -> None:
        """The list, which the voice reads row by row; ``first`` stands before the questions."""
        answers = [*([first] if first is not None else []), *(self._answer(row) for row in rows)]
        narrow = self.theme.scale > 1 and self.look.layout.two_panes(self.theme.scale)
        self.answers = AnswerList(self.theme, answers, listen=self.look.listen, narrow=narrow)
        self.answers.change_pressed.connect(self._change)
        said = {first.key: f"{first.question} {first.answer}."} if first is not None else {}
        said |= {row.question.id: self._said_of(row) for row in rows}
        for answer, shown in zip(answers, self.answers.rows, strict=True):
            self.hear(shown.listen, said[answer.key])
        self.say(*said.values())
        self.column.addWidget(self.answers)

    def _change(self, key: str) -> None:
        if key == WHOM:
            self.acted.emit("change_for_whom", None)
        else:
            self.acted.emit("change", key)

    def add_private(self) -> None:
        """What becomes of the answers."""
        self.column.addWidget(Notice(self.theme, "lock", self.text("check.private")))
        self.say(self.text("check.private"))

    def _question(self, row: CheckRow) -> str:
        return self.look.pack().text(f"question.{row.question.id}.text", self.look.lang)

    def _answer(self, row: CheckRow) -> Answer:
        passed = row.value is None
        words = answer_words(self.look, row.question, row.value)
        return Answer(
            key=row.question.id,
            icon=row.question.icon or "help-circle",
            question=self._question(row),
            answer=self.text("check.skipped") if passed else words,
            change_text=self.text("check.answer" if passed else "check.change"),
            passed=passed,
        )

    def _said_of(self, row: CheckRow) -> str:
        """Private answers are not read aloud: whoever stands near would hear them."""
        asked = self.look.pack().questions
        inside = any(asked[name].private for name in row.question.questions)
        if (row.question.private or inside) and row.value is not None:
            return f"{self._question(row)} {self.text('check.not_aloud')}"
        words = answer_words(self.look, row.question, row.value) or self.text("check.skipped")
        return f"{self._question(row)} {words}."


class CheckScreen(_AnswersScreen):
    """« Tout est juste ? » « Continuer » shows the plan."""

    def __init__(self, look: Look, view: Check) -> None:
        super().__init__(look)
        lead = "check.lead.told" if view.all_told else "check.lead" if view.rows else "check.lead.none"
        self.add_title(self.text("check.title"), self.text(lead))
        if view.rows:
            self.add_answers(view.rows, self._whom(view.for_other))
        self.add_private()
        self.finish()

    def _whom(self, for_other: bool) -> Answer:
        answer = self.text("whom.other" if for_other else "whom.me")
        return Answer(WHOM, "user", self.text("whom.title"), answer, self.text("check.change"))

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("check.continue"), "list-check")

    def forward(self) -> None:
        self.acted.emit("plan", None)


class ToldScreen(_AnswersScreen):
    """« Vous nous l’avez déjà dit »: what was answered for an earlier life event."""

    def __init__(self, look: Look, view: Told) -> None:
        super().__init__(look)
        self.add_title(self.text("told.title"), self.text("told.lead"))
        self.add_answers(view.rows)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("frame.continue"))

    def forward(self) -> None:
        self.acted.emit("proceed", None)
