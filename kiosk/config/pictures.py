"""A town's crest and welcome picture: files from outside, looked through before anything draws them.

Accepted is what draws itself and nothing else: a PNG of moderate size, or an SVG without programs, outer
references, style sheets from elsewhere, document types or entities (XML 1.0, 2.8 and 4.2).
"""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from xml.parsers import expat

LARGEST = 1024 * 1024
LARGEST_SIDE, MOST_PIXELS = 4096, 8 * 1024 * 1024
MOST_ELEMENTS, DEEPEST = 20_000, 64
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_DRAWS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    )
)
_ELSEWHERE = re.compile(r"url\((?!\s*[\"']?\s*#)|@import|@font-face|expression\s*\(|\\", re.IGNORECASE)
"""In a style: what is fetched, and what could hide it (a backslash)."""


def refused(path: Path) -> str:
    """Why this picture is not taken; "" for one that is."""
    try:
        if not path.is_file():
            return f"there is no file {str(path)[:200]!r}"
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        return f"{str(path)[:200]!r} cannot be read ({error.strerror})"
    if len(content) > LARGEST:
        return "the file is too large"
    return _refused_png(content) if content.startswith(_PNG) else _refused_svg(content)


def _refused_png(content: bytes) -> str:
    """Walks the chunks (PNG 1.2, 3.2): each whole, the header first, the end last."""
    position = len(_PNG)
    kinds: list[bytes] = []
    while position < len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        chunk = content[position + 4 : position + 8 + size]
        check = content[position + 8 + size : position + 12 + size]
        if len(check) < 4 or zlib.crc32(chunk) != int.from_bytes(check, "big"):
            return "the PNG picture is damaged"
        if not kinds and (chunk[:4] != b"IHDR" or size != 13):
            return "the PNG picture is damaged"
        if not kinds:
            wide, high = struct.unpack(">II", chunk[4:12])
            if not (0 < wide <= LARGEST_SIDE and 0 < high <= LARGEST_SIDE and wide * high <= MOST_PIXELS):
                return f"{wide} × {high} pixels are too many"
        kinds.append(chunk[:4])
        position += 12 + size
    whole = b"IDAT" in kinds and kinds[-1:] == [b"IEND"]
    return "" if whole else "the PNG picture is damaged"


def _refused_svg(content: bytes) -> str:
    if b"\0" in content:
        return "neither an SVG nor a PNG picture"
    return _Drawing().refused(content)


class _Refused(Exception):
    """The drawing holds what is not taken; the reason is its argument."""


class _Drawing:
    """One pass over the text of an SVG, which stops at the first thing that is not taken."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        """Name and id of the elements that are open."""
        self._count = 0
        self._repeated: set[str] = set()
        """Ids that a ``use`` repeats."""
        self._repeating: set[str] = set()
        """Ids of the elements that hold a ``use``. Repeated in turn, ten levels of ten are 10^10 parts."""
        parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = lambda *_: self._stop("a document type (DOCTYPE)")
        parser.EntityDeclHandler = lambda *_: self._stop("an entity")
        parser.ProcessingInstructionHandler = lambda *_: self._stop("a processing instruction")
        self._parser = parser

    def refused(self, content: bytes) -> str:
        try:
            self._parser.Parse(content, True)
        except _Refused as found:
            return str(found)
        except (expat.ExpatError, UnicodeError, ValueError):
            return "neither an SVG nor a PNG picture"
        return "a `use` repeats another `use`" if self._repeated & self._repeating else ""

    def _stop(self, what: str) -> None:
        raise _Refused(f"the drawing holds {what}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._open and name != f"{_SVG} svg":
            raise _Refused("neither an SVG nor a PNG picture")
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > DEEPEST:
            raise _Refused("the drawing has too many parts")
        if space == _SVG and local not in _DRAWS:
            self._stop(f"<{local[:40]}>")
        self._open.append((name, attributes.get("id", "")))
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)
        if name == f"{_SVG} use":
            self._repeating |= {id for _, id in self._open if id}

    def _attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            self._stop(f"a program ({name[:40]})")
        if name.lower() in {"href", "src", "base"}:
            if not value.strip().startswith("#"):
                self._stop("a reference to elsewhere")
            self._repeated.add(value.strip()[1:])
        self._style(value)

    def _style(self, text: str) -> None:
        if _ELSEWHERE.search(text):
            self._stop("a reference to elsewhere")

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and self._open[-1][0] == f"{_SVG} style":
            self._style(text)
