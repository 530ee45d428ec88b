"""The end: what to take along, what remains, one question, and one touch that wipes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.screen import Look, Nav, Screen
from ui.views import Feedback, Progress, Thanks
from ui.widgets.feedback import FaceRow
from ui.widgets.status import StatusCard
from ui.widgets.surface import Divider
from ui.widgets.text import Caption, Heading
from ui.widgets.why import icon_lines

_PAPER = {
    Progress.READY: "thanks.unprinted",
    Progress.BUSY: "thanks.printing",
    Progress.DONE: "thanks.take",
    Progress.FAILED: "thanks.unprinted",
}
_FACES = (
    ("good", "mood-smile", "feedback.good"),
    ("middle", "mood-empty", "feedback.middle"),
    ("bad", "mood-sad", "feedback.bad"),
)


class ThanksScreen(Screen):
    """``acted("end", None)`` wipes at once: the person has just said that they have finished.
    ``acted("feedback", "good" | "middle" | "bad")`` is one touch, and says thank you."""

    def __init__(self, look: Look, view: Thanks) -> None:
        super().__init__(look)
        self.view = view
        self._counted: QWidget | None = None
        self.add_title(self.text("thanks.title"), self.text("thanks.remains"))
        lines = [("lock", self.text("thanks.wipe"))]
        if view.printing is not None:
            lines.insert(0, ("printer", self.text(_PAPER[view.printing])))
        if view.sent:
            lines.append(("mail", self.text("thanks.sent")))
        self.column.addWidget(icon_lines(look.theme, lines))
        self.say(*(sentence for _, sentence in lines))
        if view.feedback is Feedback.ASKED:
            self._ask()
        elif view.feedback is Feedback.GIVEN:
            thanks = self.text("feedback.given")
            card = StatusCard(look.theme, "done", thanks)
            self._counted = card.heading
            self.column.addWidget(card)
            self.say(thanks)
        self.finish()

    def _ask(self) -> None:
        question, anonymous = self.text("feedback.title"), self.text("feedback.anonymous")
        self.column.addSpacing(16)
        self.column.addWidget(Divider(self.theme, token="thread", width=4))
        self.column.addWidget(Heading(self.theme, question, 2))
        self.column.addWidget(Caption(self.theme, anonymous))
        faces = [(value, icon, self.text(key)) for value, icon, key in _FACES]
        row = FaceRow(self.theme, faces)
        row.picked.connect(lambda value: self.acted.emit("feedback", value))
        self.column.addWidget(row)
        self.say(question, anonymous, *(f"{word}." for _, _, word in faces))

    def nav(self) -> Nav | None:
        return Nav(self.text("frame.back"), self.text("thanks.finish"), "door-exit")

    def same_page(self, _new: Screen) -> bool:
        return True

    def news(self) -> QWidget | None:
        return self._counted

    def forward(self) -> None:
        self.acted.emit("end", None)
