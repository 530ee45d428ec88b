"""Ways to take the plan away; each card says what became of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.listen import ListenButton
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, draw_box
from ui.widgets.text import Heading, TextLabel


class _Tile(QWidget):
    """The picture of a card: an icon on its tint, or a QR code black on white with its margin."""

    def __init__(self, theme: Theme, icon: str, tint: str, code: QImage | None) -> None:
        super().__init__()
        self.theme = theme
        self.icon_name = icon
        self.tint = tint
        self.code = code
        self.setFixedHeight(round(168 * (1.0 if theme.scale < 2 else 0.8)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        theme = self.theme
        if self.code is None:
            edge = theme.colour("line") if theme.contrast else None
            draw_box(painter, self.rect(), theme.colour(self.tint), edge, 3, 16)
            size = min(100, self.height() - 40)
            box = self.rect().adjusted((self.width() - size) // 2, 0, -(self.width() - size) // 2, 0)
            draw_icon(painter, box, self.icon_name, theme.hex("brand"))
            return
        draw_box(painter, self.rect(), QColor("#FFFFFF"), theme.colour("line"), theme.border(2), 16)
        side = self.code.width() * max(1, (self.height() - 12) // self.code.width())
        x, y = (self.width() - side) // 2, (self.height() - side) // 2
        painter.drawImage(x, y, self.code.scaled(side, side))


class TakeAwayCard(Card):
    """``action_text`` starts it (signal ``pressed_card``); :meth:`working` and :meth:`done` put a sentence
    there.

    ``code``: a QR image, one pixel a module, with its quiet margin. Also ``listen_pressed``.
    """

    pressed_card = Signal()
    listen_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        *,
        icon: str,
        tint: str,
        action_text: str,
        action_icon: str,
        code: QImage | None = None,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, radius=24, parent=parent)
        self._listen_texts = listen
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(14)
        tint_token = f"tint{tint.capitalize()}"
        column.addWidget(_Tile(theme, icon, tint_token, code))
        self.heading = Heading(theme, title, 2, role="option")
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down)
        row.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignVCenter)
        self.listen: ListenButton | None = None
        if listen is not None:
            self.listen = ListenButton(
                theme, *listen, item=f"{title}. {text}", flat=not theme.stacked, parent=self
            )
            self.listen.set_narrow()
            self.listen.clicked.connect(lambda: self.listen_pressed.emit())
            row.addWidget(self.listen)
        column.addLayout(row)
        column.addWidget(TextLabel(theme, text, "body", colour="inkSoft"))
        column.addStretch(1)
        self.button = BigButton(
            theme,
            action_text,
            kind="quiet",
            icon=action_icon,
            role="frame_button",
            minimum_height=92,
            name=f"{action_text}, {title}",
            parent=self,
        )
        self.button.clicked.connect(lambda: self.pressed_card.emit())
        column.addWidget(self.button)
        self._result: Card | None = None
        self.told: Heading | None = None

    def working(self, sentence: str) -> None:
        """Under way: a still hourglass and a sentence."""
        self._show(sentence, "hourglass", "panel", "brand")
        self.button.hide()

    def done(self, sentence: str) -> None:
        """Finished: a thick border and the sentence over the button, which does it once more."""
        self.border, self.border_width = "brand", 6
        self._show(sentence, "circle-check", "brandSoft", "brand")
        self.button.show()
        self.update()

    def result(self) -> str:
        """The sentence shown, or an empty string."""
        return self._sentence if self._result is not None else ""

    def _show(self, sentence: str, icon: str, fill: str, token: str) -> None:
        if self._result is not None:
            self._result.hide()
            self._result.deleteLater()
        self._sentence = sentence
        box = Card(
            self.theme, fill=fill, border="line" if self.theme.contrast else None, radius=16, parent=self
        )
        row = QHBoxLayout(box)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(16)
        row.addWidget(Icon(self.theme, icon, 42, token))
        # A heading, for the focus to come to: a screen reader says only what has it.
        self.told = Heading(self.theme, sentence, 2, role="body")
        row.addWidget(self.told, 1)
        box.setMinimumHeight(92)
        column = self.layout()
        column.insertWidget(column.indexOf(self.button), box)
        box.show()
        self._result = box
