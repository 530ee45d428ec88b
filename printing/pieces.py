"""The type and the rows of the printed plan: what all its parts are set with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from kiosk.messages import Messages, right_to_left
from kiosk.procedures import DeadlineKind, PlanDeadline, PlanItem
from printing import fonts
from printing.blocks import BOX, BRAND, CIRCLE, DIAMOND, INK, INK_SOFT, SQUARE, Block, Look

BODY = 14.0
GUTTER = 36.0
"""Points: the width of the thread's column."""
LEADING, LEADING_ARABIC = 1.32, 1.5
"""Of the type's size. Arabic has marks above and below its lines."""
UNSURE = "D"

SIGNS = {
    DeadlineKind.LEGAL: SQUARE,
    DeadlineKind.EMPLOYER: SQUARE,
    DeadlineKind.BENEFIT: DIAMOND,
    DeadlineKind.OPTION: DIAMOND,
    DeadlineKind.ADVISED: CIRCLE,
    DeadlineKind.ADMIN: CIRCLE,
}


def sign_of(item: PlanItem) -> str:
    """The sign of a procedure: that of its most pressing deadline."""
    return SIGNS[item.deadline.kind] if item.deadline else CIRCLE


class Pieces:
    """Makes paragraphs, headings and rows in one language and size. ``scale`` enlarges the type."""

    def __init__(self, messages: Messages, scale: float) -> None:
        self.m, self.scale = messages, scale
        self.rtl = right_to_left(messages.lang)
        self.label = 104.0 * scale if scale <= 1.25 else 0.0  # large type: labels above, not beside
        self._ids = count()

    def key(self) -> str:
        """A new key for a structure element."""
        return str(next(self._ids))

    def colon(self, label: str) -> str:
        """``label`` with the colon of the language after it."""
        return self.m.text("plan.labelled", label=label, value="")

    def style(
        self, size: float = BODY, *, bold: bool = False, colour: Any = INK, **more: Any
    ) -> ParagraphStyle:
        points = size * self.scale if size <= 18 else size * (1 + (self.scale - 1) * 0.5)
        return ParagraphStyle(
            "",
            fontName=fonts.BOLD if bold else fonts.REGULAR,
            fontSize=points,
            leading=points * (LEADING_ARABIC if self.rtl else LEADING),
            textColor=colour,
            bulletFontName=fonts.BOLD,
            bulletFontSize=points,
            bulletColor=INK_SOFT,
            splitLongWords=1,
            **more,
        )

    def block(
        self, markup: str, style: ParagraphStyle, look: Look, role: str = "P", *above: tuple[str, str]
    ) -> Block:
        return Block(self.paragraph(markup, style), look, (*above, (role, self.key())))

    def paragraph(self, markup: str, style: ParagraphStyle, label: str = "") -> Paragraph:
        """A paragraph, with ``label`` beside it where the style indents it."""
        if self.rtl:
            from printing.right_to_left import RightToLeftParagraph

            return RightToLeftParagraph(markup, style, label)
        if label:
            markup = f"<bullet>{fonts.markup(label, bold=True)} </bullet>{markup}"
        return Paragraph(markup, style)

    def text(self, text: str, look: Look | None = None, **style: Any) -> Block:
        words = fonts.markup(text, bold=style.get("bold", False))
        return self.block(words, self.style(**style), look or Look(after=4))

    def heading(self, text: str, level: int, look: Look, size: float) -> Block:
        style = self.style(size, bold=True, colour=BRAND if level == 2 else INK)
        return self.block(fonts.markup(text, bold=True), style, look, f"H{level}")

    def row(
        self,
        label: str,
        text: str,
        *,
        bold: bool = False,
        strong: bool = False,
        soft: bool = False,
        left: float = GUTTER,
        thread: bool = False,
    ) -> Block:
        """A label and its value, side by side; one above the other where the type is very large."""
        look = Look(left=left, after=3, thread=thread)
        first, line_end, more = text.partition("\n") if strong else (text, "", "")
        words = fonts.markup(first, bold=bold or strong) + fonts.markup(line_end + more)
        colour = INK_SOFT if soft else INK
        if self.label:
            style = self.style(leftIndent=self.label, colour=colour)
            return Block(
                self.paragraph(words, style, label),
                look,
                (("P", self.key()),),
            )
        above = f"{fonts.markup(label, bold=True)}<br/>" if label else ""
        return self.block(above + words, self.style(colour=colour), look)

    def paper(self, title: str, copies: int, *, certain: bool = True, shown: bool | None = None) -> str:
        """A paper with its number of copies, and whether an open answer decides it. ``shown``: it comes home
        again, or its copies stay there; None = some of them, as on a trip."""
        found = title
        if shown:
            found = self.m.text("plan.shown", title=title)
        elif copies > 1:
            key = "plan.copies" if shown is None else "plan.left"
            found = self.m.text(key, title=title, n=copies)
        return found if certain else self.m.text("paper.document.uncertain", title=found)

    def boxes(
        self, label: str, texts: Sequence[str], name: str, *, left: float = GUTTER, thread: bool = False
    ) -> Iterator[Block]:
        """A list to tick, beside ``label`` or below it. ``name``: of the list in the document's structure."""
        size = BODY * self.scale
        if texts and not self.label:
            yield self.text(label, Look(left=left, thread=thread, next=True), bold=True, colour=INK_SOFT)
        for number, text in enumerate(texts):
            style = self.style(leftIndent=self.label + size * 1.4)
            look = Look(
                left=left,
                after=4,
                thread=thread,
                sign=BOX,
                sign_at=left + self.label + size * 0.45,
                sign_size=size * 0.85,
            )
            beside = label if number == 0 and self.label else ""
            path = (("L", name), ("LI", str(number)), ("LBody", self.key()))
            yield Block(self.paragraph(fonts.markup(text), style, beside), look, path)

    def by(self, due: PlanDeadline) -> str:
        """« Au plus tard le lundi 30 novembre 2026 »; a date that is over is called so."""
        m = self.m
        if due.date is None:
            # A duty without a date still has a time limit: « no fixed date » would mislead.
            limit = due.lost_if_late or due.kind in (DeadlineKind.LEGAL, DeadlineKind.EMPLOYER)
            return m.text("plan.undated.limit" if limit else "plan.undated")
        day = m.date(due.date)
        if due.at is not None:
            day = m.text("paper.at", date=day, time=m.time(due.at.time()))
        return m.text("plan.passed" if due.passed else "plan.before", date=day)
