"""One good pack and many ways to break it: each is refused for its reason, at its line, with a witness."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kiosk.procedures import PackError, load_pack, make_plan, next_question, parse_answers
from kiosk.procedures.check import Report, check_folder

PACKS = Path("tests/packs")
TODAY = date(2026, 11, 24)
BROKEN = sorted(path.stem for path in (PACKS / "broken").glob("*.toml"))


@dataclass(frozen=True)
class Broken:
    """The good pack with the patches of one case; ``report`` None = the loader refuses it."""

    folder: Path
    case: dict
    report: Report | None


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Broken]:
    @cache
    def one(name: str) -> Broken:
        case = tomllib.loads((PACKS / f"broken/{name}.toml").read_text("utf-8"))
        folder = tmp_path_factory.mktemp(name) / "gg"
        shutil.copytree(PACKS / "good", folder)
        for patch in case["patch"]:
            path = folder / patch["file"]
            text = path.read_text("utf-8")
            assert patch["old"] in text
            path.write_text(text.replace(patch["old"], patch["new"], 1), "utf-8")
        return Broken(folder, case, None if case.get("unreadable") else check_folder(folder, TODAY))

    return one


def test_the_good_pack_is_clean_and_gets_a_certificate() -> None:
    report = check_folder(PACKS / "good", TODAY)
    assert report.findings == ()
    certificate = report.certificate()
    assert certificate is not None
    assert (certificate["sha256"], certificate["date"]) == (report.pack.hash, "2026-11-24")
    assert certificate["counts"]["procedures"] == 3
    assert certificate["longest_interview"] == {"gg.logis": 6}


def test_a_pack_with_every_type_and_rule_is_checked_to_its_end(small_folder: Path) -> None:
    rules = {finding.rule for finding in check_folder(small_folder, TODAY).findings}
    assert {"plan-empty", "easy-missing", "translation-missing", "not-used"} <= rules


def test_there_are_at_least_twenty_five_broken_packs() -> None:
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_for_the_right_reason_with_a_witness(name: str, broken) -> None:
    found = broken(name)
    if found.report is None:
        with pytest.raises(PackError) as refused:
            load_pack(found.folder)
        file, line = refused.value.file, refused.value.line
    else:
        findings = [f for f in found.report.errors if f.rule == found.case["rule"]]
        assert findings, found.report.findings
        assert found.report.certificate() is None
        assert found.case["witness"] in findings[0].witness
        file, line = findings[0].file, findings[0].line
    lines = (found.folder / file).read_text("utf-8").splitlines()
    assert file == found.case["file"]
    assert found.case["line"] in lines[line - 1], (line, lines[line - 1])


CAUSED = {
    "unknown-stuck-nobody": {"online-only"},
    "online-only": {"unknown-stuck"},
    "rule-never": {"question-unreachable"},
}
"""What only follows from the fault: where online is the only way, there is nobody to ask either; what every
answer breaks is asked in vain."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_for_that_reason_only(name: str, broken) -> None:
    found = broken(name)
    if found.report is not None:
        rules = {finding.rule for finding in found.report.errors}
        assert rules - CAUSED.get(name, set()) == {found.case["rule"]}


@pytest.mark.parametrize("name", BROKEN)
def test_the_answers_of_a_witness_can_be_given_and_end_in_a_plan(name: str, broken) -> None:
    found = broken(name)
    if found.report is None or found.case["witness"] != "answers":
        return
    pack = found.report.pack
    event = pack.events["gg.logis"]
    for finding in found.report.errors:
        if "answers" in finding.witness:
            given = parse_answers(pack, event, finding.witness["answers"], TODAY)
            asked: dict = {}
            while question := next_question(pack, event, asked, TODAY):
                asked[question.id] = given.get(question.id)
            assert make_plan(pack, event, asked, TODAY, "fr").procedures
