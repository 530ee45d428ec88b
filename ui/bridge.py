"""The only crossing between the screen's thread and the rest: calls go to workers, outcomes come as signals.

Nothing here waits. Store and seal run on one worker, so that their order is the order in which they were
asked; the printer, which can take a minute, has its own, and so have a call for a person and the staff code.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.checkup import CheckedPart
    from kiosk.procedures import Pack, Plan
    from kiosk.staff import StaffCheck
    from kiosk.visit import Resumed, Visit

log = logging.getLogger(__name__)

AFTER_PAINT_MS = 20
"""A draft is kept once the next screen is painted: the worker would take the interpreter from it (5 ms)."""
CALLED_OFF_S = 5.0
"""How long the end of the process waits until the printer's queue and the call's command are empty."""


class Backstage(Protocol):
    """What a kiosk does behind the screen. Each call may take time and is made on a worker thread."""

    def open(self, on_received: Callable[[str], None], on_online: Callable[[bool], None]) -> None:
        """Open the store and start sending what waits. Raises KioskError."""
        ...

    @property
    def demonstration(self) -> bool: ...

    def new_visit(self, lang: str) -> Visit: ...

    def found_draft(self) -> Resumed | None: ...

    def save_draft(self, visit: Visit) -> None: ...

    def alive(self) -> None:
        """A sign of life of the visit under way."""
        ...

    def forget(self) -> None: ...

    def recipient(self) -> str | None: ...

    def send(self, visit: Visit, plan: Plan) -> str:
        """Seal and keep; the dossier's id once it is durable. Raises KioskError when it is not kept."""
        ...

    def print_plan(self, visit: Visit, plan: Plan, cancelled: threading.Event) -> bool:
        """Whether the paper came out; once ``cancelled`` is set the job is taken back at once."""
        ...

    def check_up(self, lang: str) -> tuple[CheckedPart, ...] | None: ...

    def call_help(self, cancelled: threading.Event) -> bool:
        """Whether somebody acknowledged the call; once ``cancelled`` is set it is called off."""
        ...

    def count_feedback(self, event: str, value: str) -> None: ...

    def check_staff_code(self, code: str) -> StaffCheck: ...

    def close(self) -> None: ...


