"""A life event is found by the words that people use; words of danger find a person."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.citizen import Citizen
from tests.ui.stage import pack
from ui.search import LONGEST, MOST, Found, find_events
from ui.widgets.keyboard import ScreenKeyboard

EVENTS = [(head.id, head.slug) for head in pack().heads]


def find(query: str, lang: str = "fr") -> Found:
    return find_events(query, pack(), lang, EVENTS)


@pytest.mark.parametrize(
    ("query", "lang", "first"),
    [
        ("bébé", "fr", "fr.naissance"),
        ("BEBE", "fr", "fr.naissance"),
        ("ma femme est enceinte", "fr", "fr.naissance"),
        ("mon père est mort", "fr", "fr.deces"),
        ("j’ai perdu mon travail", "fr", "fr.emploi"),
        ("chomag", "fr", "fr.emploi"),
        ("demenagment", "fr", "fr.demenagement"),
        ("new flat", "en", "fr.demenagement"),
        ("my father died", "en", "fr.deces"),
        ("wir ziehen um", "de", "fr.demenagement"),
        ("meine Mutter ist tot", "de", "fr.deces"),
        ("Kuendigung vom Chef", "de", "fr.emploi"),
        ("mijn vrouw is bevallen", "nl", "fr.naissance"),
        ("ik ben ontslagen", "nl", "fr.emploi"),
        ("huur opzeggen", "nl", "fr.demenagement"),
        ("حامل", "ar", "fr.naissance"),
        ("حمل", "ar", "fr.naissance"),
        ("bébé", "ar", "fr.naissance"),
        ("chômage", "uk", "fr.emploi"),
    ],
)
def test_everyday_words_find_the_event(query: str, lang: str, first: str) -> None:
    assert find(query, lang).events[:1] == (first,)


@pytest.mark.parametrize("query", ["", "  ", "x", "je me sépare", "violon", "acheter une voiture", "de la"])
def test_what_this_kiosk_has_no_plan_for_finds_nothing(query: str) -> None:
    assert find(query) == Found(())


@pytest.mark.parametrize(
    "query",
    [
        "il me frappe",
        "Je veux mourir",
        "suicide",
        "j'ai peur de mon mari",
        "violences conjugales",
        "he hits me",
        "ich will sterben",
        "Mein Mann verprügelt mich",
        "hij slaat me",
        "ik wil uit het leven stappen",
        "العنف",
        "домашнє насильство",
        "ma femme enceinte est battue",
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en", "ar", "uk"])
def test_words_of_danger_find_a_person_in_every_language(query: str, lang: str) -> None:
    assert find(query, lang) == Found((), danger=True)


@given(st.text(max_size=200))
def test_whatever_is_typed_finds_at_most_four_and_each_once(query: str) -> None:
    found = find(query)
    assert len(found.events) <= MOST
    assert len(set(found.events)) == len(found.events)
    assert not (found.danger and found.events)


@given(
    st.sampled_from(["bébé", "chômage", "décès", "logement"]), st.text(string.punctuation + " ", max_size=5)
)
def test_punctuation_changes_nothing(word: str, around: str) -> None:
    assert find(around + word + around) == find(word)


def test_only_the_beginning_of_a_very_long_text_is_looked_at() -> None:
    assert find("x" * LONGEST + " bébé") == Found(())


@pytest.fixture
def seeker(citizen: Citizen) -> Citizen:
    citizen.touch("Français")
    citizen.touch("Chercher avec vos mots")
    return citizen


def types(citizen: Citizen, words: str) -> None:
    """Key by key on the keyboard of the screen."""
    for letter in words:
        citizen.touch(
            letter if any(b.accessibleName() == letter for b in citizen.buttons()) else letter.upper()
        )


def test_results_come_while_one_types_and_one_touch_opens_the_event(seeker: Citizen) -> None:
    types(seeker, "cho")
    assert "Mon travail" in seeker.reads()
    assert "Un enfant naît" not in seeker.reads()
    seeker.touch("Mon travail")
    assert seeker.app.flow.visit is not None
    assert seeker.app.flow.visit.event == "fr.emploi"


def test_nothing_found_is_said_and_a_person_offered(seeker: Citizen) -> None:
    types(seeker, "zzz")
    assert "n’a pas de plan pour cela" in seeker.reads()
    assert "Autre chose, ou je ne sais pas" in seeker.reads()


def test_danger_shows_no_event_but_a_person_and_the_town_s_numbers(seeker: Citizen) -> None:
    config = replace(
        seeker.app.config, help=replace(seeker.app.config.help, urgent={"": "Numéro d’essai 01 99 00 00 01"})
    )
    seeker.app.flow.config = config
    seeker.touch("Retour")
    seeker.touch("Chercher avec vos mots")
    types(seeker, "suicide")
    seen = seeker.reads()
    assert "Voulez-vous parler à une personne, en privé" in seen
    assert "Numéro d’essai 01 99 00 00 01" in seen
    assert "naît" not in seen
    seeker.touch("Oui, demander de l’aide")
    assert seeker.title() == "Demander de l’aide"


def test_what_was_typed_is_gone_with_the_visit(seeker: Citizen) -> None:
    types(seeker, "cho")
    seeker.app.flow.end()
    seeker.touch("Français")
    seeker.touch("Chercher avec vos mots")
    assert "Mon travail" not in seeker.reads()


def test_back_comes_to_the_list_of_events(seeker: Citizen) -> None:
    seeker.touch("Retour")
    assert "Que se passe-t-il" in seeker.title()


def test_on_a_low_wide_display_the_keyboard_stands_beside_the_field(citizen: Citizen) -> None:
    citizen.window.resize(1366, 768)
    citizen.window.act("language", "fr")
    citizen.window.act("search", None)
    citizen.app.qt.processEvents()
    keyboard = citizen.screen.findChildren(ScreenKeyboard)[0]
    assert keyboard.isVisible()
    assert citizen.screen.column.indexOf(keyboard) == 0
