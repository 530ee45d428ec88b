"""A monkey at the kiosk: it touches and types whatever is there, over all packs, and never gets out or stuck.

The same seed takes the same way. What it sees at each step is what a person would meet: a control without a
name, a window that closed, an error in Qt or in Python, a page from which no visible control leads home.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from kiosk.procedures import Pack
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Stage, Time, city, pack
from ui.application import Application
from ui.places import Over, Place
from ui.views import Attract
from ui.widgets.keys import Key
from ui.widgets.listen import ListenButton
from ui.widgets.paged import PagedArea

Visitor = Callable[[Pack], Citizen]
SEED = 20261124
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3,
    Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_Menu, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Print, Qt.Key.Key_Meta,
    Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_A,
)  # fmt: skip
CHORDS = [
    *((Qt.Key[f"Key_{key}"], Qt.KeyboardModifier.AltModifier) for key in ("F4", "Tab", "Space", "F2")),
    *((Qt.Key[f"Key_{key}"], Qt.KeyboardModifier.ControlModifier) for key in "ACNOPQSTVWXZ"),
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_F4, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
]  # fmt: skip
HARMLESS = ("This plugin does not support", "QFont::setPointSize")
"""What Qt says of the offscreen platform, not of the kiosk."""
HOME_WITHIN = 12  # touches


@dataclass
class Ears:
    """Every complaint of Qt and every exception that nobody caught, on any thread."""

    heard: list[str] = field(default_factory=list)

    def qt(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(HARMLESS):
            self.heard.append(f"Qt: {message}")

    def python(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.heard.append("".join(traceback.format_exception(kind, error, trace)))

    def thread(self, args: threading.ExceptHookArgs) -> None:
        self.heard.append(f"in a thread: {args.exc_type.__name__}: {args.exc_value}")


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    found = Ears()
    monkeypatch.setattr(sys, "excepthook", found.python)
    monkeypatch.setattr(threading, "excepthook", found.thread)
    before = qInstallMessageHandler(found.qt)
    yield found
    qInstallMessageHandler(before)


class Monkey:
    """Touches and types at random at one kiosk; ``trail`` is what it did, for the report."""

    def __init__(self, citizen: Citizen, ears: Ears, clock: Time, dice: Random) -> None:
        self.app: Application = citizen.app
        self.window = citizen.window
        self.ears, self.clock, self.dice = ears, clock, dice
        self.trail: list[str] = []
        self.places: set[object] = set()
        self.size = self.window.size()
        self.before = QApplication.topLevelWidgets()

    def step(self) -> None:
        """One act, then a look at what became of the kiosk."""
        roll = self.dice.random()
        if roll < 0.80:
            controls = self._controls()
            self._touch(self.dice.choices(controls, [self._liking(control) for control in controls])[0])
        elif roll < 0.90:
            self._type(self.dice.choice(KEYS), Qt.KeyboardModifier.NoModifier)
        elif roll < 0.95:
            self._type(*self.dice.choice(CHORDS))
        elif roll < 0.98:
            self._abuse()
        else:
            self._outside()
        self._settle()
        self.places.add(self.app.flow.over or self.app.flow.place)
        self._look()

    # -- what it does -------------------------------------------------------------------------------------

    def _controls(self) -> list[QWidget]:
        self._settle()
        found = [*self.window.findChildren(QAbstractButton), *self.window.findChildren(QLineEdit)]
        there = [control for control in found if control.isVisible()]
        assert there, self._said("nothing to touch")
        return there

    def _liking(self, control: QWidget) -> float:
        """How much a monkey is drawn to a control: it answers and goes on more than it leaves."""
        if isinstance(control, ListenButton | Key):
            return 0.1
        screen = self.window.screen_widget
        if screen is not None and screen.isAncestorOf(control):
            return 1.0
        nav = self.window.frame.bar("nav")
        return 5.0 if nav is not None and control is nav.forward else 0.1

    def _touch(self, control: QWidget, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        self._note(f"touch {control.accessibleName()!r}")
        for area in self.window.findChildren(PagedArea):
            if area.isAncestorOf(control):
                area.show_whole(control)
        middle = QPoint(control.width() // 2, min(control.height() // 2, 40))
        where = control.mapTo(self.window, middle)
        if self.window.rect().contains(where):
            QTest.mouseClick(self.window.windowHandle(), button, pos=where)

    def _type(self, key: Qt.Key, with_keys: Qt.KeyboardModifier) -> None:
        self._note(f"key {with_keys.name} {key.name}")
        QTest.keyClick(self.window.windowHandle(), key, with_keys)

    def _abuse(self) -> None:
        """What no citizen should need: other buttons of a mouse, a wheel, a menu, something dropped."""
        control = self.dice.choice(self._controls())
        kind = self.dice.choice(("right", "middle", "menu", "drop", "double"))
        self._note(f"{kind} on {control.accessibleName()!r}")
        at = QPoint(control.width() // 2, control.height() // 2)
        if kind == "right":
            self._touch(control, Qt.MouseButton.RightButton)
        elif kind == "middle":
            self._touch(control, Qt.MouseButton.MiddleButton)
        elif kind == "menu":
            menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, control.mapToGlobal(at))
            QApplication.sendEvent(control, menu)
        elif kind == "double":
            QTest.mouseDClick(control, Qt.MouseButton.LeftButton, pos=at)
        else:
            dropped(control)

    def _outside(self) -> None:
        """What happens by itself: the printer, the store, the line, silence."""
        flow = self.app.flow
        if flow.visit is None or flow.over is Over.OUT_OF_ORDER:
            return
        act = self.dice.choice(("printed", "saved", "online", "received", "idle"))
        self._note(act)
        if act == "printed":
            flow.printed(self.dice.random() < 0.5)
        elif act == "saved":
            flow.saved(self.dice.random() < 0.5)
        elif act == "online":
            flow.online(self.dice.random() < 0.5)
        elif act == "received" and flow.place is Place.SAVED:
            flow.received()
        elif act == "idle":
            self.clock.now += CONFIG.idle_s + 1
            self.window._second()

    # -- what it sees -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        self.app.qt.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _look(self) -> None:
        assert not self.ears.heard, self._said("; ".join(self.ears.heard))
        window = self.window
        assert window.isVisible(), self._said("the window is gone")
        assert window.size() == self.size, self._said("the window has another size")
        assert not window.isMinimized(), self._said("the window is minimised")
        now = QApplication.topLevelWidgets()
        others = [top for top in now if top.isVisible() and top is not window and top not in self.before]
        assert not others, self._said(f"another window: {others}")
        assert QApplication.activePopupWidget() is None, self._said("a menu")
        assert QApplication.activeModalWidget() is None, self._said("a dialogue")
        unnamed = [control for control in self._controls() if not control.accessibleName().strip()]
        assert not unnamed, self._said(f"without a name: {unnamed}")

    def goes_home(self) -> None:
        """By visible controls alone, from wherever it is."""
        here = self.app.flow.over or self.app.flow.place
        for _ in range(HOME_WITHIN):
            if isinstance(self.app.flow.view(), Attract):
                return
            if self.app.flow.over is Over.OUT_OF_ORDER:
                return  # staff come; there is no visit to leave
            if self.app.flow.busy:
                self.app.flow.printed(True)
                self.app.flow.saved(True)
            ways = self._ways_out()
            assert ways, self._said(f"a dead end at {here}")
            self._touch(ways[0])
            self._settle()
        raise AssertionError(self._said(f"no way home from {here}"))

    def _ways_out(self) -> list[QWidget]:
        """What a person who wants to leave would touch, most likely first."""
        words = self.window.screen_widget.words
        order = [words.text(key) for key in ("end.yes", "frame.end", "help.close", "comfort.close")
                 if _known(words, key)]  # fmt: skip
        order += [words.text("frame.back"), words.text("idle.here"), words.text("resume.other")]
        by_name = {}
        for control in self._controls():
            by_name.setdefault(control.accessibleName(), control)
        found = [by_name[name] for name in order if name in by_name]
        others = [control for name, control in by_name.items() if name.startswith(words.text("resume.other"))]
        return found + others

    # -- telling ------------------------------------------------------------------------------------------

    def _note(self, what: str) -> None:
        self.trail.append(f"{(self.app.flow.over or self.app.flow.place).name}: {what}")

    def _said(self, fault: str) -> str:
        return f"{fault}; after {len(self.trail)} steps, the last:\n" + "\n".join(self.trail[-12:])


def _known(words: object, key: str) -> bool:
    try:
        words.text(key)  # type: ignore[attr-defined]
    except KeyError:
        return False
    return True


def dropped(control: QWidget) -> None:
    """A file dragged from elsewhere and let go over the control."""
    from PySide6.QtCore import QMimeData, QUrl

    load = QMimeData()
    load.setUrls([QUrl("file:///etc/passwd")])
    load.setText("dropped")
    at = QPoint(control.width() // 2, control.height() // 2)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, Qt.DropAction.CopyAction, load, left, none),
        QDropEvent(QPointF(at), Qt.DropAction.CopyAction, load, left, none),
    ):
        QApplication.sendEvent(control, event)
        assert not event.isAccepted(), f"{control.accessibleName()!r} takes what is dropped on it"


def runs(visitor: Visitor, ears: Ears, clock: Time, stage: Stage, content: Pack, steps: int) -> Monkey:
    """So many steps at one kiosk, going home now and then; the monkey, for what it has seen."""
    dice = Random(f"{SEED} {content.id}")
    citizen = visitor(content)
    monkey = Monkey(citizen, ears, clock, dice)
    QGuiApplication.clipboard().setText("pasted from elsewhere")
    for number in range(1, steps + 1):
        stage.prints = dice.random() < 0.7
        monkey.step()
        if number % 250 == 0:
            monkey.goes_home()
    monkey.goes_home()
    return monkey


PACKS = {"fr": pack, "cite": city}


@pytest.mark.parametrize("content", PACKS, ids=str)
def test_a_monkey_finds_no_crash_no_dead_end_and_no_way_out(
    visitor: Visitor, ears: Ears, clock: Time, stage: Stage, content: str
) -> None:
    monkey = runs(visitor, ears, clock, stage, PACKS[content](), 500)
    assert {Place.EVENTS, Place.ASKING, Over.HELP, Over.LANGUAGE} <= monkey.places


@pytest.mark.crowd
@pytest.mark.slow
@pytest.mark.parametrize("content", PACKS, ids=str)
def test_ten_thousand_steps_of_a_monkey(
    visitor: Visitor, ears: Ears, clock: Time, stage: Stage, content: str
) -> None:
    monkey = runs(visitor, ears, clock, stage, PACKS[content](), 5000)
    assert {Place.CHECK, Place.PLAN, Place.TAKE_AWAY} <= monkey.places
