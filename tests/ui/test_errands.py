"""The plan by trip: offices in order, what to do and to bring there, and what needs no trip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from accessibility.speech import RecordingSpeaker
from kiosk.messages import messages_for
from kiosk.procedures import (
    AnswerValue,
    Errands,
    Office,
    Pack,
    PartialDate,
    Plan,
    Trip,
    TripPaper,
    make_plan,
)
from tests.ui.citizen import Citizen
from tests.ui.stage import TODAY, city, pack
from ui.errand_words import ErrandWords, Stop
from ui.places import Place
from ui.plan_facts import plain
from ui.screens.errands import ErrandsScreen
from ui.widgets.step_card import StepCard

WORDS = messages_for("fr")
LOST: dict[str, AnswerValue] = {"date_deces": PartialDate(2026, 11, 23)}
Visitor = Callable[[Pack], Citizen]


def death() -> Plan:
    event = pack().events["fr.deces"]
    answers: dict[str, AnswerValue] = {
        name: True for name in event.questions if pack().questions[name].type == "yes-no"
    }
    answers |= {
        name: pack().questions[name].options[0].value
        for name in event.questions
        if pack().questions[name].type == "choice"
    }
    return make_plan(pack(), event, {**answers, **LOST}, TODAY, "fr")


def stops(plan: Plan, done: frozenset[str] = frozenset()) -> list[Stop]:
    return list(ErrandWords(WORDS, plan, done, {}).stops())


def rows_of(stop: Stop) -> dict[str, str]:
    return {row.label: plain(row.value) for row in stop.entry.rows}


def to_errands(citizen: Citizen, event: str = "Un enfant naît") -> None:
    citizen.touch("Français")
    citizen.begin(event)
    flow = citizen.app.flow
    while flow.place is Place.ASKING:
        flow.answer({"enfant_ne": True, "date_naissance": PartialDate(2026, 11, 23)}.get(flow.question))
    citizen.touch("Voir mon plan")
    citizen.touch("Par déplacement")


# -- the words -----------------------------------------------------------------------------------------------


def test_each_trip_is_one_card_in_the_engine_s_order() -> None:
    plan = death()
    shown = [stop.entry for stop in stops(plan) if stop.entry.number]
    assert [entry.number for entry in shown] == list(range(1, len(plan.errands.trips) + 1))
    assert [entry.title for entry in shown] == [trip.office.name for trip in plan.errands.trips]


def test_nothing_that_applies_is_missing_from_the_trips() -> None:
    plan = death()
    told = "\n".join(stop.said for stop in stops(plan))
    for item in plan.procedures:
        if item.status == "applies":
            assert item.title in told


TOWN_HALL = Office(
    "mairie", "Mairie", "1 place du Marché", "De 9 h à 17 h", "01 99 00 00 01", "", "Guichet 2"
)


def one_trip(**more: object) -> Plan:
    plan = death()
    names = tuple(item.id for item in plan.procedures if item.status == "applies")[:2]
    trip = Trip(
        office=TOWN_HALL,
        procedures=names,
        by=date(2026, 11, 30),
        bring=(
            TripPaper("a", "Acte de décès", 3),
            TripPaper("b", "Votre pièce d’identité", 1, shown=True),
            TripPaper("c", "Livret de famille", 1, certain=False),
        ),
        get=(TripPaper("d", "Copie de l’acte", 10), TripPaper("d", "Copie de l’acte", 2, later=True)),
    )
    return msgspec.structs.replace(plan, errands=Errands(trips=(trip,), **more))


def test_a_trip_says_where_when_open_by_phone_with_which_papers_and_copies() -> None:
    (stop,) = stops(one_trip())
    rows = rows_of(stop)
    assert stop.entry.when == "Au plus tard le lundi 30 novembre 2026"
    assert rows["Où"] == "1 place du Marché\nGuichet 2"
    assert rows["Horaires"] == "De 9 h à 17 h"
    assert rows["Téléphone"] == "01 99 00 00 01"
    assert rows["Apportez"].split("\n") == [
        "Acte de décès (3 copies)",
        "Votre pièce d’identité (à montrer)",
        "Peut-être\u00a0: Livret de famille",
    ]


def test_a_paper_that_two_procedures_give_is_asked_for_once() -> None:
    (stop,) = stops(one_trip())
    assert rows_of(stop)["Demandez"] == "Copie de l’acte (10 copies)"


def test_what_is_done_is_said_to_be_done_and_keeps_its_place() -> None:
    plan = one_trip()
    first = plan.errands.trips[0].procedures[0]
    (stop,) = stops(plan, frozenset({first}))
    lines = rows_of(stop)["À faire"].split("\n")
    assert lines[0].endswith("(fait, dites-vous)")
    assert not lines[1].endswith("(fait, dites-vous)")


def test_what_others_wait_for_comes_first_and_the_rest_from_home_last() -> None:
    plan = death()
    names = [item.id for item in plan.procedures if item.status == "applies"]
    moved = one_trip(from_home=(names[2], names[3]), first=(names[2],))
    titles = [stop.entry.title for stop in stops(moved)]
    assert titles == ["D’abord, avant de partir", "Mairie", "Sans vous déplacer"]


@pytest.mark.parametrize(
    ("errands", "lead"),
    [
        (Errands(), "Aucun déplacement n’est certain d’après vos réponses."),
        (Errands(from_home=("fr.deces.banque",)), "Vous n’avez pas à vous déplacer."),
    ],
)
def test_no_trip_is_said_in_words(errands: Errands, lead: str) -> None:
    plan = msgspec.structs.replace(death(), errands=errands)
    assert ErrandWords(WORDS, plan, frozenset(), {}).lead() == lead


# -- the page ------------------------------------------------------------------------------------------------


def test_two_segments_lead_from_the_dates_to_the_trips_and_back(citizen: Citizen) -> None:
    to_errands(citizen)
    assert citizen.title() == "Vos déplacements"
    citizen.touch("Par date")
    assert citizen.title() == "Votre plan, dans l’ordre"
    citizen.touch("Par déplacement")
    citizen.touch("Retour")
    assert citizen.title() == "Votre plan, dans l’ordre"


def test_touching_the_segment_that_is_shown_changes_nothing(citizen: Citizen) -> None:
    to_errands(citizen)
    page = citizen.screen
    citizen.touch("Par déplacement")
    assert citizen.screen is page


def test_back_from_taking_away_is_the_view_that_the_person_left(citizen: Citizen) -> None:
    to_errands(citizen)
    citizen.touch("Emporter mon plan")
    citizen.touch("Retour")
    assert citizen.title() == "Vos déplacements"
    citizen.touch("Par date")
    citizen.touch("Emporter mon plan")
    citizen.touch("Retour")
    assert citizen.title() == "Votre plan, dans l’ordre"


def test_each_trip_can_be_heard_from_its_number_to_its_papers(
    citizen: Citizen, speaker: RecordingSpeaker
) -> None:
    to_errands(citizen)
    assert isinstance(citizen.screen, ErrandsScreen)
    first = citizen.screen.findChildren(StepCard)[0]
    citizen.touch_at(first.listen)
    said = speaker.said[-1].text
    assert said.startswith(f"1. {first.entry.title}.")
    assert "À faire. " in said


def test_what_is_only_to_be_checked_is_said_not_to_be_counted(citizen: Citizen) -> None:
    to_errands(citizen)
    assert "Ce qui est à vérifier n’est pas compté ici." in citizen.reads()


SENSITIVE = ("hébergement", "ordonnance", "violent")


def test_a_trip_for_something_sensitive_shows_and_says_it_only_once_opened(
    visitor: Visitor, speaker: RecordingSpeaker
) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin("Quitter une personne violente")
    flow = citizen.app.flow
    answers: dict[str, AnswerValue] = {"loge": False, "certificat": True}
    while flow.place is Place.ASKING:
        flow.answer(answers.get(flow.question))
    citizen.touch("Voir mon plan")
    citizen.touch("Par déplacement")
    citizen.touch("Tout écouter")
    for words in SENSITIVE:
        assert words not in citizen.reads()
        assert words not in speaker.said[-1].text
    citizen.touch("Voir le détail")
    assert "Demander un hébergement d’urgence" in citizen.reads()
