"""What a window really draws: each text with its place, its size and where its lines break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPicture, QTextCharFormat, QTextLayout, QTextLine
from PySide6.QtWidgets import QWidget

from ui.widgets import text as texts
from ui.widgets.text_block import SMALLEST, TextBlock

# A line may end after a space, a hyphen or an apostrophe, a slash, or where the writer has broken it.
_MAY_END = re.compile(r"[\s\u2028\u200b\u00ad/’'-]$")


@dataclass(frozen=True)
class Drawn:
    """A text on a widget. ``lines`` are the boxes of its lines, in the widget; ``cut`` is a word that goes on
    in the next line; ``smallest`` px of its letters, and ``floor`` the least that they may be."""

    on: QWidget
    text: str
    lines: tuple[QRectF, ...]
    cut: str
    smallest: int
    floor: int
    layout: QTextLayout
    at: QPointF

    def ink(self, index: int) -> QRectF:
        """The letters of a line: a font's box is taller than they are."""
        return _ink(self.layout.lineAt(index)).translated(self.at)

    def over(self) -> float:
        """By how many pixels letters stand outside the widget."""
        room = QRectF(self.on.rect())
        return max(
            (_over(room, self.ink(index)) for index, line in enumerate(self.lines) if _over(room, line) > 0),
            default=0.0,
        )

    def place(self) -> QRect:
        """The box around all letters, in the widget."""
        whole = QRectF()
        for line in self.lines:
            whole = whole.united(line)
        return whole.intersected(QRectF(self.on.rect())).toAlignedRect()


def drawn_on(window: QWidget, lists: list[QWidget]) -> list[Drawn]:
    """Paint the window, and each list in its whole length; every text that was drawn, once."""
    found: dict[tuple[int, str, QRect], Drawn] = {}
    with _watched(found):
        for widget in (window, *lists):
            widget.render(QPicture())
    return list(found.values())


@contextmanager
def _watched(found: dict[tuple[int, str, QRect], Drawn]) -> Iterator[None]:
    """While it lasts, every text that is drawn is noted."""
    draw = TextBlock.draw

    def noted(block: TextBlock, painter: QPainter, box: QRect, *, middle: bool = False) -> None:
        draw(block, painter, box, middle=middle)
        on = painter.device()
        if isinstance(on, QWidget) and block.text.strip():
            found[id(on), block.text, box] = _drawn(block, on, box, middle)

    texts.TextBlock.draw = noted  # type: ignore[method-assign]
    try:
        yield
    finally:
        texts.TextBlock.draw = draw  # type: ignore[method-assign]


def _drawn(block: TextBlock, on: QWidget, box: QRect, middle: bool) -> Drawn:
    width = max(box.width(), 1)
    key = block._key(width)
    layout = block._layouts[key]
    top = box.y() + ((box.height() - block.height(width)) // 2 if middle else 0)
    left = box.x() + block._shift(width - key) + block._tail
    shown = layout.text()
    lines, cut = [], ""
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        lines.append(line.naturalTextRect().translated(left, top))
        end = line.textStart() + line.textLength()
        if end < len(shown) and not _MAY_END.search(shown[:end]):
            cut = cut or _word_at(shown, end)
    sizes = [block.font.pixelSize()] + [
        int(format_.format.property(QTextCharFormat.Property.FontPixelSize))
        for format_ in layout.formats()
        if format_.format.hasProperty(QTextCharFormat.Property.FontPixelSize)
    ]
    floor = min(SMALLEST, block.font.pixelSize())
    return Drawn(on, block.text, tuple(lines), cut, min(sizes), floor, layout, QPointF(left, top))


def _over(room: QRectF, line: QRectF) -> float:
    return max(
        room.left() - line.left(),
        room.top() - line.top(),
        line.right() - room.right(),
        line.bottom() - room.bottom(),
        0.0,
    )


def _ink(line: QTextLine) -> QRectF:
    """The box around the letters of a line, each measured by its font."""
    whole = QRectF()
    for run in line.glyphRuns():
        font = run.rawFont()
        for glyph, at in zip(run.glyphIndexes(), run.positions(), strict=True):
            box = font.boundingRect(glyph)
            if not box.isEmpty():
                whole = whole.united(box.translated(at))
    return whole


def _word_at(shown: str, end: int) -> str:
    start = max(shown.rfind(" ", 0, end), shown.rfind("\u2028", 0, end)) + 1
    return shown[start:end] + "|" + shown[end : end + 12].split(" ")[0]
