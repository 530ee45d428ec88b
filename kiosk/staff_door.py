"""The door to the staff menu: looks at codes, and remembers the wrong ones over the restarts of the kiosk.

Every visit with answers ends its process (docs/adr/007), so the count of wrong codes is a file. It is written
before a code is looked at: who cuts the power in that moment has lost the try.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.clock import seconds_since_boot
from kiosk.staff import Outcome, StaffCheck, Tries, dump_tries, load_tries, opens
from kiosk.store.files import private_folder, write_whole

log = logging.getLogger(__name__)
LARGEST_FILE = 256


class StaffDoor:
    """``sealed``: the code of ``kiosk.toml``, "" = there is no door. ``data``: the device's folder."""

    def __init__(self, sealed: str, data: Path, *, clock: Callable[[], float] = seconds_since_boot) -> None:
        self._sealed, self._clock = sealed, clock
        self._file = data / "staff" / "tries"
        self._tries: Tries | None = None

    def check(self, code: str) -> StaffCheck:
        """Whether ``code`` opens the door; takes about 0.1 s. Not to be called twice at a time."""
        if not self._sealed:
            return StaffCheck(Outcome.WRONG)
        now = self._clock()
        before = self._tries or self._read(now)
        if wait := before.wait_s(now):
            self._tries = before
            return StaffCheck(Outcome.WAIT, wait)
        self._keep(before.one_more(now))
        if opens(code, self._sealed):
            self._keep(Tries())
            return StaffCheck(Outcome.RIGHT)
        return StaffCheck(Outcome.WRONG, self._tries.wait_s(now) if self._tries else 0)

    def _read(self, now: float) -> Tries:
        """A file that cannot be read, or makes no sense, is no way round the wait."""
        try:
            with self._file.open("rb") as stream:
                return load_tries(stream.read(LARGEST_FILE), now)
        except FileNotFoundError:
            return Tries()
        except OSError:
            return load_tries(b"", now)

    def _keep(self, tries: Tries) -> None:
        """A full disk must not keep staff out: the count then lives as long as this process."""
        self._tries = tries
        try:
            write_whole(private_folder(self._file.parent) / self._file.name, dump_tries(tries))
        except OSError as error:
            log.warning("wrong staff codes are not kept: %s", error.strerror)
