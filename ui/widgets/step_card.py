"""One step on the way: a number or a picture, a title, and what to know there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.opener import Opener
from ui.widgets.plan_rows import Row, fact_line
from ui.widgets.press import drag_area
from ui.widgets.text import Heading, TextLabel
from ui.widgets.tile import IconTile
from ui.widgets.touch_card import TouchCard


@dataclass(frozen=True)
class StepEntry:
    """``number`` (0 = ``icon`` instead); ``when`` stands under the title; ``cover`` replaces all of it while
    the card is closed, empty = the card is always open."""

    title: str
    rows: tuple[Row, ...]
    number: int = 0
    icon: str = ""
    when: str = ""
    cover: str = ""


class StepCard(TouchCard):
    """``opened`` unless it has a cover and the person has not touched it."""

    toggled = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        entry: StepEntry,
        detail_texts: tuple[str, str] = ("", ""),
        *,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self.entry = entry
        self.opener: Opener | None = None
        self.listen: ListenButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(26, 22, 26, 22)
        self._column.setSpacing(14)
        name = entry.cover or entry.title
        self.heading = Heading(theme, name, 2, role="option")
        self._when = TextLabel(theme, entry.when, "body", weight=700) if entry.when else None
        self._column.addLayout(self._top(theme, name, listen))
        self._inside = self._details() if not entry.cover else None
        if self._inside is not None:
            self._column.addWidget(self._inside)
        if entry.cover:
            self.opener = Opener(theme, name, *detail_texts, parent=self)
            self.opener.clicked.connect(self._toggle)
            self._column.addWidget(self.opener)
            self._show_title(False)
            self.touched.connect(lambda: None if self.opened else self.opener.click())

    def _top(self, theme: Theme, name: str, listen: tuple[str, str] | None) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.heading)
        if self._when is not None:
            words.addWidget(self._when)
        title = QHBoxLayout()
        title.setSpacing(20)
        tile = IconTile(theme, self.entry.icon, number=self.entry.number, side=68)
        title.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        title.addLayout(words, 1)
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        top = QBoxLayout(down)
        top.setSpacing(16)
        top.addLayout(title, 1)
        if listen is not None:
            self.listen = ListenButton(theme, *listen, item=name, flat=not theme.stacked, parent=self)
            self.listen.set_narrow()
            if theme.stacked:
                top.addWidget(self.listen)
            else:
                top.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)
        return top

    @property
    def opened(self) -> bool:
        """Whether what to know there shows."""
        return self.opener is None or self.opener.opened

    def _details(self) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in self.entry.rows:
            column.addLayout(fact_line(self.theme, row))
        return inside

    def _toggle(self) -> None:
        if self.opener is None:
            return
        self.opener.set_opened(not self.opener.opened)
        if self._inside is None:
            self._inside = self._details()
            self._column.insertWidget(1, self._inside)
        self._inside.setVisible(self.opened)
        self._show_title(self.opened)
        self._column.invalidate()
        area = drag_area(self)
        if area is not None:
            area.fit()
            area.show_whole(self)
        self.toggled.emit(self.opened)

    def _show_title(self, shown: bool) -> None:
        self.heading.set_text(self.entry.title if shown else self.entry.cover)
        if self._when is not None:
            self._when.setVisible(shown)
