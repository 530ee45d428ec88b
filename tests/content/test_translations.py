"""The translations of the shipped French pack: whole, marked as not yet read by others, and readable."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kiosk.procedures import explain_outcome, explain_question, parse_answer
from kiosk.resources import asset

TODAY = date(2026, 11, 24)
LANGUAGES = ("en", "ar", "nl", "de", "uk")
BIDI_CONTROLS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])")
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
WRITTEN_AS_IN_FRENCH = re.compile(
    r"[\u0621-\u064a][\u064b-\u0652]?[ \u00a0]?[,;?]|[«][ \u00a0]|[ \u00a0][»:؟؛،]"
)
CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
NOT_UKRAINIAN = re.compile(
    r"[ыэъёЫЭЪЁ]"  # Russian letters
    r"|[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]"  # two alphabets in one word
    r"|['ʼ]"  # the apostrophe is the one of the French texts
    r"|«[ \u00a0]|[ \u00a0][»:;?!]"  # spaced as in French
)
OFFICIAL = (
    *("livret de famille", "acte de naissance", "certificat de radiation", "carte grise", "titre de séjour"),
    *("dépôt de garantie", "mairie", "préfecture", "justificatif de domicile", "France Travail"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_whole_in_every_language(pack, lang):
    assert {event: pack.missing(event, lang) for event in pack.events} == dict.fromkeys(pack.events, ())
    assert set(pack.texts[lang]) == set(pack.texts["fr"])
    assert not [flaw for flaw in pack.flaws if flaw.file == f"locales/{lang}.po"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_that_nobody_has_read_again_says_so(lang):
    header = asset("packs", "fr", "locales", f"{lang}.po").read_text(encoding="utf-8").partition("\n\n")[0]
    assert '"X-Reviewed: no\\n"' in header
    assert f'"Language: {lang}\\n"' in header


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_turns_the_writing_direction_by_hand(pack, lang):
    assert [key for key, text in pack.texts[lang].items() if BIDI_CONTROLS.search(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_that_the_person_must_know_again_at_the_desk_are_kept(pack, lang):
    for key, french in pack.texts["fr"].items():
        if not key.endswith(".search"):
            assert set(ACRONYM.findall(french)) <= set(ACRONYM.findall(pack.text(key, lang))), key


def test_arabic_is_written_in_arabic_letters_with_the_digits_of_the_french_paper(pack):
    for key, text in pack.texts["ar"].items():
        assert ARABIC_LETTER.search(text), (key, text)
        assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", text), (key, text)
        assert not WRITTEN_AS_IN_FRENCH.search(text), (key, text)
        assert text.count("(") == text.count(")"), (key, text)


@pytest.mark.parametrize("term", OFFICIAL)
def test_arabic_shows_official_terms_in_french_beside_their_meaning(pack, term):
    assert any(term in text for text in pack.texts["ar"].values())


def test_arabic_has_easier_words_for_every_question(pack):
    for question in pack.questions:
        text, easy = (pack.text(f"question.{question}.{part}", "ar") for part in ("text", "easy"))
        assert easy != text, question
        assert len(easy.split()) <= len(pack.text(f"question.{question}.easy", "fr").split()) + 2, question


def test_arabic_explanations_from_the_conditions_are_arabic_to_the_end(pack):
    event = pack.event("naissance")
    given = {"enfant_ne": True, "date_naissance": "2026-11-23", "role": None}
    answers = {name: parse_answer(pack.questions[name], value) for name, value in given.items()}
    said = [
        explain_outcome(pack, event, procedure.id, answers, TODAY, "ar").words
        for procedure in event.procedures
    ]
    said += [explain_question(pack, event, name, answers, TODAY, "ar").words for name in event.questions]
    for words in said:
        beside = re.sub(r"\([^)]*\)|[A-Z]{3,}|Pajemploi", "", words)
        assert not re.search(r"[A-Za-zà-ÿ]", beside), words


def test_ukrainian_is_written_in_ukrainian_letters_and_signs(pack):
    names = {"body.dila.name", "body.france-titres.name"}
    for key, text in pack.texts["uk"].items():
        assert CYRILLIC_LETTER.search(text) or key in names, (key, text)
        assert not NOT_UKRAINIAN.search(text), (key, text)
        assert text.count("(") == text.count(")"), (key, text)


@pytest.mark.parametrize("term", OFFICIAL)
def test_ukrainian_shows_official_terms_in_french_beside_their_meaning(pack, term):
    assert any(term in text for text in pack.texts["uk"].values())


def test_ukrainian_has_easier_words_for_every_question(pack):
    for question in pack.questions:
        text, easy = (pack.text(f"question.{question}.{part}", "uk") for part in ("text", "easy"))
        assert easy != text, question
        assert len(easy.split()) <= len(pack.text(f"question.{question}.easy", "fr").split()) + 2, question


def test_ukrainian_keeps_the_figures_of_the_french_text(pack):
    for key, french in pack.texts["fr"].items():
        found = set(re.findall(r"\d+", pack.text(key, "uk").replace("\u00a0", "")))
        assert found == set(re.findall(r"\d+", french.replace("\u00a0", ""))), key


@pytest.mark.parametrize("term", OFFICIAL)
def test_german_shows_official_terms_in_french_beside_their_meaning(pack, term):
    assert any(term in text for text in pack.texts["de"].values())


def test_german_has_other_words_for_the_easy_form_of_every_question(pack):
    for question in pack.questions:
        text, easy = (pack.text(f"question.{question}.{part}", "de") for part in ("text", "easy"))
        assert easy != text, question
        assert len(easy.split()) <= 14, question


def test_german_is_for_everyone_without_a_star_a_colon_or_a_slash_inside_a_word(pack):
    for key, text in pack.texts["de"].items():
        assert not re.search(r"\w[*:/_·]\s?-?(?:in|innen|r|n|e)\b", text), (key, text)
        assert not re.search(r"[«»\u202f]|\d (?:Tag|Woche|Monat|Jahr|Stunde|€|%)", text), (key, text)
