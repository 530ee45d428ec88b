"""A plan in the words of the screen: what stands on each card, and what the voice says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from kiosk.messages import Messages
from kiosk.procedures import (
    AnswerValue,
    DeadlineKind,
    Pack,
    Plan,
    PlanDeadline,
    PlanItem,
    Status,
    neutral_procedure,
)
from kiosk.procedures.tree import questions_in
from ui.desk_questions import desk_questions
from ui.plan_facts import closed, facts, labelled, name_within, row_said, rows, sourced
from ui.widgets.plan import PlanEntry
from ui.widgets.right import RightEntry

Answers = Mapping[str, AnswerValue]

_NODES = {
    DeadlineKind.LEGAL: "legal",
    DeadlineKind.EMPLOYER: "legal",
    DeadlineKind.BENEFIT: "benefit",
    DeadlineKind.OPTION: "benefit",
}
COUNTED_DAYS = 365
"""Beyond a year the date says more than « in 3,652 days »."""
_NEAR = ("plan.today", "plan.tomorrow")
COUNTED_IN_DAYS = 62
"""Beyond two months a number of days says little."""
_RIGHT_ICONS = {"legal": "gavel", "benefit": "coins"}


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


def entry(
    words: Messages,
    item: PlanItem,
    today: date,
    *,
    done: bool,
    cover: str = "",
    quote: Callable[[], str] | None = None,
) -> PlanEntry:
    """One card of the timeline. A card that is « done, they say » keeps its place and its date. ``cover``:
    the name of a sensitive procedure while its card is closed. ``quote``: as :func:`quoted`, asked for when
    the card is opened."""
    kind = item.deadline.kind if item.deadline else DeadlineKind.ADVISED
    sure = item.status is Status.APPLIES
    why = labelled(words, words.text("plan.why" if sure else "plan.why.maybe"), "").rstrip(" ")
    help_me = ("assist", "headset", words.text("plan.assist"))
    mark = ("done", "circle-check", words.text("plan.done"))
    return PlanEntry(
        key=item.id,
        kind=_NODES.get(kind, "free"),
        tag=_tagged(words, item, done=done),
        title=item.title,
        cover=cover,
        date=when(words, item.deadline),
        length=_length(words, item.deadline, today),
        summary=item.summary,
        loss="" if done else _loss(words, item.deadline),
        rows=rows(words, item),
        notes=_notes(words, item, today),
        why=(why, words.after_colon(item.because)),
        quote=quote,
        proof=proof(words, item),
        ask=_ask(words, item),
        unsure=words.text("plan.unsure") if item.confidence == "D" else "",
        actions=(help_me,) if done else (mark, help_me),
        undo=("undo", "x", words.text("plan.undo")) if done else None,
    )


def _ask(words: Messages, item: PlanItem) -> tuple[str, tuple[str, ...]] | None:
    """What to ask at the counter, under its title."""
    questions = desk_questions(words, item)
    return (words.text("ask.title"), questions) if questions else None


def _loss(words: Messages, due: PlanDeadline | None) -> str:
    """What being late costs."""
    if due is None or not due.lost_if_late:
        return ""
    return labelled(words, words.text("plan.late"), words.after_colon(due.lost_if_late))


def _tagged(words: Messages, item: PlanItem, *, done: bool) -> str:
    """What kind of deadline it is, or that it is done, the person says."""
    kind = item.deadline.kind if item.deadline else DeadlineKind.ADVISED
    return words.text("plan.done.said" if done else _tag(item, kind))


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
    return veils_of(pack, plan.procedures, plan.lang)


def veils_of(pack: Pack, items: Iterable[PlanItem], lang: str) -> dict[str, str]:
    """As :func:`veils`, of these procedures."""
    return {item.id: neutral_procedure(pack, item.id, lang) for item in items if item.sensitive}


def said_veiled(words: Messages, cover: str) -> str:
    """A sensitive procedure, for the voice: its name is for the person alone."""
    return f"{cover}. {words.text('plan.veiled')}"


def right(words: Messages, item: PlanItem, today: date, cover: str = "") -> RightEntry:
    """A procedure that may also apply: what decides, and who."""
    asked = words.text("plan.or").join(
        name_within(words, office, first=office is item.office)
        for office in (item.office, *item.other_offices)
        if office is not None
    )
    seen = [item.because or item.summary]
    if asked:
        seen.append(labelled(words, words.text("plan.maybe.ask"), asked))
    lines = [item.summary if item.because else "", _local_amount(item), *_late(words, item, today)]
    lines += [labelled(words, label, value) for label, value in facts(words, item)]
    lines.append(sourced(words, item))
    kind = _NODES.get(item.deadline.kind, "") if item.deadline else ""
    return RightEntry(
        key=item.id,
        icon=_RIGHT_ICONS.get(kind, "help-circle"),
        title=item.title,
        lines=(*seen, *(line for line in lines if line)),
        unsure=words.text("plan.unsure") if item.confidence == "D" else "",
        cover=cover,
        seen=len(seen),
        ask=_ask(words, item),
        action=("assist", "headset", words.text("plan.assist")),
    )


def said(words: Messages, item: PlanItem, today: date, hush: frozenset[str], *, done: bool = False) -> str:
    """The whole card, for the voice, but its :func:`proof`; ``hush`` as :func:`hushed` gives it."""
    parts = [f"{item.title}."]
    if item.status is Status.APPLIES or is_duty(item):
        parts += [closed(_tagged(words, item, done=done)), item.summary]
        length = _length(words, item.deadline, today)
        parts.append(f"{when(words, item.deadline)}{', ' + length if length else ''}.")
        parts += [closed(row_said(row)) for row in rows(words, item)]
        parts.append(closed(_loss(words, item.deadline)) if _loss(words, item.deadline) else "")
        parts += [closed(text) for _, text in _notes(words, item, today)]
        sure = item.status is Status.APPLIES
        parts.append(reason_said(words, item, hush) if sure else item.because)
    else:
        parts += [item.summary, item.because, _local_amount(item)]
        parts += _late(words, item, today)
        parts += [closed(f"{label}. {value}") for label, value in facts(words, item)]
    if item.confidence == "D":
        parts.append(words.text("plan.unsure") + ".")
    questions = desk_questions(words, item)
    if questions:
        parts += [closed(words.text("ask.title")), *questions]
    return "\n".join(part for part in parts if part)


def _late(words: Messages, item: PlanItem, today: date) -> list[str]:
    """What may also be due, by when: the date if there is one, the rule, and what is lost."""
    due = item.deadline
    if due is None:
        return []
    lines = [f"{when(words, due)}." if due.date else "", due.text, *_window(words, due, today)]
    lines.append(_loss(words, due))
    return [line for line in lines if line]


def _whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days: never more than there are."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


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


def when(words: Messages, deadline: PlanDeadline | None) -> str:
    if deadline is None or deadline.date is None:
        return words.text("plan.undated.limit" if has_limit(deadline) else "plan.undated")
    day = words.date(deadline.date)
    if deadline.at is not None:
        day = words.text("paper.at", date=day, time=words.time(deadline.at.time()))
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
    if days < 0 or days > COUNTED_DAYS:
        return ""  # an advised day may lie behind: its date says so
    if days > COUNTED_IN_DAYS:
        return words.count("plan.months", _whole_months(today, deadline.date))
    if days < len(_NEAR):
        return words.text(_NEAR[days])
    return words.count("plan.days", days)


def _notes(words: Messages, item: PlanItem, today: date) -> tuple[tuple[str, str], ...]:
    notes: list[tuple[str, str]] = []
    if item.deadline is not None:
        notes.append(("calendar", item.deadline.text))
        notes += [("calendar-plus", line) for line in _window(words, item.deadline, today)]
        if item.deadline.confidence == "D" and item.confidence != "D":
            notes.append(("help-circle", words.text("plan.unsure.date")))
    for other in item.other_deadlines:
        day = f" ({words.date(other.date)})" if other.date else ""
        told = f"{other.text.rstrip('.')}{day}." if day else other.text
        if other.kind in (DeadlineKind.LEGAL, DeadlineKind.ADMIN):
            told = labelled(words, words.text(f"plan.kind.{other.kind}"), words.after_colon(told))
        notes.append(("calendar", told))
        notes += [("calendar-plus", line) for line in _window(words, other, today)]
        if other.lost_if_late:
            notes.append(("hourglass", _loss(words, other)))
        if other.confidence == "D" and item.confidence != "D":
            notes.append(("help-circle", words.text("plan.unsure.date")))
    if item.amount is not None:
        paid = words.money(item.amount.amount, item.amount.currency)
        notes.append(("coins", labelled(words, item.amount_text, paid) if item.amount_text else paid))
    if item.form:
        notes.append(("file-text", words.text("plan.form", form=item.form)))
    if item.no_other_channel:
        notes.append(("world", item.no_other_channel))
    return tuple(notes)


def quoted(words: Messages, pack: Pack, plan: Plan, item: PlanItem, answers: Answers) -> str:
    """The answers that put the procedure on the list, where its own reason does not quote them."""
    from kiosk.procedures import answer_words, explain_outcome

    lang = words.lang
    found = explain_outcome(pack, pack.events[plan.event], item.id, answers, plan.today, lang)
    if not found.settled_by or found.words == item.because:
        return ""
    said = [
        words.text(
            "procedures.reason.answer",
            question=pack.text(f"question.{name}.text", lang),
            answer=answer_words(pack, pack.questions[name], value, lang),
        )
        for name, value in found.settled_by
    ]
    return "\n".join([words.text("plan.answers"), *said])


def proof(words: Messages, item: PlanItem) -> str:
    """The law and the sources of the card."""
    parts = []
    deadlines = (*((item.deadline,) if item.deadline else ()), *item.other_deadlines)
    law = dict.fromkeys((*item.law, *(article for due in deadlines for article in due.law)))
    if law:
        parts.append(words.text("plan.law", law=", ".join(law)))
    parts.append(sourced(words, item))
    return "\n".join(part for part in parts if part)
