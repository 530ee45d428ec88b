"""A monkey at the kiosk: it touches and types whatever is there, and looks at what a person would meet.

What it finds wrong: a control without a name or out of reach, a page that no visible control leads away from,
a window that closed or opened, an error in Qt, in Python or behind the screen.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import Pack, Plan
from kiosk.store.errors import StoreFull
from kiosk.visit import Resumed, Visit, dump_draft, load_draft
from tests.ui.citizen import visible_windows
from tests.ui.stage import STAFF_CODE, Stage, Time
from ui import views
from ui.application import Application
from ui.places import Over
from ui.views import Door
from ui.widgets.keys import Key
from ui.widgets.listen import ListenButton
from ui.widgets.paged import PagedArea

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
WRITINGS = (
    "12", "1", "2020", "31022026", "11031990", "24112026", "75001", "rue de la Paix", "Dupont", "O'Brien",
    "Łódź", "naissance", "mort", "x", "0", "-3,5", "99999999999999999999", "a" * 300, "Belg", "Valm",
)  # fmt: skip
HARMLESS = ("This plugin does not support", "QFont::setPointSize")
"""What Qt says of the offscreen platform, not of the kiosk."""
HOME_WITHIN = 12  # touches
LEAVING = (
    "end.yes", "frame.end", "comfort.done", "help.close", "about.close", "staff.close", "frame.back",
    "idle.here",
)  # fmt: skip
"""What a person who wants to leave would touch, most likely first."""


@dataclass
class Ears(logging.Handler):
    """Every complaint of Qt, every error behind the screen and every exception that nobody caught."""

    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("behind the screen"):
            self.heard.append(record.getMessage())

    def qt(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(HARMLESS):
            self.heard.append(f"Qt: {message}")

    def python(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.heard.append("".join(traceback.format_exception(kind, error, trace)))

    def thread(self, args: threading.ExceptHookArgs) -> None:
        self.heard.append(f"in a thread: {args.exc_type.__name__}: {args.exc_value}")


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    ears = Ears()
    monkeypatch.setattr(sys, "excepthook", ears.python)
    monkeypatch.setattr(threading, "excepthook", ears.thread)
    before = qInstallMessageHandler(ears.qt)
    logging.getLogger().addHandler(ears)
    yield ears
    logging.getLogger().removeHandler(ears)
    qInstallMessageHandler(before)


class Later(Executor):
    """Work behind the screen, done on the one thread there is, so that the same dice take the same way: what
    is quick when nothing else waits, what a person waits for when the monkey says so."""

    waiting: list[tuple[Later, Future[Any], Any]] = []  # noqa: RUF012  # one list for all, in the order asked

    def __init__(self, _workers: int, thread_name_prefix: str) -> None:
        self._slow = thread_name_prefix != "records"

    def submit(self, work: Any, /, *args: Any, **_named: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def run() -> None:
            if not future.done():
                future.set_result(work(*args))

        self.waiting.append((self, future, run))
        if not self._slow:
            QTimer.singleShot(0, run)
        return future

    @classmethod
    def waits(cls) -> bool:
        """Whether some work is not done."""
        cls.waiting[:] = [entry for entry in cls.waiting if not entry[1].done()]
        return bool(cls.waiting)

    @classmethod
    def finish_next(cls) -> None:
        """The work that has waited longest."""
        if cls.waits():
            cls.waiting.pop(0)[2]()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        mine = [entry for entry in self.waiting if entry[0] is self]
        self.waiting[:] = [entry for entry in self.waiting if entry[0] is not self]
        for _, future, run in mine:
            future.set_result(None) if cancel_futures else run()


class Backroom(Stage):
    """Behind the screen: sometimes the printer jams, the disk is full, nobody answers."""

    def __init__(self, dice: Random, content: Pack) -> None:
        super().__init__()
        self._dice, self._content = dice, content
        self._draft = b""

    def save_draft(self, visit: Visit) -> None:
        self._draft = dump_draft(visit, self._content)

    def print_plan(self, visit: Visit, plan: Plan, cancelled: threading.Event) -> bool:
        return not cancelled.is_set() and self._dice.random() < 0.7

    def send(self, visit: Visit, plan: Plan) -> str:
        if self._dice.random() < 0.3:
            raise StoreFull("data")
        return super().send(visit, plan)

    def call_help(self, cancelled: threading.Event) -> bool:
        return not cancelled.is_set() and self._dice.random() < 0.5

    def left_by_a_crash(self) -> Resumed | None:
        """The last draft; now and then under a pack that takes one answer no more and has lost another."""
        if not self._draft:
            return None
        table = json.loads(self._draft)
        asked = list(table["answers"])
        if self._dice.random() < 0.5:
            table["pack"]["hash"] = "of an earlier version"
            table["answers"][self._dice.choice(asked)] = "no such answer"
            table["numbers"][self._dice.choice(asked)] = -1
        return load_draft(json.dumps(table).encode(), self._content)


class Monkey:
    """Touches and types at random at one kiosk; ``trail`` is what it did, ``met`` what it came to see."""

    def __init__(
        self,
        app: Application,
        ears: Ears,
        clock: Time,
        backroom: Backroom,
        speaker: RecordingSpeaker,
        dice: Random,
    ) -> None:
        self.app, self.window = app, app.window
        self.ears, self.clock, self.backroom, self.speaker, self.dice = ears, clock, backroom, speaker, dice
        self.trail: list[str] = []
        self.met: Counter[str] = Counter()
        self.size = self.window.size()
        self.before = visible_windows()
        self.window.stop_clock()  # a second passes when the monkey says so
        self._knows_code = False
        self.app.over.connect(self._ended)

    def step(self) -> None:
        """One act, then a look at what became of the kiosk."""
        roll = self.dice.random()
        if Later.waits() and self.dice.random() < 0.2:
            self._outside()
        elif roll < 0.72:
            controls = self._controls()
            self._touch(self.dice.choices(controls, [self._liking(control) for control in controls])[0])
        elif roll < 0.80:
            self._write()
        elif roll < 0.86:
            self._type(self.dice.choice(KEYS), Qt.KeyboardModifier.NoModifier)
        elif roll < 0.89:
            self._type(*self.dice.choice(CHORDS))
        elif roll < 0.92:
            self._abuse()
        else:
            self._outside()
        self._settle()
        self._meet()
        self._look()

    # -- what it does -------------------------------------------------------------------------------------

    def _controls(self) -> list[QWidget]:
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
        assert self.window.rect().contains(where), self._said("out of reach")
        QTest.mouseClick(self.window.windowHandle(), button, pos=where)

    def _type(self, key: Qt.Key, with_keys: Qt.KeyboardModifier) -> None:
        self._note(f"key {with_keys.name} {key.name}")
        QTest.keyClick(self.window.windowHandle(), key, with_keys)

    def _write(self) -> None:
        """Into one of the fields, with a real keyboard; the staff's code where that is asked for."""
        fields = [control for control in self._controls() if isinstance(control, QLineEdit)]
        if not fields:
            return
        field = self.dice.choice(fields)
        self._touch(field)
        knows = self.app.flow.over is Over.STAFF and self.dice.random() < 0.5
        if knows:
            field.clear()
        for letter in STAFF_CODE if knows else self.dice.choice(WRITINGS):
            QTest.keyClick(self.window.windowHandle(), letter)
        self._note(f"wrote {field.text()!r}")
        nav = self.window.frame.bar("nav")
        if knows and nav is not None and nav.forward is not None:
            self._touch(nav.forward)

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
        """What happens by itself: the printer, the store, the line, the voice, silence, a crash."""
        flow, dice = self.app.flow, self.dice
        at_home = flow.visit is None and flow.over is None
        if isinstance(flow.view(), views.Saved):
            act = "received"
        elif Later.waits():
            act = dice.choice(("done", "done", "full", "idle"))
        else:
            act = dice.choice(("online", "spoken", "idle", "crash" if at_home else "idle"))
        self._note(act)
        if act == "done":
            Later.finish_next()
        elif act == "full":
            flow.saved(False)
        elif act == "received":
            flow.received()
            flow.online(dice.random() < 0.5)
        elif act == "online":
            flow.online(dice.random() < 0.5)
        elif act == "spoken":
            self.speaker.outcome = dice.choice(("done", "failed"))
            self.speaker.finish()
        elif act == "idle":
            self.clock.now += dice.choice((1, self._idle() + 1, self._idle() + 1, 1000))
            self.window._second()
        elif act == "crash":
            found = self.backroom.left_by_a_crash()
            if found is not None:
                self.window.offer_resume(found)

    def _idle(self) -> int:
        config = self.app.config
        return config.long_idle_s if self.app.flow.comfort.longer else config.idle_s

    def breaks(self) -> None:
        """The store refuses: the kiosk is out of order from now on."""
        self.app.bridge.opened.emit(False)

    # -- what it sees -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        self.app.qt.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _ended(self, status: int) -> None:
        self.met[f"ended {status}"] += 1
        if status == 0 and not self._knows_code:
            self.ears.heard.append("the kiosk was ended without the staff's code")

    def _meet(self) -> None:
        """Count where this is, and how it looks."""
        flow = self.app.flow
        view, comfort = flow.view(), flow.shown_comfort
        now = [type(view).__name__, f"in {flow.shown_lang}", f"{round(comfort.scale * 100)} %", comfort.theme]
        now += [name for name in ("low", "easy", "aloud", "longer", "private") if getattr(comfort, name)]
        if isinstance(view, views.Asking):
            now.append(f"asks {view.question.type}")
        if isinstance(view, views.Staff):
            self._knows_code = view.door is Door.OPEN
            now.append(f"door {view.door.name}")
        if isinstance(view, views.AskForHelp):
            now.append(f"call {view.call.name}")
        if isinstance(view, views.TakeAway):
            now += [f"{of} {state.name}" for of, state in (("printing", view.printing),) if state]
        if isinstance(view, views.SendConsent):
            now.append(f"sending {view.progress.name}")
        if isinstance(view, views.Thanks) and view.sent:
            now.append("sent")
        if isinstance(view, views.Saved) and view.received:
            now.append("received")
        if isinstance(view, views.Thanks):
            now.append(f"feedback {view.feedback.name}")
        if flow.hidden is not None:
            now.append("hidden" if flow.hidden.picture is None else "hidden behind a picture")
        now += [type(self.window.screen_widget).__name__]
        if comfort.scale == 3 and comfort.low and flow.shown_lang == "ar":
            now.append("300 % low in ar")
        self.met.update(now)

    def _look(self) -> None:
        assert not self.ears.heard, self._said("; ".join(self.ears.heard))
        window = self.window
        assert window.isVisible(), self._said("the window is gone")
        assert window.size() == self.size, self._said("the window has another size")
        assert not window.isMinimized(), self._said("the window is minimised")
        others = visible_windows() - self.before
        assert not others, self._said(f"another window: {others}")
        assert QApplication.activePopupWidget() is None, self._said("a menu")
        assert QApplication.activeModalWidget() is None, self._said("a dialogue")
        unnamed = [control for control in self._controls() if not control.accessibleName().strip()]
        assert not unnamed, self._said(f"without a name: {unnamed}")
        assert self._home or self._ways_out(), self._said("a dead end")

    @property
    def _home(self) -> bool:
        """Whether there is no visit to leave: the first page, or one that only says where help is."""
        return isinstance(self.app.flow.view(), views.Attract | views.OutOfOrder)

    def goes_home(self) -> None:
        """By visible controls alone, from wherever it is."""
        here = self.app.flow.over or self.app.flow.place
        for _ in range(HOME_WITHIN):
            if self._home:
                return
            self._touch(self._ways_out()[0])
            self._settle()
        raise AssertionError(self._said(f"no way home from {here}"))

    def _ways_out(self) -> list[QWidget]:
        """The controls that lead away, most likely first."""
        words = self.window.screen_widget.words
        by_name: dict[str, QWidget] = {}
        for control in self._controls():
            by_name.setdefault(control.accessibleName(), control)
        found = [by_name[name] for name in map(words.text, LEAVING) if name in by_name]
        other = words.text("resume.other")
        return found + [control for name, control in by_name.items() if name.startswith(other)]

    # -- telling ------------------------------------------------------------------------------------------

    def _note(self, what: str) -> None:
        self.trail.append(f"{(self.app.flow.over or self.app.flow.place).name}: {what}")

    def _said(self, fault: str) -> str:
        return f"{fault}; after {len(self.trail)} acts, the last:\n" + "\n".join(self.trail[-12:])


def dropped(control: QWidget) -> None:
    """A file dragged from elsewhere and let go over the control."""
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
