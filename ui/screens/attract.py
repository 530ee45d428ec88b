"""Nobody is here: the town, what this is, and the languages in their own names."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.config import Town, words
from kiosk.messages import messages_for, right_to_left
from ui.hiding import PICTURES
from ui.screens.panes import intro_theme
from ui.screens.screen import GAP, MARGIN, Look, Nav, Screen
from ui.views import Attract
from ui.widgets.button import SkipLink
from ui.widgets.event_card import LanguageCard
from ui.widgets.picture import Crest, WelcomePicture
from ui.widgets.strip import Icon
from ui.widgets.surface import CardGrid
from ui.widgets.text import Caption, Heading, Lead, TextLabel
from ui.widgets.tiles import PictureButton

_BAND, _LESS, _MANY = 0.3, 0.333, 4
"""Height by width of the picture in landscape, and where there are more than so many languages: it then ends
where the path begins, so that no scrap of the path is left."""
_PICTURED = 1800
"""In landscape the picture is left out where it would push the words off the page."""
_SKY, _ROOM = 160 / 1080, 350
"""Of the picture: the height of the sky as a share of its width, and the room beside the tower, px."""


class AttractScreen(Screen):
    """One touch on a language starts the visit; touching the picture or the paper does nothing."""

    def __init__(self, look: Look, view: Attract, town: Town, voices: frozenset[str], notice: str) -> None:
        super().__init__(look)
        layout = look.layout
        self.bare = not layout.low and not layout.two_panes(look.theme.scale)
        if self.bare:
            self._picture(town, layout.width, many=len(view.languages) > _MANY)
            body = QWidget()
            inner = QVBoxLayout(body)
            inner.setContentsMargins(MARGIN, 16, MARGIN, 0)
            inner.setSpacing(GAP)
            self.column.addWidget(body)
            self.column.setContentsMargins(0, 0, 0, GAP)
            self._welcome(inner, town)
            self._choice(inner, view, voices, notice)
        else:
            if layout.low:
                if not layout.landscape:
                    self.intro.addWidget(_name(look, town))
            else:
                self._picture(town, 788, many=False)
            self._welcome(self.intro, town)
            self._choice(self.column, view, voices, notice)
        self.finish()

    def _picture(self, town: Town, width: int, *, many: bool) -> None:
        """The town's name over the sky of the picture, or above it where it would lie over the houses."""
        look, into = self.look, self.column if self.bare else self.intro
        name = _name(look, town)
        if look.layout.landscape:  # the name stands in the frame
            name.deleteLater()
            if not look.theme.one_column and look.layout.width >= _PICTURED:
                into.addWidget(WelcomePicture(look.theme, town.picture, share=_BAND))
        elif look.theme.contrast or look.theme.one_column:
            into.addWidget(name)
        elif name.heightForWidth(width) > width * _SKY or _wide(look, town.place, width):
            into.addWidget(name)
            into.addWidget(WelcomePicture(look.theme, town.picture))
        else:
            name.deleteLater()
            into.addWidget(_NamedPicture(look, town, _LESS if many else WelcomePicture.RATIO))

    def _welcome(self, into: QVBoxLayout, town: Town) -> None:
        title = self.text("attract.title")
        lead = words(town.subtitle, self.look.lang) or self.text("attract.lead")
        layout, theme = self.look.layout, self.theme
        role = "h1" if layout.landscape else "welcome"
        if layout.low:
            theme = intro_theme(layout, theme, title, lead, role)
        self.heading = Heading(theme, title, 1, role=role)
        into.addWidget(self.heading)
        into.addWidget(Lead(theme, lead))
        self.say(title, lead)

    def _choice(self, into: QVBoxLayout, view: Attract, voices: frozenset[str], notice: str) -> None:
        look = self.look
        names = " · ".join(messages_for(lang).text("attract.languages") for lang in view.languages)
        into.addWidget(_line(look, "language", names, strong=True))
        into.addWidget(self._cards(view.languages, voices))
        free = self.text("attract.free")
        into.addWidget(_line(look, "lock", free))
        self.say(free)
        beside = self.aside if not self.bare and not look.layout.low else into
        about = SkipLink(look.theme, self.text("attract.about"), icon="info-circle")
        about.clicked.connect(lambda: self.acted.emit("about", None))
        beside.addWidget(about)
        into.addWidget(self._pictures())
        if notice:
            beside.addWidget(_line(look, "info-circle", notice))

    def nav(self) -> Nav | None:
        return None

    def same_page(self, _new: Screen) -> bool:
        return True

    def _cards(self, languages: tuple[str, ...], voices: frozenset[str]) -> CardGrid:
        cards = []
        for lang in languages:
            own = messages_for(lang)
            listen = (own.text("listen.start"), own.text("listen.stop")) if lang in voices else None
            card = LanguageCard(
                self.theme,
                own.text(f"language.name.{lang}"),
                own.text("attract.start"),
                rtl=right_to_left(lang),
                listen=listen,
                least=116 if self.look.layout.landscape else 134,
            )
            card.pressed_card.connect(lambda lang=lang: self.acted.emit("language", lang))
            if card.listen is not None:
                card.listen.clicked.connect(
                    lambda _=False, lang=lang, button=card.listen: self.acted.emit("greet", (lang, button))
                )
            cards.append(card)
        zones = [card.listen for card in cards if card.listen is not None]
        widest = max((zone.sizeHint().width() for zone in zones), default=0)
        for zone in zones:  # the lines before them stand under one another
            zone.set_narrow(widest)
        return CardGrid(self.theme, cards)

    def _pictures(self) -> QWidget:
        """The pictures that bring a hidden screen back. They are always there: nobody can see from them
        whether a screen is hidden."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(Caption(self.theme, self.text("attract.hidden")))
        self.say(self.text("attract.hidden"))
        buttons = []
        for name in PICTURES:
            button = PictureButton(self.theme, name, self.text(f"picture.{name}"))
            button.clicked.connect(lambda _=False, name=name: self.acted.emit("picture", name))
            buttons.append(button)
        grid = QGridLayout()
        grid.setSpacing(12)
        columns = 2 if self.theme.stacked else 3 if self.theme.one_column else 6
        for index, button in enumerate(buttons):
            grid.addWidget(button, index // columns, index % columns)
        column.addLayout(grid)
        return box


class _NamedPicture(WelcomePicture):
    """The picture with the crest and the town's name over its sky."""

    def __init__(self, look: Look, town: Town, share: float) -> None:
        super().__init__(look.theme, town.picture, share=share, from_top=True)
        self._name = _name(look, town)
        self._name.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name.setGeometry(0, 0, self.width(), max(self._name.heightForWidth(self.width()), 140))


