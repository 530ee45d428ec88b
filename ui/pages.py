"""The page that is shown, in the look that the person wants; one that is covered, and one thought ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from kiosk.comfort import Comfort
from kiosk.config import Config
from kiosk.messages import messages_for, right_to_left
from ui.deck import AFTER_PAINT_MS, Deck
from ui.flow import Flow
from ui.frame import Frame
from ui.layout import Layout, beyond_reach
from ui.places import Place
from ui.screens.build import build_screen, same_question
from ui.screens.screen import Look, Screen
from ui.theme import Theme
from ui.views import View
from ui.voice import Voice
from ui.widgets.focus_ring import FocusRing
from ui.widgets.listen import ListenButton
from ui.widgets.surface import Page
from ui.widgets.veil import Veil

_LEAD_ON = frozenset({Place.CHECK, Place.PLAN})
"""From these places the next page is known, whatever the person does on them."""


@dataclass(frozen=True)
class Dress:
    """What all widgets are drawn with."""

    comfort: Comfort
    layout: Layout
    rtl: bool


Key = tuple[View, str, Dress]
"""What a page shows, in which language, drawn how."""


class Pages(QWidget):
    """Shows ``flow.view()`` between the bars of the frame. The window that it is the base of says what
    becomes of a touch: ``act`` and ``_heard``."""

    def __init__(
        self,
        flow: Flow,
        config: Config,
        voice: Voice,
        *,
        voices: frozenset[str],
        demonstration: bool,
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
        self._opened: frozenset[str] | None = None
        self._build()
        self.veil = Veil(self.deck, self.theme)
        self.ring = FocusRing(self, self.theme)

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
        return Dress(replace(comfort, aloud=False, longer=False), area, right_to_left(lang))

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
        self._draw_ahead(screen)
        self._foreseen = ((view, look.lang, self._dressed), screen)

    def _draw_ahead(self, screen: Screen) -> None:
        """Let every widget that will be seen draw what it keeps, large letters, boxes and icons: on a picture
        of one pixel nothing else is done."""
        pixel = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        pixel.setDevicePixelRatio(self.devicePixelRatioF())
        screen.render(pixel)

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
        screen.announced.connect(self._announced)
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

    # -- what the window does -----------------------------------------------------------------------------

    def act(self, name: str, value: object) -> None:
        """One step, named by a screen or by the frame."""
        raise NotImplementedError

    def _heard(self, text: str, button: ListenButton | None) -> None:
        """A listen button was touched."""
        raise NotImplementedError

    def _announced(self, text: str) -> None:
        """Something on the page has changed."""
        raise NotImplementedError


def _namesake(screen: Screen, was: QWidget | None) -> QWidget | None:
    """The control of the page made anew that has the name of the one that had the focus."""
    name = was.accessibleName() if was is not None else ""
    if not name:
        return None
    return next((one for one in screen.findChildren(QWidget) if one.accessibleName() == name), None)
