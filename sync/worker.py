"""The sync thread: sends while there is something to send, waits, and comes back when the hub does."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kiosk.errors import KioskError
from kiosk.store import Store
from sync.identity import Exchange, Identity

FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
GREETING = 900.0
"""Seconds between two exchanges when nothing waits: a restored hub is noticed, a new trust file taken."""
KEEP = timedelta(days=30)

log = logging.getLogger("kiosk.sync")


class SyncState(StrEnum):
    """What staff and citizens may be told of the line."""

    OFFLINE = "offline"
    SENDING = "sending"
    IDLE = "idle"


def open_exchange(identity: Identity) -> Exchange:
    """The real line to the identity's hub; imports the HTTP library."""
    from sync.transport import HttpExchange

    return HttpExchange(identity.hub)


def backoff(failures: int, first: float = FIRST_DELAY, longest: float = LONGEST_DELAY) -> float:
    """Seconds to wait after ``failures`` in a row: anything from 0 to the doubled bound ("full jitter").

    All the kiosks of a town lose their hub at the same moment; they must not come back at the same moment.
    """
    return random.uniform(0, min(longest, first * 2 ** min(failures, 16)))  # noqa: S311  # spreading, not secrecy


class SyncWorker:
    """A plain thread with an event. ``on_state(state, waiting)`` is called in that thread, on each change."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        *,
        on_state: Callable[[SyncState, int], None] | None = None,
        connect: Callable[[Identity], Exchange] = open_exchange,
        delay: Callable[[int], float] = backoff,
        greeting: float = GREETING,
    ) -> None:
        self._store, self._identity = store, identity
        self._on_state, self._connect = on_state, connect
        self._delay, self._greeting = delay, greeting
        self._event, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._told: tuple[SyncState, int] | None = None
        self.last_problem = ""
        """Why the last exchange failed, a code; "" = it did not."""

    def start(self) -> None:
        """Begin. The first exchange follows at once."""
        self._thread.start()

    def wake(self) -> None:
        """Something was saved: send now, unless the hub is being left alone after a failure."""
        self._event.set()

    def stop(self, timeout: float = 2.0) -> None:
        """Stop; waits at most ``timeout`` seconds for an exchange under way. What was not sent stays."""
        self._stopping.set()
        self._event.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        from sync.push import refresh_trust

        exchange = self._connect(self._identity)
        failures = 0
        while not self._stopping.is_set():
            self._event.clear()
            again = self._once(exchange)
            if self.last_problem:
                failures += 1
                self._stopping.wait(self._delay(failures))
                continue
            failures = 0
            if again:
                continue
            if refresh_trust(self._identity, exchange):
                log.info("a newer trust file is in force")
            self._event.wait(self._greeting)
        if close := getattr(exchange, "close", None):
            close()

    def _once(self, exchange: Exchange) -> bool:
        """One exchange; True when more is waiting."""
        from sync.push import push_once

        try:
            waiting = self._store.counts().waiting
            if waiting and not self.last_problem:
                self._tell(SyncState.SENDING, waiting)
            result = push_once(self._store, self._identity, exchange)
            if result.reached:
                self._store.expire(datetime.now(UTC) - KEEP)
        except KioskError as error:
            log.warning("the device's store failed: %s", error.code)
            self.last_problem = error.code
            return False
        except Exception as error:  # the thread must outlive a defect, or nothing is ever sent again
            log.error("unexpected: %s", type(error).__name__)
            self.last_problem = "unexpected"
            return False
        self.last_problem = result.problem
        calm = SyncState.SENDING if result.waiting else SyncState.IDLE
        self._tell(SyncState.OFFLINE if result.problem else calm, result.waiting)
        return result.waiting > 0

    def _tell(self, state: SyncState, waiting: int) -> None:
        if self._on_state is not None and self._told != (state, waiting):
            self._told = (state, waiting)
            try:
                self._on_state(state, waiting)
            except Exception as error:  # a defect of who listens must not end the sending
                log.error("the listener failed: %s", type(error).__name__)
