"""The lines inside a card of the plan: facts, notes, and why it is there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from ui.theme import Theme
from ui.widgets.strip import Icon
from ui.widgets.surface import Card
from ui.widgets.text import Run, TextLabel, Words


@dataclass(frozen=True)
class Row:
    """Icon, label (« Où », « Apportez ») and value; ``strong`` draws the value bold."""

    icon: str
    label: str
    value: Words
    strong: bool = False


def fact_line(theme: Theme, row: Row) -> QBoxLayout:
    """Icon, label and value; one under the other from 150 %."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(Icon(theme, row.icon, 40), 0, Qt.AlignmentFlag.AlignTop)
    label = TextLabel(theme, row.label, "body", colour="inkSoft")
    value = TextLabel(theme, row.value, "body", weight=700 if row.strong else None)
    if theme.one_column:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label)
        words.addWidget(value)
        line.addLayout(words, 1)
    else:
        label.setFixedWidth(150)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(value, 1)
    return line


def note_line(theme: Theme, icon: str, words: Words) -> QBoxLayout:
    """An icon and a sentence."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(Icon(theme, icon, 40), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(TextLabel(theme, words, "body"), 1)
    return line


def why_box(theme: Theme, title: str, words: str) -> Card:
    """Why the procedure is in the list, on its own panel."""
    box = Card(theme, fill="panel", border="line" if theme.contrast else None, radius=14)
    line = QHBoxLayout(box)
    line.setContentsMargins(22, 16, 22, 16)
    line.setSpacing(16)
    if not theme.stacked:
        line.addWidget(Icon(theme, "route", 42), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(TextLabel(theme, [Run(f"{title} ", 700), Run(words)], "body"), 1)
    return box
