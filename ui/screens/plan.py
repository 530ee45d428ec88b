"""The plan: what applies along the thread, then what may also be due, then what is not for the person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.procedures import Plan, PlanItem, Status
from ui import plan_words
from ui.screens.screen import Look, Nav, Screen
from ui.views import ShowPlan
from ui.widgets.plan import PlanItem as ThreadItem
from ui.widgets.plan import PlanView
from ui.widgets.right import RightItem
from ui.widgets.strip import Icon
from ui.widgets.surface import Divider
from ui.widgets.text import Caption, Heading, TextLabel
from ui.widgets.why import Notice


class PlanScreen(Screen):
    """``acted("done", (procedure, bool))``; « Emporter mon plan » goes on."""

    def __init__(self, look: Look, view: ShowPlan, opened: frozenset[str] | None) -> None:
        super().__init__(look)
        self.plan: Plan = view.plan
        self._hush = plan_words.hushed(look.pack(), view.plan)
        self._veils = plan_words.veils(look.pack(), view.plan)
        applies = plan_words.of_status(view.plan, Status.APPLIES)
        perhaps = plan_words.dated_duties(view.plan)
        maybe = tuple(item for item in plan_words.of_status(view.plan, Status.MAYBE) if item not in perhaps)
        summary = self._summary(applies, perhaps, bool(maybe))
        self.add_title(self.text("plan.title"), summary, listen=self.text("listen.all"))
        along = plan_words.along(view.plan)
        if along:
            open_now = plan_words.first_opened(view.plan) if opened is None else opened
            self._add_thread(along, view.done, open_now)
        if maybe:
            self._add_rights(maybe)
        # A sensitive procedure that is not for the person is not named: it would only be read by others.
        not_for = [item for item in plan_words.of_status(view.plan, Status.NOT) if item.id not in self._veils]
        if not_for:
            self._add_not(not_for)
        as_of = self.text("plan.as_of", date=self.words.short_date(view.plan.checked))
        self.column.addWidget(Notice(look.theme, "info-circle", as_of))
        self.say(as_of)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("plan.continue"), "printer")

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("take_away", None)

    def _summary(self, applies: tuple[PlanItem, ...], perhaps: tuple[PlanItem, ...], maybe: bool) -> str:
        if not applies and not perhaps:
            return self.text("plan.empty.maybe" if maybe else "plan.empty")
        legal = sum(plan_words.is_duty(item) for item in applies)
        parts = [self.words.count("plan.lead", len(applies))] if applies else []
        if legal:
            parts.append(self.words.count("plan.lead.legal", legal))
        if perhaps:
            parts.append(self.words.count("plan.lead.perhaps", len(perhaps)))
        return " ".join(parts)

    def _add_thread(
        self, applies: tuple[PlanItem, ...], done: frozenset[str], opened: frozenset[str]
    ) -> None:
        today = self.look.today
        entries = [
            plan_words.entry(
                self.words, item, today, done=item.id in done, cover=self._veils.get(item.id, "")
            )
            for item in applies
        ]
        self.thread_view = PlanView(
            self.theme, entries, self._details(), opened=opened, listen=self.look.listen
        )
        for shown, item in zip(self.thread_view.items, applies, strict=True):
            self._voice(item, shown)
        self.thread_view.action.connect(lambda key, action: self.acted.emit("done", (key, action == "done")))
        self.thread_view.toggled.connect(lambda key, on: self.acted.emit("opened", (key, on)))
        self.column.addWidget(self.thread_view)

    def _details(self) -> tuple[str, str]:
        return self.text("plan.detail"), self.text("plan.fold")

    def _voice(self, item: PlanItem, shown: ThreadItem | RightItem) -> None:
        """What is heard of a card. The name of a sensitive procedure is heard only where the person has
        opened the card and touches its own button."""
        whole = plan_words.said(self.words, item, self.look.today, self._hush)
        cover = self._veils.get(item.id)
        if cover is None:
            self.hear(shown.listen, whole)
            self.say(whole)
            return
        veiled = plan_words.said_veiled(self.words, cover)
        self.hear(shown.listen, lambda: whole if shown.opened else veiled)
        self.say(veiled)

    def _add_rights(self, maybe: tuple[PlanItem, ...]) -> None:
        self.column.addSpacing(20)
        self.column.addWidget(Divider(self.theme, token="thread", width=4))
        title = self.text("plan.maybe.title")
        self.column.addWidget(Heading(self.theme, title, 2))
        decides = self.text("plan.maybe.decides")
        self.column.addWidget(Caption(self.theme, decides))
        self.say(f"{title}.", decides)
        for item in maybe:
            entry = plan_words.right(self.words, item, self.look.today, self._veils.get(item.id, ""))
            card = RightItem(self.theme, entry, self._details(), listen=self.look.listen)
            self.column.addWidget(card)
            self._voice(item, card)

    def _add_not(self, items: list[PlanItem]) -> None:
        self.column.addSpacing(20)
        title = self.text("plan.not.title")
        self.column.addWidget(Heading(self.theme, title, 2))
        self.say(f"{title}.")
        for item in items:
            self.column.addWidget(_not_for_you(self, item))
            self.say(f"{item.title}. {plan_words.reason_said(self.words, item, self._hush)}")


def _not_for_you(screen: PlanScreen, item: PlanItem) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 6, 0, 6)
    row.setSpacing(20)
    row.addWidget(Icon(screen.theme, "x", 42, "inkSoft"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(TextLabel(screen.theme, f"{item.title}. {item.because}", "caption", colour="inkSoft"), 1)
    return line
