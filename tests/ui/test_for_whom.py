"""« Pour moi » or « Pour quelqu’un d’autre »: asked once, changed from the check, said on plan and paper."""

from __future__ import annotations

from kiosk.config import Config
from tests.ui.citizen import Citizen
from tests.ui.stage import Recorder, pack
from ui import views
from ui.flow import Flow
from ui.places import Place


def begun(services: Recorder | None = None) -> Flow:
    flow = Flow(Config(), pack, services or Recorder(), lambda: None)
    flow.choose_language("fr")
    flow.choose_event("fr.emploi")
    return flow


def to_the_check(flow: Flow) -> None:
    while flow.place is Place.ASKING:
        flow.answer(None)


def test_it_is_asked_before_the_first_question_and_never_again() -> None:
    flow = begun()
    assert flow.view() == views.ForWhom(None)
    flow.for_whom(other=True)
    assert flow.place is Place.ASKING
    flow.other_event()
    flow.choose_event("fr.demenagement")
    assert flow.place in (Place.TOLD, Place.ASKING)


def test_back_from_the_first_question_comes_to_it_and_keeps_the_answer() -> None:
    flow = begun()
    flow.for_whom(other=True)
    flow.back()
    assert flow.view() == views.ForWhom(True)
    flow.back()
    assert flow.place is Place.EVENTS


def test_the_check_shows_it_and_changing_it_comes_straight_back() -> None:
    flow = begun()
    flow.for_whom(other=True)
    to_the_check(flow)
    check = flow.view()
    assert isinstance(check, views.Check)
    assert check.for_other
    flow.change_for_whom()
    assert flow.place is Place.FOR_WHOM
    flow.back()
    assert flow.place is Place.CHECK
    flow.change_for_whom()
    flow.for_whom(other=False)
    again = flow.view()
    assert isinstance(again, views.Check)
    assert not again.for_other


def test_it_changes_no_rule() -> None:
    plans = []
    for other in (True, False):
        flow = begun()
        flow.for_whom(other=other)
        to_the_check(flow)
        plans.append(flow.plan())
    assert plans[0] == plans[1]


def test_the_plan_says_whom_it_was_prepared_for(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.touch("Mon travail")
    citizen.touch("Pour quelqu’un d’autre")
    flow = citizen.app.flow
    to_the_check(flow)
    assert "Pour quelqu’un d’autre" in citizen.reads()
    citizen.touch("Voir mon plan")
    assert "Plan préparé pour une autre personne" in citizen.reads()
    citizen.touch("Retour")
    citizen.touch("Modifier, Pour qui est ce plan")
    citizen.touch("Pour moi")
    citizen.touch("Voir mon plan")
    assert "Plan préparé pour une autre personne" not in citizen.reads()
