"""Finitely many answers that stand for all answers to a question, in one condition.

A condition tells two answers apart only by the literals in it. For each question it is enough to try every
option that is named and one that is not, and every number or day at, just below and just above each boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

from kiosk.procedures.bounds import bounds
from kiosk.procedures.deadlines import FIRST, LAST, add_months
from kiosk.procedures.evaluate import Known, Members, Range, Row, Unknown, restrict
from kiosk.procedures.linear import TooManyCases, counted, planes_in, size_of, turning_points, variables_in
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.tree import (
    FALSE,
    TRUE,
    Arithmetic,
    Asked,
    Between,
    Compare,
    Day,
    Each,
    Expr,
    Field,
    HasField,
    In,
    Money,
    Several,
    Shifted,
    Size,
    Text,
    Unit,
    Whole,
    children,
    walk,
)
from kiosk.procedures.values import LARGEST_AMOUNT, LARGEST_NUMBER, MOST_MEMBERS

UNNAMED = "\x00"
"""A text that no condition can name."""
MOST_VALUES = 2_000
"""Representative answers of one question; beyond, a condition is refused."""
NUMERIC = (QuestionType.NUMBER, QuestionType.MONEY)
MONTH_END_DAYS, SHORTEST_MONTH = 4, 28
"""Months of 28 to 31 days: a boundary counted in months lies within this many days of the computed one."""
MONTH_END = timedelta(days=MONTH_END_DAYS)


Nodes = Sequence[Expr]
"""Every node of one condition."""


def question_of(name: str, questions: Mapping[str, Question]) -> Question:
    """The question behind a name in a condition: its own, or that of a group's member."""
    return questions[name.rpartition(".")[2]]


