"""« Lecture et son »: how the person reads, hears and reaches the kiosk. Every touch acts at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.comfort import TEXT_SCALES, THEMES, Comfort
from ui.screens.covers import Cover
from ui.screens.screen import Look, Nav, Screen
from ui.theme import Theme
from ui.views import ShowComfort
from ui.widgets.listen import ListenButton
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, Divider
from ui.widgets.text import Caption, TextLabel
from ui.widgets.tiles import Tile, TileGroup

_LETTERS = (34, 40, 46, 54, 62, 70)
"""Sizes in px of the letters on the size tiles: they show the order, not the real sizes."""


class ComfortScreen(Cover):
    """``acted("set_comfort", Comfort)`` at each touch; nothing has to be confirmed."""

    def __init__(self, look: Look, view: ShowComfort) -> None:
        super().__init__(look)
        self.comfort = view.comfort
        self.add_title(self.text("comfort.title"), self.text("comfort.lead"))
        self.column.addWidget(self._sizes())
        self.column.addWidget(self._colours())
        usual, longer = view.minutes
        switches = [
            ("low", "wheelchair", self.text("comfort.low.sub")),
            ("longer", "clock-plus", self.text("comfort.longer.sub", longer=longer, usual=usual)),
            ("private", "eye-off", self.text("comfort.private.sub")),
        ]
        if _has_easy(look):
            switches.insert(0, ("easy", "bulb", self.text("comfort.easy.sub")))
        if look.voiced:
            switches.insert(0, ("aloud", "volume", self.text("comfort.aloud.sub")))
        self.column.addWidget(self._switches(switches))
        self.finish()

    def nav(self) -> Nav | None:
        return Nav(self.text("comfort.reset"), self.text("comfort.done"), "check", back_icon="history")

    def same_page(self, _new: Screen) -> bool:
        return True

    def forward(self) -> None:
        self.acted.emit("go_on", None)

    def back(self) -> bool:
        """The left button puts everything back as it was at the start."""
        self.acted.emit("reset_comfort", None)
        return True

    # -- blocks -------------------------------------------------------------------------------------------

    def _sizes(self) -> QWidget:
        title = self.text("comfort.size")
        tiles = [
            Tile(scale, f"{round(scale * 100)}\u00a0%", f"{title}, {round(scale * 100)}\u00a0%", sample)
            for scale, sample in zip(TEXT_SCALES, _LETTERS, strict=True)
        ]
        group = TileGroup(self.theme, tiles, self.comfort.scale, columns=3 if self.theme.one_column else 6)
        group.chosen.connect(lambda scale: self._set(replace(self.comfort, scale=scale)))
        return self._block("text-size", title, group)

    def _colours(self) -> QWidget:
        title = self.text("comfort.colours")
        tiles = []
        for name in THEMES:
            text = self.text(f"comfort.theme.{name}")
            shown = Theme(name, brand=self.theme.brand)
            tiles.append(Tile(name, text, f"{title}, {text}", colours=shown))
        group = TileGroup(self.theme, tiles, self.comfort.theme, columns=self._colour_columns())
        group.chosen.connect(lambda name: self._set(replace(self.comfort, theme=name)))
        return self._block("contrast-2", title, group)

    def _colour_columns(self) -> int:
        if self.theme.stacked:
            return 1
        return 2 if self.theme.one_column or self.look.layout.landscape else 4

    def _block(self, icon: str, title: str, group: QWidget) -> Card:
        card = Card(self.theme, border=None)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 6, 24, 18)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(Icon(self.theme, icon, 44))
        head.addWidget(TextLabel(self.theme, title, "option", weight=700), 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        # Added in the order in which they stand: so does the focus go.
        if not self.theme.stacked:
            self._add_listen(head, title, f"{title}.")
        column.addWidget(group)
        if self.theme.stacked:
            self._add_listen(column, title, f"{title}.")
        self.say(f"{title}.")
        return card

    def _switches(self, switches: list[tuple[str, str, str]]) -> Card:
        card = Card(self.theme, border=None)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        for index, (name, icon, sub) in enumerate(switches):
            if index:
                column.addWidget(Divider(self.theme))
            column.addLayout(self._switch(name, icon, sub))
        return card

    def _switch(self, name: str, icon: str, sub: str) -> QBoxLayout:
        title = self.text(f"comfort.{name}")
        narrow = self.theme.one_column or self.look.layout.landscape
        across = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(across)
        row.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(Icon(self.theme, icon, 44), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(TextLabel(self.theme, title, "option", weight=700))
        words.addWidget(Caption(self.theme, sub))
        words.addStretch(1)
        head.addLayout(words, 1)
        row.addLayout(head, 1)
        self._add_listen(row if self.theme.stacked else head, title, f"{title}. {sub}")
        no, yes = self.text("comfort.no"), self.text("comfort.yes")
        tiles = [Tile(False, no, f"{title}, {no}"), Tile(True, yes, f"{title}, {yes}")]
        group = TileGroup(self.theme, tiles, getattr(self.comfort, name), columns=2, segments=True)
        if not narrow:
            group.setFixedWidth(300)
        group.chosen.connect(lambda on: self._set(replace(self.comfort, **{name: on})))
        row.addWidget(group)
        self.say(f"{title}. {sub}")
        return row

    def _add_listen(self, into: QBoxLayout, item: str, said: str) -> None:
        if self.look.listen is not None:
            button = ListenButton(self.theme, *self.look.listen, item=item, flat=True)
            into.addWidget(button)
            button.set_narrow()
            self.hear(button, said)

    def _set(self, comfort: Comfort) -> None:
        self.acted.emit("set_comfort", comfort)


def _has_easy(look: Look) -> bool:
    """Whether questions have a short wording in this language."""
    pack = look.pack()
    return any(pack.has_text(f"question.{head.questions[0]}.easy", look.lang) for head in pack.heads)
