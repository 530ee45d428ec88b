"""A sensitive life event: its name is where the person needs it, and nowhere that others can read or hear."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import pytest

from accessibility.speech import RecordingSpeaker
from kiosk.messages import messages_for
from kiosk.procedures import AnswerValue, Pack, PartialDate, Plan, PlanItem, make_plan
from tests.ui.citizen import Citizen
from tests.ui.stage import TODAY, Stage, Time, city
from ui import plan_words
from ui.places import Place

TITLE, NEUTRAL = "Quitter une personne violente", "Un autre projet de vie"
ORDER, SHELTER = "Demander une ordonnance de protection", "Demander un hébergement d’urgence"
CANARIES = ("violent", "ordonnance", "hébergement d’urgence", "approcher")
WORDS = messages_for("fr")
Visitor = Callable[[Pack], Citizen]


def to_plan(citizen: Citizen) -> None:
    """With an order that applies and a shelter that may."""
    citizen.touch("Français")
    citizen.begin(TITLE)
    flow = citizen.app.flow
    while flow.place is Place.ASKING:
        flow.answer(True if flow.view().question.id == "certificat" else None)  # type: ignore[union-attr]
    citizen.touch("Voir mon plan")


def test_the_strip_and_the_window_never_name_it(visitor: Visitor) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin(TITLE)
    assert NEUTRAL in citizen.reads()
    flow = citizen.app.flow
    while flow.place is Place.ASKING:
        assert TITLE not in citizen.reads()
        assert TITLE not in citizen.window.windowTitle()
        flow.answer(None)
    assert TITLE not in citizen.reads()


def test_two_sensitive_events_have_the_same_picture(visitor: Visitor) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin(TITLE)
    icon, event, *_ = citizen.window.frame._keys["strip"]
    assert (icon, event) == ("route", NEUTRAL)


def test_the_plan_shows_true_names_only_once_the_person_opens_the_card(visitor: Visitor) -> None:
    citizen = visitor(city())
    to_plan(citizen)
    for words in CANARIES:
        assert words not in citizen.reads()
    citizen.touch("Voir le détail, Démarches personnelles")
    assert ORDER in citizen.reads()
    assert "Le juge interdit à cette personne de vous approcher." in citizen.reads()
    citizen.touch("Fermer le détail, Démarches personnelles")
    assert ORDER not in citizen.reads()
    citizen.touch("Voir le détail, Un rendez-vous à la mairie")
    assert SHELTER in citizen.reads()


def test_it_is_heard_only_from_its_own_open_card(visitor: Visitor, speaker: RecordingSpeaker) -> None:
    citizen = visitor(city())
    to_plan(citizen)
    citizen.touch("Tout écouter")
    citizen.touch("Écouter, Démarches personnelles")
    citizen.touch("Emporter mon plan")
    citizen.touch("Écouter, Mon plan")
    assert len(speaker.said) == 3
    for said in speaker.said:
        assert "Démarches personnelles" in said.text
        assert not any(words in said.text for words in CANARIES)
    citizen.touch("Retour")
    citizen.touch("Voir le détail, Démarches personnelles")
    citizen.touch("Écouter, Démarches personnelles")
    assert ORDER in speaker.said[-1].text


def test_a_sensitive_procedure_that_is_not_for_the_person_is_not_named(visitor: Visitor) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin(TITLE)
    flow = citizen.app.flow
    answers: dict[str, AnswerValue] = {"loge": True, "enfants": 0, "certificat": False, "biens": ()}
    while flow.place is Place.ASKING:
        flow.answer(answers.get(flow.view().question.id))  # type: ignore[union-attr]  # a question is asked
    citizen.touch("Voir mon plan")
    for words in CANARIES:
        assert words not in citizen.reads()


def test_time_out_and_end_show_no_event(visitor: Visitor, clock: Time) -> None:
    citizen = visitor(city())
    to_plan(citizen)
    citizen.touch("Terminer ma session")
    assert NEUTRAL not in citizen.reads()
    citizen.touch("Non, je continue")
    clock.now += 181
    citizen.window._tick.timeout.emit()
    for words in (NEUTRAL, *CANARIES):
        assert words not in citizen.reads()


def test_no_log_line_names_it(visitor: Visitor, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stage.prints = False
    citizen = visitor(city())
    to_plan(citizen)
    citizen.touch("Emporter mon plan")
    citizen.touch("Imprimer")
    citizen.sees("L’imprimante ne répond pas.")
    assert not any(words in caplog.text for words in (*CANARIES, "cite.partir"))


# -- what the plan says of windows and papers --------------------------------------------------------------


def help_item(arrived: date) -> tuple[Plan, PlanItem]:
    answers: dict[str, AnswerValue] = {"loge": True, "arrivee": PartialDate.of(arrived), "enfants": 1}
    plan = make_plan(city(), city().event("foyer"), answers, TODAY, "fr")
    return plan, next(item for item in plan.procedures if item.id == "cite.foyer.aide")


@pytest.mark.parametrize(
    ("arrived", "says", "silent"),
    [
        (date(2026, 11, 2), "Possible à partir du samedi 2 janvier 2027.", "Si vous demandez aujourd’hui"),
        (
            date(2026, 3, 2),
            "Si vous demandez aujourd’hui\u00a0: payé à partir du mardi 1er septembre 2026.",
            "Possible à partir du",
        ),
    ],
)
def test_the_plan_says_from_when_a_thing_can_be_done_and_from_when_it_is_paid(
    arrived: date, says: str, silent: str
) -> None:
    plan, item = help_item(arrived)
    shown = "\n".join(str(words) for _, words in plan_words.entry(WORDS, item, TODAY, done=False).notes)
    for text in (shown, plan_words.said(WORDS, item, TODAY, plan_words.hushed(city(), plan))):
        assert says in text
        assert silent not in text


def test_papers_to_show_are_told_from_copies_that_stay_there() -> None:
    _, item = help_item(TODAY)
    bring = next(row for row in plan_words.entry(WORDS, item, TODAY, done=False).rows if row.icon == "files")
    assert str(bring.value).split("\n") == [
        "Votre pièce d’identité (à montrer)",
        "Votre bail (à laisser\u00a0: 2 copies). Signé par vous deux.",
    ]


def test_what_may_be_due_says_on_which_question_it_depends() -> None:
    plan = make_plan(city(), city().event("foyer"), {"loge": True}, TODAY, "fr")
    maybe = next(item for item in plan.procedures if item.id == "cite.foyer.adresse")
    told = "\n".join(str(line) for line in plan_words.right(WORDS, maybe, TODAY).lines)
    assert "vous concerne peut-être" in told
    assert "code postal" in told


def test_a_reason_without_words_of_the_pack_quotes_the_answers() -> None:
    _, item = help_item(TODAY)
    why = plan_words.entry(WORDS, item, TODAY, done=False).why
    assert why is not None
    assert "car vous avez répondu" in why[1]
    assert "Combien d’enfants vivent avec vous" in why[1]
