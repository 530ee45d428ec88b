"""What people said at the end: sums, and nothing from which a visit could be told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store import FeedbackCount, Store, driver


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path)
    yield store
    store.close()


def said(store: Store, *words: tuple[str, str, str]) -> None:
    for month, event, value in words:
        store.count_feedback(month, event, value).result()


def test_the_same_word_twice_is_a_two(store: Store) -> None:
    said(store, *[("2026-11", "fr.naissance", "good")] * 2, ("2026-12", "fr.naissance", "bad"))
    assert store.feedback() == [
        FeedbackCount("2026-11", "fr.naissance", "good", 2),
        FeedbackCount("2026-12", "fr.naissance", "bad", 1),
    ]


def test_another_word_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="great"):
        store.count_feedback("2026-11", "fr.naissance", "great")
    assert store.feedback() == []


def test_the_sums_are_there_after_reopening(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    said(first, ("2026-11", "fr.emploi", "middle"))
    first.close()
    again = Store.open(tmp_path)
    said(again, ("2026-11", "fr.emploi", "middle"))
    assert again.feedback() == [FeedbackCount("2026-11", "fr.emploi", "middle", 2)]
    again.close()


def whole_table(data: Path) -> list[tuple[object, ...]]:
    """Every value of the table, in the order in which the database holds them."""
    link = driver.connect(data / "store/kiosk.db", (data / "store/key").read_bytes(), read_only=True)
    rows = link.execute("SELECT * FROM feedback").fetchall()
    link.close()
    return rows


def test_neither_order_nor_time_nor_visit_can_be_told_from_the_table(tmp_path: Path) -> None:
    words = [
        ("2026-11", event, value)
        for event in ("fr.emploi", "fr.naissance")
        for value in ("good", "middle", "bad")
        for _ in range(3)
    ]
    tables = []
    for name in ("morning", "evening"):
        store = Store.open(tmp_path / name)
        said(store, *random.sample(words, len(words)))
        store.close()
        tables.append(whole_table(tmp_path / name))
    assert tables[0] == tables[1]
    assert tables[0] == sorted(tables[0])
    assert {len(row) for row in tables[0]} == {4}
    link = driver.connect(
        tmp_path / "morning/store/kiosk.db", (tmp_path / "morning/store/key").read_bytes(), read_only=True
    )
    with pytest.raises(driver.DatabaseError, match="rowid"):
        link.execute("SELECT rowid FROM feedback")
    link.close()


def test_a_store_of_an_earlier_version_has_no_feedback_yet_and_takes_some(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    link = driver.connect(tmp_path / "store/kiosk.db", (tmp_path / "store/key").read_bytes())
    link.execute("DROP TABLE feedback")
    link.execute("DELETE FROM _sqlite_migrations WHERE name = 'feedback'")
    link.execute("PRAGMA user_version = 1")
    link.close()
    looking = Store.open(tmp_path, read_only=True)
    assert looking.feedback() == []
    looking.close()
    store = Store.open(tmp_path)
    said(store, ("2026-11", "fr.emploi", "good"))
    assert store.feedback() == [FeedbackCount("2026-11", "fr.emploi", "good", 1)]
    store.close()
