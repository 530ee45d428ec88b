"""The pieces the paper is made of: a paragraph or a picture, with its place, its sign and its role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.platypus import Flowable, Paragraph

from printing import qr
from printing.lines import Drawn, line
from printing.tags import Path

INK, INK_SOFT, LINE = HexColor("#221D18"), HexColor("#463E35"), HexColor("#7D7263")
BRAND, PANEL, THREAD = HexColor("#0F4A54"), HexColor("#EBE3D5"), HexColor("#B5710A")
CLAY, CAUTION, CAUTION_SOFT = HexColor("#7A2B0C"), HexColor("#5C4200"), HexColor("#F8ECCB")
"""The light theme of assets/themes/tokens.json; checked by a test."""

SQUARE, DIAMOND, CIRCLE, BOX = "square", "diamond", "circle", "box"
"""The signs. Each is told apart by its shape, whatever the printer's colours."""

INSET = 12.0
"""Points between the text and the far edge of its panel."""

THREAD_AT = 11.0
"""Points from the near edge of the frame to the middle of the thread.

Places are those of a page that runs from the left; on a right-to-left canvas each is drawn mirrored."""


def draw_sign(canvas: Any, sign: str, x: float, y: float, size: float) -> None:
    """Draw ``sign`` centred on (x, y), ``size`` points wide."""
    canvas.saveState()
    half = size / 2
    canvas.setLineWidth(1.8)
    if sign == SQUARE:
        canvas.setFillColor(CLAY)
        canvas.roundRect(x - half, y - half, size, size, size / 8, stroke=0, fill=1)
    elif sign == DIAMOND:
        half *= 1.1  # a diamond looks smaller than a square as wide
        canvas.setFillColor(CAUTION_SOFT)
        canvas.setStrokeColor(CAUTION)
        path = canvas.beginPath()
        path.moveTo(x, y + half)
        for dx, dy in ((1, 0), (0, -1), (-1, 0)):
            path.lineTo(x + half * dx, y + half * dy)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    elif sign == CIRCLE:
        canvas.setFillColor(white)
        canvas.setStrokeColor(INK_SOFT)
        canvas.setDash(3, 2)
        canvas.circle(x, y, half, stroke=1, fill=1)
    else:
        canvas.setFillColor(white)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.3)
        canvas.rect(x - half, y - half, size, size, stroke=1, fill=1)
    canvas.restoreState()


def mirrored(canvas: Any, x: float, width: float, wide: float = 0.0) -> float:
    """The left edge of what is ``wide`` and stands ``x`` from the near edge of a room of ``width``."""
    return width - x - wide if canvas.rtl else x


@dataclass(frozen=True)
class Look:
    """Where and how a piece stands, in points; ``sign_at`` is the sign's middle from the near edge, which is
    the left one, or the right one of an Arabic page. ``left`` counts from there too."""

    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    thread: bool = False
    panel: float = 0.0  # a quiet ground under the piece, from this far left of its text
    rule: bool = False
    sign: str = ""
    sign_at: float = THREAD_AT
    sign_size: float = 18.0
    bookmark: str = ""
    level: int = 0
    next: bool = False  # stays on the page of what follows


class Block(Flowable):  # type: ignore[misc]  # reportlab has no types
    """``inner`` in its place; it may be cut between pages where ``inner`` can."""

    def __init__(self, inner: Any, look: Look, path: Path) -> None:
        super().__init__()
        self.inner, self.look, self.path = inner, look, path
        self.keepWithNext = look.next
        self._width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        inset = INSET if self.look.panel else 0
        _, self._inner_height = self.inner.wrap(width - self.look.left - inset, height)
        self.height = self.look.before + self._inner_height + self.look.after
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        inset = INSET if self.look.panel else 0
        parts = self.inner.split(width - self.look.left - inset, height - self.look.before)
        if len(parts) < 2:  # it fits but for the room after it, or not even one line of it fits
            return [Block(part, replace(self.look, after=0), self.path) for part in parts]
        first = Block(parts[0], replace(self.look, after=0, next=False), self.path)
        rest = replace(self.look, before=0, sign="", bookmark="", rule=False)
        return [first, *(Block(part, rest, self.path) for part in parts[1:])]

    def draw(self) -> None:
        canvas, look = self.canv, self.look
        with canvas.decoration():
            self._decorate(canvas)
        if look.bookmark:
            key = self.path[-1][1]
            canvas.bookmarkHorizontal(key, 0, self.height)
            canvas.addOutlineEntry(look.bookmark, key, look.level, closed=look.level > 0)
        x = look.left
        if canvas.rtl:
            x = INSET if look.panel else 0.0
        if isinstance(self.inner, Paragraph):
            with canvas.tagged(self.path):
                self.inner.drawOn(canvas, x, look.after)
        else:
            self.inner.path = self.path
            self.inner.drawOn(canvas, x, look.after)

    def _decorate(self, canvas: Any) -> None:
        look = self.look
        if look.panel:
            canvas.setFillColor(PANEL)
            x = look.left - look.panel
            canvas.rect(0 if canvas.rtl else x, 0, self._width - x, self.height, stroke=0, fill=1)
        if look.rule:
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.8)
            y = self.height - 8
            canvas.line(0, y, self._width, y)
        if look.thread:
            canvas.setStrokeColor(THREAD)
            canvas.setLineWidth(2.4)
            x = mirrored(canvas, THREAD_AT, self._width)
            canvas.line(x, 0, x, self.height)
        if look.sign:
            y = self.height - look.before - self._first_line() / 2
            draw_sign(canvas, look.sign, mirrored(canvas, look.sign_at, self._width), y, look.sign_size)

    def _first_line(self) -> float:
        style = getattr(self.inner, "style", None)
        return float(style.leading if style is not None else self._inner_height)


