"""A plan in the words of the screen: what stands on each card, and what the voice says of it."""

from __future__ import annotations

from datetime import date

from kiosk.messages import Messages
from kiosk.procedures import (
    DeadlineKind,
    Office,
    Pack,
    Plan,
    PlanDeadline,
    PlanDocument,
    PlanItem,
    Status,
    neutral_procedure,
)
from kiosk.procedures.tree import questions_in
from ui.widgets.plan import PlanEntry, Row
from ui.widgets.right import RightEntry
from ui.widgets.text import Run, Words

_NODES = {
    DeadlineKind.LEGAL: "legal",
    DeadlineKind.EMPLOYER: "legal",
    DeadlineKind.BENEFIT: "benefit",
    DeadlineKind.OPTION: "benefit",
}
COUNTED_DAYS = 365
"""Beyond a year the date says more than « in 3,652 days »."""
_CHANNELS = {"desk": "building-community", "post": "mail", "phone": "headset", "online": "world"}


def of_status(plan: Plan, status: Status) -> tuple[PlanItem, ...]:
    """The items of one status, in the plan's order."""
    return tuple(item for item in plan.procedures if item.status is status)


def dated_duties(plan: Plan) -> tuple[PlanItem, ...]:
    """What may be a duty and has a date: too pressing to stand among what one may also ask for."""
    return tuple(
        item
        for item in of_status(plan, Status.MAYBE)
        if is_duty(item) and item.deadline is not None and item.deadline.date is not None
    )


def is_duty(item: PlanItem) -> bool:
    """Whether the law or an employer's rule asks for it."""
    return item.deadline is not None and item.deadline.kind in (DeadlineKind.LEGAL, DeadlineKind.EMPLOYER)


def first_opened(plan: Plan) -> frozenset[str]:
    """The card that stands open at first; none where that would show the name of a sensitive procedure."""
    first = next(iter(along(plan)), None)
    return frozenset() if first is None or first.sensitive else frozenset({first.id})


def along(plan: Plan) -> tuple[PlanItem, ...]:
    """What stands on the thread: what applies, in the plan's order, and what may be a duty at its date."""
    found = list(of_status(plan, Status.APPLIES))
    for item in dated_duties(plan):
        sooner = [n for n, other in enumerate(found) if _no_later(other, item)]
        found.insert(sooner[-1] + 1 if sooner else 0, item)
    return tuple(found)


def _no_later(one: PlanItem, other: PlanItem) -> bool:
    """Whether ``one`` has a date that still counts, on or before that of ``other``."""
    due, than = one.deadline, other.deadline
    if due is None or than is None or due.date is None or than.date is None:
        return False
    return due.date <= than.date and (is_duty(one) or not due.passed)


def entry(words: Messages, item: PlanItem, today: date, *, done: bool, cover: str = "") -> PlanEntry:
    """One card of the timeline. A card that is « done, they say » keeps its place and its date. ``cover``:
    the name of a sensitive procedure while its card is closed."""
    kind = item.deadline.kind if item.deadline else DeadlineKind.ADVISED
    sure = item.status is Status.APPLIES
    action = (
        ("undo", "x", words.text("plan.undo")) if done else ("done", "circle-check", words.text("plan.done"))
    )
    return PlanEntry(
        key=item.id,
        kind=_NODES.get(kind, "free"),
        tag=words.text("plan.done.said" if done else _tag(item, kind)),
        title=item.title,
        cover=cover,
        date=_when(words, item.deadline),
        length=_length(words, item.deadline, today),
        summary=item.summary,
        rows=_rows(words, item),
        notes=_notes(words, item, today),
        why=(
            _labelled(words, words.text("plan.why" if sure else "plan.why.maybe"), "").rstrip(" "),
            _why(words, item),
        ),
        unsure=words.text("plan.unsure") if item.confidence == "D" else "",
        actions=(action,),
    )


def _tag(item: PlanItem, kind: DeadlineKind) -> str:
    """« Aide perdue après » needs a date to follow it."""
    if item.status is not Status.APPLIES:
        return "plan.kind.maybe"
    dated = item.deadline is not None and item.deadline.date is not None
    losable = kind in (DeadlineKind.BENEFIT, DeadlineKind.OPTION)
    return f"plan.kind.{kind}.undated" if losable and not dated else f"plan.kind.{kind}"


def hushed(pack: Pack, plan: Plan) -> frozenset[str]:
    """Procedures whose reason rests on a private answer: it is shown, and not read aloud."""
    event = pack.events[plan.event]
    private = {name for name in event.questions if pack.questions[name].private}
    return frozenset(
        procedure.id
        for procedure in event.procedures
        if procedure.condition is not None and not private.isdisjoint(questions_in(procedure.condition))
    )


def reason_said(words: Messages, item: PlanItem, hush: frozenset[str]) -> str:
    """Why the procedure is (not) on the list, for the voice."""
    return words.text("plan.why.not_aloud") if item.id in hush else item.because


def veils(pack: Pack, plan: Plan) -> dict[str, str]:
    """The sensitive procedures of the plan: id -> what to call them where others can read or hear."""
    return {
        item.id: neutral_procedure(pack, item.id, plan.lang) for item in plan.procedures if item.sensitive
    }