class Domains:
    """The representative answers of every question in one condition.

    ``hidden``: what was answered by "I do not know", or by a month or year, with the days it can mean.
    Whatever the others are, the answers that stand for a hidden one tell all that it could be beside them.
    """

    def __init__(
        self,
        nodes: Nodes,
        questions: Mapping[str, Question],
        today: date,
        hidden: Mapping[str, Range | None] | None = None,
    ) -> None:
        self._nodes = nodes
        self._hidden = hidden or {}
        self._days_of: dict[str, frozenset[date]] = {}
        self._questions = questions
        self._today = today
        self._numbers: dict[str, tuple[int, ...]] | None = None

    def of(self, name: str) -> tuple[Known | Members, ...]:
        """Answers to one question: two of them differ in the condition wherever any two answers do."""
        question = question_of(name, self._questions)
        if question.type is QuestionType.GROUP:
            return self._members(question)
        return self._simple(name, question)

    def _simple(self, name: str, question: Question) -> tuple[Known, ...]:
        if question.type in NUMERIC:
            values = self._points(name)
            if question.type is QuestionType.MONEY:
                return tuple(Money(Decimal(cents) / 100) for cents in values)
            return tuple(Whole(value) for value in values)
        if question.type is QuestionType.DATE:
            return tuple(Day(day) for day in sorted(self._dates(name)))
        return domain(question, self._nodes)

    def _points(self, name: str) -> tuple[int, ...]:
        if self._numbers is None:
            planes = planes_in(self._nodes, self._cents)
            names = variables_in(planes)
            self._numbers = turning_points(
                planes, {name: self._ends(name) for name in names}, self._is_hidden
            )
        found = self._numbers.get(name) or self._numbers.get(_any_member(name))
        if found is None:
            low, high = self._ends(name)
            found = tuple(sorted({min(max(value, low), high) for value in (-1, 0, 1)}))
        return found

    def _is_hidden(self, name: str) -> bool:
        """Whether a variable, ``size(GROUP)`` and ``GROUP#N.QUESTION`` too, is one that nobody knows."""
        owner = name.removeprefix("size(").removesuffix(")").partition(".")[0].partition("#")[0]
        return "#" in name or owner in self._hidden

    def _dates(self, name: str) -> frozenset[date]:
        """Boundaries of dates; several questions share them, with room between them."""
        if name not in self._days_of:
            rivals = sorted(self._asked_dates() | {name}, key=lambda one: (self._is_hidden(one), one))
            ends = set(self._date_ends(name))
            if _joint(self._nodes):
                ends |= {day for rival in rivals for day in self._date_ends(rival)}
                if self._is_hidden(name):
                    ends |= {day for one in rivals[: rivals.index(name)] for day in self._dates(one)}
            days = _days(self._nodes, ends, len(rivals), len(rivals) if _side_by_side(self._nodes) else 1)
            first, last = self._date_ends(name)
            self._days_of[name] = frozenset(day for day in days if first <= day <= last)
        return self._days_of[name]

    def _asked_dates(self) -> set[str]:
        asked = {node.question for node in self._nodes if isinstance(node, Asked)}
        asked |= {node.name for node in self._nodes if isinstance(node, Field)}
        return {name for name in asked if question_of(name, self._questions).type is QuestionType.DATE}

    def _date_ends(self, name: str) -> tuple[date, date]:
        known = self._hidden.get(name)
        if known is not None:
            return known.first, known.last
        low, high = bounds(question_of(name, self._questions), self._today)
        return low if isinstance(low, date) else FIRST, high if isinstance(high, date) else LAST

    def _cents(self, name: str) -> bool | None:
        kind = question_of(name, self._questions).type
        return kind is QuestionType.MONEY if kind in NUMERIC else None

    def _ends(self, name: str) -> tuple[int, int]:
        if name.startswith("size("):
            return 0, MOST_MEMBERS
        question = question_of(name, self._questions)
        low, high = bounds(question, self._today)
        if question.type is QuestionType.MONEY:
            largest = LARGEST_AMOUNT if high is None else Decimal(str(high))
            return int(100 * max(Decimal(0), Decimal(str(low or 0)))), int(100 * largest)
        least = low if isinstance(low, int) else -LARGEST_NUMBER
        return least, high if isinstance(high, int) else LARGEST_NUMBER

    def _members(self, group: Question) -> tuple[Members, ...]:
        """Groups that differ in what the condition says of a member, or in their size where it counts."""
        rules = [node for node in self._nodes if isinstance(node, Each) and node.question == group.id]
        counts = any(isinstance(node, Size) and node.question == group.id for node in self._nodes)
        kinds = self._kinds(group, rules)
        sizes = frozenset(self._points(size_of(group.id))) if counts else frozenset()
        start: State = (tuple(frozenset[Expr]() for _ in rules), 0)
        found: dict[State, Members] = {start: Members(())}
        states = [start]
        for state in states:
            marks, size = state
            if len(found[state].rows) == MOST_MEMBERS:
                continue
            for signature, row in kinds.items():
                more = tuple(old | {new} for old, new in zip(marks, signature, strict=True))
                after: State = (more, size + 1 if counts else 0)
                if after not in found:
                    found[after] = Members((*found[state].rows, row))
                    states.append(after)
            if len(found) > MOST_VALUES:
                raise TooManyCases
        return tuple(group for (_, size), group in found.items() if not counts or size in sizes)

    def _kinds(self, group: Question, rules: Sequence[Each]) -> dict[tuple[Expr, ...], Row]:
        """What the rules say of one member -> such a member."""
        parts = [node for rule in rules for node in walk(rule.body)]
        skippable = {node.question for node in parts if isinstance(node, HasField)}
        used = {node.question for node in parts if isinstance(node, Field | HasField)}
        names = [name for name in group.questions if name in used]
        spaces: list[tuple[Known | Unknown, ...]] = []
        for name in names:
            values: tuple[Known | Unknown, ...] = self._simple(f"{group.id}.{name}", self._questions[name])
            spaces.append((*values, Unknown.DONT_KNOW) if name in skippable else values)
        found: dict[tuple[Expr, ...], Row] = {}
        for n, values in enumerate(product(*spaces)):
            if n > MOST_VALUES:
                raise TooManyCases
            row = tuple(zip(names, values, strict=True))
            one = Members((row,))
            signature = tuple(restrict(rule, {group.id: one}, self._today) for rule in rules)
            found.setdefault(signature, row)
        return found


State = tuple[tuple[frozenset[Expr], ...], int]


def _any_member(name: str) -> str:
    """``GROUP.QUESTION`` of ``GROUP#N.QUESTION``."""
    group, _, rest = name.partition("#")
    return f"{group}.{rest.partition('.')[2]}"


