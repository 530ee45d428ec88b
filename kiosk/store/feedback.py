"""What people said at the end, as sums: how often each word, by month and life event, and nothing else.

No visit, no time, no order: the rows stand in the order of their names.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.store.driver import Connection

FEEDBACK = ("good", "middle", "bad")
"""What a person can say with one touch."""


@dataclass(frozen=True)
class FeedbackCount:
    """How many visits for a life event, in a ``month`` ("2026-11"), ended with this :data:`FEEDBACK`."""

    month: str
    event: str
    value: str
    times: int


def count(link: Connection, month: str, event: str, value: str) -> None:
    """One more."""
    link.execute(
        "INSERT INTO feedback VALUES (?, ?, ?, 1)"
        " ON CONFLICT (month, event, value) DO UPDATE SET times = times + 1",
        [month, event, value],
    )


def sums(link: Connection) -> list[FeedbackCount]:
    """All sums; none in a database that no kiosk of this version has opened yet."""
    if not link.execute("SELECT 1 FROM sqlite_schema WHERE name = 'feedback'").fetchone():
        return []
    rows = link.execute("SELECT month, event, value, times FROM feedback").fetchall()
    found = [FeedbackCount(*row) for row in rows]
    return sorted(found, key=lambda one: (one.month, one.event, FEEDBACK.index(one.value)))
