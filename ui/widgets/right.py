"""What may also be due: one card under the thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.opener import Opener
from ui.widgets.press import drag_area
from ui.widgets.strip import Icon
from ui.widgets.surface import Card
from ui.widgets.tag import Tag
from ui.widgets.text import Heading, TextLabel, Words


@dataclass(frozen=True)
class RightEntry:
    """What may also be due: ``lines`` say who decides and what decides, in words."""

    key: str
    icon: str
    title: str
    lines: tuple[Words, ...]
    unsure: str = ""
    cover: str = ""


class RightItem(Card):
    """A procedure that may apply, or does not. Signal ``listen_pressed(key)``. One that has a cover is closed
    at first, and opened by ``detail_texts``, as a :class:`PlanItem` is."""

    listen_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entry: RightEntry,
        detail_texts: tuple[str, str] = ("", ""),
        *,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self.entry = entry
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(22, 18, 22, 18)
        row.setSpacing(20)
        if not theme.stacked:
            row.addWidget(Icon(theme, entry.icon, 50), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        self.heading = Heading(theme, entry.cover or entry.title, 2, role="option")
        words.addWidget(self.heading)
        self._lines = [TextLabel(theme, line, "body", colour="inkSoft") for line in entry.lines]
        for label in self._lines:
            words.addWidget(label)
        if entry.unsure:
            tag = QHBoxLayout()
            tag.addWidget(Tag(theme, "check", entry.unsure))
            tag.addStretch(1)
            words.addLayout(tag)
        self.opener: Opener | None = None
        if entry.cover:
            self.opener = Opener(theme, entry.cover, *detail_texts, parent=self)
            self.opener.clicked.connect(self._toggle)
            words.addWidget(self.opener)
            self._show_lines(False)
        row.addLayout(words, 1)
        self.listen: ListenButton | None = None
        if listen is not None:
            name = entry.cover or entry.title
            self.listen = ListenButton(theme, *listen, item=name, flat=not theme.stacked, parent=self)
            self.listen.set_narrow()
            self.listen.clicked.connect(lambda: self.listen_pressed.emit(entry.key))
            # At the title, however long the card is.
            if theme.stacked:
                row.addWidget(self.listen)
            else:
                row.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def opened(self) -> bool:
        """Whether the name and what is known of it show."""
        return self.opener is None or self.opener.opened

    def _toggle(self) -> None:
        if self.opener is None:
            return
        self.opener.set_opened(not self.opener.opened)
        self._show_lines(self.opener.opened)
        area = drag_area(self)
        if area is not None:
            area.fit()
            area.show_whole(self)

    def _show_lines(self, shown: bool) -> None:
        self.heading.set_text(self.entry.title if shown else self.entry.cover)
        for label in self._lines:
            label.setVisible(shown)
