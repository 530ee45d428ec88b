"""At the real window: a newer version under a draft, and a second life event in the same visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import AnswerValue, Pack, PartialDate
from kiosk.visit import Resumed, Visit, begin_event, dump_draft, load_draft, with_answer
from tests.kiosk.procedures.edited import edited_pack
from tests.ui.citizen import Citizen
from tests.ui.stage import CITY, TODAY, city
from ui.places import Place

GIVEN: dict[str, AnswerValue] = {
    "loge": True,
    "arrivee": PartialDate(2026, 3, 2),
    "enfants": 15,
    "loyer": Decimal(432),
}


def draft() -> bytes:
    visit = begin_event(Visit("fr", TODAY, "CODE"), "cite.foyer")
    for question, value in GIVEN.items():
        visit = with_answer(visit, question, value)
    return dump_draft(visit, city())


def taken_up(visitor: Callable[[Pack], Citizen], new: Pack, *, old: bool = True) -> Citizen:
    citizen = visitor(new)
    earlier = {city().hash: city()} if old else {}
    citizen.window.offer_resume(load_draft(draft(), new, earlier.get))
    assert citizen.title() == "La borne s’est arrêtée un instant."
    citizen.touch("Continuer")
    return citizen


KEPT = {
    "other words": ("Avez-vous un logement\u00a0?", "Êtes-vous logé\u00a0?"),
    "wider bounds": ("max: 20\n", "max: 30\n"),
    "another order": ("questions: [loge, arrivee, enfants,", "questions: [arrivee, loge, enfants,"),
}


@pytest.mark.parametrize("edit", KEPT.values(), ids=KEPT)
def test_nothing_is_said_where_no_answer_is_lost(
    visitor: Callable[[Pack], Citizen], tmp_path: Path, edit: tuple[str, str]
) -> None:
    citizen = taken_up(visitor, edited_pack(CITY, tmp_path / "cite", edit))
    assert citizen.app.flow.place is Place.ASKING
    assert "mises à jour" not in citizen.reads()
    assert citizen.app.flow.visit is not None
    assert dict(citizen.app.flow.visit.answers) == GIVEN


@pytest.mark.parametrize("old", [True, False], ids=["the old version is here", "the old version is gone"])
def test_an_answer_that_no_longer_fits_is_asked_again_and_the_person_is_told(
    visitor: Callable[[Pack], Citizen], speaker: RecordingSpeaker, tmp_path: Path, old: bool
) -> None:
    narrower = edited_pack(CITY, tmp_path / "cite", ("max: 20\n", "max: 9\n"))
    citizen = taken_up(visitor, narrower, old=old)
    assert citizen.title() == "Les informations ont été mises à jour."
    assert "Nous vous posons de nouveau 1 question." in citizen.reads()
    changed = "La question «\u00a0Combien d’enfants vivent avec vous\u00a0?\u00a0» a changé."
    assert changed in citizen.reads()
    citizen.touch("Écouter, Les informations ont été mises à jour.")
    assert changed in speaker.said[-1].text
    assert "1 question" in speaker.said[-1].text
    citizen.touch("Continuer")
    assert citizen.title() == "Combien d’enfants vivent avec vous\u00a0?"
    citizen.touch("Deux enfants")
    citizen.touch("Continuer")
    assert citizen.app.flow.visit is not None
    assert citizen.app.flow.visit.answers == {**GIVEN, "enfants": 2}


@pytest.mark.parametrize(
    ("old", "sentence"),
    [
        (
            True,
            "Nous n’avons plus besoin de votre réponse à «\u00a0Quel est votre loyer par mois\u00a0?\u00a0».",
        ),
        (False, "Nous n’avons plus besoin d’une de vos réponses."),
    ],
)
def test_an_answer_that_is_no_longer_needed_is_explained(
    visitor: Callable[[Pack], Citizen], tmp_path: Path, old: bool, sentence: str
) -> None:
    without = edited_pack(CITY, tmp_path / "cite", ("number: 4\n  type: money", "number: 44\n  type: money"))
    citizen = taken_up(visitor, without, old=old)
    assert sentence in citizen.reads()
    assert "Nous ne vous posons aucune question de plus." in citizen.reads()


def test_the_notice_speaks_the_language_that_the_person_changes_to(
    visitor: Callable[[Pack], Citizen], tmp_path: Path
) -> None:
    citizen = taken_up(visitor, edited_pack(CITY, tmp_path / "cite", ("max: 20\n", "max: 9\n")))
    citizen.touch("Langue\u00a0: Français")
    citizen.touch("English")
    assert citizen.title() == "The information has been updated."
    assert "We ask you 1 question again." in citizen.reads()


def test_escape_on_the_notice_only_goes_on(visitor: Callable[[Pack], Citizen], tmp_path: Path) -> None:
    citizen = taken_up(visitor, edited_pack(CITY, tmp_path / "cite", ("max: 20\n", "max: 9\n")))
    citizen.key(Qt.Key.Key_Escape)
    assert citizen.title() == "Combien d’enfants vivent avec vous\u00a0?"


# -- a second life event -----------------------------------------------------------------------------------


def through_the_first_event(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Vous changez de logement")
    flow = citizen.app.flow
    answers = {**GIVEN, "postal": None, "aides": ("rsa",)}
    while flow.place is Place.ASKING:
        flow.answer(answers[flow.view().question.id])  # type: ignore[union-attr]  # a question is asked
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")


def test_another_situation_begins_with_what_was_already_told(
    visitor: Callable[[Pack], Citizen], speaker: RecordingSpeaker
) -> None:
    citizen = visitor(city())
    through_the_first_event(citizen)
    assert "Emportez d’abord ce plan." in citizen.reads()
    citizen.touch("Une autre situation")
    assert "Nous ne posons pas deux fois la même question." in citizen.reads()
    citizen.begin("Quitter une personne violente")
    assert citizen.title() == "Vous nous l’avez déjà dit"
    for words in ("Avez-vous un logement\u00a0?", "Combien d’enfants vivent avec vous\u00a0?", "15"):
        assert words in citizen.reads()
    assert "Quel jour êtes-vous arrivé\u00a0?" not in citizen.reads()  # of no use to this event
    citizen.touch("Écouter, Vous nous l’avez déjà dit")
    said = speaker.said[-1].text
    assert "Avez-vous un logement\u00a0? Oui." in said
    assert "432" not in said  # a private answer is shown, and not read aloud
    citizen.touch("Continuer")
    assert citizen.title() == "Un médecin a-t-il fait un certificat\u00a0?"
    assert citizen.window.frame.bar("strip").thread_progress.accessibleName().startswith("Étape 1")


def test_what_was_told_can_be_changed_there_and_the_list_comes_back(
    visitor: Callable[[Pack], Citizen],
) -> None:
    citizen = visitor(city())
    through_the_first_event(citizen)
    citizen.touch("Une autre situation")
    citizen.begin("Quitter une personne violente")
    citizen.touch("Modifier, Avez-vous un logement\u00a0?")
    citizen.touch("Non")
    citizen.touch("Continuer")
    assert citizen.title() == "Vous nous l’avez déjà dit"
    assert citizen.app.flow.visit is not None
    assert citizen.app.flow.visit.answers["loge"] is False
    citizen.touch("Continuer")
    citizen.touch("Retour")
    assert citizen.title() == "Vous nous l’avez déjà dit"


def test_who_looks_at_other_situations_and_comes_back_still_has_the_plan(
    visitor: Callable[[Pack], Citizen],
) -> None:
    citizen = visitor(city())
    through_the_first_event(citizen)
    citizen.touch("Imprimer")
    citizen.sees("Imprimé. Prenez vos feuilles.")
    assert "Emportez d’abord ce plan." not in citizen.reads()
    citizen.touch("Une autre situation")
    citizen.touch("Retour")
    assert "Imprimé. Prenez vos feuilles." in citizen.reads()


def test_the_plan_of_the_second_event_is_printed_anew(visitor: Callable[[Pack], Citizen]) -> None:
    citizen = visitor(city())
    through_the_first_event(citizen)
    citizen.touch("Imprimer")
    citizen.sees("Imprimé. Prenez vos feuilles.")
    citizen.touch("Une autre situation")
    citizen.begin("Quitter une personne violente")
    citizen.touch("Continuer")
    while citizen.app.flow.place is Place.ASKING:
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")
    assert "Imprimé. Prenez vos feuilles." not in citizen.reads()


def test_nobody_loses_answers_by_going_back_from_the_list_of_situations(
    visitor: Callable[[Pack], Citizen],
) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin("Vous changez de logement")
    citizen.touch("Oui")
    citizen.touch("Continuer")
    for _ in range(4):
        citizen.touch("Retour")
    assert citizen.title() == "Tout effacer et terminer\u00a0?"
    citizen.touch("Non, je continue")
    assert citizen.app.flow.visit is not None
    assert citizen.app.flow.visit.answers == {"loge": True}


def test_where_everything_was_told_the_answers_are_shown_once_and_the_plan_follows(
    visitor: Callable[[Pack], Citizen],
) -> None:
    citizen = visitor(city())
    visit = begin_event(Visit("fr", date(2026, 11, 24), "CODE"), "cite.foyer")
    for name, value in {"loge": False, "enfants": 1, "certificat": False, "loyer": None}.items():
        visit = with_answer(visit, name, value)
    citizen.window.offer_resume(Resumed(visit))
    citizen.touch("Continuer")
    citizen.app.flow.choose_event("cite.partir")
    citizen.app.flow.for_whom(other=False)
    assert citizen.title() == "Tout est juste\u00a0?"
    assert "Vous nous l’avez déjà dit." in citizen.reads()
