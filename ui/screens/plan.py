"""The plan: what applies along the thread, then what may also be due, then what is not for the person."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.procedures import Plan, PlanItem, Status
from ui import plan_words
from ui.screens.screen import Look, Nav, Screen
from ui.views import ShowPlan, View
from ui.widgets.not_for_you import NotForYou
from ui.widgets.plan import PlanItem as ThreadItem
from ui.widgets.plan import PlanView
from ui.widgets.right import RightItem
from ui.widgets.segments import Segments
from ui.widgets.surface import Divider
from ui.widgets.text import Caption, Heading
from ui.widgets.why import Notice


class PlanScreen(Screen):
    """``acted("done", (procedure, bool))``, ``acted("assist", procedure)``; « Emporter mon plan » goes on."""

    def __init__(self, look: Look, view: ShowPlan, opened: frozenset[str] | None) -> None:
        super().__init__(look)
        self.plan: Plan = view.plan
        self._done, self._answers = view.done, view.answers
        self._hush = plan_words.hushed(look.pack(), view.plan)
        self._veils = plan_words.veils(look.pack(), view.plan)
        applies = plan_words.of_status(view.plan, Status.APPLIES)
        perhaps = plan_words.dated_duties(view.plan)
        undated = (item for item in plan_words.of_status(view.plan, Status.MAYBE) if item not in perhaps)
        self._maybe = tuple(undated)
        self._along = plan_words.along(view.plan)
        self._as_of = self.text("plan.as_of", date=self.words.short_date(view.plan.checked))
        self.add_title(
            self.text("plan.title"),
            self._summary(applies, perhaps),
            listen=self.text("listen.all"),
        )
        if view.for_other:
            self.entry.addWidget(Notice(look.theme, "users", self.text("plan.for_other")))
            self.say(self.text("plan.for_other"))
        if applies:
            self.entry.addWidget(ways_to_see(self, "plan"))
        if self._along:
            self._add_thread(plan_words.first_opened(view.plan) if opened is None else opened)
        if self._maybe:
            self._add_rights()
        self._add_not()
        self.column.addWidget(Notice(look.theme, "info-circle", self._as_of))
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("plan.continue"), "printer")

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("take_away", None)

    def follow(self, view: View) -> bool:
        """A card that is now done, or not any more, is made anew; all the others stay as they are."""
        if not isinstance(view, ShowPlan) or view.plan is not self.plan:
            return False
        changed = self._done ^ view.done
        self._done = view.done
        for item in self.plan.procedures:
            if item.id in changed:
                shown = self.thread_view.renew(self._entry(item))
                self._voice(item, shown)
                self.acted.emit("opened", (item.id, False))
                self.paged.fit()
                self.paged.show_whole(shown)
                (shown.buttons.get("undo") or shown.opener).setFocus()
                self.announced.emit(f"{shown.entry.cover or shown.entry.title}. {shown.entry.tag}.")
        return True

    def _summary(self, applies: tuple[PlanItem, ...], perhaps: tuple[PlanItem, ...]) -> str:
        if not applies and not perhaps:
            return self.text("plan.empty.maybe" if self._maybe else "plan.empty")
        legal = sum(plan_words.is_duty(item) for item in applies)
        parts = [self.words.count("plan.lead", len(applies))] if applies else []
        if legal:
            parts.append(self.words.count("plan.lead.legal", legal))
        if perhaps:
            parts.append(self.words.count("plan.lead.perhaps", len(perhaps)))
        return " ".join(parts)

    def _entry(self, item: PlanItem) -> plan_words.PlanEntry:
        return plan_words.entry(
            self.words,
            item,
            self.look.today,
            done=item.id in self._done,
            cover=self._veils.get(item.id, ""),
            quote=lambda: self._quoted(item),
        )

    def _quoted(self, item: PlanItem) -> str:
        """Private answers, and those to a sensitive procedure, are not repeated where others stand."""
        hushed = item.id in self._hush or item.id in self._veils
        if hushed or item.status is not Status.APPLIES or not self._answers:
            return ""
        return plan_words.quoted(self.words, self.look.pack(), self.plan, item, self._answers)

    def _add_thread(self, opened: frozenset[str]) -> None:
        entries = [self._entry(item) for item in self._along]
        self.thread_view = PlanView(
            self.theme, entries, self._details(), opened=opened, listen=self.look.listen
        )
        for shown, item in zip(self.thread_view.items, self._along, strict=True):
            self._voice(item, shown)
        self.thread_view.action.connect(self._act)
        self.thread_view.toggled.connect(lambda key, on: self.acted.emit("opened", (key, on)))
        self.column.addWidget(self.thread_view)

    def _act(self, key: str, action: str) -> None:
        if action == "assist":
            self.acted.emit("assist", key)
        else:
            self.acted.emit("done", (key, action == "done"))

    def _details(self) -> tuple[str, str]:
        return self.text("plan.detail"), self.text("plan.fold")

    def _voice(self, item: PlanItem, shown: ThreadItem | RightItem) -> None:
        """What is heard of a card. The name of a sensitive procedure is heard only where the person has
        opened the card and touches its own button."""
        cover = self._veils.get(item.id, "")

        def heard() -> str:
            if cover and not shown.opened:
                return plan_words.said_veiled(self.words, cover)
            shown_too = (self._quoted(item), plan_words.proof(self.words, item)) if shown.opened else ()
            return "\n".join(filter(None, (self._aloud(item), *shown_too)))

        self.hear(shown.listen, heard)

    def spoken(self) -> str:
        """Worked out when it is asked for: it is long."""
        return "\n".join([super().spoken(), *self._spoken_cards()])

    def _spoken_cards(self) -> Iterator[str]:
        for item in self._along:
            yield self._said_of(item)
        if self._maybe:
            yield f"{self.text('plan.maybe.title')}. {self.text('plan.maybe.decides')}"
            for item in self._maybe:
                yield self._said_of(item)
        named = self._not_for()
        if named:
            yield f"{self.text('plan.not.title')}."
            for item in named:
                yield self._not_said(item)
        yield self._as_of

    def _said_of(self, item: PlanItem) -> str:
        cover = self._veils.get(item.id)
        if cover is not None:
            return plan_words.said_veiled(self.words, cover)
        return self._aloud(item)

    def _aloud(self, item: PlanItem) -> str:
        done = item.id in self._done
        return plan_words.said(self.words, item, self.look.today, self._hush, done=done)

    def _add_rights(self) -> None:
        self.column.addSpacing(20)
        self.column.addWidget(Divider(self.theme, token="thread", width=4))
        self.column.addWidget(Heading(self.theme, self.text("plan.maybe.title"), 2))
        self.column.addWidget(Caption(self.theme, self.text("plan.maybe.decides")))
        for item in self._maybe:
            entry = plan_words.right(self.words, item, self.look.today, self._veils.get(item.id, ""))
            card = RightItem(self.theme, entry, self._details(), listen=self.look.listen)
            card.action.connect(self._act)
            self.column.addWidget(card)
            self._voice(item, card)

    def _not_for(self) -> tuple[PlanItem, ...]:
        """A sensitive procedure that is not for the person is not named: it would only be read by others."""
        items = plan_words.of_status(self.plan, Status.NOT)
        return tuple(item for item in items if item.id not in self._veils)

    def _add_not(self) -> None:
        named = self._not_for()
        if not named:
            return
        title = self.text("plan.not.title")
        self.column.addSpacing(8)
        reasons = [(item.title, item.because) for item in named]
        panel = NotForYou(self.theme, title, self._details(), reasons, listen=self.look.listen)
        panel.listening.connect(lambda n, button: self.heard.emit(self._not_said(named[n]), button))
        self.column.addWidget(panel)

    def _not_said(self, item: PlanItem) -> str:
        return f"{item.title}. {plan_words.reason_said(self.words, item, self._hush)}"


def ways_to_see(screen: Screen, now: str) -> Segments:
    """« Par date » and « Par déplacement »: the two ways to look at one plan."""
    ways = (
        ("plan", "calendar", screen.text("plan.by_date")),
        ("errands", "map-pin", screen.text("plan.by_trip")),
    )
    segments = Segments(screen.theme, ways, now)
    segments.picked.connect(lambda key: screen.acted.emit(key, None))
    return segments
