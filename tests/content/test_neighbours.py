"""Records of Belgium and Germany that the format must hold, as two small packs: what they are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.procedures import Pack, Plan, PlanItem, load_pack, make_plan, parse_answers
from kiosk.procedures.check import check_folder

PACKS = Path("tests/packs")
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def be() -> Pack:
    return load_pack(PACKS / "be")


@pytest.fixture(scope="module")
def de() -> Pack:
    return load_pack(PACKS / "de")


def plan_of(pack: Pack, slug: str, today: date = TODAY, **answers: object) -> Plan:
    event = pack.event(slug)
    return make_plan(pack, event, parse_answers(pack, event, answers), today, pack.source_lang)


def item_of(plan: Plan, name: str) -> PlanItem:
    return next(item for item in plan.procedures if item.id.endswith(f".{name}"))


def last_day(item: PlanItem) -> date:
    assert item.deadline is not None
    assert item.deadline.date is not None
    return item.deadline.date


def test_a_move_in_belgium_is_declared_within_eight_working_days(be: Pack) -> None:
    plan = plan_of(be, "demenagement", etranger=False, installation="2026-12-18")
    assert last_day(item_of(plan, "adresse")) == date(2026, 12, 31)


def test_the_chip_is_written_on_a_second_visit_after_the_officer_came(be: Pack) -> None:
    trips = plan_of(be, "demenagement", etranger=False, installation="2026-12-18").errands.trips
    assert [(trip.office.id, trip.procedures) for trip in trips] == [
        ("commune", ("be.demenagement.adresse",)),
        ("commune", ("be.demenagement.puce",)),
    ]


def test_who_leaves_belgium_says_so_the_day_before(be: Pack) -> None:
    plan = plan_of(be, "demenagement", etranger=True, depart="2026-12-01")
    assert last_day(item_of(plan, "depart")) == date(2026, 11, 30)
    assert item_of(plan, "adresse").status == "not"


@pytest.mark.parametrize("chosen", ["csc", "fgtb", "cgslb", "capac"])
def test_a_jobseeker_in_belgium_goes_to_the_union_they_chose_or_the_fund(be: Pack, chosen: str) -> None:
    office = item_of(plan_of(be, "emploi", organisme=chosen), "allocations").office
    assert office is not None
    assert office.id == chosen


def test_a_jobseeker_in_belgium_who_has_not_chosen_is_shown_all_four(be: Pack) -> None:
    item = item_of(plan_of(be, "emploi", organisme=None), "allocations")
    assert item.office is not None
    assert {item.office.id, *(office.id for office in item.other_offices)} == {
        "csc",
        "fgtb",
        "cgslb",
        "capac",
    }


def test_registering_in_belgium_takes_eight_days_or_two_months_with_paid_notice(be: Pack) -> None:
    for paid, day in ((False, date(2026, 12, 2)), (True, date(2027, 1, 24))):
        plan = plan_of(be, "emploi", demande="2026-11-24", preavis_paye=paid)
        assert last_day(item_of(plan, "inscription")) == day


def test_a_job_in_germany_that_ends_is_announced_three_months_before(de: Pack) -> None:
    plan = plan_of(de, "arbeit", ende="2027-05-31", kenntnis="2026-11-20")
    assert last_day(item_of(plan, "arbeitsuchend")) == date(2027, 2, 28)


def test_who_hears_late_in_germany_has_three_days(de: Pack) -> None:
    plan = plan_of(de, "arbeit", ende="2026-12-31", kenntnis="2026-11-23")
    assert last_day(item_of(plan, "arbeitsuchend")) == date(2026, 11, 26)


def test_unemployment_in_germany_is_declared_from_three_months_before_to_the_first_day(de: Pack) -> None:
    deadline = item_of(plan_of(de, "arbeit", ende="2026-12-31"), "arbeitslos").deadline
    assert deadline is not None
    assert (deadline.opens, deadline.date) == (date(2026, 9, 30), date(2027, 1, 1))


def test_a_death_in_germany_is_declared_by_the_third_day_saturdays_included(de: Pack) -> None:
    assert last_day(item_of(plan_of(de, "tod", tod="2026-11-20"), "anzeige")) == date(2026, 11, 24)


def test_silence_accepts_an_estate_in_germany_after_six_weeks_or_six_months_abroad(de: Pack) -> None:
    for abroad, day in ((False, date(2027, 1, 1)), (True, date(2027, 5, 20))):
        answers = {"tod": "2026-11-18", "erbe": True, "erfahren": "2026-11-20", "ausland": abroad}
        item = item_of(plan_of(de, "tod", **answers), "ausschlagung")
        assert last_day(item) == day
        assert item.deadline is not None
        assert "angenommen" in item.deadline.lost_if_late


def test_a_widows_pension_in_germany_is_paid_for_twelve_months_before_the_claim(de: Pack) -> None:
    plan = plan_of(de, "tod", today=date(2028, 3, 10), tod="2026-11-18", verheiratet=True)
    deadline = item_of(plan, "witwenrente").deadline
    assert deadline is not None
    assert deadline.paid_from == date(2027, 3, 1)


def test_a_new_home_in_germany_needs_a_paper_that_the_landlord_gives(de: Pack) -> None:
    plan = plan_of(de, "umzug", einzug="2026-11-23")
    assert last_day(item_of(plan, "anmeldung")) == date(2026, 12, 7)
    assert de.documents["wohnungsgeber"].given_by == ("vermieter",)


def test_a_death_in_germany_is_two_papers_for_two_offices_and_one_that_is_given_first(de: Pack) -> None:
    answers = {"tod": "2026-11-18", "erbe": True, "verheiratet": True}
    errands = plan_of(de, "tod", **answers).errands
    assert errands.trips[0].office.id == "standesamt"
    assert [(paper.id, paper.copies) for paper in errands.trips[0].get] == [("sterbeurkunde", 2)]


@pytest.mark.parametrize("country", ["be", "de"])
def test_the_packs_of_the_neighbours_are_proved(country: str) -> None:
    assert [finding.problem for finding in check_folder(PACKS / country, TODAY).errors] == []
