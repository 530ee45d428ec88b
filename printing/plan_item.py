"""One procedure of the printed plan, in full: when, where, with which papers, why, and by which law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kiosk.procedures import DeadlineKind, Office, PlanChannel, PlanDeadline, PlanItem, Status, Sum
from printing import fonts
from printing.blocks import Block, Chips, Look
from printing.pieces import BODY, GUTTER, UNSURE, Pieces, sign_of

Row = tuple[str, str, dict[str, bool]]
"""A label, its value, and the marks of :meth:`printing.pieces.Pieces.row`."""


class ItemStory:
    """Makes the flowables of a procedure."""

    def __init__(self, pieces: Pieces, today: date, veils: Mapping[str, str]) -> None:
        """``veils``: procedure -> its name in the outline, which others can see beside the pages."""
        self._p, self._m, self._today, self._veils = pieces, pieces.m, today, veils

    def flowables(self, item: PlanItem, *, thread: bool) -> Iterator[Any]:
        """``thread``: on the line of the dates, with its sign; else below a rule."""
        left = GUTTER if thread else 0.0
        if thread:
            look = Look(left=left, before=16, after=2, thread=True, sign=sign_of(item), next=True)
            yield self._p.block(
                fonts.markup(self._moment(item), bold=True), self._p.style(15, bold=True), look
            )
        labels = self._chips(item)
        if labels:
            look = Look(left=left, before=0 if thread else 22, thread=thread, rule=not thread, next=True)
            yield Block(Chips(labels, BODY * self._p.scale, rtl=self._p.rtl), look, (("P", self._p.key()),))
        name = fonts.plain(self._veils.get(item.id, item.title))
        title = Look(left=left, before=2, after=4, thread=thread, bookmark=name, level=2, next=True)
        yield self._p.heading(item.title, 3, title, 18)
        if item.summary:
            yield self._p.text(item.summary, Look(left=left, after=5, thread=thread))
        for label, text, marks in self._rows(item, thread):
            yield self._p.row(label, text, left=left, thread=thread, **marks)
        yield from self._documents(item, left, thread)
        yield from self._why(item, left, thread)
        yield from self._proof(item, left, thread)

    def _moment(self, item: PlanItem) -> str:
        return self._p.by(item.deadline) if item.deadline else self._m.text("plan.undated")

    def _chips(self, item: PlanItem) -> list[tuple[str, str]]:
        m = self._m
        labels = []
        if item.status is Status.MAYBE:
            labels.append((m.text("paper.to_check"), ""))
        if item.deadline:
            losable = item.deadline.kind in (DeadlineKind.BENEFIT, DeadlineKind.OPTION)
            undated = ".undated" if losable and item.deadline.date is None else ""
            labels.append((m.text(f"plan.kind.{item.deadline.kind}{undated}"), sign_of(item)))
        if UNSURE in (item.confidence, item.deadline.confidence if item.deadline else ""):
            labels.append((m.text("plan.unsure"), ""))
        return labels

    def _rows(self, item: PlanItem, thread: bool) -> Iterator[Row]:
        m, due = self._m, item.deadline
        if item.decides:
            yield m.text("paper.decides"), item.decides, {"bold": True}
        if due is not None:
            yield from self._rule(due, dated=not thread)
        for other in item.other_deadlines:
            kind = self._p.colon(m.text(f"plan.kind.{other.kind}"))
            when = self._p.by(other) + ". " if other.date else ""
            label = "paper.office_delay" if other.kind is DeadlineKind.ADMIN else "paper.other_dates"
            sure = "" if other.confidence != UNSURE else f" ({m.text('plan.unsure')})"
            yield m.text(label), f"{kind}{when}{other.text}{sure}", {}
            if other.lost_if_late:
                yield m.text("paper.late"), other.lost_if_late, {}
        yield from self._ways(item)
        yield from self._sums(item)

    def _ways(self, item: PlanItem) -> Iterator[Row]:
        m = self._m
        if item.office:
            yield m.text("plan.where"), self._office(item.office), {"strong": True}
        for office in item.other_offices:
            label = "plan.also" if item.every_office else "paper.other_office"
            yield m.text(label), self._office(office), {"strong": True}
        for number, channel in enumerate(item.channels):
            text = self._channel(channel, item.office)
            if text:
                yield m.text("paper.how") if number == 0 else "", text, {}
        if item.no_other_channel:
            yield m.text("paper.note"), item.no_other_channel, {}
        if item.who:
            yield m.text("plan.who"), item.who, {}
        if item.form:
            yield m.text("paper.form"), item.form, {}

    def _sums(self, item: PlanItem) -> Iterator[Row]:
        m = self._m
        if item.cost or item.cost_text:
            yield (
                m.text("plan.cost"),
                ". ".join(filter(None, (self._sum(item.cost), item.cost_text))),
                {"bold": True},
            )
        if item.amount or item.amount_text:
            yield (
                m.text("paper.amount"),
                ". ".join(filter(None, (self._sum(item.amount), item.amount_text))),
                {},
            )

    def _rule(self, due: PlanDeadline, *, dated: bool) -> Iterator[Row]:
        m = self._m
        notes = [due.text]
        if due.earliest:
            notes.append(m.text("paper.earliest"))
        elif not due.certain:
            notes.append(m.text("paper.uncertain"))
        if dated and due.date:
            yield m.text("paper.when"), self._p.by(due), {"bold": True}
        if due.opens is not None and due.opens > self._today:
            notes.append(m.text("plan.opens", date=m.date(due.opens)))
        if due.paid_from is not None:
            paid = {"today": m.short_date(self._today), "date": m.short_date(due.paid_from)}
            notes.append(m.text("paper.paid_from", **paid))
        if any(notes):
            yield m.text("paper.rule" if due.date else "paper.when"), " ".join(filter(None, notes)), {}
        if due.passed:
            yield "", m.text("paper.passed.do"), {"bold": True}
        if due.lost_if_late:
            yield m.text("paper.late"), due.lost_if_late, {}

    def _office(self, office: Office) -> str:
        """The name on the first line, then what is known of it, a line each."""
        phone = self._m.text("paper.phone", phone=office.phone) if office.phone else ""
        site = _site(office.url) if _site(office.url) != office.name.lower() else ""
        lines = (office.name, office.note, office.address, office.hours, phone, site)
        return "\n".join(filter(None, lines))

    def _channel(self, channel: PlanChannel, office: Office | None) -> str:
        """A way to do it, without the address or number that the text or the office already says."""
        phone, site = channel.phone, _site(channel.url)
        known = f"{channel.text} {_site(office.url) if office else ''}"
        words = [channel.text]
        words.append(self._m.text("paper.phone", phone=phone) if phone and phone not in channel.text else "")
        words.append(site if site not in known else "")
        return ("، " if self._p.rtl else ", ").join(filter(None, words))

    def _sum(self, cost: Sum | None) -> str:
        if cost is None:
            return ""
        if not cost.amount:
            return self._m.text("plan.free")
        return self._m.money(cost.amount, cost.currency)

    def _documents(self, item: PlanItem, left: float, thread: bool) -> Iterator[Any]:
        titles = []
        for document in item.documents:
            title = self._p.paper(
                document.title, document.copies, certain=document.certain, shown=document.shown
            )
            titles.append(f"{title}. {document.note}" if document.note else title)
        label = self._m.text("plan.bring")
        yield from self._p.boxes(label, titles, f"papers-{item.id}", left=left, thread=thread)

    def _why(self, item: PlanItem, left: float, thread: bool) -> Iterator[Any]:
        if item.because and item.because != item.decides:
            lead = fonts.markup(self._p.colon(self._m.text("plan.why")), bold=True)
            look = Look(left=left + 12, before=5, after=7, thread=thread, panel=12)
            yield self._p.block(f"{lead}{fonts.markup(item.because)}", self._p.style(), look)

    def _proof(self, item: PlanItem, left: float, thread: bool) -> Iterator[Any]:
        m = self._m
        law = dict.fromkeys((*item.law, *(item.deadline.law if item.deadline else ())))
        for other in item.other_deadlines:
            law |= dict.fromkeys(other.law)
        if law:
            yield self._p.row(m.text("paper.law"), ", ".join(law), soft=True, left=left, thread=thread)
        for number, source in enumerate(item.sources_read):
            label = m.text("paper.source") if number == 0 else ""
            name = ", ".join(filter(None, (source.title, _site(source.url))))
            text = m.text("paper.source.dated", source=fonts.plain(name), date=m.short_date(source.checked))
            yield self._p.row(label, text, soft=True, left=left, thread=thread)


def _site(url: str) -> str:
    """An address as one types it."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
