"""A state that the person must know: told by border, badge, icon and words."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.listen import ListenButton
from ui.widgets.surface import Card, draw_box
from ui.widgets.text import Heading, TextLabel
from ui.widgets.text_block import Words

# kind: icon, fill, border, badge fill, badge icon
KINDS = {
    "verified": ("shield-check", "surface", "brand", "brand", "onBrand"),
    "unverified": ("shield-question", "cautionSoft", "caution", "surface", "caution"),
    "rejected": ("shield-x", "claySoft", "clay", "clay", "onClay"),
    "caution": ("info-circle", "cautionSoft", "caution", "surface", "caution"),
    "waiting": ("hourglass", "panel", "line", "surface", "brand"),
    "done": ("check", "surface", "brand", "brand", "onBrand"),
}


class _Badge(QWidget):
    def __init__(self, theme: Theme, kind: str, icon: str) -> None:
        super().__init__()
        self.theme = theme
        self.kind = kind
        self.icon_name = icon
        side = round(124 * min(theme.scale, 1.5))
        self.setFixedSize(side, side)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        _icon, _fill, border, badge, token = KINDS[self.kind]
        theme = self.theme
        round_one = self.kind in ("verified", "done")
        dashed = self.kind == "unverified"
        edge = theme.colour(border) if dashed or theme.contrast else None
        radius = self.width() / 2 if round_one else 20
        draw_box(painter, self.rect(), theme.colour(badge), edge, 4, radius, dashed)
        inner = self.rect().adjusted(24, 24, -24, -24)
        draw_icon(painter, inner, self.icon_name, theme.hex(token))


class StatusCard(Card):
    """``kind``: verified, unverified, rejected, caution, waiting, done. Role Alert: assistive technology is
    told at once."""

    accessible_role = QAccessible.Role.AlertMessage

    def __init__(
        self,
        theme: Theme,
        kind: str,
        title: str,
        text: Words = "",
        *,
        icon: str | None = None,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, radius=24, parent=parent)
        self.kind = kind
        self.heading = Heading(theme, title, 1, role="h2")
        plain = text if isinstance(text, str) else "".join(run.text for run in text)
        self._plain = f"{title}. {plain}" if plain else title
        down = QBoxLayout.Direction.TopToBottom if theme.one_column else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(34, 32, 34, 32)
        row.setSpacing(28)
        row.addWidget(_Badge(theme, kind, icon or KINDS[kind][0]), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.heading)
        if text:
            words.addWidget(TextLabel(theme, text, "body"))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.listen: ListenButton | None = None
        if listen is not None:
            self.listen = ListenButton(theme, *listen, item=self._plain, parent=self)
            if theme.one_column:
                row.addWidget(self.listen)
            else:
                row.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)

    def accessible_name(self) -> str:
        return self._plain

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        _icon, fill, border, _badge, _token = KINDS[self.kind]
        theme = self.theme
        box, edge = self.rect(), theme.colour(border)
        if self.kind == "rejected":
            draw_box(painter, box, theme.colour(fill), edge, 4, 24)
            self._inner_line(painter, box, edge)
        else:
            width = {"verified": 6, "unverified": 6, "done": 6}.get(self.kind, 4)
            draw_box(painter, box, theme.colour(fill), edge, width, 24, self.kind == "unverified")

    @staticmethod
    def _inner_line(painter: QPainter, box: QRect, edge: object) -> None:
        painter.setPen(QPen(edge, 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(10, 10, -10, -10), 16, 16)