def said_veiled(words: Messages, cover: str) -> str:
    """A sensitive procedure, for the voice: its name is for the person alone."""
    return f"{cover}. {words.text('plan.veiled')}"


def right(words: Messages, item: PlanItem, today: date, cover: str = "") -> RightEntry:
    """A procedure that may also apply: what decides, and who."""
    lines = [item.summary, item.because, _local_amount(item), *_late(words, item, today)]
    for label, value in _facts(words, item):
        lines.append(_labelled(words, label, value))
    checked = max((source.checked for source in item.sources), default=None)
    if checked is not None:
        lines.append(words.text("plan.source", date=words.short_date(checked)))
    unsure = words.text("plan.unsure") if item.confidence == "D" else ""
    kept = tuple(line for line in lines if line)
    return RightEntry(item.id, "help-circle", item.title, kept, unsure, cover)


def said(words: Messages, item: PlanItem, today: date, hush: frozenset[str]) -> str:
    """The whole card, for the voice; ``hush`` as :func:`hushed` gives it."""
    parts = [f"{item.title}.", item.summary]
    if item.status is Status.APPLIES or is_duty(item):
        length = _length(words, item.deadline, today)
        parts.append(f"{_when(words, item.deadline)}{', ' + length if length else ''}.")
        parts += [_closed(f"{row.label}. {_plain(row.value)}") for row in _rows(words, item)]
        parts += [_closed(text) for _, text in _notes(words, item, today)]
        sure = item.status is Status.APPLIES
        parts.append(reason_said(words, item, hush) if sure else item.because)
    else:
        parts += [item.because, _local_amount(item)]
        parts += _late(words, item, today)
        parts += [_closed(f"{label}. {value}") for label, value in _facts(words, item)]
    if item.confidence == "D":
        parts.append(words.text("plan.unsure") + ".")
    return "\n".join(part for part in parts if part)


def _late(words: Messages, item: PlanItem, today: date) -> list[str]:
    """What may also be due, by when: the date if there is one, the rule, and what is lost."""
    due = item.deadline
    if due is None:
        return []
    lines = [f"{_when(words, due)}." if due.date else "", due.text, *_window(words, due, today)]
    if due.lost_if_late:
        lines.append(_labelled(words, words.text("plan.late"), lower(due.lost_if_late)))
    return [line for line in lines if line]


def _facts(words: Messages, item: PlanItem) -> list[tuple[str, str]]:
    """Where, with which papers and at what cost, in one line each."""
    offices = (item.office, *item.other_offices) if item.office is not None else ()
    if item.every_office:
        named, also = (", ".join(map(_placed, part)) for part in (offices[:1], offices[1:]))
    else:
        also = ""
        named = words.text("plan.or").join(
            _placed(office, _name_within(words, office, first=office is item.office)) for office in offices
        )
    papers = ", ".join(_paper(words, paper) for paper in item.documents)
    facts = (
        ("plan.where", named),
        ("plan.also", also),
        ("plan.bring", papers),
        ("plan.who", item.who),
        ("plan.cost", _cost(words, item)),
    )
    return [(words.text(label), value) for label, value in facts if value]


def _window(words: Messages, due: PlanDeadline, today: date) -> list[str]:
    """From when it can be done, and from when it is paid for, where that is still to be known."""
    lines = []
    if due.opens is not None and due.opens > today:
        lines.append(words.text("plan.opens", date=words.date(due.opens)))
    if due.paid_from is not None:
        lines.append(words.text("plan.paid_from", date=words.date(due.paid_from)))
    return lines


def _local_amount(item: PlanItem) -> str:
    """What a town says that it may pay, in its words."""
    return item.amount_text if item.local else ""


def _closed(text: str) -> str:
    """With the stop that makes the voice pause, once, also at the end of each line."""
    return "\n".join(line if line.endswith((".", "?", "!")) else f"{line}." for line in text.split("\n"))


def _plain(text: Words) -> str:
    return text if isinstance(text, str) else "".join(run.text for run in text)


def _when(words: Messages, deadline: PlanDeadline | None) -> str:
    if deadline is None or deadline.date is None:
        return words.text("plan.undated.limit" if has_limit(deadline) else "plan.undated")
    day = words.date(deadline.date)
    if deadline.passed:
        return words.text("plan.passed", date=day)
    key = "plan.before.unsure" if deadline.earliest else "plan.before"
    return words.text(key, date=day)


def has_limit(deadline: PlanDeadline | None) -> bool:
    """Whether something is lost, or a rule broken, after a while: « no fixed date » would mislead."""
    if deadline is None:
        return False
    return deadline.kind in (DeadlineKind.LEGAL, DeadlineKind.EMPLOYER) or bool(deadline.lost_if_late)


def _length(words: Messages, deadline: PlanDeadline | None, today: date) -> str:
    if deadline is None or deadline.date is None or deadline.passed:
        return ""
    days = (deadline.date - today).days
    if days > COUNTED_DAYS:
        return ""
    return words.text("plan.today") if days == 0 else words.count("plan.days", days)


