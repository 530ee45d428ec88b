"""One application for all interface tests, with the kiosk's fonts; double-tap protection off unless asked
for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import accessible
from ui.fonts import load_fonts
from ui.theme import Theme
from ui.widgets import press


@pytest.fixture(autouse=True)
def kiosk_application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    qapp.setStyle("Fusion")
    load_fonts()
    accessible.install()
    monkeypatch.setattr(press, "DEBOUNCE_S", 0.0)
    press.forget_last_touch()
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def theme() -> Theme:
    return Theme()


@pytest.fixture
def on_screen(qtbot: QtBot) -> Callable[[QWidget, int, int], None]:
    """Show a window and wait until it has the keyboard: focus signals come only then."""

    def show(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return show
