"""The communes of France, by the beginning of a name or of a postcode, with no network (docs/adr/062)."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kiosk.resources import asset

LEAST, LONGEST = 2, 60
"""Signs from which a search makes sense, and beyond which nothing is looked at."""
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "ى": "ي", "ة": "ه"}  # as people write them
)
_SEPARATOR = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Place:
    """A commune, or a part of one that people still name: then ``within`` is the commune.

    ``code`` is INSEE's, of the commune; ``postcodes`` may be several, or empty where they are not known;
    ``department`` is its name.
    """

    name: str
    code: str
    postcodes: tuple[str, ...]
    department: str
    within: str = ""

    @property
    def city(self) -> str:
        """The name that an address carries."""
        return self.within or self.name

    @property
    def postcode(self) -> str:
        """Its postcode, or nothing where it has several or none."""
        return self.postcodes[0] if len(self.postcodes) == 1 else ""


def fold(text: str) -> str:
    """A name as it is searched: small letters without accents, Western digits, one ``_`` between words."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    bare = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in plain
        if not unicodedata.combining(sign)
    )
    return _SEPARATOR.sub("_", "".join(bare)).strip("_")


class Places:
    """All places of one country.

    ``table``: four columns, an empty line between them. Departments, ``code TAB name``; then, a line for each
    place: folded name; postcodes, each after a space; ``name TAB code TAB commune that it is a part of``.
    The largest commune comes first, parts of communes last, so that the first that fits is the likeliest.
    """

    def __init__(self, table: bytes) -> None:
        head, names, postcodes, rows = table.split(b"\n\n")
        lines = (line.partition("\t") for line in head.decode().split("\n"))
        self._departments = {code: name for code, _, name in lines}
        self._names = b"\n%b\n" % names
        self._postcodes = b"\n%b\n" % postcodes
        self._codes = postcodes.split(b"\n")
        self._rows = rows.split(b"\n")

    def search(self, written: str, most: int = 3) -> tuple[Place, ...]:
        """At most ``most`` places for what is written so far, the likeliest first.

        A name or the beginning of one of its words, a postcode or its beginning, or both.
        """
        words = [word for word in fold(written[:LONGEST]).split("_") if word and word != "cedex"]
        postcode = "".join(word for word in words if word.isdecimal())
        name = "_".join(word for word in words if not word.isdecimal())
        if len(name) + len(postcode) < LEAST:
            return ()
        if name and len(postcode) <= LEAST:  # « Paris 15 » is a part of Paris
            postcode, name = "", "_".join(words)
        found: dict[Place, None] = {}
        for number in self._fitting(name, postcode):
            place = self._read(number, postcode)
            if place is not None:
                found.setdefault(place)
                if len(found) == most:
                    break
        return tuple(found)

    def exactly(self, written: str) -> Place | None:
        """The one place that bears this name or this name and postcode; None where several do, or none."""
        wanted = _in_full(fold(" ".join(word for word in written.split() if not word.isdecimal())))
        fits = [place for place in self.search(written, 2) if wanted and fold(place.name) == wanted]
        return fits[0] if len(fits) == 1 else None

    def _fitting(self, name: str, postcode: str) -> Iterator[int]:
        """Numbers of places that fit: the name whole, its beginning, the beginning of another word of it."""
        if not name:
            yield from _lines(self._postcodes, b" " + postcode.encode())
            return
        for wanted in dict.fromkeys((_in_full(name, last=False), _in_full(name))):
            sought = wanted.encode()
            yield from _lines(self._names, b"\n%b\n" % sought)
            yield from _lines(self._names, b"\n" + sought)
            yield from _lines(self._names, b"_" + sought)

    def _read(self, number: int, postcode: str) -> Place | None:
        """A place; None where it does not have the postcode. Parts share that of their commune."""
        name, code, within = self._rows[number].decode().split("\t")
        postcodes = tuple(self._codes[number].decode().split())
        if postcode:
            postcodes = tuple(one for one in postcodes if one.startswith(postcode))
            if within or not postcodes:
                return None
        department = self._departments.get(code[: 3 if code[:2] in ("97", "98") else 2], "")
        return Place(name, code, postcodes, department, within)


def _lines(column: bytes, sought: bytes) -> Iterator[int]:
    """Numbers of the lines of ``column`` that hold ``sought``, each once."""
    number, counted, at = -1, 0, 0
    while (at := column.find(sought, at)) >= 0:
        number += column.count(b"\n", counted, at + 1)
        counted = at + 1
        yield number
        at = max(column.find(b"\n", at + 1), counted)


def _in_full(name: str, *, last: bool = True) -> str:
    """« st » and « ste » in full; without ``last`` the word that may not be finished stays as it is."""
    words = name.split("_")
    full = [_SHORT.get(word, word) for word in words]
    return "_".join(full if last else [*full[:-1], words[-1]])


def covers(country: str) -> bool:
    """Whether the places of ``country`` (ISO 3166 alpha-2) are known here."""
    return country == "FR"


@lru_cache(maxsize=1)
def places() -> Places:
    """The places of France, read once (about 10 ms)."""
    return Places(gzip.decompress(asset("places", "communes.tsv.gz").read_bytes()))
