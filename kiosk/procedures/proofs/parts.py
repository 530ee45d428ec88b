"""Parts of a condition: the smallest ones, what the condition is without each, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.procedures.tree import (
    FALSE,
    TRUE,
    All,
    Any,
    Asked,
    Between,
    Compare,
    Day,
    Expr,
    Has,
    In,
    Money,
    Not,
    Several,
    Text,
    Today,
    Whole,
    questions_in,
)

SMALLEST = (Compare, In, Has, Asked)


def parts_of(tree: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(part, the tree with it true, the tree with it false), for each smallest part."""
    if isinstance(tree, SMALLEST):
        yield tree, TRUE, FALSE
    elif isinstance(tree, Not):
        for part, true, false in parts_of(tree.part):
            yield part, Not(true), Not(false)
    elif isinstance(tree, All | Any):
        for n, one in enumerate(tree.parts):
            before, after = tree.parts[:n], tree.parts[n + 1 :]
            for part, true, false in parts_of(one):
                yield part, type(tree)((*before, true, *after)), type(tree)((*before, false, *after))


def readers_of(tree: Expr) -> dict[str, int]:
    """Question id -> how many of the smallest parts read it."""
    found: dict[str, int] = {}
    for part, _, _ in parts_of(tree):
        for name in questions_in(part):
            found[name] = found.get(name, 0) + 1
    return found


def written(node: Expr) -> str:
    """The part as an editor wrote it, or nearly."""
    match node:
        case Compare(op=op, left=left, right=right):
            return f"{written(left)} {op} {written(right)}"
        case In(item=item, several=several):
            return f"{written(item)} in {written(several)}"
        case Has(question=name):
            return f"has({name})"
        case Asked(question=name):
            return name
        case Today():
            return "today()"
        case Day(value=value):
            return f"date('{value}')"
        case Text(value=value):
            return f"'{value}'"
        case Whole(value=number):
            return str(number)
        case Money(value=amount):
            return str(amount)
        case Several(values=values):
            return f"[{', '.join(written(value) for value in values)}]"
        case Between(unit=unit, start=start, end=end):
            return f"{unit}_between({written(start)}, {written(end)})"
        case _:
            return type(node).__name__.lower()
