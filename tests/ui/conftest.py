"""One application for all interface tests, with the kiosk's fonts; double-tap protection off unless asked
for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.config import Config
from kiosk.procedures import Pack
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Stage, Time, kiosk_with, pack, take_down
from ui import accessible
from ui.application import Application
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


@pytest.fixture
def speaker() -> RecordingSpeaker:
    return RecordingSpeaker(hold=True)


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def clock() -> Time:
    return Time()


Visitor = Callable[..., Citizen]


@pytest.fixture
def visitor(
    qtbot: QtBot, speaker: RecordingSpeaker, stage: Stage, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Visitor]:
    """A person in front of a kiosk that holds this pack."""
    monkeypatch.setattr("ui.widgets.press.DEBOUNCE_S", 0)
    open_now: list[Application] = []

    def come(content: Pack, config: Config = CONFIG) -> Citizen:
        app = kiosk_with(content, stage, speaker, config, now=clock)
        open_now.append(app)
        app.start()
        qtbot.waitUntil(lambda: app.ready, timeout=10_000)
        return Citizen(app, qtbot)

    yield come
    for app in open_now:
        take_down(app)


@pytest.fixture
def citizen(visitor: Visitor) -> Citizen:
    return visitor(pack())
