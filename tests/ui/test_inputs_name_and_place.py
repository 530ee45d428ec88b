"""A name, a country, an address: written with the keys of the screen, put right in words, found offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import Address, AnswerValue, Member, Name, Pack
from tests.ui.citizen import Citizen
from tests.ui.stage import writing
from ui.places import Place
from ui.widgets.text import TextLabel

Visitor = Callable[[Pack], Citizen]
METZ = Address(("12 rue de la Paix",), "57000", "Metz", "FR")


ANSWERS: dict[str, AnswerValue] = {
    "nom": Name("Dupré", "Léa"),
    "adresse": METZ,
    "pays": "FR",
    "foyer": (Member((("ecole", True), ("garde", "famille"))),),
    "commune": "Metz",
    "siege": METZ,
}


def at(visitor: Visitor, question: str) -> Citizen:
    """Before this question, the ones before it answered."""
    citizen = visitor(writing())
    citizen.touch("Français")
    citizen.begin("Inscrire vos enfants")
    while citizen.app.flow.question != question:
        citizen.app.flow.answer(ANSWERS[citizen.app.flow.question])
    citizen.app.qt.processEvents()
    return citizen


def in_english(citizen: Citizen) -> None:
    citizen.touch("Langue")
    citizen.touch("English")


def answered(citizen: Citizen, question: str) -> AnswerValue:
    assert citizen.app.flow.visit is not None
    return citizen.app.flow.visit.answers.get(question)


def keys(citizen: Citizen, text: str) -> None:
    """With the physical keyboard, letter by letter: it always works beside the one on the screen."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            citizen.app.qt.sendEvent(citizen.window.focusWidget(), event)
    citizen.app.qt.processEvents()


def touch_field(citizen: Citizen, field: object) -> None:
    citizen.touch_at(field.edit)


# -- names ---------------------------------------------------------------------------------------------------


