"""What stands in the printed plan, in reading order: the first page, then the sections.

The first page lies on the printer for all to see: sensitive procedures have their neutral names there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, PageBreak

from kiosk.messages import Messages
from kiosk.procedures import DeadlineKind, Pack, Plan, PlanDeadline, PlanItem, Status, neutral_procedure
from printing import fonts
from printing.blocks import BOX, BRAND, CIRCLE, DIAMOND, INK, INK_SOFT, SQUARE, Block, CodeCard, Look
from printing.pieces import BODY, GUTTER, Pieces, sign_of
from printing.plan_item import ItemStory
from printing.plan_trips import TripStory

NEXT = 3


class Story:
    """Makes the flowables of one plan. ``scale`` enlarges the type."""

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        messages: Messages,
        title: str,
        scale: float,
        *,
        for_other: bool = False,
    ) -> None:
        self._plan, self._m, self._title, self._for_other = plan, messages, title, for_other
        self._veils = {
            item.id: neutral_procedure(pack, item.id, messages.lang)
            for item in plan.procedures
            if item.sensitive
        }
        self._whole = pack.translated(plan.event, messages.lang)
        self._p = Pieces(messages, scale)
        self._item = ItemStory(self._p, plan.today, self._veils)
        self._applies = [item for item in plan.procedures if item.status is Status.APPLIES]
        self._maybe = [item for item in plan.procedures if item.status is Status.MAYBE]
        self._not = [item for item in plan.procedures if item.status is Status.NOT]

    def flowables(self, town: str, case_code: str | None, printed: date) -> Iterator[Any]:
        """Everything, from the town's name to the last line; new objects at each call."""
        yield from self._opening(town, printed)
        yield from self._next_dates()
        yield from self._passed()
        yield from self._keep(case_code)
        yield from self._reading()
        if self._veils:
            yield PageBreak()
        if self._plan.errands.trips:
            yield from self._section("paper.trips.title", TripStory(self._p, self._plan).flowables())
        yield from self._section("paper.steps.title", self._steps(), "paper.steps.none")
        if self._maybe:
            yield from self._section("plan.maybe.title", self._maybes())
        if self._not:
            yield from self._section("plan.not.title", self._nots())
        yield from self._doubt()

    # -- first page -----------------------------------------------------------------------------------------

    def _opening(self, town: str, printed: date) -> Iterator[Any]:
        m = self._m
        yield self._p.text(town, Look(after=0), bold=True, colour=BRAND)
        yield self._p.text(m.text("paper.printed", date=m.date(printed)), Look(after=12), colour=INK_SOFT)
        yield self._p.heading(self._title, 1, Look(after=8, bookmark=self._title), 27)
        kinds = [item.deadline.kind for item in self._applies if item.deadline]
        legal = kinds.count(DeadlineKind.LEGAL)
        if self._applies:
            lead = m.count("plan.lead", len(self._applies))
            lead += " " + m.count("plan.lead.legal", legal) if legal else ""
            yield self._p.text(lead, Look(after=2))
        if self._for_other:
            yield self._p.text(m.text("plan.for_other") + ".", Look(after=2), bold=True)
        yield self._p.text(m.text("paper.not_done"), Look(after=2))
        if not self._whole:
            yield self._p.text(m.text("paper.untranslated"), Look(after=2), bold=True)
        yield self._p.text(m.text("plan.as_of", date=m.short_date(self._plan.checked)), Look(after=12))

    def _next_dates(self) -> Iterator[Any]:
        m = self._m
        soon = sorted(self._to_come(), key=lambda found: found[0])[:NEXT]
        title = m.count("paper.next.title", len(soon)) if soon else m.count("paper.next.title", 1)
        yield self._panel(title, bold=True, size=17, before=10, after=6, role="H2", bookmark=title)
        if not soon:
            yield self._panel(m.text("paper.next.none"), after=12)
        for _, due, item in soon:
            yield self._panel(self._p.by(due), bold=True, sign=sign_of(item), next=True)
            title = self._veils.get(item.id, item.title)
            sure = item.status is Status.APPLIES
            yield self._panel(title if sure else m.text("paper.maybe", title=title), after=9)

    def _to_come(self) -> Iterator[tuple[date, PlanDeadline, PlanItem]]:
        """The dates to come. What may apply is among them: not to know is no reason to miss a duty."""
        for item in (*self._applies, *self._maybe):
            due = item.deadline
            if due and due.date and not due.passed:
                yield due.date, due, item

    def _passed(self) -> Iterator[Any]:
        m = self._m
        concerned = (*self._applies, *self._maybe)
        late = [item for item in concerned if item.deadline and item.deadline.passed]
        if not late:
            return
        yield self._panel(
            m.count("paper.passed.title", len(late)),
            bold=True,
            size=17,
            before=10,
            after=4,
            role="H2",
            next=True,
        )
        for item in late:
            title = self._veils.get(item.id, item.title)
            yield self._panel(title, bold=True, sign=sign_of(item), after=3)
        yield self._panel(m.text("paper.passed.do"), after=10)

    def _panel(
        self, text: str, *, bold: bool = False, size: float = BODY, before: float = 0, after: float = 0,
        sign: str = "", role: str = "P", next: bool = False, bookmark: str = "",
    ) -> Block:  # fmt: skip
        look = Look(
            left=GUTTER,
            before=before,
            after=after,
            panel=GUTTER,
            sign=sign,
            sign_at=GUTTER / 2,
            sign_size=15 * self._p.scale,
            next=next,
            bookmark=bookmark,
            level=1,
        )
        style = self._p.style(size, bold=bold, colour=BRAND if role == "H2" else INK)
        return self._p.block(fonts.markup(text, bold=bold), style, look, role)

    def _reading(self) -> Iterator[Any]:
        m = self._m
        yield self._p.heading(m.text("paper.signs.title"), 2, Look(before=14, after=4, next=True), 17)
        for sign in (SQUARE, DIAMOND, CIRCLE, BOX):
            size = (13 if sign == BOX else 15) * self._p.scale
            look = Look(left=GUTTER, after=3, sign=sign, sign_size=size, next=sign != BOX)
            yield self._p.block(fonts.markup(m.text(f"paper.signs.{sign}")), self._p.style(), look)

    def _keep(self, case_code: str | None) -> Iterator[Any]:
        m = self._m
        yield self._p.heading(m.text("paper.keep.title"), 2, Look(before=12, after=3, next=True), 17)
        yield self._p.text(m.text("paper.keep.text"), Look(after=8, next=case_code is not None))
        if case_code:
            title = fonts.markup(m.text("paper.code.title"), bold=True)
            code = ParagraphStyle("", parent=self._p.style(bold=True), splitLongWords=0)
            words = [
                self._p.paragraph(title, self._p.style(bold=True, colour=BRAND)),
                self._p.paragraph(self._code(case_code), code),
                self._p.paragraph(fonts.markup(m.text("paper.code.text")), self._p.style()),
            ]
            card = CodeCard(case_code, m.text("paper.code.alt", code=case_code), words)
            yield Block(card, Look(), (("Sect", "code"),))

    def _code(self, code: str) -> str:
        """The code in groups; over two lines or four where the type is large."""
        groups = code.split("-")
        row = max(1, round(8 / self._p.scale**2)) if self._p.scale > 1 else len(groups)
        lines = ["-".join(groups[at : at + row]) for at in range(0, len(groups), row)]
        return "-<br/>".join(map(fonts.markup, lines))

    # -- sections -------------------------------------------------------------------------------------------

    def _section(self, title: str, content: Iterator[Any], empty: str = "") -> Iterator[Any]:
        text = self._m.text(title)
        yield CondPageBreak(200)
        yield self._p.heading(text, 2, Look(before=22, after=6, next=True, bookmark=text, level=1), 21)
        something = False
        for flowable in content:
            something = True
            yield flowable
        if not something and empty:
            yield self._p.text(self._m.text(empty))

    def _steps(self) -> Iterator[Any]:
        for number, item in enumerate(self._applies):
            if number:  # the first one stays with the heading
                yield CondPageBreak(170 * self._p.scale)
            yield from self._item.flowables(item, thread=True)

    def _maybes(self) -> Iterator[Any]:
        yield self._p.text(self._m.text("plan.maybe.decides"), Look(after=4, next=True))
        for number, item in enumerate(self._maybe):
            if number:
                yield CondPageBreak(150 * self._p.scale)
            yield from self._item.flowables(item, thread=False)

    def _nots(self) -> Iterator[Any]:
        for item in self._not:
            markup = f"{fonts.markup(item.title, bold=True)}<br/>{fonts.markup(item.because)}"
            yield self._p.block(markup, self._p.style(), Look(before=4, after=4))

    def _doubt(self) -> Iterator[Any]:
        yield CondPageBreak(110 * self._p.scale)
        title = self._m.text("paper.doubt.title")
        yield self._p.heading(title, 2, Look(before=22, after=4, next=True, bookmark=title, level=1), 21)
        yield self._p.text(self._m.text("paper.doubt.text"))
