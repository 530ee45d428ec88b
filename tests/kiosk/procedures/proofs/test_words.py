"""What the tables of words find, and what they leave alone."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.procedures.proofs import words
from kiosk.resources import asset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dans les 5 jours.", {"5"}),
        ("1\u00a0098,57 € par an", {"1098.57"}),
        ("de 15 jours à 3 mois", {"15", "3"}),
        ("خلال ٥ أيام", {"5"}),
        ("2.50 and 2,5", {"2.5"}),
        ("sans chiffre", set()),
    ],
)
def test_numbers_in_digits(text: str, expected: set[str]) -> None:
    assert words.numbers(text) == {Decimal(number) for number in expected}


def test_a_dot_between_thousands_is_part_of_a_dutch_or_german_number() -> None:
    for lang in ("nl", "de"):
        assert words.numbers("€ 25.001,60 of 3.000", lang) == {Decimal("25001.6"), Decimal(3000)}
    assert words.numbers("2.500 kg", "en") == {Decimal("2.5")}


@pytest.mark.parametrize(
    ("text", "lang", "number", "meant"),
    [
        ("deux mois", "fr", 2, True),
        ("both parents", "en", 2, True),
        ("خلال شهرين", "ar", 2, True),
        ("خلال شهرين", "ar", 8, False),
        ("في الأسبوع الرابع عشر", "ar", 14, True),
        ("خلال خمسة عشر يومًا", "ar", 15, True),
        ("في حالتين، وبعد سنتين", "ar", 2, True),
        ("من هذا البيت", "ar", 2, False),
        ("وللطفل الأوّل", "ar", 1, True),
        ("بستة أشهر", "ar", 6, True),
        ("في المستشفى، ستكون الاستمارة جاهزة", "ar", 6, False),
        ("عشرون يومًا", "ar", 10, False),
        ("beide ouders", "nl", 2, True),
        ("het achtste kind", "nl", 9, False),
        ("zwei Monate", "de", 2, True),
        ("die beiden Eltern", "de", 2, True),
        ("das achte Kind", "de", 9, False),
        ("due mesi", "it", 2, True),
        ("due mesi", "it", 14, False),
    ],
)
def test_numbers_in_words(text: str, lang: str, number: int, meant: bool) -> None:
    assert (Decimal(number) in words.spelled_numbers(text, lang)) is meant


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("avant le 1er juillet", "fr", {(1, 7)}),
        ("before 1 July", "en", {(1, 7)}),
        ("before July 1", "en", {(1, 7)}),
        ("You may come on 3 May.", "en", {(3, 5)}),
        ("You may come.", "en", set()),
        ("قبل 1 يوليو", "ar", {(1, 7)}),
        ("قبل 1 جويلية أو ١٥ كانون الثاني", "ar", {(1, 7), (15, 1)}),
        ("من يناير إلى مايو 2026", "ar", set()),
        ("vóór 1 juli, of 15 mei", "nl", {(1, 7), (15, 5)}),
        ("vor dem 1. Juli oder am 15. März", "de", {(1, 7), (15, 3)}),
        ("entro il 1 luglio", "it", None),
    ],
)
def test_dates_in_words(text: str, lang: str, expected: set[tuple[int, int]] | None) -> None:
    assert words.dates(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Ne vous concerne pas.", "fr", True),
        ("L’enfant n’est pas né.", "fr", True),
        ("Sans attendre.", "fr", True),
        ("Rien de tout cela", "fr", True),
        ("Jamais, ou autrement", "fr", True),
        ("Personne ne peut vous obliger.", "fr", True),
        ("Une personne peut vous aider.", "fr", False),
        ("L’enfant est né.", "fr", False),
        ("It does not concern you.", "en", True),
        ("You can’t.", "en", True),
        ("It concerns you.", "en", False),
        ("هذا لا يخصكم.", "ar", True),
        ("ولم يولد الطفل بعد.", "ar", True),
        ("لَيْسَ لديكم عقد.", "ar", True),
        ("بدون انتظار.", "ar", True),
        ("الولادة في السلامة: ما اسم الأم؟", "ar", False),
        ("لا بدّ من ورقة، وأنتم لا تزالون هنا.", "ar", False),
        ("Geldt niet voor u.", "nl", True),
        ("Zonder te wachten.", "nl", True),
        ("Geldt voor iedereen in uw onderneming.", "nl", False),
        ("Betrifft Sie nicht.", "de", True),
        ("Ohne Heirat.", "de", True),
        ("Niemand kann Sie zwingen.", "de", True),
        ("Eine Person kann Ihnen helfen.", "de", False),
        ("Niente.", "it", None),
    ],
)
def test_negations(text: str, lang: str, expected: bool | None) -> None:
    assert words.denies(text, lang) is expected


def test_a_text_that_only_says_without_may_be_translated_without_a_no() -> None:
    assert words.denies("هذا لا يخصكم.", "ar", strongly=True)
    assert not words.denies("بدون انتظار.", "ar", strongly=True)


@pytest.mark.parametrize(
    ("text", "lang", "claimed"),
    [
        ("Votre dossier est envoyé.", "fr", True),
        ("La déclaration a été transmise.", "fr", True),
        ("La déclaration est à envoyer.", "fr", False),
        ("Your file has been sent.", "en", True),
        ("Send your file.", "en", False),
        ("Uw dossier is al verstuurd.", "nl", True),
        ("Verstuur uw dossier.", "nl", False),
        ("Ihre Unterlagen sind schon gesendet.", "de", True),
        ("Senden Sie Ihre Unterlagen.", "de", False),
    ],
)
def test_claims_that_an_act_is_done(text: str, lang: str, claimed: bool) -> None:
    assert bool(words.claim_of_done(text, lang)) is claimed


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Des pièces justificatives, svp", "fr", {"pièces justificatives": "papiers"}),
        ("Les démarches dématérialisées", "fr", {"dématérialisées": "en ligne"}),
        ("Pour les usagers", "fr", {"usagers": "personnes"}),
        ("À DÉFAUT DE QUOI, rien.", "fr", {"à défaut de quoi": "sinon"}),
        ("L’acte de notoriété, le cerfa, le quotient familial, le préavis.", "fr", {}),
        ("Un tiersier", "fr", {}),
        ("You shall commence forthwith.", "en", {"shall": "must", "commence": "start", "forthwith": "now"}),
        ("Veuillez", "ar", {}),
    ],
)
def test_hard_words_come_with_a_plainer_one(text: str, lang: str, expected: dict[str, str]) -> None:
    assert words.hard_words(text, lang) == expected


@pytest.mark.parametrize(("lang", "least"), [("fr", 250), ("en", 60), ("nl", 60), ("de", 60)])
def test_the_lists_of_hard_words_are_long_and_offer_no_hard_word(lang: str, least: int) -> None:
    themes = tomllib.loads(asset("words", f"{lang}.toml").read_text("utf-8")).values()
    rows = [row for theme in themes for row in theme.items()]
    assert len(rows) >= least
    assert len({word for word, _ in rows}) == len(rows)
    for word, plain in rows:
        assert word == word.lower(), word
        assert "'" not in word + plain, word
        assert words.hard_words(word.removesuffix("*"), lang), word
        assert not words.hard_words(plain, lang), (word, plain)


def test_a_sentence_of_twenty_words_is_short_enough_and_one_of_twenty_one_is_not() -> None:
    twenty = " ".join(["mot"] * 20) + "."
    assert words.long_sentences(f"{twenty} {twenty}") == []
    assert words.long_sentences(f"mot {twenty}") == [f"mot {twenty}"]
    asked = " ".join(["كلمة"] * 20) + "؟"
    assert words.long_sentences(f"{asked} {asked}") == []


@given(st.text(), st.sampled_from(["fr", "en", "ar", "nl", "de", "it"]))
def test_any_text_is_read_without_a_fault(text: str, lang: str) -> None:
    words.numbers(text)
    words.dates(text, lang)
    words.denies(text, lang)
    words.claim_of_done(text, lang)
    words.long_sentences(text)
    words.hard_words(text, lang)
