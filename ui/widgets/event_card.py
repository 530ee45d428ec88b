"""Cards that lead somewhere in one touch: life events, languages, ways on."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import Card, Divider, draw_box
from ui.widgets.text_block import TextBlock


class CardButton(TallMemo, Pressable, QPushButton):
    """The touchable part of a card: tile, words, small line, and a chevron if it leads to a page."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        sub: str = "",
        *,
        icon: str = "",
        tint: str = "panel",
        tile: int = 84,
        picture: int = 50,
        role: str = "option",
        size: float | None = None,
        weight: int = 600,
        least: int = 116,
        chevron: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.texts = (text, sub)
        self.icon_name = icon
        self.tint = tint
        self._tile = 0 if not icon or theme.stacked else round(tile * min(theme.scale, 1.5))
        self._picture = round(picture * min(theme.scale, 1.5))
        self._style = (role, size, weight)
        self._least = least
        self._chevron = theme.icon(44) if chevron else 0
        self._blocks: tuple[TextBlock, TextBlock | None] | None = None
        self.setAutoDefault(False)
        self.setAccessibleName(f"{text}. {sub}" if sub else text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def ring_widget(self) -> QWidget:
        return self.parentWidget()

    def _texts(self) -> tuple[TextBlock, TextBlock | None]:
        if self._blocks is None or self._blocks[0].direction != self.layoutDirection():
            role, size, weight = self._style
            direction = self.layoutDirection()
            text, sub = self.texts
            self._blocks = (
                TextBlock(self.theme, text, role, weight=weight, size=size, direction=direction),
                TextBlock(self.theme, sub, "caption", direction=direction) if sub else None,
            )
        return self._blocks

    def _text_x(self) -> int:
        return 16 + self._tile + 18 if self._tile else 28

    def _room(self, width: int) -> int:
        return max(20, width - self._text_x() - (self._chevron + 20 if self._chevron else 6))

    def _tall(self, width: int) -> int:
        main, sub = self._texts()
        room = self._room(width)
        tall = main.height(room) + (sub.height(room) if sub else 0)
        return max(self._least, tall + 28, self._tile + 28)

    def sizeHint(self) -> QSize:
        return QSize(self._text_x() + 200, self._least)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._text_x() + 60, self._least)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme = self.theme
        if self.isDown():
            draw_box(
                painter,
                self.rect().adjusted(2, 2, -2, -2),
                theme.colour("brandSoft"),
                theme.colour("brand") if theme.contrast else None,
                4,
            )
        if self._tile:
            tile = self._at(16, (self.height() - self._tile) // 2, self._tile, self._tile)
            edge = theme.colour("line") if theme.contrast else None
            draw_box(painter, tile, theme.colour(self.tint), edge, 3, 16)
            rest = (self._tile - self._picture) // 2
            draw_icon(painter, tile.adjusted(rest, rest, -rest, -rest), self.icon_name, theme.hex("brand"))
        main, sub = self._texts()
        room = self._room(self.width())
        tall = main.height(room) + (sub.height(room) if sub else 0)
        y = (self.height() - tall) // 2
        painter.setPen(theme.colour("ink"))
        main.draw(painter, self._at(self._text_x(), y, room, main.height(room)))
        if sub:
            painter.setPen(theme.colour("inkSoft"))
            sub.draw(painter, self._at(self._text_x(), y + main.height(room), room, sub.height(room)))
        if self._chevron:
            box = self._at(self.width() - self._chevron - 8, 0, self._chevron, self.height())
            draw_icon(painter, box, "chevron-right", theme.hex("brand"))

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


class ActionCard(Card):
    """A :class:`CardButton` and its listen zone. Signals ``pressed_card``, ``listen_pressed``."""

    pressed_card = Signal()
    listen_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        sub: str = "",
        *,
        icon: str = "",
        listen: tuple[str, str] | None = None,
        chevron: bool = True,
        border: str = "line",
        divided: bool = True,
        parent: QWidget | None = None,
        **style: object,
    ) -> None:
        super().__init__(theme, border=border, width=3 if border == "brand" else 2, parent=parent)
        self.button = CardButton(theme, text, sub, icon=icon, chevron=chevron, parent=self, **style)
        self.button.clicked.connect(lambda: self.pressed_card.emit())
        self.listen: ListenButton | None = None
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        row.addWidget(self.button, 1)
        if listen is not None:
            self.listen = ListenButton(theme, *listen, item=text, flat=True, parent=self)
            self.listen.clicked.connect(lambda: self.listen_pressed.emit())
            if divided or theme.stacked:
                row.addWidget(Divider(theme, upright=not theme.stacked, inset=16))
            row.addWidget(self.listen)


class EventCard(ActionCard):
    """A life event: tile 104 on its tint (``rose``, ``sage``, ``sand``, ``sky``, ``lilac``)."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        tint: str,
        *,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        token = f"tint{tint.capitalize()}"
        super().__init__(
            theme,
            text,
            icon=icon,
            listen=listen,
            chevron=False,
            divided=False,
            parent=parent,
            tint=token if token in ("tintRose", "tintSage", "tintSand", "tintSky", "tintLilac") else "panel",
            tile=104,
            picture=64,
            size=33,
            least=144,
        )
        if self.listen is not None:
            self.listen.set_narrow()


class LanguageCard(ActionCard):
    """A language in its own words and script: ``name``, « Toucher pour commencer » in that language."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        start_text: str,
        *,
        rtl: bool = False,
        listen: tuple[str, str] | None = None,
        least: int = 134,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            name,
            start_text,
            listen=listen,
            chevron=False,
            border="brand",
            parent=parent,
            weight=700,
            least=least,
        )
        if self.listen is not None:
            self.listen.set_narrow()
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.button.setLayoutDirection(direction)
