"""What a quick hide stops at once: the printer, the call for a person, the voice; and how soon it is seen."""

from __future__ import annotations

from threading import Event
from time import perf_counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import Plan
from kiosk.visit import Visit
from tests.ui.citizen import Citizen
from tests.ui.stage import Stage
from ui.places import Place
from ui.screens.attract import AttractScreen

SEEN_WITHIN_S = 0.2
LONG_S = 20.0


class SlowStage(Stage):
    """A printer and a call that take their time, and stop when they are called off."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.stopped = Event(), Event()

    def _until(self, cancelled: Event) -> bool:
        self.began.set()
        if cancelled.wait(LONG_S):
            self.stopped.set()
        return False

    def print_plan(self, visit: Visit, plan: Plan, cancelled: Event) -> bool:
        return self._until(cancelled)

    def call_help(self, cancelled: Event) -> bool:
        return self._until(cancelled)


@pytest.fixture
def stage() -> SlowStage:
    return SlowStage()


@pytest.fixture
def planned(citizen: Citizen) -> Citizen:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    while citizen.app.flow.place is Place.ASKING:
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    return citizen


class Paints(QObject):
    """When the public home is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = event.type() is QEvent.Type.Paint and isinstance(watched, AttractScreen)
        if painted and self.at is None:
            self.at = perf_counter()
        return False


def test_hiding_takes_the_paper_back(planned: Citizen, stage: SlowStage) -> None:
    planned.touch("Emporter mon plan")
    planned.touch("Imprimer")
    assert stage.began.wait(LONG_S)
    planned.touch("Cacher")
    assert stage.stopped.wait(LONG_S)
    planned.waits_for(lambda: not planned.app.flow.busy)
    assert isinstance(planned.screen, AttractScreen)
    assert "imprimer" not in planned.reads().lower()


def test_hiding_calls_the_person_off(
    planned: Citizen, stage: SlowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planned.app.bridge, "_can_call", True)
    planned.key(Qt.Key.Key_F1)
    assert stage.began.wait(LONG_S)
    planned.key(Qt.Key.Key_F4)
    assert stage.stopped.wait(LONG_S)
    assert not planned.app.flow.busy
    assert isinstance(planned.screen, AttractScreen)


def test_hiding_silences_the_voice(planned: Citizen, speaker: RecordingSpeaker) -> None:
    planned.touch("Écouter, ")
    assert planned.window.voice.speaking
    planned.key(Qt.Key.Key_F4)
    assert not planned.window.voice.speaking


@pytest.mark.parametrize("over", [None, Qt.Key.Key_F1, Qt.Key.Key_F2])
def test_the_public_home_is_painted_at_once(planned: Citizen, over: Qt.Key | None) -> None:
    """From the plan, the fullest page, and from pages over it."""
    if over is not None:
        planned.key(over)
    paints = Paints()
    planned.app.qt.installEventFilter(paints)
    start = perf_counter()
    QTest.keyClick(planned.window.windowHandle(), Qt.Key.Key_F4)
    planned.waits_for(lambda: paints.at is not None)
    planned.app.qt.removeEventFilter(paints)
    assert paints.at is not None
    assert isinstance(planned.screen, AttractScreen)
    assert paints.at - start < SEEN_WITHIN_S


def test_a_screen_reader_finds_nothing_of_the_hidden_visit(planned: Citizen) -> None:
    title = planned.title()
    planned.window.act("help", None)
    planned.app.qt.processEvents()
    planned.touch("Cacher")
    QCoreApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # the event loop, which tests have not
    hidden = _names(QAccessible.queryAccessibleInterface(planned.window))
    assert title not in hidden
    planned.app.flow.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert hidden == _names(QAccessible.queryAccessibleInterface(planned.window))


def _names(of: QAccessibleInterface) -> list[str]:
    """Every name in the tree, that of what is unseen too."""
    children = [of.child(index) for index in range(of.childCount())]
    inside = [name for child in children if child is not None for name in _names(child)]
    return [of.text(QAccessible.Text.Name), *inside]
