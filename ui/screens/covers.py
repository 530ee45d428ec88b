"""Pages that cover the visit and give it back untouched: language, help, end, time, after a crash."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.messages import messages_for
from ui import views
from ui.screens.screen import Look, Nav, Screen
from ui.widgets.button import BigButton
from ui.widgets.countdown import CountdownRing
from ui.widgets.event_card import LanguageCard
from ui.widgets.strip import Icon
from ui.widgets.surface import CardGrid
from ui.widgets.text import TextLabel
from ui.widgets.why import Notice

_BESIDE = 1600
"""In a narrower landscape the words about the time left stand under the ring, px."""


class Cover(Screen):
    """A page over the visit."""

    coverable = False


class LanguageScreen(Cover):
    """Another language, at any moment; answers stay."""

    def __init__(self, look: Look, view: views.ChooseLanguage) -> None:
        super().__init__(look)
        self.add_title(self.text("language.title"), self.text("language.lead"))
        cards = []
        for lang in view.languages:
            own = messages_for(lang)
            current = lang == view.current
            sub = own.text("language.current" if current else "language.pick")
            card = LanguageCard(look.theme, own.text(f"language.name.{lang}"), sub)
            card.pressed_card.connect(lambda lang=lang: self.acted.emit("language", lang))
            self.say(f"{own.text(f'language.name.{lang}')}.")
            cards.append(card)
        self.column.addWidget(CardGrid(look.theme, cards))
        self.finish()


def _end_lead(view: views.ConfirmEnd) -> str:
    if view.sent:
        return "end.lead.sent"
    return "end.lead" if view.has_answers else "end.lead.none"


class EndScreen(Cover):
    """« Tout effacer et terminer ? » with « Non, je continue » first."""

    def __init__(self, look: Look, view: views.ConfirmEnd) -> None:
        super().__init__(look)
        self.add_title(self.text("end.title"), self.text(_end_lead(view)))
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("end.yes"), self.text("end.no"), "arrow-right", back_icon="door-exit")

    def forward(self) -> None:
        self.acted.emit("go_on", None)

    def back(self) -> bool:
        """The left button of this page ends the visit."""
        self.acted.emit("end", None)
        return True


class IdleScreen(Cover):
    """A whole page, so that nothing behind it can be touched; any touch or key means « I am here »."""

    def __init__(self, look: Look, view: views.StillThere) -> None:
        super().__init__(look)
        roomy = not (look.theme.one_column or look.layout.low or look.layout.landscape)
        role = "welcome" if roomy or not look.theme.one_column else "h1"
        self.add_title(self.text("idle.title"), self.text("idle.lead"), role=role)
        time_left = self._time_left(view)
        if roomy:
            self.column.addStretch(1)
            self.column.addLayout(time_left)
            self.column.addStretch(1)
        self._add_ways(400 if roomy else 144 if look.theme.stacked else 200, longer=not view.longer)
        if not roomy:  # the big button is seen whole, before what explains it
            self.column.addLayout(time_left)
        self.say(self.text("idle.wipe"))
        self.finish()

    def _time_left(self, view: views.StillThere) -> QBoxLayout:
        layout = self.look.layout
        down = self.theme.one_column or (layout.landscape and layout.width < _BESIDE)
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(40)
        self.ring = CountdownRing(
            self.theme,
            view.of,
            lambda n: self.words.count("idle.seconds", n),
            lambda n: self.words.count("idle.left", n),
        )
        self.ring.set_seconds(view.seconds)
        row.addWidget(self.ring)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(Icon(self.theme, "lock", 50), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(TextLabel(self.theme, self.text("idle.wipe"), "body"), 1)
        beside = QVBoxLayout()
        beside.addStretch(1)
        beside.addLayout(line)
        beside.addStretch(1)
        row.addLayout(beside, 1)
        return row

    def _add_ways(self, least: int, *, longer: bool) -> None:
        """« Je suis encore là », ``least`` px high, and « Plus de temps »."""
        self.here = BigButton(
            self.theme,
            self.text("idle.here"),
            kind="primary",
            icon="hand-stop",
            role="welcome",
            minimum_height=least,
        )
        self.here.clicked.connect(lambda: self.acted.emit("go_on", None))
        self.column.addWidget(self.here)
        self.longer: BigButton | None = None
        if longer:
            self.longer = BigButton(self.theme, self.text("comfort.longer"), icon="clock-plus")
            self.column.addWidget(self.longer)
            self.say(self.text("comfort.longer"))

    def nav(self) -> Nav | None:
        return None

    def first_focus(self) -> QWidget | None:
        return self.here

    def set_seconds(self, seconds: int) -> None:
        """The owner's clock says how long is left."""
        self.ring.set_seconds(seconds)


class ResumeScreen(Cover):
    """After a crash. No event, no name, no answer is shown; « I am someone else » wipes at once."""

    framed = False

    def __init__(self, look: Look, view: views.Resume) -> None:
        super().__init__(look)
        self.add_title(self.text("resume.title"), self.text("resume.lead"))
        for name, title, sub, icon in (
            ("resume", self.text("resume.continue"), "", "arrow-right"),
            ("end", self.text("resume.other"), self.text("resume.other.sub"), "user"),
        ):
            self.column.addWidget(self.action(title, sub, name, icon=icon, border="brand", least=180))
        self.left = Notice(look.theme, "clock", self.words.count("idle.left", view.seconds))
        self.column.addWidget(self.left)
        self.finish()

    def nav(self) -> Nav | None:
        return None

    def spoken(self) -> str:
        return f"{super().spoken()}\n{self.left.label.text()}"

    def set_seconds(self, seconds: int) -> None:
        self.left.label.set_text(self.words.count("idle.left", seconds))


def fact(screen: Screen, icon: str, label: str, value: str) -> QWidget:
    """A labelled fact: icon, small label, the words under it."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 8, 0, 8)
    row.setSpacing(24)
    row.addWidget(Icon(screen.theme, icon, 50), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(TextLabel(screen.theme, label, "caption", colour="inkSoft"))
    words.addWidget(TextLabel(screen.theme, value, "body", weight=600))
    row.addLayout(words, 1)
    return box
