"""The town's pictures: crest and welcome picture, drawn from SVG files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.resources import asset
from ui.theme import Theme


@lru_cache(maxsize=16)
def svg_pixmap(path: Path, width: int, height: int, dpr: float) -> QPixmap:
    """The drawing stretched to ``width`` x ``height`` logical pixels."""
    picture = QPixmap(max(1, round(width * dpr)), max(1, round(height * dpr)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(path)).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(dpr)
    return picture


class Crest(QWidget):
    """The town's crest, square; decoration (the name stands beside it)."""

    def __init__(
        self, theme: Theme, size: int = 84, path: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.path = path or asset("pictures", "crest.svg")
        self.side = size
        self.setFixedSize(size, size)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, svg_pixmap(self.path, self.side, self.side, self.devicePixelRatioF()))


class WelcomePicture(QWidget):
    """The 1080 x 560 picture of the welcome screen; absent in the contrast theme (height 0).

    ``share``: height by width, where less than the whole picture is shown: its middle, or what is at
    its top (``from_top``).
    """

    RATIO = 560 / 1080

    def __init__(
        self,
        theme: Theme,
        path: Path | None = None,
        *,
        share: float = RATIO,
        from_top: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._share = share
        self._from_top = from_top
        self.path = path or asset("pictures", "welcome.svg")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if theme.contrast:
            self.setVisible(False)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return 0 if self.theme.contrast else round(width * self._share)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 200 else 1080
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 0)

    def paintEvent(self, _event: object) -> None:
        if self.theme.contrast:
            return
        wide, tall = self.width(), round(self.width() * self.RATIO)
        picture = svg_pixmap(self.path, wide, tall, self.devicePixelRatioF())
        y = 0 if self._from_top else min(0, (self.height() - tall) // 2)
        QPainter(self).drawPixmap(0, y, picture)
