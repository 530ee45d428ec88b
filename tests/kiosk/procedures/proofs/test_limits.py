"""A check that would take for ever, or say too much, stops and says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.procedures import check, load_pack
from kiosk.procedures.check import check_folder
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.outcomes import Effort
from kiosk.procedures.proofs import longest, prover
from kiosk.procedures.proofs.longest import longest_interview

GOOD = Path("tests/packs/good")
TODAY = date(2026, 11, 24)


def test_proofs_that_take_too_long_are_given_up_in_one_line(monkeypatch, capsys) -> None:
    monkeypatch.setattr(prover, "PATIENCE_S", -1.0)
    assert main(["pack", "check", str(GOOD), "--today", "2026-11-24"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "gg.logis" in said.err


def test_of_too_many_findings_the_first_are_told_and_that_there_are_more(
    monkeypatch, small_folder: Path
) -> None:
    every = check_folder(small_folder, TODAY).findings
    monkeypatch.setattr(check, "MOST_FINDINGS", 3)
    found = check_folder(small_folder, TODAY)
    assert len(every) > 4
    assert len(found.findings) == 4
    assert [finding.rule for finding in found.errors].count("too-many") == 1
    assert found.certificate() is None


def test_an_interview_with_too_many_ways_is_bounded_by_its_questions(monkeypatch) -> None:
    pack = load_pack(GOOD)
    event = pack.events["gg.logis"]
    assert longest_interview(pack, event, TODAY).exact
    monkeypatch.setattr(longest, "MOST_STEPS", 20)
    found = longest_interview(pack, event, TODAY)
    assert (found.exact, found.questions) == (False, len(event.questions))


def test_conditions_share_the_work_that_a_pack_may_cost() -> None:
    effort = Effort(10)
    effort.spend(7)
    with pytest.raises(TooManyCases):
        effort.spend(4)