def test_a_name_is_written_with_the_keys_of_the_screen(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    for key in ("D", "u", "p", "r", "é"):
        if key == "é":
            citizen.touch("É È À Ç")
        citizen.touch(key)
    touch_field(citizen, citizen.screen.parts["given"].field)
    for key in ("L", "é", "a"):
        citizen.touch(key)
    citizen.touch("Continuer")
    assert answered(citizen, "nom") == Name("Dupré", "Léa")


def test_what_is_missing_is_told_under_its_field_and_read_aloud(
    visitor: Visitor, speaker: RecordingSpeaker
) -> None:
    citizen = at(visitor, "nom")
    citizen.touch("Continuer")
    assert "Écrivez le nom de famille." in citizen.reads()
    assert "Écrivez le ou les prénoms." in citizen.reads()
    assert citizen.window.focusWidget() is citizen.screen.parts["family"].field.edit
    citizen.touch("Écouter, Comment vous appelez-vous\u00a0?")
    assert "Écrivez le nom de famille." in speaker.said[-1].text
    touch_field(citizen, citizen.screen.parts["family"].field)
    keys(citizen, "Nguyen")
    assert "Écrivez le nom de famille." not in citizen.reads()
    assert answered(citizen, "nom") is None


def test_in_large_letters_what_is_missing_comes_into_sight_with_its_field(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    flow = citizen.app.flow
    flow.set_comfort(replace(flow.comfort, scale=2.0))
    citizen.touch("Continuer")
    wrong = next(
        label
        for label in citizen.screen.findChildren(TextLabel)
        if label.text() == "Écrivez le nom de famille."
    )
    view = citizen.screen.paged.view
    where = QRect(wrong.mapTo(view, QPoint(0, 0)), wrong.size())
    assert view.rect().contains(where)


def test_a_long_name_is_seen_whole(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    touch_field(citizen, citizen.screen.parts["family"].field)
    before = citizen.window.focusWidget().font().pixelSize()
    keys(citizen, "Rakotomalala-Ramanantsoa-Razafindra")
    edit = citizen.screen.parts["family"].field.edit
    assert edit.font().pixelSize() < before
    assert edit.fontMetrics().horizontalAdvance(edit.text()) <= edit.width()


def test_a_name_comes_back_to_be_changed_and_is_on_the_check_page_but_not_aloud(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    citizen.app.flow.answer(Name("Dupré", "Léa"))
    citizen.app.flow.place = Place.CHECK
    citizen.app.flow._changed()
    assert "Léa Dupré" in citizen.reads()
    assert "Léa Dupré" not in citizen.screen.spoken()
    citizen.touch("Modifier, Comment vous appelez-vous")
    assert citizen.screen.parts["family"].field.text() == "Dupré"


def test_a_name_may_be_passed_and_half_of_it_survives_another_language(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    touch_field(citizen, citizen.screen.parts["family"].field)
    keys(citizen, "Haddad")
    in_english(citizen)
    assert citizen.screen.parts["family"].field.text() == "Haddad"
    citizen.touch("I do not know")
    assert answered(citizen, "nom") is None


# -- countries -----------------------------------------------------------------------------------------------


def test_likely_countries_are_one_touch_away(visitor: Visitor) -> None:
    citizen = at(visitor, "pays")
    assert citizen.screen.search.cards.offered() == ("France", "Algérie", "Maroc")
    citizen.touch("Algérie")
    citizen.touch("Continuer")
    assert answered(citizen, "pays") == "DZ"


def test_a_country_is_found_by_its_name_and_written_in_words_on_the_check_page(visitor: Visitor) -> None:
    citizen = at(visitor, "pays")
    touch_field(citizen, citizen.screen.search.field)
    keys(citizen, "belg")
    citizen.touch("Belgique")
    assert citizen.screen.search.field.text() == "Belgique"
    citizen.touch("Continuer")
    citizen.app.flow.place = Place.CHECK
    citizen.app.flow._changed()
    assert "Belgique" in citizen.reads()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "Écrivez quelques lettres"),
        ("Al", "Touchez la bonne réponse"),
        ("Xyz", "Aucun pays ne s’appelle"),
    ],
)
def test_a_country_that_is_not_chosen_is_asked_for(visitor: Visitor, written: str, says: str) -> None:
    citizen = at(visitor, "pays")
    citizen.screen.search.field.edit.setText(written)
    citizen.touch("Continuer")
    assert says in citizen.screen.search.form.refused
    assert answered(citizen, "pays") is None


def test_a_chosen_country_is_kept_in_the_words_of_another_language(visitor: Visitor) -> None:
    citizen = at(visitor, "pays")
    citizen.touch("Algérie")
    in_english(citizen)
    assert citizen.screen.search.field.text() == "Algeria"
    citizen.touch("Continue")
    assert answered(citizen, "pays") == "DZ"


# -- addresses -----------------------------------------------------------------------------------------------


def write_place(citizen: Citizen, text: str) -> None:
    touch_field(citizen, citizen.screen.search.field)
    keys(citizen, text)


def test_an_address_is_a_commune_and_a_street(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    write_place(citizen, "st marcel les")
    assert "26320, Drôme" in " ".join(citizen.screen.search.cards.offered())
    citizen.touch("Saint-Marcel-lès-Valence")
    citizen.touch("Continuer")
    assert "26320 Saint-Marcel-lès-Valence" in citizen.reads()
    keys(citizen, "3 place du Marché")
    citizen.touch("Continuer")
    assert answered(citizen, "adresse") == Address(
        ("3 place du Marché",), "26320", "Saint-Marcel-lès-Valence", "FR"
    )


def test_a_postcode_finds_its_commune_and_a_name_that_is_alone_needs_no_touch(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    write_place(citizen, "57050")
    citizen.touch("Metz")
    citizen.touch("Retour")  # nothing is lost on the way back
    citizen.app.flow.change("adresse")
    citizen.app.qt.processEvents()
    write_place(citizen, "abbeville")
    citizen.touch("Continuer")
    assert "80100 Abbeville" in citizen.reads()


def test_a_commune_of_several_postcodes_asks_for_the_right_one(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    write_place(citizen, "metz")
    citizen.touch("Metz.")
    citizen.touch("Continuer")
    assert "Metz a plusieurs codes postaux. Écrivez le bon." in citizen.reads()
    keys(citizen, "570")
    citizen.touch("Continuer")
    assert "Le code postal a 5 chiffres." in citizen.reads()
    keys(citizen, "00")
    assert "Le code postal a 5 chiffres." not in citizen.reads()
    citizen.touch("Continuer")
    citizen.touch("Continuer")
    assert "Écrivez le numéro et la rue, ou le lieu-dit." in citizen.reads()
    keys(citizen, "12 rue de la Paix")
    citizen.touch("Continuer")
    assert answered(citizen, "adresse") == METZ


def test_a_place_that_is_not_in_the_list_is_written_freely(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    assert "Elle n’est pas dans la liste" not in citizen.reads()
    write_place(citizen, "Trou-la-Ville")
    assert "Aucune commune ne s’appelle ainsi." in citizen.reads()
    citizen.touch("Elle n’est pas dans la liste")
    keys(citizen, "99999")
    touch_field(citizen, citizen.screen.city.field)
    keys(citizen, "Trou-la-Ville")
    citizen.touch("Continuer")
    keys(citizen, "Le Bourg")
    citizen.touch("Continuer")
    assert answered(citizen, "adresse") == Address(("Le Bourg",), "99999", "Trou-la-Ville", "FR")


def test_an_address_abroad_has_its_country_and_perhaps_no_postcode(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    citizen.touch("C’est à l’étranger")
    citizen.touch("Algérie")
    citizen.touch("Continuer")
    assert "Pays\u00a0: Algérie." in citizen.reads()
    touch_field(citizen, citizen.screen.city.field)
    keys(citizen, "Alger")
    citizen.touch("Continuer")
    keys(citizen, "4 rue Didouche")
    touch_field(citizen, citizen.screen.more.field)
    keys(citizen, "Bat B")
    citizen.touch("Continuer")
    assert answered(citizen, "adresse") == Address(("4 rue Didouche", "Bat B"), "", "Alger", "DZ")
    citizen.app.flow.place = Place.CHECK
    citizen.app.flow._changed()
    assert "4 rue Didouche, Bat B, Alger, Algérie" in citizen.reads()


def test_back_goes_one_step_back_in_the_address_and_then_out_of_it(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    citizen.touch("C’est à l’étranger")
    citizen.touch("Algérie")
    citizen.touch("Continuer")
    citizen.touch("Retour")
    assert "Dans quel pays\u00a0?" in citizen.reads()
    citizen.touch("Retour")
    assert "Écrivez le code postal ou le nom de la commune." in citizen.reads()
    citizen.touch("Retour")
    assert citizen.title() != "Où habitez-vous\u00a0?"


def test_an_address_that_was_given_comes_back_to_be_changed(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    citizen.app.flow.answer(METZ)
    citizen.app.flow.change("adresse")
    citizen.app.qt.processEvents()
    assert citizen.screen.search.field.text() == "Metz"
    assert citizen.screen.search.cards.offered() == ("Metz. 57000, Moselle",)
    citizen.touch("Continuer")
    assert "57000 Metz" in citizen.reads()
    assert citizen.screen.street.field.text() == "12 rue de la Paix"
    citizen.touch("Continuer")
    assert answered(citizen, "adresse") == METZ


def test_half_an_address_survives_another_language_and_text_size(visitor: Visitor) -> None:
    citizen = at(visitor, "adresse")
    write_place(citizen, "abbeville")
    citizen.touch("Continuer")
    keys(citizen, "2 rue")
    in_english(citizen)
    assert "80100 Abbeville. Write the number and the street." in citizen.reads()
    assert citizen.screen.street.field.text() == "2 rue"
    citizen.touch("Continue")
    assert answered(citizen, "adresse") == Address(("2 rue",), "80100", "Abbeville", "FR")


def test_a_question_that_must_be_answered_has_no_way_round_it(visitor: Visitor) -> None:
    citizen = at(visitor, "siege")
    assert "Je ne sais pas" not in citizen.reads()
    citizen.touch("Pourquoi")
    assert "Il nous faut cette réponse" in citizen.reads()


def test_why_opens_and_closes_and_each_place_can_be_heard(
    visitor: Visitor, speaker: RecordingSpeaker
) -> None:
    citizen = at(visitor, "adresse")
    citizen.touch("Pourquoi")
    assert "Faire la liste de vos démarches." in citizen.reads().replace("faire", "Faire")
    citizen.touch("Pourquoi")
    assert citizen.screen.why.isHidden()
    write_place(citizen, "saint-marcellin")
    citizen.touch("Écouter, Saint-Marcellin")
    assert speaker.said[-1].text == "Saint-Marcellin. 38160, Isère."


def test_the_keyboard_writes_into_the_field_that_was_touched_last(visitor: Visitor) -> None:
    citizen = at(visitor, "nom")
    citizen.touch("Fermer")
    assert not citizen.screen.keyboard.isVisible()
    touch_field(citizen, citizen.screen.parts["given"].field)
    assert citizen.screen.keyboard.isVisible()
    citizen.touch("A")
    assert citizen.screen.parts["given"].field.text() == "A"
    citizen.key(Qt.Key.Key_Return)
    assert citizen.screen.parts["family"].refused
