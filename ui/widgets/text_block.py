"""Text that is never cut: wrapped, as tall as it needs, and smaller only for a word wider than its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from ui.fonts import font as font_of
from ui.theme import Theme

_RTL = Qt.LayoutDirection.RightToLeft
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
# Scripts of the fallback fonts: only a real layout tells their width (metrics are too small for Arabic).
_SHAPED = re.compile("[\u0300-\u1fff\u2e80-\U0010ffff]")
_ARABIC_BONUS = 0.15  # DESIGN-UI 2: line height of Arabic
# How much of a font's own height no letter reaches, as a share of the size.
_LATIN_SLACK, _ARABIC_SLACK = 0.02, 0.13
_ARABIC_TAIL = 0.05  # how far an Arabic letter reaches out of its own width, as a share of the size
# What Qt never breaks: runs without a space, cut after a hyphen. A no-break space is part of the word.
_WORD = re.compile(r"(?:\u2060-\u2060|[^ \t\n\u2028\u200b-])+-*|-+")
_UNBOUNDED = 1_000_000.0
_LARGEST_KEPT_LETTER = 64  # device px, of those that Qt itself keeps
SMALLEST = 24  # px, the smallest text of the kiosk: below it a word is broken rather than reduced


@dataclass(frozen=True)
class Run:
    """A stretch of text with its own weight."""

    text: str
    weight: int | None = None


Words = str | Sequence[Run]


# French asks with the verb first: « a-t-il », « est-ce ». Such a group is one word to the eye.
_ASKED = re.compile(r"-(?=(?:t-)?(?:il|elle|on|ce|je|tu|vous|nous|ils|elles)\b|t-)")


# A case code may go on in the next line after any of its groups; Qt would not break before a digit.
_GROUPS = re.compile("(?<=[0-9A-Z]{4}-)(?=[0-9A-Z]{4})")


def _glued(text: str) -> str:
    """``text`` with word joiners (U+2060, never drawn) that keep such groups on one line, and with places
    (U+200B, never drawn) where a code may be broken."""
    return _GROUPS.sub("\u200b", _ASKED.sub("\u2060-\u2060", text))


def is_arabic(text: str) -> bool:
    """Whether ``text`` has letters that are read from the right."""
    return _ARABIC.search(text) is not None


class TextBlock:
    """One text laid out for any width; heights and the last layouts are kept."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        role: str = "body",
        *,
        weight: int | None = None,
        underline: bool = False,
        align: str = "start",
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
        size: float | None = None,
        balanced: bool = False,
    ) -> None:
        runs = [Run(words)] if isinstance(words, str) else list(words)
        self.text = "".join(run.text for run in runs)
        self.font: QFont = theme.font(role, weight, underline)
        if size is not None:
            self.font = font_of(theme.scaled(size, role), self.font.weight().value, underline)
        self.direction = direction
        shown = [Run(_glued(run.text), run.weight) for run in runs]
        self._formats = _weights(shown)
        self._shown = "".join(run.text for run in shown).replace("\n", "\u2028")
        self._floor = min(SMALLEST, self.font.pixelSize())
        arabic = is_arabic(self.text)
        self._line = theme.line_height(role) + (_ARABIC_BONUS if arabic else 0)
        # French terms in an Arabic page stay at the right but are read from the left, full stop included.
        self._reading = direction if arabic else Qt.LayoutDirection.LeftToRight
        self._slack = _ARABIC_SLACK if arabic else _LATIN_SLACK
        self._tail = round(_ARABIC_TAIL * self.font.pixelSize() + 0.5) if arabic else 0
        self._align = align
        self._balanced = balanced
        self._narrow: dict[int, list[int]] = {}
        self._heights: dict[int, int] = {}
        self._layouts: dict[int, QTextLayout] = {}
        self._pictures: dict[tuple[int, float, int], tuple[QImage, QPointF]] = {}
        self._natural = -1

    def height(self, width: int) -> int:
        """Pixels needed at ``width``."""
        key = self._key(max(width, 1))
        if key not in self._heights:
            self._lay_out(key)
        return self._heights[key]

    def natural_width(self) -> int:
        """Width of the longest paragraph on one line."""
        if self._natural < 0:
            if self._formats or _SHAPED.search(self.text):
                layout, _bottom = self._layout(_UNBOUNDED, None)
                widths = [layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())]
            else:
                metrics = QFontMetricsF(self.font)
                widths = [metrics.horizontalAdvance(part) for part in self.text.split("\n")]
            self._natural = int(max(widths, default=0.0)) + 2 + 2 * self._tail + self._indent(0)
        return self._natural

    def width(self, room: int) -> int:
        """Pixels that the lines take of ``room``."""
        room = self._key(max(room, 1))
        return max(self._narrowed(room)) + 2 * self._tail if self._balanced else room

    def one_line(self) -> int:
        """Height of a single line."""
        return round(self.font.pixelSize() * self._line)

    def draw(self, painter: QPainter, box: QRect, *, middle: bool = False) -> None:
        """Draw with the painter's pen from the top of ``box``, or in its middle."""
        width = max(box.width(), 1)
        key = self._key(width)
        if key not in self._layouts:
            self._lay_out(key)
        top = box.y() + ((box.height() - self._heights[key]) // 2 if middle else 0)
        where = QPointF(box.x() + self._shift(width - key) + self._tail, top)
        ratio = painter.device().devicePixelRatioF()
        if self.font.pixelSize() * ratio <= _LARGEST_KEPT_LETTER or not ratio.is_integer():
            self._layouts[key].draw(painter, where)
            return
        picture, corner = self._picture(key, ratio, painter.pen().color().rgba())
        painter.drawImage(where + corner, picture)

    def _picture(self, key: int, ratio: float, colour: int) -> tuple[QImage, QPointF]:
        """The lines as drawn once, and where their corner is: Qt keeps small letters only, and draws each
        outline of a larger one anew, which at 300 % takes longer than all the rest of a page."""
        found = self._pictures.get((key, ratio, colour))
        if found is None:
            if len(self._pictures) > 1:
                self._pictures.clear()
            found = self._pictures[key, ratio, colour] = _drawn(self._layouts[key], ratio, colour)
        return found

    def _key(self, width: int) -> int:
        """Every width that the text fits on unwrapped shares one layout: boxes ask for many widths."""
        return min(width, self.natural_width())

    def _shift(self, spare: int) -> int:
        side = self._alignment()
        if side == Qt.AlignmentFlag.AlignHCenter:
            return spare // 2
        return spare if side == Qt.AlignmentFlag.AlignRight else 0

    def _lay_out(self, width: int) -> None:
        if len(self._layouts) > 3:
            self._layouts.clear()
            self._pictures.clear()
        room = max(width - 2 * self._tail, 1)
        narrow = self._narrowed(room) if self._balanced else ()
        layout, bottom = self._layout(float(room), self._smaller(room), narrow)
        self._layouts[width] = layout
        self._heights[width] = int(bottom + 0.99)

    def _narrowed(self, room: int) -> list[int]:
        """For each paragraph a width with no more lines than in ``room``, so that no word is left alone under
        a full line."""
        if room not in self._narrow:
            wraps = room < self.natural_width() - 2 * self._tail and not self._smaller(room)
            parts = self._shown.split("\u2028")
            self._narrow[room] = [self._narrowest(part, room) if wraps else room for part in parts]
        return self._narrow[room]

    def _narrowest(self, paragraph: str, room: int) -> int:
        lines = self._lines(paragraph, room)
        low, high = room // 2, room
        while lines > 1 and high - low > 8:
            tried = (low + high) // 2
            fits = not self._smaller(tried) and self._lines(paragraph, tried) <= lines
            low, high = (low, tried) if fits else (tried, high)
        return high

    def _lines(self, paragraph: str, width: int) -> int:
        layout = QTextLayout(paragraph, self.font)
        layout.setTextOption(_option(self._reading, self._alignment()))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - self._indent(line.textStart()))
        layout.endLayout()
        return layout.lineCount()

    def _smaller(self, width: int) -> dict[tuple[int, int], int]:
        """Sizes of the words that are wider than the column."""
        if self._quick_fit(width):
            return {}
        metrics = QFontMetricsF(self.font)
        slack = 1.06 if self._formats or _SHAPED.search(self.text) else 1.0
        found: dict[tuple[int, int], int] = {}
        for match in _WORD.finditer(self._shown):
            advance = metrics.horizontalAdvance(match.group()) * slack
            if advance > width:
                size = max(int(self.font.pixelSize() * (width - 1) / advance), self._floor)
                found[match.span()] = size
        return found

    def _quick_fit(self, width: int) -> bool:
        """Surely no word is wider: a letter is less than its size."""
        longest = max((len(word) for word in _WORD.findall(self._shown)), default=0)
        return longest * self.font.pixelSize() * 0.75 < width

    def _layout(
        self, width: float, smaller: dict[tuple[int, int], int] | None, narrow: Sequence[int] = ()
    ) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self._shown, self.font)
        layout.setTextOption(_option(self._reading, self._alignment()))
        layout.setCacheEnabled(True)
        formats = list(self._formats)
        formats += [_sized(span, size) for span, size in (smaller or {}).items()]
        if formats:
            layout.setFormats(formats)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            indent = self._indent(line.textStart())
            room = narrow[self._shown.count("\u2028", 0, line.textStart())] if narrow else width
            line.setLineWidth(room - indent)
            indent += self._shift(round(width - room))
            size = self._line_size(line.textStart(), line.textLength(), smaller)
            box = max(size * self._line, line.height() if size < self.font.pixelSize() else 0)
            line.setPosition(QPointF(indent, y + (box - line.height()) / 2))
            y += box
        layout.endLayout()
        if not layout.lineCount():
            return layout, y
        # A tight line height draws accents above the first line: move all of it down.
        slack = self._slack * self.font.pixelSize()
        above = -layout.lineAt(0).y() - slack
        if above > 0:
            for index in range(layout.lineCount()):
                line = layout.lineAt(index)
                line.setPosition(QPointF(line.x(), line.y() + above))
            y += above
        last = layout.lineAt(layout.lineCount() - 1)
        return layout, max(y, last.y() + last.height() - slack)

    def _indent(self, start: int) -> int:
        """Room before a line: the tail of a « j » reaches out to the left."""
        if not self._shown.startswith("j", start) or self._alignment() != Qt.AlignmentFlag.AlignLeft:
            return 0
        return int(0.99 - min(0.0, QFontMetricsF(self.font).leftBearing("j")))

    def _line_size(self, start: int, length: int, smaller: dict[tuple[int, int], int] | None) -> int:
        for (first, last), size in (smaller or {}).items():
            if first <= start and start + length <= last + 1:
                return size
        return self.font.pixelSize()

    def _alignment(self) -> Qt.AlignmentFlag:
        if self._align == "centre":
            return Qt.AlignmentFlag.AlignHCenter
        right = (self.direction == _RTL) != (self._align == "end")
        return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft


