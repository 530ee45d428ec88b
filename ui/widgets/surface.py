"""Flat surfaces: boxes, dividers, the page and the bars of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from ui.theme import Theme


def draw_box(
    painter: QPainter,
    box: QRect,
    fill: QColor | None,
    border: QColor | None = None,
    width: int = 2,
    radius: int = 20,
    dashed: bool = False,
) -> None:
    """A rounded box whose border lies inside ``box``; dashes are 3 and 2 pen widths."""
    if border is None:
        width = 0
    corner = int(radius + width)
    if fill is None or dashed or min(box.width(), box.height()) < 2 * corner + 2:
        _draw_round(painter, QRectF(box), fill, border, width, radius, dashed)
        return
    _draw_patched(painter, box, fill, border, width, radius, corner)


def _draw_round(
    painter: QPainter,
    box: QRectF,
    fill: QColor | None,
    border: QColor | None,
    width: float,
    radius: float,
    dashed: bool,
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(border, width)
        if dashed:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


@lru_cache(maxsize=256)
def _corners(fill: str, border: str, width: int, radius: int, corner: int, dpr: float) -> QPixmap:
    """The smallest such box: its four corners, with nothing between them."""
    side = 2 * corner
    picture = QPixmap(round(side * dpr), round(side * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    edge = QColor(border) if border else None
    _draw_round(painter, QRectF(0, 0, side, side), QColor(fill), edge, width, radius, False)
    painter.end()
    return picture


def _draw_patched(
    painter: QPainter, box: QRect, fill: QColor, border: QColor | None, width: int, radius: int, corner: int
) -> None:
    """Corners from a kept picture, the rest as plain rectangles: a third of the time of one smooth large box."""
    dpr = painter.device().devicePixelRatioF()
    edge = border.name() if border is not None else ""
    picture = _corners(fill.name(), edge, width, radius, corner, dpr)
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    part = corner * dpr
    for right in (0, 1):
        for low in (0, 1):
            target = QRectF(x + right * (w - corner), y + low * (h - corner), corner, corner)
            painter.drawPixmap(target, picture, QRectF(right * part, low * part, part, part))
    across, down = w - 2 * corner, h - 2 * corner
    painter.fillRect(QRect(x + corner, y + width, across, h - 2 * width), fill)
    for left in (x + width, x + w - corner):
        painter.fillRect(QRect(left, y + corner, corner - width, down), fill)
    if border is not None:
        for top in (y, y + h - width):
            painter.fillRect(QRect(x + corner, top, across, width), border)
        for left in (x, x + w - width):
            painter.fillRect(QRect(left, y + corner, width, down), border)


class Card(QFrame):
    """A box of the theme around other widgets; the border never moves the content."""

    def __init__(
        self,
        theme: Theme,
        *,
        fill: str | None = "surface",
        border: str | None = "line",
        width: int = 2,
        radius: int = 20,
        dashed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.fill = fill
        self.border = border
        self.border_width = width
        self.radius = radius
        self.dashed = dashed

    def paintEvent(self, _event: object) -> None:
        draw_box(
            QPainter(self),
            self.rect(),
            self.theme.colour(self.fill) if self.fill else None,
            self.theme.colour(self.border) if self.border else None,
            self.theme.border(self.border_width),
            self.radius,
            self.dashed,
        )


class Page(QWidget):
    """A page of the background colour."""

    def __init__(self, theme: Theme, fill: str = "bg", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.fill = fill
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: object) -> None:
        QPainter(self).fillRect(event.rect(), self.theme.colour(self.fill))  # type: ignore[attr-defined]


class Bar(QFrame):
    """Header, navigation or foot: ``surface`` with a 2 px line on its ``edge`` (top or bottom)."""

    def __init__(
        self, theme: Theme, edge: str = "top", fill: str = "surface", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.edge = edge
        self.fill = fill
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(self.fill))
        width = self.theme.border(2)
        y = 0 if self.edge == "top" else self.height() - width
        painter.fillRect(QRect(0, y, self.width(), width), self.theme.colour("line"))


class CardGrid(QWidget):
    """Cards in two equal columns; one column from 150 %."""

    def __init__(
        self, theme: Theme, cards: Sequence[QWidget], *, spacing: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cards = list(cards)
        places = QGridLayout(self)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(spacing)
        columns = 1 if theme.one_column else 2
        for index, card in enumerate(self.cards):
            places.addWidget(card, index // columns, index % columns)
        for column in range(columns):
            places.setColumnStretch(column, 1)

    def snap_tops(self) -> list[QWidget]:
        """Where the pager may stop."""
        return self.cards


class Divider(QWidget):
    """A thin line, upright (inset 16) or lying."""

    def __init__(
        self, theme: Theme, *, upright: bool = False, token: str = "line", width: int = 2, inset: int = 0
    ) -> None:
        super().__init__()
        self.theme = theme
        self.token = token
        self.upright = upright
        self.inset = inset or (16 if upright else 0)
        if upright:
            self.setFixedWidth(width)
        else:
            self.setFixedHeight(width)

    def sizeHint(self) -> QSize:
        return QSize(2, 2)

    def paintEvent(self, _event: object) -> None:
        box = (
            self.rect().adjusted(0, self.inset, 0, -self.inset)
            if self.upright
            else self.rect().adjusted(self.inset, 0, -self.inset, 0)
        )
        # On a card drawn in reverse the line turns with the words.
        token = "onBrand" if getattr(self.parentWidget(), "inverted", False) else self.token
        QPainter(self).fillRect(box, self.theme.colour(token))
