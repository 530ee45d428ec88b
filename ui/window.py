"""The kiosk's one window: the frame that never moves, the screen inside it, and the idle clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
)

from kiosk.comfort import Comfort
from kiosk.config import Config
from kiosk.supervisor import WIPED
from kiosk.visit import IdleClock, Resumed
from ui.flow import Flow
from ui.lock import is_way_out
from ui.pages import Pages
from ui.places import Over
from ui.voice import Voice
from ui.widgets.listen import ListenButton

_ACTIVITY = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress})
RESUME_S = 30
_KEYS = {
    Qt.Key.Key_Escape: "back",
    Qt.Key.Key_F1: "help",
    Qt.Key.Key_F2: "comfort",
    Qt.Key.Key_F3: "listen_screen",
    Qt.Key.Key_F4: "hide",
}


class Window(Pages):
    """Shows ``flow.view()`` and turns what a screen says into steps of the flow.

    ``painted`` is emitted once, after the first screen is on the display; ``alive`` every second of a visit.
    """

    painted = Signal()
    alive = Signal()
    leaves = Signal(int)
    """The staff ends this process, with this exit status."""

    def __init__(
        self,
        flow: Flow,
        config: Config,
        voice: Voice,
        *,
        voices: frozenset[str],
        demonstration: bool,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(flow, config, voice, voices=voices, demonstration=demonstration)
        self._now = now
        self._clock = IdleClock(config.idle_s, config.warning_s, now())
        self._resume_left = 0
        self._painted = False
        self.locked = False
        """Whether this is a public kiosk: nothing that a person does closes the window."""
        self.setWindowTitle(config.town.name)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        voice.failed.connect(self._voice_failed)

    # -- steps --------------------------------------------------------------------------------------------

    def act(self, name: str, value: object) -> None:
        """One step, named by a screen or by the frame."""
        # A screen reader presses without a touch or a key: that, too, is a sign of life.
        self._clock = self._clock.touched(self._now())
        flow = self.flow
        steps: dict[str, Callable[[], None]] = {
            "language": lambda: flow.choose_language(str(value)),
            "event": lambda: self._new_plan(lambda: flow.choose_event(str(value))),
            "search": flow.search,
            "staff": flow.open_staff,
            "staff_code": lambda: flow.staff_code(str(value)),
            "staff_leave": lambda: self._leave(bool(value)),
            "for_whom": lambda: self._new_plan(lambda: flow.for_whom(other=value is True)),
            "change_for_whom": flow.change_for_whom,
            "proceed": flow.proceed,
            "other_event": flow.other_event,
            "answer": lambda: self._new_plan(lambda: flow.answer(value)),
            "change": lambda: flow.change(str(value)),
            "plan": flow.show_plan,
            "errands": flow.show_errands,
            "assist": lambda: flow.assist(str(value)),
            "take_away": flow.take_away,
            "print": flow.print_plan,
            "open_send": flow.open_send,
            "send": flow.send,
            "thanks": flow.thanks,
            "feedback": lambda: flow.give_feedback(str(value)),
            "end": flow.end,
            "ask_end": lambda: self._cover_or_back(Over.END),
            "help": self._help_or_back,
            "call_again": flow.call_again,
            "choose_language": lambda: self._cover_or_back(Over.LANGUAGE),
            "comfort": lambda: self._cover_or_back(Over.COMFORT),
            "set_comfort": lambda: self._set_comfort(value),
            "reset_comfort": lambda: self._set_comfort(flow.first_comfort),
            "about": lambda: flow.cover(Over.ABOUT),
            "hide": self.hide_visit,
            "picture": lambda: flow.touch_picture(str(value), self._now()),
            "go_on": flow.go_on,
            "resume": flow.resume,
            "leaning": lambda: self._lean(value),
            "back": self._back,
            "forward": self._forward,
            "done": lambda: flow.says_done(*value),
            "opened": lambda: self._toggle(*value),
            "greet": lambda: self._greet(*value),
            "listen_screen": self._listen_screen,
        }
        steps[name]()

    def _lean(self, value: object) -> None:
        self._leaning = value
        self._thinking.start()

    def _help_or_back(self) -> None:
        if self.flow.over is Over.HELP:
            self.flow.go_on()
        else:
            self.flow.ask_for_help()

    def _cover_or_back(self, over: Over) -> None:
        """A second touch on the same button of the frame closes the page that it opened."""
        if self.flow.over is over:
            self.flow.go_on()
        else:
            self.flow.cover(over)

    def _new_plan(self, step: Callable[[], None]) -> None:
        self._opened = None
        step()

    def _back(self) -> None:
        screen = self.screen_widget
        if screen is not None and not screen.back():
            self.flow.back()

    def _forward(self) -> None:
        if self.screen_widget is not None:
            self.screen_widget.forward()

    def _toggle(self, key: str, opened: bool) -> None:
        before = self._opened
        if before is None:
            from ui.plan_words import first_opened

            before = first_opened(self.flow.plan())
        self._opened = before | {key} if opened else before - {key}

    # -- the voice ----------------------------------------------------------------------------------------

    def _heard(self, text: str, button: ListenButton | None) -> None:
        if self.flow.lang in self.voices:
            self.voice.listen(text, self.flow.lang, button)

    def _announced(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.screen_widget or self, text))
        if self.flow.comfort.aloud and self.flow.hidden is None:
            self._heard(text, None)

    def _greet(self, lang: str, button: ListenButton) -> None:
        from ui.screens.attract import greeting

        self.voice.listen(greeting(lang, self.config.town), lang, button)

    def _listen_screen(self) -> None:
        if self.screen_widget is not None:
            self._heard(self.screen_widget.spoken(), None)

    def _voice_failed(self) -> None:
        if self.screen_widget is not None:
            self.screen_widget.tell(self.screen_widget.text("listen.missing"), aloud=False)

    def _set_comfort(self, comfort: Comfort) -> None:
        idle = self.config.long_idle_s if comfort.longer else self.config.idle_s
        self._clock = replace(self._clock, idle_s=idle)
        self.flow.set_comfort(comfort)

    def _leave(self, again: bool) -> None:
        """The staff ends the process: another one follows, or the kiosk is over."""
        if self.flow.staff_inside:
            self.leaves.emit(WIPED if again else 0)

    def hide_visit(self) -> None:
        """One touch or key, from anywhere: silence, and the public home."""
        self.voice.stop()
        self._drop_kept()
        self.flow.hide(self._now())

    def closeEvent(self, event: QCloseEvent) -> None:
        """A kiosk's window closes with its process only: no key and no window manager can do it."""
        if self.locked:
            event.ignore()
        else:
            super().closeEvent(event)

    def stop_clock(self) -> None:
        """Nothing more happens by itself."""
        self._tick.stop()

    # -- time ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            # At the native window, not the application: only touches and keys pass here, not every event.
            handle.installEventFilter(self)
            self.ring.watch()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose and not self._painted:
            # The first paint is part of handling this event: the timer fires after it.
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)
        if is_way_out(event):
            return True
        if event.type() not in _ACTIVITY:
            return False
        self._clock = self._clock.touched(self._now())
        widget = self.childAt(event.position().toPoint()) if isinstance(event, QMouseEvent) else None
        self.voice.touched(widget)
        if self.flow.over is Over.IDLE:
            # A touch anywhere, or any key, means « I am here »; it must not also press what it lands on.
            if widget is not None and widget is getattr(self.screen_widget, "longer", None):
                self._set_comfort(replace(self.flow.comfort, longer=True))
            self.flow.go_on()
            return True
        return False

    def _second(self) -> None:
        flow = self.flow
        if flow.resuming:
            self._resume_second()
            return
        if not flow.begun:
            self._close_forgotten_cover()
        if flow.visit is None:
            return
        self.alive.emit()
        if flow.busy or self.voice.speaking:
            self._clock = self._clock.touched(self._now())
            return
        left = self._clock.seconds_left(self._now())
        if left is None:
            return
        if left <= 0:
            flow.end()
            return
        if flow.hidden is not None:
            return  # a warning would tell that somebody was here
        flow.warn_idle(round(left))
        self._show_seconds(round(left))

    def _close_forgotten_cover(self) -> None:
        """Help or comfort opened before any visit, and left: the welcome screen comes back by itself."""
        forgotten = self.flow.over is not None or self.flow.shown_comfort != self.flow.first_comfort
        out_of_order = self.flow.over is Over.OUT_OF_ORDER
        if forgotten and not out_of_order and self._clock.seconds_left(self._now()) is not None:
            self.flow.go_on()
            self.flow.set_comfort(self.flow.first_comfort)

    def offer_resume(self, found: Resumed) -> None:
        """A draft of a moment ago is here: « continue » or « I am someone else », for 30 s."""
        if self.flow.visit is None and self.flow.over is None:
            self._resume_left = RESUME_S
            self.flow.offer_resume(found, RESUME_S)

    def _show_seconds(self, seconds: int) -> None:
        if self.screen_widget is not None:
            self.screen_widget.set_seconds(seconds)

    def _resume_second(self) -> None:
        self._resume_left -= 1
        if self._resume_left <= 0:
            self.flow.end()
        elif self.flow.over is Over.RESUME:
            self._show_seconds(self._resume_left)

    # -- keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard's own ways: Esc = back, F1 = help, F2 = comfort, F3 = listen, F4 = hide (DESIGN-UI
        6)."""
        if event.isAutoRepeat():
            return
        name = _KEYS.get(event.key())
        if name is None:
            super().keyPressEvent(event)
        elif name == "back":
            self._escape()
        else:
            self.act(name, None)

    def _escape(self) -> None:
        """Esc closes what covers the visit, and changes nothing there; else it is « Retour »."""
        if self.flow.over is None and self.flow.begun:
            self.act("back", None)
        elif self.flow.over not in (None, Over.RESUME, Over.OUT_OF_ORDER):
            self.act("go_on", None)