class Bridge(QObject):
    """Implements ``ui.services.Services`` over a :class:`Backstage`."""

    opened = Signal(bool)
    draft_found = Signal(object)
    """The Resumed visit of a moment ago."""
    saved = Signal(bool)
    printed = Signal(bool)
    received = Signal()
    online = Signal(bool)
    forgotten = Signal(bool)
    unusable = Signal(object)
    """The pack cannot be used: the KioskError that says why."""
    help_answered = Signal(bool)
    """Somebody acknowledged the call, or nobody is answering. Not given for a call that was called off."""
    staff_checked = Signal(object)
    checked_up = Signal(object)
    """The state of the machine: ``kiosk.checkup.CheckedPart``s, or None."""
    """The StaffCheck of the code that was typed."""
    _call_over = Signal(int, bool)

    def __init__(self, build: Callable[[], Backstage], *, can_print: bool, can_call: bool = False) -> None:
        super().__init__()
        self._build = build
        self._building = threading.Lock()
        self._built: Backstage | None = None
        self._can_print, self._can_call = can_print, can_call
        self._records = ThreadPoolExecutor(1, thread_name_prefix="records")
        self._printer = ThreadPoolExecutor(1, thread_name_prefix="printer")
        self._help = ThreadPoolExecutor(1, thread_name_prefix="help")
        self._staff = ThreadPoolExecutor(1, thread_name_prefix="staff")
        self._paper, self._call = threading.Event(), threading.Event()
        """Set to take back what is being printed; to call off the call for a person."""
        self._calls = 0
        self._calling = False
        self._under_way: set[Future[None]] = set()
        """Printing and calling: nothing of it may outlive this process."""
        self._call_over.connect(self._call_ended)
        self._recipient: str | None = None
        self._dossier = ""
        self._closed = False
        self._draft: Visit | None = None
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(AFTER_PAINT_MS)
        self._painted.timeout.connect(self._keep_draft)

    @property
    def _backstage(self) -> Backstage:
        """Built when it is first needed: after the first screen, or at the first touch if that is sooner."""
        with self._building:
            if self._built is None:
                self._built = self._build()
            return self._built

    def open(self) -> None:
        """Open the store behind the first screen."""

        def work() -> None:
            try:
                self._backstage.open(self._on_received, self.online.emit)
                self._recipient = self._backstage.recipient()
                draft = self._backstage.found_draft()
            except KioskError as error:
                log.error("the store does not open: %s", error.code)
                self.opened.emit(False)
                return
            if draft is not None:
                self.draft_found.emit(draft)
            self.opened.emit(True)

        self._records.submit(self._guarded, work, lambda: self.opened.emit(False))

    @property
    def demonstration(self) -> bool:
        """Whether this device is enrolled nowhere."""
        return self._backstage.demonstration

    def _on_received(self, dossier: str) -> None:
        if dossier and dossier == self._dossier:
            self.received.emit()

    def warm(self, pack: Callable[[], Pack]) -> None:
        """Read the pack, and think each event's first question through, while nobody is asking yet."""

        def work() -> None:
            from kiosk.procedures import outcome_questions

            try:
                found = pack()
            except KioskError as error:
                self.unusable.emit(error)
                return
            for event in found.events.values():
                outcome_questions(found, event, {}, date.today())
            # The pack and the modules stay as long as the process: no collection need look at them again.
            gc.collect()
            gc.freeze()
            # A screen makes some thousand objects: collecting between two screens, not within one.
            gc.set_threshold(20_000, 10, 20)
            gc.enable()  # `kiosk run` switches it off for the start

        self._printer.submit(self._guarded, work, None)

    # -- ui.services.Services --------------------------------------------------------------------------

    def start_visit(self, lang: str) -> Visit:
        return self._backstage.new_visit(lang)

    def save_draft(self, visit: Visit) -> None:
        self._draft = visit
        self._painted.start()

    def _keep_draft(self) -> None:
        visit, self._draft = self._draft, None
        if visit is None:
            return

        def work() -> None:
            # A full disk loses crash recovery, not the visit: the person goes on.
            try:
                self._backstage.save_draft(visit)
            except KioskError as error:
                log.warning("the draft is not kept: %s", error.code)

        self._records.submit(self._guarded, work, None)

    def alive(self) -> None:
        self._records.submit(self._guarded, self._backstage.alive, None)

    def recipient(self) -> str | None:
        return self._recipient

    def can_print(self) -> bool:
        return self._can_print

    def send(self, visit: Visit, plan: Plan) -> None:
        def work() -> None:
            try:
                self._dossier = self._backstage.send(visit, plan)
            except KioskError as error:
                log.error("the dossier is not kept: %s", error.code)
                self.saved.emit(False)
            else:
                self.saved.emit(True)

        self._records.submit(self._guarded, work, lambda: self.saved.emit(False))

    def print_plan(self, visit: Visit, plan: Plan) -> None:
        cancelled = self._paper = threading.Event()

        def work() -> None:
            try:
                self.printed.emit(self._backstage.print_plan(visit, plan, cancelled))
            except KioskError as error:
                log.error("not printed: %s", error.code)
                self.printed.emit(False)

        self._outside(self._printer, work, lambda: self.printed.emit(False))

    def can_call(self) -> bool:
        return self._can_call

    def call_help(self) -> None:
        if self._calling:
            return
        self._calling = True
        self._calls += 1
        number, cancelled = self._calls, threading.Event()
        self._call = cancelled

        def work() -> None:
            self._call_over.emit(number, self._backstage.call_help(cancelled))

        self._outside(self._help, work, lambda: self._call_over.emit(number, False))

    def _call_ended(self, number: int, acknowledged: bool) -> None:
        """An answer that was under way when its call was called off is nobody's answer."""
        if self._calling and number == self._calls:
            self._calling = False
            self.help_answered.emit(acknowledged)

    def cancel_help(self) -> None:
        self._call.set()
        self._calling = False

    def silence_and_cancel(self) -> None:
        self._paper.set()
        self.cancel_help()

    def feedback(self, event: str, value: str) -> None:
        def work() -> None:
            try:
                self._backstage.count_feedback(event, value)
            except KioskError as error:
                log.warning("feedback is not counted: %s", error.code)

        self._records.submit(self._guarded, work, None)

    def staff_code(self, code: str) -> None:
        def work() -> None:
            self.staff_checked.emit(self._backstage.check_staff_code(code))

        self._staff.submit(self._guarded, work, None)

    def check_up(self, lang: str) -> None:
        def work() -> None:
            self.checked_up.emit(self._backstage.check_up(lang))

        self._staff.submit(self._guarded, work, lambda: self.checked_up.emit(None))

    def end_visit(self, *, wipe: bool) -> None:
        self.silence_and_cancel()
        self._dossier = ""
        self._draft = None

        def work() -> None:
            try:
                self._backstage.forget()
            finally:
                self.forgotten.emit(wipe)

        self._records.submit(self._guarded, work, None)

    def close(self) -> None:
        """Let the store close; waits for what was promised to be kept. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.silence_and_cancel()
        self._keep_draft()
        self._records.submit(self._guarded, self._backstage.close, None)
        self._records.shutdown(wait=True)
        # The process ends next, and with it the thread that would take a job back from the printer.
        wait(self._under_way, timeout=CALLED_OFF_S)
        for pool in (self._printer, self._help, self._staff):
            pool.shutdown(wait=False, cancel_futures=True)

    def _outside(
        self, pool: ThreadPoolExecutor, work: Callable[[], None], failed: Callable[[], None]
    ) -> None:
        """Work that leaves something outside of this process until it is over."""
        future = pool.submit(self._guarded, work, failed)
        self._under_way = {earlier for earlier in self._under_way if not earlier.done()} | {future}

    @staticmethod
    def _guarded(work: Callable[[], None], failed: Callable[[], None] | None) -> None:
        """Run on a worker: an error that nobody foresaw is logged by its kind, never by its text."""
        try:
            work()
        except Exception as error:  # a worker that dies would lose every later call
            log.error("behind the screen: %s", type(error).__name__)
            if failed is not None:
                failed()
