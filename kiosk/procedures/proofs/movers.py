"""The questions that move a deadline without deciding whether it applies."""

from __future__ import annotations

from kiosk.procedures.interview import Fact


def movers(fact: Fact) -> tuple[str, ...]:
    """The date it counts from, and the hour, where they are asked."""
    return tuple(name for name in (fact.anchor, getattr(fact, "hour", "")) if name)