@lru_cache(maxsize=16)
def _option(direction: Qt.LayoutDirection, alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(direction)
    option.setAlignment(alignment)
    return option


def _drawn(layout: QTextLayout, ratio: float, colour: int) -> tuple[QImage, QPointF]:
    """The lines on nothing, in one byte a pixel, and where the picture's corner is from the layout's."""
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    box = QRectF()
    for line in lines:
        # Letters may reach out of their line: accents, tails.
        out = line.height() / 3
        box |= line.naturalTextRect().adjusted(-out, -out, out, out)
    area = box.toAlignedRect()
    picture = QImage(area.size() * ratio, QImage.Format.Format_Alpha8)
    picture.setDevicePixelRatio(ratio)
    picture.fill(0)
    painter = QPainter(picture)
    layout.draw(painter, QPointF(-area.topLeft()))
    painter.end()
    picture.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    plain, alpha = colour & 0xFFFFFF, colour >> 24
    picture.setColorTable([(alpha * cover // 255) << 24 | plain for cover in range(256)])
    return picture, QPointF(area.topLeft())


def _weights(runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
    formats: list[QTextLayout.FormatRange] = []
    start = 0
    for run in runs:
        if run.weight is not None:
            styled = QTextCharFormat()
            styled.setFontWeight(run.weight)
            formats.append(_range(start, len(run.text), styled))
        start += len(run.text)
    return formats


def _sized(span: tuple[int, int], size: int) -> QTextLayout.FormatRange:
    styled = QTextCharFormat()
    styled.setProperty(QTextCharFormat.Property.FontPixelSize, size)
    return _range(span[0], span[1] - span[0], styled)


def _range(start: int, length: int, styled: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, styled
    return made


@lru_cache(maxsize=128)
def _kept(
    name: str,
    scale: float,
    frame_limit: float,
    words: str,
    role: str,
    weight: int | None,
    underline: bool,
    align: str,
    direction: Qt.LayoutDirection,
    size: float | None,
    balanced: bool,
) -> TextBlock:
    theme = Theme(name, scale, frame_limit=frame_limit)  # sizes only: a town's colours change no layout
    return TextBlock(
        theme,
        words,
        role,
        weight=weight,
        underline=underline,
        align=align,
        direction=direction,
        size=size,
        balanced=balanced,
    )


def kept_block(
    theme: Theme,
    words: str,
    role: str,
    *,
    weight: int | None = None,
    underline: bool = False,
    align: str = "start",
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    size: float | None = None,
    balanced: bool = False,
) -> TextBlock:
    """A block shared by all screens: for the interface's own words only, never for what a person wrote."""
    return _kept(
        theme.name,
        theme.scale,
        theme.frame_limit,
        words,
        role,
        weight,
        underline,
        align,
        direction,
        size,
        balanced,
    )


def lead_in(text: str) -> tuple[str, str]:
    """The first sentence, or what stands before a colon, and the rest."""
    first = re.match(r"(.+?[.:?؟])\s+(.+)", text, re.DOTALL)
    return (first[1], first[2]) if first is not None else ("", text)
