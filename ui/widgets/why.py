"""Why a question is asked, and quiet notices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSizePolicy, QStyle, QVBoxLayout, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.paged import PagedArea
from ui.widgets.press import Pressable, drag_area
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, Divider, draw_box
from ui.widgets.text import TextLabel
from ui.widgets.text_block import TextBlock, Words

_SEEN = 260
"""So much of the opened panel, under its header, is enough to see that it is open, px."""


class _WhyHeader(Pressable, QPushButton):
    def __init__(self, theme: Theme, title: str, open_text: str, close_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title = title
        self.states = (open_text, close_text)
        self.opened = False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._blocks: tuple[TextBlock, TextBlock] | None = None
        self.set_opened(False)

    def set_opened(self, opened: bool) -> None:
        self.opened = opened
        self._blocks = None
        self.setAccessibleName(f"{self.title} {self.states[opened]}")
        self.updateGeometry()
        self.update()

    def _texts(self) -> tuple[TextBlock, TextBlock]:
        if self._blocks is None or self._blocks[0].direction != self.layoutDirection():
            direction = self.layoutDirection()
            self._blocks = (
                TextBlock(self.theme, self.title, "body", weight=600, size=32, direction=direction),
                TextBlock(self.theme, self.states[self.opened], "caption", align="end", direction=direction),
            )
        return self._blocks

    def _rooms(self, width: int) -> tuple[int, int, int]:
        """Icon side, title width, state width (0 when it goes under the title)."""
        icon = self.theme.icon(42)
        state = self._texts()[1].natural_width()
        title = width - 28 - icon - 18 - 18 - state - 14 - icon - 28
        if title < 240:
            return icon, width - 28 - icon - 18 - 14 - icon - 28, 0
        return icon, title, state

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _icon, title, state = self._rooms(width)
        words = self._texts()
        tall = words[0].height(title) + (0 if state else words[1].height(title))
        return max(92, tall + 28)

    def sizeHint(self) -> QSize:
        return QSize(500, 92)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 92)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isDown():
            draw_box(painter, self.rect().adjusted(4, 4, -4, -4), self.theme.colour("brandSoft"), None)
        icon, title_width, state_width = self._rooms(self.width())
        title, state = self._texts()
        x, tall, end = 28 + icon + 18, self.height(), self.width() - 28 - icon
        draw_icon(painter, self._at(28, 0, icon, tall), "info-circle", self.theme.hex("brand"))
        painter.setPen(self.theme.colour("ink"))
        if state_width:
            title.draw(painter, self._at(x, 0, title_width, tall), middle=True)
            state.draw(painter, self._at(end - 14 - state_width, 0, state_width, tall), middle=True)
        else:
            upper = title.height(title_width)
            y = (tall - upper - state.height(title_width)) // 2
            title.draw(painter, self._at(x, y, title_width, upper))
            state.draw(painter, self._at(x, y + upper, title_width, state.height(title_width)))
        chevron = "chevron-up" if self.opened else "chevron-down"
        draw_icon(painter, self._at(end, 0, icon, tall), chevron, self.theme.hex("ink"))

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


class WhyPanel(Card):
    """Header and paragraphs ``(icon, words)``. ``toggled(bool)`` after opening or closing; no animation.

    The page is moved only where too little of the opened panel would be seen; where that takes the title
    ``asked`` out of sight, the panel begins with its words. Closing it brings the page back.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        title: str,
        open_text: str,
        close_text: str,
        paragraphs: Sequence[tuple[str, Words]],
        *,
        opened: bool = False,
        asked: TextLabel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, fill="panel", parent=parent)
        self.paragraphs = list(paragraphs)
        self._asked = asked
        self._again: TextLabel | None = None
        self._came_from = 0
        self.header = _WhyHeader(theme, title, open_text, close_text, self)
        self.header.clicked.connect(self.toggle)
        self._inside: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.header)
        if opened:
            self._open(True)

    @property
    def opened(self) -> bool:
        """Whether the paragraphs show."""
        return self.header.opened

    def text(self) -> str:
        """The paragraphs, for the voice."""
        plain = [
            words if isinstance(words, str) else "".join(run.text for run in words)
            for _, words in self.paragraphs
        ]
        return "\n".join(plain)

    def toggle(self) -> None:
        """Open or close."""
        area = drag_area(self)
        self._open(not self.opened)
        if area is not None:
            area.fit()
            if self.opened:
                self._came_from = area.offset()
                self._show(area)
            else:
                area.drag_by(area.offset() - self._came_from)
        self.toggled.emit(self.opened)

    def _show(self, area: PagedArea) -> None:
        seen = self.header.height() + _SEEN
        if area.shows_some(self, min(seen, self.height())):
            return
        area.show_whole(self)
        asked = self._asked
        if asked is None or self._again is not None or not area.content.isAncestorOf(asked):
            return
        if not area.shows_some(asked, asked.height()):
            self._again = TextLabel(self.theme, asked.text(), "body", weight=700)
            self._inside.layout().insertWidget(0, self._again)
            area.fit()
            area.show_whole(self)

    def _open(self, opened: bool) -> None:
        if opened and self._inside is None:
            self._inside = _paragraphs(self.theme, self.paragraphs)
            self.layout().addWidget(self._inside)
        if self._inside is not None:
            self._inside.setVisible(opened)
        self.header.set_opened(opened)


def _paragraphs(theme: Theme, paragraphs: Sequence[tuple[str, Words]]) -> QWidget:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(26, 4, 26, 26)
    column.setSpacing(18)
    for icon, words in paragraphs:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(Icon(theme, icon, 42), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(TextLabel(theme, words, "body"), 1)
        column.addLayout(row)
    return inside


class Notice(Card):
    """A quiet sentence with an icon, on ``panel``."""

    def __init__(self, theme: Theme, icon: str, words: Words, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, fill="panel", border="line" if theme.contrast else None, parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 22, 28, 22)
        row.setSpacing(24)
        row.addWidget(Icon(theme, icon, 42))
        self.label = TextLabel(theme, words, "body")
        row.addWidget(self.label, 1)
        self._row = row

    def add(self, button: QWidget) -> None:
        """A button after the sentence; in the largest text under it, where both have room."""
        if self.theme.stacked:
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
            self._row.setAlignment(self._row.itemAt(0).widget(), Qt.AlignmentFlag.AlignLeading)
        self._row.addWidget(button)


def icon_lines(theme: Theme, lines: Sequence[tuple[str, Words]], *, parent: QWidget | None = None) -> Card:
    """Several quiet sentences on one ``panel``, a line between them."""
    box = Card(theme, fill="panel", border="line" if theme.contrast else None, parent=parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(28, 10, 28, 10)
    column.setSpacing(0)
    for n, (icon, words) in enumerate(lines):
        if n:
            column.addWidget(Divider(theme))
        row = QHBoxLayout()
        row.setContentsMargins(0, 16, 0, 16)
        row.setSpacing(24)
        row.addWidget(Icon(theme, icon, 42), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(TextLabel(theme, words, "body"), 1)
        column.addLayout(row)
    return box