def domain(question: Question, nodes: Nodes) -> tuple[Known, ...]:
    """Answers to a question that is no number, amount, date or group; any answer where it is only skipped."""
    if question.type is QuestionType.YES_NO:
        return (TRUE, FALSE)
    named = [node.value for node in nodes if isinstance(node, Text)]
    if question.type is QuestionType.CHOICE:
        wanted = [value for value in question.values if value in named]
        other = [value for value in question.values if value not in named][:1]
        return tuple(Text(value) for value in wanted + other)
    if question.type is QuestionType.CHOICES:
        wanted = [value for value in question.values if value in named]
        if 2 ** len(wanted) > MOST_VALUES:
            raise TooManyCases
        return tuple(
            Several(tuple(Text(value) for value in picked))
            for size in range(len(wanted) + 1)
            for picked in combinations(wanted, size)
        )
    return tuple(Text(value) for value in (*dict.fromkeys(named), UNNAMED))


def _side_by_side(nodes: Nodes) -> bool:
    """Whether two answers are compared with each other, so that several must fit between two boundaries."""
    return any(
        isinstance(node, Compare)
        and all(
            any(isinstance(part, Asked | Field) for part in walk(side)) for side in (node.left, node.right)
        )
        for node in nodes
    )


def _joint(nodes: Nodes) -> bool:
    """Whether one answer moves the boundaries of another."""
    return _side_by_side(nodes) or any(
        isinstance(node, Between)
        and all(any(isinstance(part, Asked | Field) for part in walk(end)) for end in (node.start, node.end))
        for node in nodes
    )


def _days(nodes: Nodes, ends: set[date], rivals: int, room: int) -> set[date]:
    """Days named in the condition, moved by the durations that it compares with.

    A boundary of one date can move that of the next by one ``..._between``, so once for each of these.
    """
    pairs = {(node.start, node.end) for node in nodes if isinstance(node, Between)}
    steps = _durations(nodes)
    found = {node.value for node in nodes if isinstance(node, Day)} | ends
    shifts = {node for node in nodes if isinstance(node, Shifted)}
    for _ in range(min(rivals, len(pairs)) + len(shifts)):
        found |= {moved for day in found for unit, n in steps for moved in _moved(day, unit, n)}
        if len(found) > MOST_VALUES:
            raise TooManyCases
    inner = [day for day in found if FIRST < day < LAST]
    return found | {day + timedelta(days=step) for day in inner for step in range(-room, room + 1)}


def _durations(nodes: Nodes) -> set[tuple[Unit, int]]:
    """(unit, n) such that a comparison with n units turns: at n, just below, just above."""
    found: set[tuple[Unit, int]] = set()
    for node in nodes:
        if isinstance(node, Shifted):
            found |= {(Unit.MONTHS, node.months), (Unit.DAYS, node.days)} - {(Unit.MONTHS, 0), (Unit.DAYS, 0)}
        if isinstance(node, Compare | In):
            parts = [part for side in children(node) for part in walk(side)]
            units = {part.unit for part in parts if isinstance(part, Between)}
            limits = _reached(node) if units else set()
            found |= {(unit, n + step) for unit in units for n in limits for step in (-1, 0, 1)}
    return found


def _reached(node: Compare | In) -> set[int]:
    """Counts at which a comparison of ``..._between`` turns: with sums, where the whole sum is nothing."""
    if isinstance(node, In):
        return {part.value for part in walk(node.several) if isinstance(part, Whole)}
    found = {part.value for part in walk(node) if isinstance(part, Whole)}
    sums = [part for part in walk(node) if isinstance(part, Arithmetic)]
    if sums:
        for point in counted(node):
            found |= {point - 1, point, point + 1}
    return found


def _moved(day: date, unit: Unit, n: int) -> Iterable[date]:
    """The day ``n`` units later and earlier, with its neighbours where months end on different days."""
    for amount in (n, -n):
        months, days = (0, amount) if unit is Unit.DAYS else (amount * (12 if unit is Unit.YEARS else 1), 0)
        target = _shifted(day, months, days)
        if target is None:
            continue
        yield target
        if months and (day.day > SHORTEST_MONTH - 2 or target.day < 3 or day.day < 3):
            near = (target + timedelta(days=s) for s in range(-MONTH_END_DAYS, MONTH_END_DAYS + 1))
            yield from (moved for moved in near if FIRST <= moved <= LAST)


def _shifted(day: date, months: int, days: int) -> date | None:
    """None where the calendar of answers ends."""
    try:
        moved = add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moved if FIRST + MONTH_END <= moved <= LAST - MONTH_END else None
