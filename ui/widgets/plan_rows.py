"""The lines inside a card of the plan: facts, lists, notes, and why it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, draw_box
from ui.widgets.text import TextLabel
from ui.widgets.text_block import Run, Words

_LABEL = 158  # px at 100 %: « Téléphone »


@dataclass(frozen=True)
class Row:
    """Icon, label (« Où », « Apportez ») and value; ``strong`` draws the value bold; ``listed``: each line of
    the value is one thing of a list."""

    icon: str
    label: str
    value: Words
    strong: bool = False
    listed: bool = False


class Point(QWidget):
    """The mark before one thing of a list: an empty box, as on the paper."""

    def __init__(self, theme: Theme, role: str = "body") -> None:
        super().__init__()
        self.theme = theme
        self._line = round(theme.px(role) * theme.line_height(role))
        self._side = min(26, round(theme.px(role) * 0.6))
        self.setFixedSize(self._side + 4, self._line)

    def paintEvent(self, _event: object) -> None:
        box = QRect(2, (self._line - self._side) // 2, self._side, self._side)
        draw_box(QPainter(self), box, None, self.theme.colour("line"), 3, 5)


def fact_line(theme: Theme, row: Row) -> QBoxLayout:
    """Icon, label and value; one under the other from 150 %."""
    line = QHBoxLayout()
    line.setSpacing(16)
    if row.icon:
        line.addWidget(Icon(theme, row.icon, 40), 0, Qt.AlignmentFlag.AlignTop)
    label = TextLabel(theme, row.label, "body", colour="inkSoft")
    lines = row.value.split("\n") if isinstance(row.value, str) else []
    if not row.label:
        words = line
    elif theme.one_column:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label)
    else:
        words = line
        label.setFixedWidth(theme.scaled(_LABEL))
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    if row.listed and len(lines) > 1:
        words.addLayout(list_of(theme, lines, weight=700 if row.strong else None), 1)
    else:
        words.addWidget(TextLabel(theme, row.value, "body", weight=700 if row.strong else None), 1)
    if words is not line:
        line.addLayout(words, 1)
    return line


def list_of(theme: Theme, lines: Sequence[str], *, weight: int | None = None) -> QVBoxLayout:
    """One thing under the other, each with its mark."""
    column = QVBoxLayout()
    column.setSpacing(4)
    for text in lines:
        one = QHBoxLayout()
        one.setSpacing(12)
        one.addWidget(Point(theme), 0, Qt.AlignmentFlag.AlignTop)
        one.addWidget(TextLabel(theme, text, "body", weight=weight), 1)
        column.addLayout(one)
    return column


def note_line(theme: Theme, icon: str, words: Words) -> QBoxLayout:
    """An icon and a sentence."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(Icon(theme, icon, 40), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(TextLabel(theme, words, "body"), 1)
    return line


def why_box(theme: Theme, title: str, words: str) -> Card:
    """Why the procedure is in the list, on its own panel."""
    box, column = _panel(theme, "route")
    column.addWidget(TextLabel(theme, [Run(f"{title} ", 700), Run(words)], "body"))
    return box


def ask_box(theme: Theme, title: str, questions: Sequence[str]) -> Card:
    """What to ask at the counter, on its own panel."""
    box, column = _panel(theme, "messages")
    column.addWidget(TextLabel(theme, title, "body", weight=700))
    column.addLayout(list_of(theme, questions))
    return box


def _panel(theme: Theme, icon: str) -> tuple[Card, QVBoxLayout]:
    box = Card(theme, fill="panel", border="line" if theme.contrast else None, radius=14)
    line = QHBoxLayout(box)
    line.setContentsMargins(22, 16, 22, 16)
    line.setSpacing(16)
    if not theme.stacked:
        line.addWidget(Icon(theme, icon, 42), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(8)
    line.addLayout(column, 1)
    return box, column
