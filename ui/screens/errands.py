"""The plan by trip: where to go, in which order, with which papers; and what needs no trip."""

from __future__ import annotations

from kiosk.procedures import Status
from ui import plan_words
from ui.errand_words import ErrandWords, Stop
from ui.screens.plan import ways_to_see
from ui.screens.screen import Look, Nav, Screen
from ui.views import ShowErrands
from ui.widgets.step_card import StepCard
from ui.widgets.why import Notice


class ErrandsScreen(Screen):
    """``acted("plan", None)`` goes back to the dates; « Emporter mon plan » goes on."""

    def __init__(self, look: Look, view: ShowErrands) -> None:
        super().__init__(look)
        words = ErrandWords(look.words, view.plan, view.done, plan_words.veils(look.pack(), view.plan))
        self.add_title(self.text("paper.trips.title"), words.lead(), listen=self.text("listen.all"))
        self.entry.addWidget(ways_to_see(self, "errands"))
        for stop in words.stops():
            self._add(stop)
        if plan_words.of_status(view.plan, Status.MAYBE):
            sentence = self.text("errands.maybe")
            self.column.addWidget(Notice(look.theme, "help-circle", sentence))
            self.say(sentence)
        self.finish()

    def _add(self, stop: Stop) -> None:
        details = self.text("plan.detail"), self.text("plan.fold")
        card = StepCard(self.theme, stop.entry, details, listen=self.look.listen)
        if stop.veiled:
            self.hear(card.listen, lambda: stop.said if card.opened else stop.veiled)
        else:
            self.hear(card.listen, stop.said)
        self.say(stop.veiled or stop.said)
        self.column.addWidget(card)

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("plan.continue"), "printer")

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("take_away", None)
