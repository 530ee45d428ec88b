"""Where comparisons of numbers and amounts turn: finitely many answers that stand for all of them.

Every comparison is a sum of answers times literals, compared with nothing: a plane. A question's own turning
points are found by eliminating the other questions (Fourier and Motzkin); questions with few possible answers
are tried one by one, so at most two with many answers meet in practice. Amounts are counted in cents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from kiosk.procedures.tree import (
    Arithmetic,
    Asked,
    Between,
    Choose,
    Compare,
    Expr,
    Field,
    In,
    Money,
    Several,
    Size,
    Whole,
)

FEW, MOST_PLANES, MOST_STEPS = 64, 600, 60
"""Answers tried one by one; planes and steps beyond which a condition is refused."""
COUNT = "count()"
"""The variable of a ``..._between``; no answer stands in one sum with it."""
Plane = tuple[tuple[tuple[str, Fraction], ...], Fraction]
"""((variable, factor)...), constant: their sum is compared with 0."""
Ends = tuple[int, int]


class TooManyCases(Exception):
    """A condition has too many representative answers, or takes too many branches."""


def planes_in(nodes: Sequence[Expr], cents: Callable[[str], bool | None]) -> set[Plane]:
    """The planes of all comparisons. ``cents``: whether a variable is an amount; None = no number."""
    found: set[Plane] = set()
    for node in nodes:
        if isinstance(node, Compare):
            pairs = [(node.left, node.right)]
        elif isinstance(node, In) and isinstance(node.several, Several):
            pairs = [(node.item, value) for value in node.several.values]
        else:
            continue
        for left, right in pairs:
            for one in _sums(left, cents):
                for other in _sums(right, cents):
                    plane = _combined(one, Fraction(1), other, Fraction(-1))
                    if plane[0] and plane[0][0][0] != COUNT:
                        found.add(_plain(plane))
    return found


def counted(node: Compare) -> set[int]:
    """At which counts of days, months or years a comparison with sums turns."""
    found = set()
    for left in _sums(node.left, _no_number):
        for right in _sums(node.right, _no_number):
            factors, constant = _combined(left, Fraction(1), right, Fraction(-1))
            if len(factors) == 1:
                at = -constant / factors[0][1]
                found |= {floor(at), ceil(at)}
    return found


def _no_number(name: str) -> None:  # noqa: ARG001 - answers and durations never stand in one sum
    return None


def variables_in(planes: Iterable[Plane]) -> set[str]:
    """Names of all variables of the planes."""
    return {name for factors, _ in planes for name, _ in factors}


def size_of(group: str) -> str:
    """The variable that counts the members of a group."""
    return f"size({group})"


def turning_points(
    planes: set[Plane], ends: dict[str, Ends], hidden: Callable[[str], bool]
) -> dict[str, tuple[int, ...]]:
    """Values of each variable: two of them differ in a comparison wherever any two values do.

    ``hidden``: whether a variable was answered by "I do not know". Unless all their values are tried, those
    come last: whatever the others are, they then tell all that the unknown answer could be beside them.
    """
    joint = {name for factors, _ in planes if len(factors) > 1 for name, _ in factors}
    span = {name: high - low for name, (low, high) in ends.items()}
    order = sorted(ends, key=lambda name: (span[name] >= FEW and hidden(name), span[name], name))
    found: dict[str, tuple[int, ...]] = {}
    for n, name in enumerate(order):
        low, high = ends[name]
        if name in joint and span[name] < FEW:
            found[name] = tuple(range(low, high + 1))
        else:
            found[name] = _points(name, planes, order[n + 1 :], ends, name in joint)
        if name in joint:
            planes = {_put(plane, name, value) for plane in planes for value in found[name]}
            planes = {_plain(plane) for plane in planes if plane[0]}
            _limit(planes)
    return found


def _points(
    name: str, planes: set[Plane], others: list[str], ends: dict[str, Ends], joint: bool
) -> tuple[int, ...]:
    low, high = ends[name]
    step = _step(planes) if joint else 1
    if joint:
        planes = planes | {plane for other in others for plane in _edges(other, ends)} | _edges(name, ends)
        for other in others:
            planes = _eliminated(planes, other)
    found = {low, high, 0}
    for factors, constant in planes:
        if len(factors) == 1 and factors[0][0] == name:
            at = -constant / factors[0][1]
            found |= {floor(at), ceil(at)}
    near = {value + move for value in found for move in range(-step, step + 1)}
    return tuple(sorted(value for value in near if low <= value <= high))


def _step(planes: set[Plane]) -> int:
    """How far from a turning point answers must be tried: room for several, and for common multiples."""
    several = [factors for factors, _ in planes if len(factors) > 1]
    names = {name for factors in several for name, _ in factors}
    step = max(1, len(names))
    for factors in several:
        denominator = lcm(*(factor.denominator for _, factor in factors))
        whole = [abs(int(factor * denominator)) for _, factor in factors]
        shared = gcd(*whole)
        step = max(step, len(names) * lcm(*(part // shared for part in whole)))
    if step > MOST_STEPS:
        raise TooManyCases
    return step


def _edges(name: str, ends: dict[str, Ends]) -> set[Plane]:
    return {(((name, Fraction(1)),), Fraction(-end)) for end in ends[name]}


def _eliminated(planes: set[Plane], name: str) -> set[Plane]:
    using = [plane for plane in planes if name in dict(plane[0])]
    found = planes - set(using)
    for n, one in enumerate(using):
        for other in using[n + 1 :]:
            plane = _combined(one, dict(other[0])[name], other, -dict(one[0])[name])
            if plane[0]:
                found.add(_plain(plane))
    _limit(found)
    return found


def _limit(planes: set[Plane]) -> None:
    if len(planes) > MOST_PLANES:
        raise TooManyCases


def _put(plane: Plane, name: str, value: int) -> Plane:
    factors = dict(plane[0])
    if name not in factors:
        return plane
    constant = plane[1] + factors.pop(name) * value
    return tuple(factors.items()), constant


def _plain(plane: Plane) -> Plane:
    """One form for planes that are the same: sorted, the first factor 1."""
    factors = sorted(plane[0])
    first = factors[0][1]
    return tuple((name, factor / first) for name, factor in factors), plane[1] / first


def _combined(one: Plane, by: Fraction, other: Plane, times: Fraction) -> Plane:
    factors = {name: factor * by for name, factor in one[0]}
    for name, factor in other[0]:
        factors[name] = factors.get(name, Fraction(0)) + factor * times
    return tuple((name, factor) for name, factor in factors.items() if factor), one[1] * by + other[1] * times


def _sums(tree: Expr, cents: Callable[[str], bool | None]) -> list[Plane]:
    """The sums that a number or an amount can be; none for anything else."""
    match tree:
        case Whole(value=value) | Money(value=value):
            return [((), Fraction(value))]
        case Between():
            return [(((COUNT, Fraction(1)),), Fraction(0))]
        case Size(question=group):
            return [(((size_of(group), Fraction(1)),), Fraction(0))]
        case Asked() | Field():
            name = tree.name if isinstance(tree, Field) else tree.question
            amount = cents(name)
            if amount is None:
                return []
            return [(((name, Fraction(1, 100) if amount else Fraction(1)),), Fraction(0))]
        case Choose(then=then, otherwise=otherwise):
            return _sums(then, cents) + _sums(otherwise, cents)
        case Arithmetic(op=op, left=left, right=right):
            return [_result(op, one, other) for one in _sums(left, cents) for other in _sums(right, cents)]
        case _:
            return []


def _result(op: str, one: Plane, other: Plane) -> Plane:
    if op == "*":
        many, literal = (one, other) if not other[0] else (other, one)
        return _combined(many, literal[1], ((), Fraction(0)), Fraction(1))
    return _combined(one, Fraction(1), other, Fraction(1 if op == "+" else -1))
