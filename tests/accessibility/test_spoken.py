"""What is written against what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.spoken import spell, spoken

FRENCH = [
    ("L’enfant est-il déjà né\u00a0?", "L'enfant est-il déjà né ?"),
    ("Vous avez répondu «\u00a0à Valmerle\u00a0».", "Vous avez répondu à Valmerle."),
    ("avant le 2026-11-30", "avant le 30 novembre 2026"),
    ("né le 01/12/2026", "né le 1er décembre 2026".replace("1er", "premier")),
    ("le 31/11/2026", "le 31 ou 11 ou 2026"),
    ("lundi 30 novembre 2026", "lundi 30 novembre 2026"),
    ("1er décembre", "premier décembre"),
    ("la 1re fois", "la première fois"),
    ("1\u00a0098,57\u00a0€", "1098 euros 57"),
    ("1\u202f098,57\u00a0€", "1098 euros 57"),
    ("12\u00a0€", "12 euros"),
    ("1 €", "1 euro"),
    ("0,57 €", "57 centimes"),
    ("12,5 €", "12 euros 50"),
    ("100 EUR", "100 euros"),
    ("2 000 000 €", "2000000 d'euros"),
    ("10 000 habitants", "10000 habitants"),
    ("14 h 32", "14 heures 32"),
    ("1 h", "1 heure"),
    ("24h", "24 heures"),
    ("9 h 00", "9 heures"),
    ("guichet n° 12", "guichet numéro 12"),
    ("N°12", "numéro 12"),
    ("art. 55", "article 55"),
    ("Mme Martin et M. Durand", "Madame Martin et Monsieur Durand"),
    ("formulaire F961", "formulaire F 961"),
    ("CRPA L113-12", "CRPA L 113 12"),
    ("CSS D531-2", "C S S D 531 2"),
    ("La CAF", "La Caf"),
    ("un PACS", "un Pacs"),
    ("l’ASF", "l'A S F"),
    ("le RSA", "le R S A"),
    ("cerfa 15286*01", "cerfa 15286 étoile 01"),
    ("01 23 45 67 89", "zéro 1, 23, 45, 67, 89"),
    ("50 %", "50 pour cent"),
    ("80 m²", "80 mètres carrés"),
    ("12 km", "12 kilomètres"),
    ("et/ou", "et ou"),
    ("parent/enfant", "parent ou enfant"),
    ("père & mère", "père et mère"),
    ("Naissance → mairie", "Naissance, mairie"),
    ("• un\n• deux", "un. deux"),
    ("Titre\nSuite", "Titre. Suite"),
    ("Titre\u00a0:\nSuite", "Titre : Suite"),
    ("papiers — copies", "papiers, copies"),
    ("né(e)", "né"),
    ("7K3F-9QWE-ABCD-2", "7, K, 3, F. 9, Q, W, E. A, B, C, D. 2"),
    ("https://www.service-public.fr", "service-public.fr"),
    ("por\u00adtail", "portail"),
    ("\u202eabc\u202c", "abc"),
    ("", ""),
    ("   ", ""),
]
ENGLISH = [
    ("before 2026-11-30", "before 30 November 2026"),
    ("born 01/12/2026", "born 1 December 2026"),
    ("€1,098.57", "1098 euros 57"),
    ("€1", "1 euro"),
    ("€0.50", "50 cents"),
    ("12 €", "12 euros"),
    ("10,000 people", "10000 people"),
    ("no. 12", "number 12"),
    ("No, thank you", "No, thank you"),
    ("form F961", "form F 961"),
    ("the CAF", "the Caf"),
    ("e.g. a letter", "for example a letter"),
    ("50%", "50 percent"),
    ("and/or", "and or"),
    ("parent/child", "parent or child"),
    ("“Yes”", "Yes"),
    ("01 23 45 67 89", "0 1, 2 3, 4 5, 6 7, 8 9"),
    ("7K3F-9QWE-ABCD-2", "7, K, 3, F. 9, Q, W, E. A, B, C, D. 2"),
]


@pytest.mark.parametrize(("written", "said"), FRENCH)
def test_french_is_said_as_a_person_would(written: str, said: str) -> None:
    assert spoken(written, "fr") == said


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english_is_said_as_a_person_would(written: str, said: str) -> None:
    assert spoken(written, "en") == said


def test_another_language_keeps_its_words() -> None:
    assert spoken("مرحبا\u00a0« PACS »", "ar") == "مرحبا PACS"


def test_a_code_is_spelled_sign_by_sign() -> None:
    assert spell("AB-1") == "A, B. 1"


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "ar"]))
def test_any_text_becomes_one_line_without_control_characters(text: str, lang: str) -> None:
    said = spoken(text, lang)
    assert "\n" not in said
    assert not any(ord(sign) < 32 for sign in said)


def test_a_hundred_thousand_characters_take_no_noticeable_time() -> None:
    import time

    start = time.perf_counter()
    spoken("Un plan de 12 €, avant 14 h 30 — n° 4 ! " * 2500, "fr")
    spoken("9" * 100_000, "fr")
    spoken("A-" * 50_000, "fr")
    spoken("1 234 " * 16_000, "fr")
    assert time.perf_counter() - start < 3
