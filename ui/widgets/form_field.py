"""A field with what to write in it above, and what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.strip import Icon
from ui.widgets.text import Caption, TextLabel


class _Wrong(TextLabel):
    """What is wrong: told to assistive technology at once."""

    accessible_role = QAccessible.Role.AlertMessage


class FormField(QWidget):
    """``label`` (none where it is empty) and a quieter ``hint`` over ``field``; :meth:`refuse` writes a
    sentence under it."""

    def __init__(
        self, theme: Theme, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.field = field
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        if label:
            self._column.addWidget(TextLabel(theme, label, "body", weight=600))
        if hint:
            self._column.addWidget(Caption(theme, hint))
        self._column.addWidget(field)
        self._line: QWidget | None = None
        self.refused = ""

    def refuse(self, sentence: str) -> None:
        """Say under the field what is wrong; nothing takes it back."""
        if sentence == self.refused:
            return
        self.refused = sentence
        if self._line is not None:
            self._line.setParent(None)
            self._line.deleteLater()
            self._line = None
        if sentence:
            self._line = self._made(sentence)
            self._column.addWidget(self._line)
            self._line.show()
        # The page must know at once how tall this is: what is wrong has to come into sight.
        self._column.activate()
        self.updateGeometry()

    def _made(self, sentence: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Icon(self.theme, "info-circle", 42, "clay"), 0, Qt.AlignmentFlag.AlignTop)
        wrong = _Wrong(self.theme, sentence, "body", colour="clay", weight=600)
        row.addWidget(wrong, 1)
        QAccessible.updateAccessibility(QAccessibleEvent(wrong, QAccessible.Event.Alert))
        return line
