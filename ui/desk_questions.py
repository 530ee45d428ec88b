"""What to ask at the counter: one question for each thing that the plan itself does not know."""

from __future__ import annotations

from kiosk.messages import Messages
from kiosk.procedures import DeadlineKind, PlanItem, Status

MOST = 4
"""More would not be asked."""
_UNSURE = "D"
_LIMITS = (DeadlineKind.LEGAL, DeadlineKind.EMPLOYER)


def desk_questions(words: Messages, item: PlanItem) -> tuple[str, ...]:
    """Questions in the person's words, the most pressing first; none where the plan is sure."""
    if item.status is Status.NOT or item.office is None:
        return ()
    found = [
        *_about_itself(item),
        *_about_the_date(item),
        *(["ask.office"] if item.other_offices and not item.every_office else []),
    ]
    asked = [words.text(key) for key in dict.fromkeys(found)]
    asked += [words.text("ask.paper", title=paper.title) for paper in item.documents if not paper.certain]
    if not item.documents and any(channel.kind == "desk" for channel in item.channels):
        asked.append(words.text("ask.papers"))
    return tuple(asked[:MOST])


def _about_itself(item: PlanItem) -> list[str]:
    if item.local:
        return ["ask.local"]
    keys = ["ask.applies"] if item.status is Status.MAYBE else []
    return [*keys, "ask.true"] if item.confidence == _UNSURE else keys


def _about_the_date(item: PlanItem) -> list[str]:
    due = item.deadline
    if due is None:
        return []
    if due.date is None:
        return ["ask.limit"] if due.kind in _LIMITS or due.lost_if_late else []
    if due.passed:
        return ["ask.passed"]
    return ["ask.date"] if due.earliest or due.confidence == _UNSURE else []
