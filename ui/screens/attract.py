"""Nobody is here: the town, what this is, and the languages in their own names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.config import Town
from kiosk.messages import messages_for
from ui.screens.screen import GAP, MARGIN, Look, Nav, Screen
from ui.views import Attract
from ui.widgets.event_card import LanguageCard
from ui.widgets.picture import Crest, WelcomePicture
from ui.widgets.strip import Icon
from ui.widgets.surface import CardGrid
from ui.widgets.text import Caption, Heading, Lead, TextLabel

_RIGHT_TO_LEFT = ("ar",)
_WIDTH, _SKY, _ROOM = 1080, 160, 350
"""Of the picture: its width, the height of the sky, and the room beside the tower, px of the design."""


class AttractScreen(Screen):
    """One touch on a language starts the visit; touching anything else does nothing."""

    def __init__(self, look: Look, view: Attract, town: Town, voices: frozenset[str], notice: str) -> None:
        super().__init__(look)
        self.column.setContentsMargins(0, 0, 0, GAP)
        name = _name(look, town)
        if look.theme.contrast:
            self.column.addWidget(name)
        elif name.heightForWidth(_WIDTH) > _SKY or _wide(look, town.place):
            # A long name would lie over the houses: it stands above the picture.
            self.column.addWidget(name)
            self.column.addWidget(WelcomePicture(look.theme))
        else:
            name.deleteLater()
            self.column.addWidget(_NamedPicture(look, town))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(MARGIN, 16, MARGIN, 0)
        inner.setSpacing(GAP)
        self.heading = Heading(look.theme, self.text("attract.title"), 1, role="welcome")
        inner.addWidget(self.heading)
        inner.addWidget(Lead(look.theme, self.text("attract.lead")))
        inner.addWidget(self._language_line(view.languages))
        inner.addWidget(self._cards(view.languages, voices))
        inner.addWidget(_line(look, "lock", self.text("attract.free")))
        if notice:
            inner.addWidget(_line(look, "info-circle", notice))
        self.column.addWidget(body)
        self.say(self.text("attract.title"), self.text("attract.lead"), self.text("attract.free"))
        self.finish()

    def nav(self) -> Nav | None:
        return None

    def _language_line(self, languages: tuple[str, ...]) -> QWidget:
        names = " · ".join(messages_for(lang).text("attract.languages") for lang in languages)
        return _line(self.look, "language", names, strong=True)

    def _cards(self, languages: tuple[str, ...], voices: frozenset[str]) -> CardGrid:
        cards = []
        for lang in languages:
            own = messages_for(lang)
            listen = (own.text("listen.start"), own.text("listen.stop")) if lang in voices else None
            card = LanguageCard(
                self.theme,
                own.text(f"language.name.{lang}"),
                own.text("attract.start"),
                rtl=lang in _RIGHT_TO_LEFT,
                listen=listen,
            )
            card.pressed_card.connect(lambda lang=lang: self.acted.emit("language", lang))
            if card.listen is not None:
                card.listen.clicked.connect(
                    lambda _=False, lang=lang, button=card.listen: self.acted.emit("greet", (lang, button))
                )
            cards.append(card)
        return CardGrid(self.theme, cards)


class _NamedPicture(WelcomePicture):
    """The picture with the crest and the town's name over its sky."""

    def __init__(self, look: Look, town: Town) -> None:
        super().__init__(look.theme)
        self._name = _name(look, town)
        self._name.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name.setGeometry(0, 0, self.width(), max(self._name.heightForWidth(self.width()), 140))


def _name(look: Look, town: Town) -> QWidget:
    band = QWidget()
    row = QHBoxLayout(band)
    row.setContentsMargins(56, 44, MARGIN, 0)
    row.setSpacing(28)
    row.addWidget(Crest(look.theme, 108), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(TextLabel(look.theme, town.name, "h2", weight=700))
    words.addWidget(TextLabel(look.theme, town.place, "caption", colour="inkSoft"))
    words.addStretch(1)
    row.addLayout(words, 1)
    return band


def _wide(look: Look, place: str) -> bool:
    """Whether the second line would reach the tower."""
    return QFontMetrics(look.theme.font("caption")).horizontalAdvance(place) > _ROOM


def greeting(lang: str, town: Town) -> str:
    """What the listen button of a language says."""
    own = messages_for(lang)
    return "\n".join(
        [town.name + ".", own.text("attract.title"), own.text("attract.lead"), own.text("attract.free")]
    )


def _line(look: Look, icon: str, words: str, *, strong: bool = False) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 6, 0, 0)
    row.setSpacing(20)
    row.addWidget(Icon(look.theme, icon, 42), 0, Qt.AlignmentFlag.AlignTop)
    label = TextLabel(look.theme, words, "body", weight=600) if strong else Caption(look.theme, words)
    row.addWidget(label, 1)
    return line
