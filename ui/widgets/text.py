"""Texts on the screen: labels of the theme, each as tall as its words need."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.text_block import TextBlock, Words


class TextLabel(QWidget):
    """A wrapped text of the theme; read by assistive technology as static text."""

    accessible_role = QAccessible.Role.StaticText
    balanced = False
    """Whether the lines are about as long as one another."""

    def __init__(
        self,
        theme: Theme,
        words: Words = "",
        role: str = "body",
        *,
        colour: str = "ink",
        weight: int | None = None,
        align: str = "start",
        size: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.role = role
        self._size = size
        self._colour = colour
        self._weight = weight
        self._align = align
        self._words: Words = words
        self._block: TextBlock | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The words shown."""
        return self._words if isinstance(self._words, str) else "".join(run.text for run in self._words)

    def set_text(self, words: Words, colour: str | None = None) -> None:
        """Show other words; takes the room they need."""
        if words == self._words and colour in (None, self._colour):
            return
        before = self._block.height(self.width()) if self._block is not None and self.isVisible() else -1
        self._words = words
        self._colour = colour or self._colour
        self._block = None
        if self.block().height(self.width()) != before:
            self.updateGeometry()
        self.update()

    def accessible_name(self) -> str:
        return self.accessibleName() or self.text()

    def block(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = TextBlock(
                self.theme,
                self._words,
                self.role,
                weight=self._weight,
                align=self._align,
                direction=self.layoutDirection(),
                size=self._size,
                balanced=self.balanced,
            )
        return self._block

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.block().height(width)

    def sizeHint(self) -> QSize:
        block = self.block()
        return QSize(block.natural_width(), block.one_line())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.block().natural_width()), self.block().one_line())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setPen(self.theme.colour(self._colour))
        self.block().draw(painter, self.rect())


class Heading(TextLabel):
    """The question or a section title: role Heading, level 1 or 2. It can take focus from code on arrival."""

    accessible_role = QAccessible.Role.Heading
    balanced = True

    def __init__(
        self,
        theme: Theme,
        text: str,
        level: int = 1,
        *,
        role: str | None = None,
        in_tab_order: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, role or f"h{level}", weight=700, parent=parent)
        self.level = level
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if in_tab_order else Qt.FocusPolicy.NoFocus)


class Body(TextLabel):
    """Running text."""


class Lead(TextLabel):
    """The sentence under a title."""

    def __init__(self, theme: Theme, words: Words = "", *, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, "lead", colour="inkSoft", parent=parent)


class Caption(TextLabel):
    """Secondary text."""

    def __init__(
        self, theme: Theme, words: Words = "", *, align: str = "start", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, "caption", colour="inkSoft", align=align, parent=parent)
