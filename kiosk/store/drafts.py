"""The draft of a visit: unreadable without a key that lives in memory and, for a crash, in a tmpfs file.

Rule of the resume: the key file carries the moment the visit last gave a sign of life
(:meth:`DraftKeeper.touch`, every second). After a crash the draft is offered only while that moment is at
most 30 s + 5 s of restart ago; later it is gone, because the next person may be standing there. The moment
is on the clock that counts from boot, which nobody can set.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from kiosk.clock import seconds_since_boot
from kiosk.store.files import private_folder
from kiosk.store.store import Store

RESUME_WITHIN = 35.0
"""Seconds since the last sign of life: 30 s of "continue / I am someone else" and 5 s to restart."""


def runtime_folder() -> Path | None:
    """A folder in memory that only this user reads; None = a crash loses the draft."""
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108  # checked below to be ours
        if not place or not _in_memory(Path(place)):
            continue
        folder = Path(place) / f"life-event-kiosk-{os.getuid()}"
        try:
            private_folder(folder)
            status = folder.lstat()
        except OSError:
            continue
        # /dev/shm is open to all: a folder that somebody else laid there first is not ours.
        if status.st_uid == os.getuid() and not status.st_mode & 0o077 and not folder.is_symlink():
            return folder
    return None


class DraftKeeper:
    """Keeps the answers of the visit under way. ``runtime``: a folder in memory, None = no crash recovery."""

    def __init__(
        self, store: Store, runtime: Path | None, *, clock: Callable[[], float] = seconds_since_boot
    ) -> None:
        self._store, self._clock = store, clock
        self._store_id = store.id.encode()
        self._file = runtime / f"draft-{store.id}.key" if runtime else None
        self._key: bytes | None = None

    def save(self, draft: bytes) -> Future[None]:
        """Encrypt and keep ``draft``; need not be waited for. The future raises StoreFull on a full disk."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        if self._key is None:
            self._key = secrets.token_bytes(32)
            self._write_key(self._key)
        self.touch()
        nonce = secrets.token_bytes(12)
        return self._store.put_draft(
            nonce + ChaCha20Poly1305(self._key).encrypt(nonce, draft, self._store_id)
        )

    def touch(self) -> None:
        """A sign of life of the visit, to be given every second while it has a draft."""
        if self._key is None or self._file is None:
            return
        moment = int(self._clock() * 1e9)
        try:
            os.utime(self._file, ns=(moment, moment))
        except OSError:
            self._file = None  # no memory folder any more: a crash loses the draft, the visit goes on

    def resume(self) -> bytes | None:
        """The draft of a visit that a crash cut off; to be asked once, at start. None = begin anew."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        key, body = self._left_key(), self._store.draft()
        if key is not None and body is not None and len(body) > 12:
            try:
                draft = ChaCha20Poly1305(key).decrypt(body[:12], body[12:], self._store_id)
            except InvalidTag:
                pass
            else:
                self._key = key
                self.touch()
                return draft
        if body is not None or (self._file is not None and self._file.exists()):
            self.forget()
        return None

    def forget(self) -> None:
        """End of the visit: key and draft are gone, from the log too. Even a StoreError leaves no key."""
        self._key = None
        if self._file is not None:
            self._file.unlink(missing_ok=True)
        self._store.drop_draft()
        self._store.checkpoint()

    def _write_key(self, key: bytes) -> None:
        if self._file is None:
            return
        try:
            self._file.unlink(missing_ok=True)
            number = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(number, "wb") as stream:
                stream.write(key)
        except OSError:
            self._file = None

    def _left_key(self) -> bytes | None:
        """The key a crashed process left, if it is ours alone and young enough."""
        if self._file is None:
            return None
        try:
            status, key = self._file.lstat(), self._file.read_bytes()
        except OSError:
            return None
        private = status.st_uid == os.getuid() and not status.st_mode & 0o077
        age = self._clock() - status.st_mtime_ns / 1e9
        return key if private and len(key) == 32 and 0 <= age <= RESUME_WITHIN else None


def _in_memory(place: Path) -> bool:
    """True when ``place`` is on a tmpfs: the longest mount point above it decides."""
    try:
        table = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
        real = str(place.resolve(strict=True))
    except OSError:
        return False
    mounts = [fields for line in table if len(fields := line.split(" ")) > 2]
    above = [m for m in mounts if real == m[1] or real.startswith(m[1].rstrip("/") + "/")]
    return bool(above) and max(above, key=lambda m: len(m[1]))[2] in {"tmpfs", "ramfs"}
