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
    if painter.device().devicePixelRatioF() == 1:
        if dashed:
            kept = _dashed_box(box.size().toTuple(), _rgba(fill), _rgba(border), width, radius)
            painter.drawPixmap(box.topLeft(), kept)
            return
        if fill is not None and min(box.width(), box.height()) > 2 * radius:
            _draw_plain_box(painter, box, fill, border, width if border is not None else 0, radius)
            return
    _draw_box(painter, box, fill, border, width, radius, dashed)


def _draw_box(
    painter: QPainter,
    box: QRect,
    fill: QColor | None,
    border: QColor | None,
    width: int,
    radius: int,
    dashed: bool,
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        width = 0
    else:
        pen = QPen(border, width)
        if dashed:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), radius, radius)


def _draw_plain_box(
    painter: QPainter, box: QRect, fill: QColor, border: QColor | None, width: int, radius: int
) -> None:
    """The same from four kept corners and plain rectangles, which is faster: a page has a dozen boxes."""
    corners = _corners(_rgba(fill), _rgba(border), width, radius)
    left, top, right, bottom = box.left(), box.top(), box.right() + 1, box.bottom() + 1
    for x, u in ((left, 0), (right - radius, radius)):
        for y, v in ((top, 0), (bottom - radius, radius)):
            painter.drawPixmap(x, y, corners, u, v, radius, radius)
    across, inner = box.width() - 2 * radius, box.height() - 2 * radius
    painter.fillRect(left + radius, top + width, across, box.height() - 2 * width, fill)
    for x in (left + width, right - radius):
        painter.fillRect(x, top + radius, radius - width, inner, fill)
    if border is not None:
        for y in (top, bottom - width):
            painter.fillRect(left + radius, y, across, width, border)
        for x in (left, right - width):
            painter.fillRect(x, top + radius, width, inner, border)


def _rgba(colour: QColor | None) -> int | None:
    return None if colour is None else colour.rgba()


@lru_cache(maxsize=64)
def _corners(fill: int | None, border: int | None, width: int, radius: int) -> QPixmap:
    """A box of nothing but corners."""
    return _kept_box((2 * radius, 2 * radius), fill, border, width, radius, dashed=False)


@lru_cache(maxsize=8)
def _dashed_box(
    size: tuple[int, int], fill: int | None, border: int | None, width: int, radius: int
) -> QPixmap:
    """A whole box: dashes take as long as all other boxes of a page, and the pager has some on most pages."""
    return _kept_box(size, fill, border, width, radius, dashed=True)


def _kept_box(
    size: tuple[int, int], fill: int | None, border: int | None, width: int, radius: int, *, dashed: bool
) -> QPixmap:
    made = QPixmap(*size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    colours = (None if rgba is None else QColor.fromRgba(rgba) for rgba in (fill, border))
    _draw_box(painter, made.rect(), *colours, width, radius, dashed)
    painter.end()
    return made


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

    def restyle(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.theme = theme
        self.update()

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
    """Cards in equal columns, two unless ``columns`` says otherwise; one column from 150 %."""

    def __init__(
        self,
        theme: Theme,
        cards: Sequence[QWidget],
        *,
        columns: int = 2,
        spacing: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards = list(cards)
        places = QGridLayout(self)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(spacing)
        columns = 1 if theme.one_column else columns
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
