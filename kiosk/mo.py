"""Reads the compiled tables of sentences (GNU MO files) one sentence at a time.

``gettext`` of the standard library decodes a whole table when it opens it: the first screen would wait for
some thousand sentences in six languages, of which it shows fifty.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path

_MAGIC = bytes.fromhex("de120495")
_HEAD = struct.Struct("<7I")
"""Magic, revision, count, start of the ids' places, start of the texts' places, two for a hash table."""
_PLACE = struct.Struct("<2I")


class Table:
    """The sentences of one compiled file, which is little-endian and sorted by id, as Babel writes it.

    https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError, ValueError for a file that is no table."""
        with path.open("rb") as stream:
            self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        head = self._bytes[: _HEAD.size]
        if len(head) < _HEAD.size or not head.startswith(_MAGIC):
            raise ValueError(f"{path.name} is no table of sentences")
        _, _, self._count, self._ids, self._texts, *_ = _HEAD.unpack(head)
        self._found: dict[str, tuple[str, ...]] = {}
        self._plural: Callable[[int], int] | None = None

    def text(self, key: str) -> str | None:
        """The sentence ``key``; None where there is none."""
        texts = self._read(key)
        return texts[0] if texts else None

    def count(self, key: str, n: int) -> str | None:
        """The sentence ``key`` in the grammatical number of ``n``; None where there is none."""
        texts = self._read(key)
        if not texts or len(texts) == 1:
            return None
        if self._plural is None:
            self._plural = self._plural_rule()
        return texts[self._plural(n)]

    def _read(self, key: str) -> tuple[str, ...]:
        """The texts of ``key``, several where it has plurals."""
        found = self._found.get(key)
        if found is None:
            raw = self._search(key.encode())
            found = self._found[key] = tuple(raw.decode().split("\0")) if raw is not None else ()
        return found

    def _search(self, key: bytes) -> bytes | None:
        place = bisect_left(range(self._count), key, key=self._id)
        found = place < self._count and self._id(place) == key
        return self._at(self._texts, place) if found else None

    def _id(self, number: int) -> bytes:
        # An id with plurals stands there twice, with a zero between: that sorts where the first one does.
        return self._at(self._ids, number).partition(b"\0")[0]

    def _at(self, places: int, number: int) -> bytes:
        length, start = _PLACE.unpack_from(self._bytes, places + number * _PLACE.size)
        return self._bytes[start : start + length]

    def _plural_rule(self) -> Callable[[int], int]:
        from gettext import c2py

        head = (self._search(b"") or b"").decode()
        rule = head.partition("plural=")[2].partition(";")[0].partition("\n")[0]
        return c2py(rule or "n != 1")
