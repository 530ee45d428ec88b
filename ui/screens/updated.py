"""The information changed while the person was away from it: what that means for their answers."""

from __future__ import annotations

from ui.screens.screen import Look, Nav, Screen
from ui.views import Updated
from ui.widgets.why import Notice


class UpdatedScreen(Screen):
    """``acted("proceed", None)`` goes on to the questions."""

    def __init__(self, look: Look, view: Updated) -> None:
        super().__init__(look)
        again = view.asked_again
        lead = self.words.count("updated.lead", again) if again else self.text("updated.lead.none")
        self.add_title(self.text("updated.title"), lead)
        for sentence in view.sentences:
            self.column.addWidget(Notice(look.theme, "info-circle", sentence))
            self.say(sentence)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(None, self.text("frame.continue"))

    def forward(self) -> None:
        self.acted.emit("proceed", None)
