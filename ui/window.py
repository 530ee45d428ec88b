"""The kiosk's one window: the frame that never moves, the screen inside it, and the idle clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from kiosk.comfort import Comfort
from kiosk.config import Config
from kiosk.messages import messages_for
from kiosk.supervisor import WIPED
from kiosk.visit import IdleClock, Resumed
from ui.deck import Deck
from ui.flow import Flow
from ui.frame import Frame
from ui.layout import Layout, beyond_reach
from ui.lock import is_way_out
from ui.places import Over, Place
from ui.screens.build import build_screen, same_question
from ui.screens.screen import Look, Screen
from ui.theme import Theme
from ui.views import View
from ui.voice import Voice
from ui.widgets.focus_ring import FocusRing
from ui.widgets.listen import ListenButton
from ui.widgets.surface import Page
from ui.widgets.veil import Veil

_ACTIVITY = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress})
_LEAD_ON = frozenset({Place.CHECK, Place.PLAN})
"""From these places the next page is known, whatever the person does on them."""
RESUME_S = 30
RIGHT_TO_LEFT = frozenset(("ar",))
_KEYS = {
    Qt.Key.Key_Escape: "back",
    Qt.Key.Key_F1: "help",
    Qt.Key.Key_F2: "comfort",
    Qt.Key.Key_F3: "listen_screen",
    Qt.Key.Key_F4: "hide",
}
AFTER_PAINT_MS = 40
"""How long after a touch the window thinks ahead: the choice is on the display by then."""


@dataclass(frozen=True)
class Dress:
    """What all widgets are drawn with."""

    comfort: Comfort
    layout: Layout
    rtl: bool


Key = tuple[View, str, Dress]
"""What a page shows, in which language, drawn how."""


class Window(QWidget):
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
        super().__init__()
        self.flow = flow
        self.config = config
        self.voice = voice
        self.voices = voices
        self.demonstration = demonstration
        self.screen_widget: Screen | None = None
        self._view: View | None = None
        self._key: Key | None = None
        self._kept: tuple[Key, Screen] | None = None
        self._foreseen: tuple[Key, Screen] | None = None
        self._leaning: object = None
        self._thinking = QTimer(self)
        self._thinking.setSingleShot(True)
        self._thinking.setInterval(AFTER_PAINT_MS)
        self._thinking.timeout.connect(lambda: self._prepare(self._leaning))
        self._now = now
        self._clock = IdleClock(config.idle_s, config.warning_s, now())
        self._resume_left = 0
        self._opened: frozenset[str] | None = None
        self._painted = False
        self.locked = False
        """Whether this is a public kiosk: nothing that a person does closes the window."""
        self.setWindowTitle(config.town.name)
        self._build()
        self.veil = Veil(self.deck, self.theme)
        self.ring = FocusRing(self, self.theme)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._tick.start()
        voice.failed.connect(self._voice_failed)

    def _build(self) -> None:
        self._dressed = self._dress()
        self.theme = self._theme()
        self._page = Page(self.theme, parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        # The display gives the size; no screen, however full, may ask the window to grow beyond it.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(self._page)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.deck = Deck()
        self._make_frame()

    def _make_frame(self) -> None:
        self.frame = Frame(self.theme, self.display, self._column, self.deck)
        self.frame.acted.connect(self.act)

    # -- the look -----------------------------------------------------------------------------------------

    @property
    def display(self) -> Layout:
        """How the display is divided now."""
        return self._dressed.layout

    def _dress(self) -> Dress:
        """What every widget is drawn with; another value means that all of them are made anew."""
        comfort, lang = self.flow.shown_comfort, self.flow.shown_lang
        beyond = beyond_reach(self.config.screen)
        area = Layout(max(self.width(), 320), max(self.height(), 240), comfort.low, beyond)
        return Dress(replace(comfort, aloud=False, longer=False), area, lang in RIGHT_TO_LEFT)

    def _theme(self) -> Theme:
        comfort = self._dressed.comfort
        return Theme(comfort.theme, comfort.scale, self.config.colours, self.display.frame_limit)

    def _redress(self) -> None:
        """Another text size, colour, direction or place of the buttons: the frame and the page are made
        anew; what was entered stays."""
        dressed = self._dress()
        if dressed == self._dressed:
            return
        self._dressed = dressed
        self.theme = self._theme()
        direction = Qt.LayoutDirection.RightToLeft if dressed.rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        QApplication.setPalette(self.theme.palette())
        self._drop_foreseen()
        self._view = None
        self._page.restyle(self.theme)
        self.ring.set_theme(self.theme)
        self.frame.clear()
        self._make_frame()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.screen_widget is not None:
            self.show_current()

    # -- showing ------------------------------------------------------------------------------------------

    def show_current(self) -> None:
        """Show what the flow says now. The flow calls this after each step."""
        self._redress()
        view = self.flow.view()
        if view == self._view:
            return
        if self._follow(view):
            return
        self._thinking.stop()  # what the person leaned to was of the page that goes
        self.voice.stop()
        look = self._look()
        key = (view, look.lang, self._dressed)
        screen = self._take_kept(key) or self._take_foreseen(key) or self._make(look, view)
        was = QApplication.focusWidget()
        old, self.screen_widget, self._view = self.screen_widget, screen, view
        self.deck.turn_to(screen)
        self._retire(old)
        self._key = key
        self.frame.show_for(look, view, screen, self.flow, self.config, demonstration=self.demonstration)
        self._place_focus(screen, old, was)
        private = self._dressed.comfort.private
        if private or self.veil.isVisible():
            self.veil.draw_over(private, self.theme)
        if self.flow.comfort.aloud and self.flow.hidden is None and look.voiced:
            self.voice.listen(screen.spoken(), look.lang, None)
        if self.flow.over is None and self.flow.hidden is None and self.flow.place in _LEAD_ON:
            self._lean(None)

    def _follow(self, view: View) -> bool:
        """Whether the page that is shown takes the change in, without being made anew."""
        page, dressed = self.screen_widget, (self.flow.lang, self._dressed)
        if page is None or self._key != (self._view, *dressed) or not page.follow(view):
            return False
        self._view, self._key = view, (view, *dressed)
        return True

    def _prepare(self, value: object) -> None:
        """An answer is chosen: build the next question while the finger is on its way to « Continuer »."""
        self._drop_foreseen()
        view = self.flow.foresee(value)
        if view is None:
            return
        look = self._look()
        screen = self._make(look, view)
        self.deck.put(screen)
        screen.lay_out()
        self._foreseen = ((view, look.lang, self._dressed), screen)

    def _take_foreseen(self, key: Key) -> Screen | None:
        found = self._foreseen
        if found is not None and found[0] == key:
            self._foreseen = None
            return found[1]
        self._drop_foreseen()
        return None

    def _drop_foreseen(self) -> None:
        if self._foreseen is not None:
            self.deck.drop(self._foreseen[1])
            self._foreseen = None

    def _place_focus(self, screen: Screen, old: Screen | None, was: QWidget | None) -> None:
        """On a new page, its title; on the same page anew, the place on it where the person was."""
        again = old is not None and type(old) is type(screen) and old.same_page(screen)
        focus = _namesake(screen, was if again else None) or screen.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if again and old is not None:
            screen.paged.drag_by(-old.paged.offset())
            news = screen.news()
            if news is not None:
                news.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, look: Look, view: View) -> Screen:
        screen = build_screen(look, view, self)
        screen.acted.connect(self.act)
        screen.heard.connect(self._heard)
        # The same question in another language: what was entered is still there.
        kept = self._kept
        if kept is not None and self.flow.over is None:
            (before, *_), under = kept
            if type(before) is type(view) and under.state() is not None and same_question(before, view):
                screen.restore(under.state())
            self._drop_kept()
        return screen

    def _retire(self, old: Screen | None) -> None:
        """A page that is covered stays as it is beneath; any other goes."""
        if old is None:
            return
        covered = self.flow.over is not None and self._kept is None and old.coverable
        if covered and self._key is not None:
            self._kept = (self._key, old)
            return
        self.deck.drop(old)

    def _take_kept(self, key: Key) -> Screen | None:
        if self._kept is None or self._kept[0] != key:
            return None
        screen, self._kept = self._kept[1], None
        return screen

    def _drop_kept(self) -> None:
        if self._kept is not None:
            self.deck.drop(self._kept[1])
            self._kept = None

    def _look(self) -> Look:
        visit = self.flow.visit
        today = visit.today if visit is not None else date.today()
        lang = self.flow.shown_lang
        return Look(
            self.theme,
            messages_for(lang),
            today,
            lambda: self.flow.pack,
            lang in self.voices,
            self.display,
            self._dressed.comfort.easy,
        )

    def set_voices(self, voices: frozenset[str]) -> None:
        """The voice has told which languages it speaks."""
        # Only of the languages offered here: drawing the screen anew would lose a touch that is under way.
        voices &= frozenset(self.config.languages)
        if voices != self.voices:
            self.voices = voices
            self._view = None
            self.show_current()

    def set_demonstration(self, demonstration: bool) -> None:
        """Whether this device is enrolled nowhere."""
        if demonstration != self.demonstration:
            self.demonstration = demonstration
            self._view = None
            self.show_current()

    def forget_pages(self) -> None:
        """What is shown, was covered or was thought ahead belongs to a pack that is no more."""
        self._drop_kept()
        self._drop_foreseen()
        self._view = None

    @property
    def opened(self) -> frozenset[str] | None:
        """The cards of the plan that stand open; None = only the first."""
        return self._opened

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

    def _greet(self, lang: str, button: ListenButton) -> None:
        from ui.screens.attract import greeting

        self.voice.listen(greeting(lang, self.config.town), lang, button)

    def _listen_screen(self) -> None:
        if self.screen_widget is not None and self.flow.lang in self.voices:
            self.voice.listen(self.screen_widget.spoken(), self.flow.lang, None)

    def _voice_failed(self) -> None:
        if self.screen_widget is not None:
            self.screen_widget.tell(self.screen_widget.text("listen.missing"))

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
        if flow.over is Over.RESUME:
            self._resume_second()
            return
        if flow.visit is None:
            self._close_forgotten_cover()
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
        forgotten = self.flow.over is not None or self.flow.comfort != self.flow.first_comfort
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
        else:
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
        elif not (name == "back" and self.flow.visit is None):
            self.act(name, None)


def _namesake(screen: Screen, was: QWidget | None) -> QWidget | None:
    """The control of the page made anew that has the name of the one that had the focus."""
    name = was.accessibleName() if was is not None else ""
    if not name:
        return None
    return next((one for one in screen.findChildren(QWidget) if one.accessibleName() == name), None)
