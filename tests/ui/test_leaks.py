"""What visits leave behind in a process that is not made anew: no widget, no interface, hardly any memory."""

from __future__ import annotations

import ctypes
import gc
import os
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.ui.stage import pack
from tests.ui.sweep.catalogue import SCREENS
from tests.ui.sweep.scene import RECIPIENT, Scene, begin_event, likely
from ui import accessible
from ui.places import Over, Place

pytestmark = pytest.mark.crowd
GROWTH_MB = 5.0  # issue 4: over 500 visits
WARM_UP = 50
ANSWERED = 5


@pytest.fixture
def scene(qapp: QApplication) -> Iterator[Scene]:
    made = Scene()
    made.show()
    yield made
    made.close()


def rss_mb() -> float:
    """Memory of this process that is really there, MB; what the C library only holds in reserve is given back
    first."""
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def visits(scene: Scene, number: int) -> None:
    """A visit as people make them: some answers, help, larger text, the plan now and then; the end."""
    act, flow = scene.window.act, scene.flow
    content = pack()
    events = list(content.events)
    act("language", ("fr", "ar", "de")[number % 3])
    begin_event(flow, events[number % len(events)])
    for _ in range(ANSWERED if number % 10 else 99):
        if flow.place is not Place.ASKING:
            break
        act("answer", likely(content.questions[flow.question]))
        scene.app.qt.processEvents()
    if flow.place is Place.CHECK:
        act("plan", None)
        act("take_away", None)
    flow.cover(Over.HELP)
    act("go_on", None)
    act("set_comfort", replace(flow.comfort, scale=1.25))
    act("end", None)
    scene.settle()
    flow.services.__init__(RECIPIENT)  # what the test wrote down is no leak of the kiosk


def living() -> Counter[str]:
    """How many QObjects of each kind Python still knows, and the widgets that Qt has."""
    gc.collect()
    alive = Counter(type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, QObject))
    alive["all widgets"] = len(QApplication.allWidgets())
    alive["interfaces"] = accessible.kept_interfaces()
    return alive


def leaves_nothing(scene: Scene, count: int, growth_mb: float) -> None:
    scene._quiet = False
    for number in range(WARM_UP):
        visits(scene, number)
    before, memory = living(), rss_mb()
    for number in range(count):
        visits(scene, number)
    after = living()
    assert {kind: n - before[kind] for kind, n in after.items() if n > before[kind]} == {}
    assert rss_mb() - memory < growth_mb


def test_a_hundred_visits_leave_no_object_and_no_memory(scene: Scene) -> None:
    leaves_nothing(scene, 100, GROWTH_MB)


@pytest.mark.slow
def test_five_hundred_visits_leave_no_object_and_no_memory(scene: Scene) -> None:
    leaves_nothing(scene, 500, GROWTH_MB)


def test_no_screen_outlives_its_page(scene: Scene) -> None:
    left = {}
    for name, make in SCREENS.items():
        make(scene)
        left[name] = weakref.ref(scene.screen)
    scene.begin()
    scene.show()
    scene.settle()
    gc.collect()
    assert [name for name, screen in left.items() if screen() is not None] == []
