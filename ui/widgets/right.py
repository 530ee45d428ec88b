"""What may also be due: one card under the thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.focus_order import put_before
from ui.widgets.listen import ListenButton
from ui.widgets.opener import Opener
from ui.widgets.plan_rows import ask_box
from ui.widgets.press import drag_area
from ui.widgets.tag import Tag
from ui.widgets.text import Heading, TextLabel
from ui.widgets.text_block import Words
from ui.widgets.tile import IconTile
from ui.widgets.touch_card import TouchCard


@dataclass(frozen=True)
class RightEntry:
    """What may also be due: the first ``seen`` of ``lines`` say what decides and whom to ask, the others show
    in the open card, with ``ask`` as ``(title, questions)`` and ``action`` as ``(key, icon, words)``."""

    key: str
    icon: str
    title: str
    lines: tuple[Words, ...]
    unsure: str = ""
    cover: str = ""
    seen: int = 2
    ask: tuple[str, tuple[str, ...]] | None = None
    action: tuple[str, str, str] | None = None


class RightItem(TouchCard):
    """A procedure that may apply. ``listen_pressed(key)``, ``action(key, action)``. Closed at first; the
    whole closed card opens it, as a :class:`ui.widgets.plan.PlanItem`. One with a cover shows no more."""

    listen_pressed = Signal(str)
    action = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        entry: RightEntry,
        detail_texts: tuple[str, str],
        *,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self.entry = entry
        self._inside: QWidget | None = None
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(22, 18, 22, 8)
        row.setSpacing(20)
        if not theme.stacked:
            row.addWidget(IconTile(theme, entry.icon), 0, Qt.AlignmentFlag.AlignTop)
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        self.heading = Heading(theme, entry.cover or entry.title, 2, role="option")
        self._words.addWidget(self.heading)
        self._seen = [TextLabel(theme, line, "body", colour="inkSoft") for line in entry.lines[: entry.seen]]
        for label in self._seen:
            label.setVisible(not entry.cover)
            self._words.addWidget(label)
        if entry.unsure:
            tag = QHBoxLayout()
            tag.addWidget(Tag(theme, "check", entry.unsure))
            tag.addStretch(1)
            self._words.addLayout(tag)
        self.opener = Opener(theme, entry.cover or entry.title, *detail_texts, parent=self)
        self.opener.clicked.connect(self._toggle)
        self._words.addWidget(self.opener)
        row.addLayout(self._words, 1)
        self.touched.connect(lambda: None if self.opened else self.opener.click())
        self.listen: ListenButton | None = None
        if listen is not None:
            self._add_listen(row, listen)

    def _add_listen(self, row: QBoxLayout, listen: tuple[str, str]) -> None:
        entry, theme = self.entry, self.theme
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
        """Whether all that is known of it shows."""
        return self.opener.opened

    def _toggle(self) -> None:
        opened = not self.opener.opened
        self.opener.set_opened(opened)
        if opened and self._inside is None:
            self._inside = self._details()
            self._words.insertWidget(self._words.count() - 1, self._inside)
            put_before(self._inside, self.opener)
        if self._inside is not None:
            self._inside.setVisible(opened)
        if self.entry.cover:
            self.heading.set_text(self.entry.title if opened else self.entry.cover)
            for label in self._seen:
                label.setVisible(opened)
        self._words.invalidate()
        area = drag_area(self)
        if area is not None:
            area.fit()
            area.show_whole(self)

    def _details(self) -> QWidget:
        theme, entry = self.theme, self.entry
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for line in entry.lines[entry.seen :]:
            column.addWidget(TextLabel(theme, line, "body", colour="inkSoft"))
        if entry.ask is not None:
            column.addWidget(ask_box(theme, *entry.ask))
        if entry.action is not None:
            key, icon, words = entry.action
            button = BigButton(
                theme, words, kind="quiet", icon=icon, role="frame_button", minimum_height=92,
                name=f"{words}, {entry.cover or entry.title}", parent=inside,
            )  # fmt: skip
            button.clicked.connect(lambda: self.action.emit(entry.key, key))
            column.addWidget(button)
        return inside
