"""Windows, open hours and retroactivity from the text of a pack to the plan."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kiosk.procedures import Pack, PackError, load_pack, make_plan, next_question, parse_answers, plan_to_json
from kiosk.procedures.plan import PlanDeadline

TODAY = date(2026, 11, 24)
HOUR = 'heure: {number: 40, type: number, text: "À quelle heure ?", min: 0, max: 23}\n'
OLD = "- {kind: legal, from: date_naissance, add: P5D, roll: next_working_day, text: "


@pytest.fixture
def pack_with(small_folder: Path, tmp_path: Path) -> Callable[[str], Pack]:
    """The small pack in which the deadline of the declaration begins with other keys."""

    def make(keys: str) -> Pack:
        folder = tmp_path / "small"
        shutil.copytree(small_folder, folder)
        with (folder / "questions.yaml").open("a", encoding="utf-8") as file:
            file.write(HOUR)
        bebe = folder / "events" / "bebe.yaml"
        text = bebe.read_text("utf-8")
        assert OLD in text
        text = text.replace(OLD, f"- {{kind: legal, from: date_naissance, {keys}, text: ")
        bebe.write_text(text.replace("date_naissance, lieu]", "date_naissance, heure, lieu]"), "utf-8")
        return load_pack(folder)

    return make


def deadline(pack: Pack, given: dict[str, object], today: date = TODAY) -> PlanDeadline:
    event = pack.event("bebe")
    answers = parse_answers(pack, event, {"ne": True, "lieu": "france", **given})
    plan = make_plan(pack, event, answers, today, "fr")
    form = json.loads(json.dumps({"plan": plan_to_json(plan)}))
    schema = json.loads(Path("docs/schemas/plan.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(form)
    found = next(item for item in plan.procedures if item.id == "xx.bebe.declaration").deadline
    assert found
    return found


HOURS = "add: PT24H, counting: open_hours, hour: heure"


def test_the_hour_is_asked_once_the_day_is_known_and_gives_the_plan_a_time(
    pack_with: Callable[[str], Pack],
) -> None:
    pack = pack_with(HOURS)
    event = pack.event("bebe")
    given: dict[str, object] = {"ne": True, "lieu": "france", "date_naissance": "2026-11-20"}
    asked = next_question(pack, event, parse_answers(pack, event, given), TODAY)
    assert asked
    assert asked.id == "heure"
    vague = parse_answers(pack, event, {**given, "date_naissance": "2026-11"})
    assert next_question(pack, event, vague, TODAY) is None
    found = deadline(pack, {"date_naissance": "2026-11-20", "heure": 18})
    assert (str(found.date), str(found.at), found.earliest) == ("2026-11-23", "2026-11-23 18:00:00", False)
    unknown = deadline(pack, {"date_naissance": "2026-11-20", "heure": None})
    assert (str(unknown.date), unknown.at, unknown.earliest) == ("2026-11-20", None, True)


def test_a_window_says_when_it_opens(pack_with: Callable[[str], Pack]) -> None:
    pack = pack_with("day_of_month: {day: 15, after: 1}, opens: {day_of_month: {day: 28, february: 26}}")
    found = deadline(pack, {"date_naissance": "2026-11-03"})
    assert (str(found.opens), str(found.date)) == ("2026-11-28", "2026-12-15")
    assert deadline(pack, {"date_naissance": None}).opens is None


def test_a_window_of_a_month_never_opens_after_the_last_day_that_is_shown(
    pack_with: Callable[[str], Pack],
) -> None:
    pack = pack_with("add: P14D, opens: {add: PT24H}")
    assert str(deadline(pack, {"date_naissance": "2026-11-03"}).opens) == "2026-11-04"
    vague = deadline(pack, {"date_naissance": "2026-11"})
    assert (str(vague.date), vague.earliest, vague.opens) == ("2026-11-15", True, None)


def test_a_late_claim_says_from_when_it_is_paid(pack_with: Callable[[str], Pack]) -> None:
    pack = pack_with("end_of_month_after: 6, reaches_back: {months: 6}")
    given: dict[str, object] = {"date_naissance": "2026-03-10"}
    assert deadline(pack, given).paid_from == date(2026, 5, 1)
    assert deadline(pack, given, date(2026, 9, 30)).paid_from is None
    assert deadline(pack, {"date_naissance": "2026-03"}).paid_from is None


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("add: P1D, counting: open_hours", "open hours are counted in hours"),
        ("before: PT24H, counting: open_hours", "open hours are counted in hours"),
        ("add: PT24H, hour: heure", "gives no hour to this rule"),
        ("add: PT24H, counting: open_hours, hour: lieu", "gives no hour to this rule"),
        ("add: P1D, opens: {}", "a window opens by a rule"),
        ("add: P1D, opens: {add: P1D, before: P1D}", "two rules"),
        ("add: P1D, reaches_back: {months: 200}", "whole number"),
        ("add: P1D, reaches_back: {months: 2, by: week}", "calendar, anchor"),
        ("day_of_month: {day: 32}", "whole number"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(
    pack_with: Callable[[str], Pack], keys: str, problem: str
) -> None:
    with pytest.raises(PackError) as refused:
        pack_with(keys)
    assert problem in f"{refused.value.problem} {refused.value.allowed}"
    assert refused.value.file == "events/bebe.yaml"
    assert refused.value.line > 0
