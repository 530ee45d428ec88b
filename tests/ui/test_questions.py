"""Questions at the real window: touched instead of typed, refused in the pack's words, explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import AnswerValue, Pack, PartialDate
from tests.kiosk.procedures.edited import edited_pack
from tests.ui.citizen import Citizen
from tests.ui.stage import CITY, city
from ui.places import Place
from ui.widgets.status import StatusCard

ORDER: dict[str, AnswerValue] = {
    "loge": True,
    "arrivee": PartialDate(2026, 3, 2),
    "enfants": 0,
    "loyer": Decimal(100),
    "postal": "57000",
}
Visitor = Callable[[Pack], Citizen]


def at(citizen: Citizen, question: str) -> None:
    """Before this question of the first event."""
    citizen.touch("Français")
    citizen.begin("Vous changez de logement")
    for name, value in ORDER.items():
        if name == question:
            return
        citizen.app.flow.answer(value)


def answered(citizen: Citizen, question: str) -> AnswerValue:
    assert citizen.app.flow.visit is not None
    return citizen.app.flow.visit.answers[question]


TOUCHED = [
    ("enfants", "Deux enfants", 2),
    ("loyer", "Environ 400\u00a0€", Decimal(400)),
    ("postal", "Nancy", "54000"),
]


@pytest.mark.parametrize(("question", "card", "value"), TOUCHED)
def test_an_answer_can_be_touched_instead_of_typed(
    visitor: Visitor, question: str, card: str, value: AnswerValue
) -> None:
    citizen = visitor(city())
    at(citizen, question)
    assert "Effacer" not in citizen.reads()  # neither pad nor keyboard stands in the way
    citizen.touch(card)
    citizen.touch("Continuer")
    assert answered(citizen, question) == value
    citizen.touch("Retour")
    assert [shown.choice.text for shown in citizen.screen.about.cards if shown.mark.isChecked()] == [card]


def test_the_answers_to_touch_can_be_heard(visitor: Visitor, speaker: RecordingSpeaker) -> None:
    citizen = visitor(city())
    at(citizen, "loyer")
    citizen.touch("Écouter, Environ 600\u00a0€")
    assert speaker.said[-1].text == "Environ 600\u00a0€."
    citizen.touch("Écouter, Quel est votre loyer par mois\u00a0?")
    assert "Environ 900\u00a0€." in speaker.said[-1].text


SUMS = [
    (("6", "1", "2", "Virgule", "5"), Decimal("612.5")),
    (("6", "1", "2", "Virgule"), Decimal(612)),
    (("0", "Virgule", "0", "5", "9"), Decimal("0.05")),
]


@pytest.mark.parametrize(("keys", "value"), SUMS)
def test_an_exact_sum_is_typed_as_people_write_it(
    visitor: Visitor, keys: tuple[str, ...], value: Decimal
) -> None:
    citizen = visitor(city())
    at(citizen, "loyer")
    citizen.touch("Une autre somme")
    for key in keys:
        citizen.touch(key)
    citizen.touch("Continuer")
    assert answered(citizen, "loyer") == value
    citizen.touch("Retour")
    assert citizen.screen.field.box.text().replace(",", ".").rstrip("0") == f"{value}".rstrip("0")


def test_each_refusal_has_the_sentence_of_the_pack(visitor: Visitor) -> None:
    citizen = visitor(city())
    at(citizen, "arrivee")
    citizen.type_date(25, 11, 2026)
    assert "Ce jour n’est pas encore passé. Écrivez le jour de votre arrivée." in citizen.reads()
    citizen.touch("Continuer")
    assert citizen.title() == "Quel jour êtes-vous arrivé\u00a0?"
    citizen.app.flow.answer(PartialDate(2026, 3, 2))
    citizen.touch("Un autre nombre")
    citizen.touch("9")
    citizen.touch("9")
    citizen.touch("Continuer")
    assert "Ici, nous comptons 20 enfants au plus." in citizen.reads()
    citizen.app.flow.answer(0)
    citizen.touch("Une autre somme")
    for key in "9999":
        citizen.touch(key)
    citizen.touch("Continuer")
    assert "Le loyer d’un mois ne dépasse pas 5\u00a0000\u00a0€. Vérifiez la somme." in citizen.reads()
    citizen.app.flow.answer(Decimal(100))
    citizen.touch("Une autre réponse")
    citizen.screen.field.edit.setText("570")
    citizen.touch("Continuer")
    assert "Un code postal a 5 chiffres." in citizen.reads()
    assert "Un code postal a 5 chiffres." in citizen.screen.spoken()
    citizen.touch("Metz")
    assert "Un code postal a 5 chiffres." not in citizen.reads()


def test_a_choice_that_a_rule_refuses_is_told_in_the_words_of_the_pack(
    visitor: Visitor, tmp_path: Path
) -> None:
    sentence = "Sans logement, choisissez une autre situation."
    rule = f'icon: home, valid: [{{say: "{sentence}", rule: "loge"}}]}}'
    citizen = visitor(edited_pack(CITY, tmp_path / "cite", ("icon: home}\narrivee", f"{rule}\narrivee")))
    at(citizen, "loge")
    citizen.touch("Non")
    citizen.touch("Continuer")
    assert sentence in citizen.reads()
    assert citizen.title() == "Avez-vous un logement\u00a0?"


def test_nothing_of_this_is_an_answer_and_excludes_the_others(visitor: Visitor) -> None:
    citizen = visitor(city())
    at(citizen, "aides")
    citizen.touch("Le RSA")
    citizen.touch("L’aide au logement")
    citizen.touch("Rien de cela")
    assert citizen.screen.value() == ()
    citizen.touch("Le RSA")
    assert citizen.screen.value() == ("rsa",)
    citizen.touch("Rien de cela")
    citizen.touch("Continuer")
    assert answered(citizen, "aides") == ()
    assert citizen.app.flow.place is Place.CHECK
    assert "Rien de cela" in citizen.reads()
    assert "100\u00a0€" in citizen.reads()


def test_a_pack_that_words_nothing_of_this_itself_gets_no_second_one(visitor: Visitor) -> None:
    citizen = visitor(city())
    citizen.touch("Français")
    citizen.begin("Quitter une personne violente")
    for value in (True, 0, Decimal(900)):
        citizen.app.flow.answer(value)
    assert citizen.title() == "Qu’avez-vous à vous\u00a0?"
    assert "Rien de cela" not in citizen.reads()
    citizen.touch("Une voiture")
    citizen.touch("Rien de tout cela")
    assert citizen.screen.value() == ("aucun",)


def test_why_a_question_is_asked_is_made_from_the_conditions_where_the_pack_is_silent(
    visitor: Visitor, speaker: RecordingSpeaker
) -> None:
    citizen = visitor(city())
    at(citizen, "loge")
    citizen.touch("Pourquoi cette question")
    purpose = "Nous le demandons pour savoir si ceci vous concerne\u00a0: Demander l’aide au logement."
    assert purpose in citizen.reads()
    citizen.touch("Écouter, Avez-vous un logement\u00a0?")
    assert purpose in speaker.said[-1].text
    citizen.app.flow.answer(True)
    citizen.touch("Pourquoi cette question")
    assert "Les délais partent de ce jour." in citizen.reads()
    citizen.touch("Retour")  # the answer to it is known: the reason is the same
    citizen.touch("Pourquoi cette question")
    assert purpose in citizen.reads()


PACK_SAYS = ("la liste de vos démarches", "mission du service public", "fin de votre visite", "seul voyez")
QUESTION_SAYS = ("trouver le bon guichet", "votre accord", "un jour", "le guichet de votre commune")


@pytest.mark.parametrize(("question", "says"), [("loge", PACK_SAYS), ("postal", QUESTION_SAYS)])
def test_the_person_is_told_what_becomes_of_the_answer(
    visitor: Visitor, question: str, says: tuple[str, ...]
) -> None:
    citizen = visitor(city())
    at(citizen, question)
    citizen.touch("Pourquoi cette question")
    for words in says:
        assert words in citizen.reads()


def test_in_the_largest_text_what_is_missing_is_seen_whole(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    citizen.window.act("set_comfort", replace(citizen.app.flow.comfort, scale=3.0))
    citizen.touch("Continuer")
    said = citizen.screen.findChild(StatusCard)
    citizen.waits_for(lambda: said.visibleRegion().boundingRect() == said.rect())