def _name(look: Look, town: Town) -> QWidget:
    band = QWidget()
    row = QHBoxLayout(band)
    low = look.layout.low
    row.setContentsMargins(0 if low else 56, 0 if low else 44, MARGIN, 0)
    row.setSpacing(28)
    theme = replace(look.theme, scale=1.0) if low else look.theme
    row.addWidget(Crest(theme, 84 if low else 108, town.crest), 0, Qt.AlignmentFlag.AlignTop)
    words_at = QVBoxLayout()
    words_at.setSpacing(0)
    words_at.addWidget(TextLabel(theme, town.name, "h2", weight=700))
    words_at.addWidget(TextLabel(theme, town.place, "caption", colour="inkSoft"))
    words_at.addStretch(1)
    row.addLayout(words_at, 1)
    return band


def _wide(look: Look, place: str, width: int) -> bool:
    """Whether the second line would reach the tower."""
    room = _ROOM - (1080 - width) / 2
    return QFontMetrics(look.theme.font("caption")).horizontalAdvance(place) > room


def greeting(lang: str, town: Town) -> str:
    """What the listen button of a language says."""
    own = messages_for(lang)
    return "\n".join(
        [town.name + ".", own.text("attract.title"), own.text("attract.lead"), own.text("attract.free")]
    )


def _line(look: Look, icon: str, text: str, *, strong: bool = False) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 6, 0, 0)
    row.setSpacing(20)
    row.addWidget(Icon(look.theme, icon, 42), 0, Qt.AlignmentFlag.AlignTop)
    label = TextLabel(look.theme, text, "body", weight=600) if strong else Caption(look.theme, text)
    row.addWidget(label, 1)
    return line
