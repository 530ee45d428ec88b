"""The end: what to take along, what remains, and one touch that wipes."""

from __future__ import annotations

from ui.screens.screen import Look, Nav, Screen
from ui.views import Progress, Thanks
from ui.widgets.why import Notice

_PAPER = {
    Progress.READY: "thanks.unprinted",
    Progress.BUSY: "thanks.printing",
    Progress.DONE: "thanks.take",
    Progress.FAILED: "thanks.unprinted",
}


class ThanksScreen(Screen):
    """``acted("end", None)`` wipes at once: the person has just said that they have finished."""

    def __init__(self, look: Look, view: Thanks) -> None:
        super().__init__(look)
        self.add_title(self.text("thanks.title"), self.text("thanks.remains"))
        lines = [("lock", self.text("thanks.wipe"))]
        if view.printing is not None:
            lines.insert(0, ("printer", self.text(_PAPER[view.printing])))
        if view.sent:
            lines.append(("mail", self.text("thanks.sent")))
        for icon, sentence in lines:
            self.column.addWidget(Notice(look.theme, icon, sentence))
            self.say(sentence)
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("thanks.finish"), "door-exit")

    def forward(self) -> None:
        self.acted.emit("end", None)
