"""Icons: SVG files drawn in one colour of the theme, kept as pixmaps."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import asset

# The ones whose meaning has a direction. Clock, check, phone, printer, crest and digits never turn.
MIRRORED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-right",
        "arrow-forward-up",
        "door-exit",
        "volume",
        "backspace",
        "list-check",
        "transfer",
    }
)
UNKNOWN = "help-circle"  # drawn for a name that a pack wrote and that no file carries


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = asset("icons") / f"{name}.svg"
    if not path.is_file():
        path = asset("icons") / f"{UNKNOWN}.svg"
    return path.read_text(encoding="utf-8").replace('stroke-width="2"', 'stroke-width="1.75"')


@lru_cache(maxsize=1024)
def pixmap(name: str, size: int, colour: str, dpr: float = 1.0, rtl: bool = False) -> QPixmap:
    """The icon in ``colour`` (#RRGGBB), ``size`` logical pixels; turned round if it has a direction."""
    side = max(1, round(size * dpr))
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", colour)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    if rtl and name in MIRRORED:
        picture = picture.transformed(QTransform.fromScale(-1, 1))
    picture.setDevicePixelRatio(dpr)
    return picture


def draw_icon(painter: QPainter, box: QRect, name: str, colour: str) -> None:
    """Draw the icon in the middle of ``box``, as large as fits; the painter's direction decides the turn."""
    size = min(box.width(), box.height())
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    dpr = painter.device().devicePixelRatioF()
    x = box.x() + (box.width() - size) // 2
    y = box.y() + (box.height() - size) // 2
    painter.drawPixmap(x, y, pixmap(name, size, colour, dpr, rtl))
