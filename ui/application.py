"""The Qt application of the citizen's kiosk: one window, the bridge, the voice, and how the process ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk.comfort import Comfort
from kiosk.config import Config
from kiosk.config import Screen as Panel
from kiosk.errors import KioskError
from kiosk.messages import complain
from kiosk.supervisor import LEASH, WIPED
from ui import accessible, fonts
from ui.bridge import Backstage, Bridge
from ui.display import remember_size, remembered_size, same_size
from ui.flow import Flow
from ui.layout import first_scale, starts_low, zoom
from ui.places import Over
from ui.screens.build import warm
from ui.theme import Theme
from ui.voice import Voice
from ui.window import Window

if TYPE_CHECKING:
    from accessibility.speech import Speaker
    from kiosk.procedures import Pack


class Application(QObject):
    """Builds the screen's side of a kiosk and runs it."""

    voices_known = Signal(object)
    over = Signal(int)
    """The process has done its work: the exit status."""

    def __init__(
        self,
        config: Config,
        pack: Callable[[], Pack],
        backstage: Callable[[], Backstage],
        speaker: Callable[[], Speaker],
        *,
        demonstration: bool,
        windowed: bool,
        size: tuple[int, int] | None,
        display: Path | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        known = size if size or windowed or display is None else remembered_size(display)
        _zoom_to(known, config.screen)
        self.qt = QApplication.instance() or QApplication(sys.argv[:1])
        super().__init__()
        self.qt.setApplicationName("life-event-kiosk")
        self.qt.setStyle("Fusion")
        self.qt.setPalette(Theme().palette())
        fonts.load_fonts()
        accessible.install()
        self.config = config
        self.bridge = Bridge(backstage, can_print=bool(config.printer), can_call=_can_call(config))
        self.voice = Voice(speaker)
        self._pack = pack
        self.flow = Flow(config, pack, self.bridge, self._changed)
        self._begin_with(config.screen, known)
        self.window = Window(
            self.flow,
            config,
            self.voice,
            voices=frozenset(config.languages),
            demonstration=demonstration,
            now=now,
        )
        self._windowed, self._size = windowed, size
        self._moved = not windowed and size is None and self._learnt_size(display, known)
        self.ready = False
        """Whether the store behind the screen has opened, or has refused to."""
        self._connect()

    def _begin_with(self, panel: Panel, size: tuple[int, int] | None) -> None:
        """The look that every visit begins with, from the panel's millimetres and its place on the wall."""
        width = size[0] if size else self.qt.primaryScreen().geometry().width()
        factor = float(os.environ.get("QT_SCALE_FACTOR", "1"))
        first = Comfort(scale=first_scale(round(width / factor), panel), low=starts_low(panel))
        self.flow.first_comfort = self.flow.comfort = first

    def _connect(self) -> None:
        bridge, flow, window = self.bridge, self.flow, self.window
        bridge.opened.connect(self._opened)
        bridge.draft_found.connect(window.offer_resume)
        bridge.saved.connect(flow.saved)
        bridge.printed.connect(flow.printed)
        bridge.help_answered.connect(flow.help_answered)
        bridge.staff_checked.connect(flow.staff_checked)
        bridge.checked_up.connect(flow.checked_up)
        window.leaves.connect(self.over)
        bridge.received.connect(flow.received)
        bridge.online.connect(flow.online)
        bridge.forgotten.connect(self._forgotten)
        bridge.unusable.connect(self._give_up)
        window.painted.connect(self._painted)
        window.alive.connect(bridge.alive)
        self.voices_known.connect(window.set_voices)
        self.qt.lastWindowClosed.connect(self.qt.quit)

    def _learnt_size(self, display: Path | None, known: tuple[int, int] | None) -> bool:
        """Whether the display has another size than the one this process began with, and is remembered."""
        area, ratio = self.qt.primaryScreen().geometry(), self.qt.primaryScreen().devicePixelRatio()
        real = (round(area.width() * ratio), round(area.height() * ratio))
        return display is not None and not same_size(known, real) and remember_size(display, real)

    def run(self) -> int:
        """Show the first screen and stay until the window closes or the visit is wiped; the exit status."""
        if self._moved:
            return WIPED  # a new process begins with the right size
        self._hold_leash()
        self.over.connect(self.qt.exit)
        # Not quit(): it asks the window to close first, which that of a public kiosk never does.
        signal.signal(signal.SIGTERM, lambda *_: self.qt.exit(0))
        self.start()
        status = self.qt.exec()
        if self.flow.under_way:
            # A service that is stopped ends the visit too: the draft's key goes, as at every end.
            self.bridge.end_visit(wipe=False)
        self.close()
        return status

    def start(self) -> None:
        """Show the first screen; everything else begins once it is painted."""
        self._shape()
        self.window.show_current()
        self._show()

    def close(self) -> None:
        """The clock stopped, silence, and the store closed."""
        self.window.locked = False
        self.window.stop_clock()
        self.voice.close()
        self.bridge.close()

    def _shape(self) -> None:
        """The size of the window, before its first screen is built for it."""
        area = self.qt.primaryScreen().availableGeometry()
        width, height = min(1080, area.width()), min(1920, area.height())
        if self._size:
            # Sizes on the command line are those of the display; Qt counts in its own, zoomed pixels.
            ratio = self.window.devicePixelRatioF()
            width, height = (round(side / ratio) for side in self._size)
        if self._windowed:
            self.window.resize(width, height)
        elif self._size:
            self.window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.window.setGeometry(0, 0, width, height)
        else:
            # Where no window manager runs, nobody else gives the window the size of the display.
            self.window.setGeometry(self.qt.primaryScreen().geometry())

    def _show(self) -> None:
        if self._windowed or self._size:
            self.window.show()
        else:
            self.window.showFullScreen()
        self.window.locked = not self._windowed
        if not self._windowed:
            self.window.setCursor(Qt.CursorShape.BlankCursor)
        # A kiosk often has no window manager: without this no key arrives and nothing has the focus.
        self.window.activateWindow()

    def _painted(self) -> None:
        ratio = self.window.devicePixelRatioF()
        size = "x".join(str(round(side * ratio)) for side in (self.window.width(), self.window.height()))
        print(f"READY {size}", flush=True)  # noqa: T201  # for scripts
        self.bridge.open()
        self.bridge.warm(self._pack)
        self._warm_screens(warm())
        threading.Thread(target=self._ask_voices, name="voices", daemon=True).start()

    def _warm_screens(self, steps: Iterator[None]) -> None:
        """One step a turn of the event loop: a touch in between is served at once."""
        if next(steps, self) is None:
            QTimer.singleShot(0, lambda: self._warm_screens(steps))

    def _ask_voices(self) -> None:
        self.voices_known.emit(self.voice.languages())

    def _opened(self, ok: bool) -> None:
        self.ready = True
        if ok:
            self.window.set_demonstration(self.bridge.demonstration)
        else:
            self.flow.cover(Over.OUT_OF_ORDER)

    def _changed(self) -> None:
        self.window.show_current()

    def _forgotten(self, wipe: bool) -> None:
        """What refers to itself goes with its visit, not when Python next looks for it. A visit with answers
        ends with its process: the memory goes back to the system."""
        self.qt.clipboard().clear()
        gc.collect()
        if wipe:
            self.over.emit(WIPED)

    def _give_up(self, error: KioskError) -> None:
        """A pack with a mistake helps nobody: say what and where, and end."""
        self.over.emit(complain(error))

    def _hold_leash(self) -> None:
        """End with the supervisor: its end of a pipe closes when it dies, however it dies."""
        number = os.environ.get(LEASH, "")
        if number.isdigit():
            self._leash = QSocketNotifier(int(number), QSocketNotifier.Type.Read, self)
            self._leash.activated.connect(lambda: self.qt.exit(0))


def _can_call(config: Config) -> bool:
    """Whether the town has set a command that calls somebody, and its program is there."""
    if not config.help.command:
        return False
    from kiosk.help_call import can_run

    return can_run(config.help.command)


def _zoom_to(size: tuple[int, int] | None, panel: Panel) -> None:
    """Draw the design as large as display and panel ask for. Qt reads this at its start."""
    if size and "QT_SCALE_FACTOR" not in os.environ:
        factor = zoom(*size, panel)
        if factor != 1:
            os.environ["QT_SCALE_FACTOR"] = f"{factor:.4f}"