class Chips(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Short labels in frames, in a row; a label that does not fit goes on the next row.

    ``labels``: (words, sign) each; the frame's look follows the sign.
    """

    def __init__(self, labels: list[tuple[str, str]], size: float, *, rtl: bool = False) -> None:
        super().__init__()
        self.labels = [(words, line(words, bold=True, rtl=rtl), sign) for words, sign in labels]
        self.size = size
        self.path: Path = ()

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        self._rows: list[list[tuple[str, Drawn, str, float]]] = [[]]
        used = 0.0
        for words, drawn, sign in self.labels:
            wide = drawn.width(self.size) + 1.4 * self.size
            if used and used + wide > width:
                self._rows.append([])
                used = 0.0
            self._rows[-1].append((words, drawn, sign, wide))
            used += wide + 0.5 * self.size
        self._row = 1.9 * self.size
        self.height = self._row * len(self._rows)
        return width, self.height

    def split(self, *_: float) -> list[Any]:
        return []

    def draw(self) -> None:
        canvas = self.canv
        for number, row in enumerate(self._rows):
            start, y = 0.0, self.height - (number + 1) * self._row
            for words, drawn, sign, wide in row:
                x = mirrored(canvas, start, self.width, wide)
                canvas.saveState()
                with canvas.decoration():
                    self._frame(canvas, sign, x, y + 1, wide, self._row - 0.4 * self.size)
                with canvas.tagged((*self.path, ("Span", words))):
                    canvas.setFillColor(_words_colour(sign))
                    above = 0.6 if canvas.rtl else 0.47  # Arabic letters reach further down
                    drawn.draw(canvas, x + 0.7 * self.size, y + above * self.size, self.size)
                canvas.restoreState()
                start += wide + 0.5 * self.size

    def _frame(self, canvas: Any, sign: str, x: float, y: float, wide: float, high: float) -> None:
        canvas.setLineWidth(1.3)
        canvas.setStrokeColor(CAUTION if sign == DIAMOND else INK_SOFT)
        canvas.setFillColor({SQUARE: CLAY, DIAMOND: CAUTION_SOFT}.get(sign, white))
        if sign == CIRCLE:
            canvas.setDash(3, 2)
        canvas.roundRect(x, y, wide, high, 4, stroke=int(sign != SQUARE), fill=1)
        canvas.setDash()


def _words_colour(sign: str) -> Color:
    return {SQUARE: white, DIAMOND: CAUTION}.get(sign, INK)


class CodeCard(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The QR code with its words beside it, in a frame."""

    PAD, GAP = 12.0, 16.0

    def __init__(self, code: str, alt: str, words: list[Any], side: float = 108.0) -> None:
        super().__init__()
        self.code, self.alt, self.words, self.side = code, alt, words, side
        self.path: Path = ()

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        room = width - self.side - 2 * self.PAD - self.GAP
        self._heights = [paragraph.wrap(room, 10_000)[1] for paragraph in self.words]
        self.height = max(self.side, sum(self._heights)) + 2 * self.PAD
        self.width = width
        return width, self.height

    def split(self, *_: float) -> list[Any]:
        return []

    def draw(self) -> None:
        canvas, top = self.canv, self.height - self.PAD
        with canvas.decoration():
            canvas.setStrokeColor(BRAND)
            canvas.setLineWidth(2)
            canvas.roundRect(1, 1, self.width - 2, self.height - 2, 8, stroke=1, fill=0)
        y = top
        for number, (paragraph, high) in enumerate(zip(self.words, self._heights, strict=True)):
            y -= high
            with canvas.tagged((*self.path, ("P", str(number)))):
                x = self.PAD if canvas.rtl else self.PAD + self.side + self.GAP
                paragraph.drawOn(canvas, x, y)
        with canvas.tagged((*self.path, ("Figure", "qr")), self.alt):
            x = mirrored(canvas, self.PAD, self.width, self.side)
            qr.draw(canvas, self.code, x, top - self.side, self.side)
