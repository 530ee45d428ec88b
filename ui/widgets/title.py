"""The title of a screen with its lead and its listen button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.text import Heading, Lead


class TitleBlock(QWidget):
    """``heading`` (h1), ``lead`` (None if empty), ``listen`` (None without a voice)."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        lead: str = "",
        *,
        listen: tuple[str, str] | None = None,
        role: str = "h1",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.heading = Heading(theme, title, 1, role=role)
        self.lead = Lead(theme, lead) if lead else None
        self.listen = ListenButton(theme, *listen, item=title) if listen else None
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.heading)
        if self.lead is not None:
            words.addWidget(self.lead)
        if theme.stacked:
            outer = QVBoxLayout(self)
            outer.setSpacing(16)
            outer.addLayout(words)
            if self.listen is not None:
                outer.addWidget(self.listen)
        else:
            row = QHBoxLayout(self)
            row.setSpacing(28)
            row.addLayout(words, 1)
            if self.listen is not None:
                row.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)
        self.layout().setContentsMargins(0, 0, 0, 0)
