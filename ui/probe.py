"""What Qt sees of the screen: asked by ``kiosk doctor``, in a process of its own."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


def first_screen() -> dict[str, str | int]:
    """Qt's platform and the size of the first screen, in pixels. Without a display Qt ends the process."""
    app = QGuiApplication([])
    screen = app.primaryScreen()
    ratio = screen.devicePixelRatio()
    size = screen.size()
    return {
        "platform": app.platformName(),
        "width": round(size.width() * ratio),
        "height": round(size.height() * ratio),
    }
