"""What visits leave behind in a process that is not made anew: no widget, no interface, hardly any memory."""

from __future__ import annotations

import ctypes
import gc
import os
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.citizen import Citizen
from tests.ui.stage import pack
from tests.ui.sweep.catalogue import SCREENS
from tests.ui.sweep.scene import CONFIG, Scene, begin_event, likely
from ui import accessible
from ui.places import Over, Place

pytestmark = pytest.mark.crowd
GROWTH_MB = 5.0  # issue 4: over 500 visits
WARM_UP = 50  # visits: until then fonts, icons and the kept layouts of every page have come
ANSWERED = 5


@pytest.fixture
def kiosk(visitor: Callable[..., Citizen], qtbot: QtBot) -> Citizen:
    """A kiosk that goes on after each visit, whatever was answered: no supervisor begins it anew."""
    gc.unfreeze()
    citizen = visitor(pack(), config=CONFIG)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)  # the pack is warm: from here on nothing is set up
    return citizen


def rss_mb() -> float:
    """Memory of this process that is really there, MB; what the C library only holds in reserve is given back
    first."""
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def visits(kiosk: Citizen, number: int) -> None:
    """A visit as people make them: some answers, help, larger text, the plan now and then; the end."""
    act, flow = kiosk.window.act, kiosk.app.flow
    content = pack()
    events = list(content.events)
    act("language", ("fr", "ar", "de")[number % 3])
    begin_event(flow, events[number % len(events)])
    for _ in range(ANSWERED if number % 10 else 99):
        if flow.place is not Place.ASKING:
            break
        act("answer", likely(content.questions[flow.question]))
        kiosk.app.qt.processEvents()
    if flow.place is Place.CHECK:
        act("plan", None)
        act("take_away", None)
    flow.cover(Over.HELP)
    act("go_on", None)
    act("set_comfort", replace(flow.comfort, scale=1.25))
    with kiosk.qtbot.waitSignal(kiosk.app.bridge.forgotten):
        act("end", None)
    kiosk.waits_for(lambda: not kiosk.window.deck.leaving)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def living() -> Counter[str]:
    """How many QObjects of each kind Python still knows, and the widgets that Qt has."""
    gc.collect()
    alive = Counter(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, QObject))
    alive["all widgets"] = len(QApplication.allWidgets())
    alive["interfaces"] = accessible.kept_interfaces()
    return alive


def leaves_nothing(kiosk: Citizen, count: int) -> None:
    for number in range(WARM_UP):
        visits(kiosk, number)
    before, memory = living(), rss_mb()
    for number in range(count):
        visits(kiosk, number)
    after = living()
    assert {kind: n - before[kind] for kind, n in after.items() if n > before[kind]} == {}
    assert rss_mb() - memory < GROWTH_MB


def test_what_refers_to_itself_goes_with_the_visit(kiosk: Citizen) -> None:
    class Knot:
        """Something that only a collection finds."""

    knot = Knot()
    knot.itself = knot
    left = weakref.ref(knot)
    del knot
    visits(kiosk, 0)
    assert left() is None


def test_a_hundred_visits_leave_no_object_and_no_memory(kiosk: Citizen) -> None:
    leaves_nothing(kiosk, 100)


@pytest.mark.slow
def test_five_hundred_visits_leave_no_object_and_no_memory(kiosk: Citizen) -> None:
    leaves_nothing(kiosk, 500)


@pytest.fixture
def scene(qapp: QApplication) -> Iterator[Scene]:
    made = Scene()
    made.show()
    yield made
    made.close()


def test_no_screen_outlives_its_page(scene: Scene, qtbot: QtBot) -> None:
    left = {}
    for name, make in SCREENS.items():
        make(scene)
        left[name] = weakref.ref(scene.screen)
    scene.begin()
    scene.show()
    qtbot.waitUntil(lambda: not scene.window.deck.leaving)
    scene.settle()
    gc.collect()
    assert [name for name, screen in left.items() if screen() is not None] == []
