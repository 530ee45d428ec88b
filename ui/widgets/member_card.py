"""One member of a list: who, what was said of them, and two ways to put it right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.listen import ListenButton
from ui.widgets.strip import Icon
from ui.widgets.surface import Card
from ui.widgets.text import TextLabel


class MemberCard(Card):
    """``texts``: the words of the two buttons. Signals ``change_pressed``, ``remove_pressed``."""

    change_pressed = Signal()
    remove_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        words: str,
        icon: str,
        texts: tuple[str, str],
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(16)
        across = QBoxLayout.Direction.LeftToRight
        down = QBoxLayout.Direction.TopToBottom
        top = QBoxLayout(down if theme.stacked else across)
        top.setSpacing(24)
        if not theme.stacked:
            top.addWidget(Icon(theme, icon, 46))
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(TextLabel(theme, title, "option", weight=700))
        said.addWidget(TextLabel(theme, words, "body"))
        top.addLayout(said, 1)
        self.listen: ListenButton | None = None
        if listen is not None:
            self.listen = ListenButton(theme, *listen, item=title, flat=not theme.stacked, parent=self)
            top.addWidget(self.listen)
        column.addLayout(top)
        ways = QBoxLayout(down if theme.scale > 2 else across)
        ways.setSpacing(16)
        for text, icon_name, signal in (
            (texts[0], "pencil", self.change_pressed),
            (texts[1], "x", self.remove_pressed),
        ):
            button = BigButton(
                theme,
                text,
                kind="quiet",
                icon=icon_name,
                role="frame_button",
                minimum_height=92,
                name=f"{text}, {title}",
                parent=self,
            )
            button.clicked.connect(signal)
            ways.addWidget(button, 1)
        column.addLayout(ways)