def _rows(words: Messages, item: PlanItem) -> tuple[Row, ...]:
    rows = []
    if item.office is not None:
        named = words.text("plan.or").join(
            _name_within(words, office, first=office is item.office)
            for office in (item.office, *(() if item.every_office else item.other_offices))
        )
        more = "".join(f"\n{part}" for part in (item.office.address, item.office.note) if part)
        place: Words = [Run(named, 700), Run(more)] if more else named
        rows.append(Row("map-pin", words.text("plan.where"), place, strong=not more))
        if item.office.hours:
            rows.append(Row("clock", words.text("plan.hours"), item.office.hours))
        if item.every_office and item.other_offices:
            also = "\n".join(map(_placed, item.other_offices))
            rows.append(Row("map-pin", words.text("plan.also"), also, strong=True))
    if item.documents:
        rows.append(
            Row(
                "files", words.text("plan.bring"), "\n".join(_paper(words, paper) for paper in item.documents)
            )
        )
    if item.who:
        rows.append(Row("user", words.text("plan.who"), item.who))
    cost = _cost(words, item)
    if cost:
        rows.append(Row("coin-euro", words.text("plan.cost"), cost, True))
    for channel in item.channels:
        told = channel.text or channel.phone
        if channel.phone and channel.text:
            told = _labelled(words, channel.text, channel.phone)
        rows.append(
            Row(_CHANNELS.get(channel.kind, "route"), words.text(f"plan.channel.{channel.kind}"), told)
        )
    return tuple(rows)


def _name_within(words: Messages, office: Office, *, first: bool) -> str:
    """« Votre CAF ou votre MSA »: the possessive is small inside the line."""
    begins_small = not first and office.name.startswith(words.text("plan.your") + " ")
    return lower(office.name) if begins_small else office.name


def _placed(office: Office, name: str = "") -> str:
    """An office in one line, with its address where it is known."""
    name = name or office.name
    return f"{name} ({office.address})" if office.address else name


def _paper(words: Messages, paper: PlanDocument) -> str:
    """A paper, whether it comes home again, and how many copies stay there."""
    title = paper.title
    if paper.shown:
        title = words.text("plan.shown", title=title)
    elif paper.copies > 1:
        title = words.text("plan.left", title=title, n=paper.copies)
    title = f"{title}. {paper.note}" if paper.note else title
    return title if paper.certain else words.text("plan.perhaps", what=title)


def _cost(words: Messages, item: PlanItem) -> str:
    if item.cost is None:
        return item.cost_text
    return words.money(item.cost.amount, item.cost.currency) if item.cost.amount else words.text("plan.free")


def _notes(words: Messages, item: PlanItem, today: date) -> tuple[tuple[str, str], ...]:
    notes: list[tuple[str, str]] = []
    if item.deadline is not None:
        notes.append(("calendar", item.deadline.text))
        notes += [("calendar-plus", line) for line in _window(words, item.deadline, today)]
        if item.deadline.lost_if_late:
            notes.append(
                ("hourglass", _labelled(words, words.text("plan.late"), lower(item.deadline.lost_if_late)))
            )
        if item.deadline.confidence == "D" and item.confidence != "D":
            notes.append(("help-circle", words.text("plan.unsure.date")))
    for other in item.other_deadlines:
        day = f" ({words.date(other.date)})" if other.date else ""
        told = f"{other.text.rstrip('.')}{day}." if day else other.text
        if other.kind in (DeadlineKind.LEGAL, DeadlineKind.ADMIN):
            told = _labelled(words, words.text(f"plan.kind.{other.kind}"), lower(told))
        notes.append(("calendar", told))
        notes += [("calendar-plus", line) for line in _window(words, other, today)]
        if other.lost_if_late:
            late = _labelled(words, words.text("plan.late"), lower(other.lost_if_late))
            notes.append(("hourglass", late))
        if other.confidence == "D" and item.confidence != "D":
            notes.append(("help-circle", words.text("plan.unsure.date")))
    if item.amount is not None:
        paid = words.money(item.amount.amount, item.amount.currency)
        notes.append(("coins", _labelled(words, item.amount_text, paid) if item.amount_text else paid))
    if item.form:
        notes.append(("file-text", words.text("plan.form", form=item.form)))
    if item.no_other_channel:
        notes.append(("world", item.no_other_channel))
    return tuple(notes)


def _labelled(words: Messages, label: str, value: str) -> str:
    return words.text("plan.labelled", label=label, value=value)


def lower(text: str) -> str:
    """A sentence after a colon: its first letter small, unless it is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _why(words: Messages, item: PlanItem) -> str:
    parts = [item.because]
    deadlines = (*((item.deadline,) if item.deadline else ()), *item.other_deadlines)
    law = dict.fromkeys((*item.law, *(article for due in deadlines for article in due.law)))
    if law:
        parts.append(words.text("plan.law", law=", ".join(law)))
    checked = max((source.checked for source in item.sources), default=None)
    if checked is not None:
        parts.append(words.text("plan.source", date=words.short_date(checked)))
    return " ".join(parts)
