"""The longest interview, against every interview of a small event."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kiosk.procedures import Event, Pack, load_pack, next_question, parse_answer
from kiosk.procedures.proofs.longest import longest_interview

TODAY = date(2026, 11, 24)
TRIED = {
    "parti": [True, False, None],
    "jour": ["2026-11-24", None],
    "logement": ["locataire", "proprietaire", "heberge", None],
    "enfants": [0, 3, None],
    "loyer": ["0", "900", None],
    "naissance": ["1980-01-01", "2020-01-01", None],
}


def longest(pack: Pack, event: Event, answers: dict) -> int:
    question = next_question(pack, event, answers, TODAY)
    if question is None:
        return len(answers)
    return max(
        longest(pack, event, {**answers, question.id: parse_answer(question, value)})
        for value in TRIED[question.id]
    )


def test_no_interview_is_longer_than_the_longest_and_one_is_as_long() -> None:
    pack = load_pack(Path("tests/packs/good"))
    event = pack.events["gg.logis"]
    found = longest_interview(pack, event, TODAY)
    assert found.exact
    assert found.questions == len(found.path) == longest(pack, event, {})
