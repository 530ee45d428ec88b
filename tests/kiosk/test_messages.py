"""The table of sentences is total, and its French follows the rules of the house."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

from kiosk import catalogues
from kiosk.errors import KioskError
from kiosk.messages import messages_for
from kiosk.resources import asset

SENDING = ("sync.worker", "sync.hub.server", "sync.outbox")


def all_errors(base: type[KioskError] = KioskError) -> list[type[KioskError]]:
    return [error for direct in base.__subclasses__() for error in (direct, *all_errors(direct))]


def test_every_sentence_exists_in_every_language_and_only_once() -> None:
    for lang in catalogues.languages():
        keys = [key for key, _, _ in catalogues.entries(lang)]
        assert len(keys) == len(set(keys)), lang
    french = {key for key, _, _ in catalogues.entries("fr")}
    assert french == {key for key, _, _ in catalogues.entries("en")}
    for lang in catalogues.languages():
        assert catalogues.missing(lang) == [], lang


def translated(folder: Path, name: str, text: str, source: str = "Merci") -> None:
    file = folder / f"{name}.po"
    file.parent.mkdir(exist_ok=True)
    key = name.split("/")[0]
    file.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgctxt "{key}.thanks"\nmsgid "{source}"\nmsgstr "{text}"\n'
    )


def test_a_language_is_offered_only_when_it_says_everything_that_citizens_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "locales", lambda: tmp_path)
    for domain in ("ui", "paper", "procedures", "cli"):
        translated(tmp_path, f"{domain}/fr", "")
        translated(tmp_path, f"{domain}/en", "Thank you")
    for domain in ("ui", "paper", "procedures"):
        translated(tmp_path, f"{domain}/nl", "Bedankt")
        translated(tmp_path, f"{domain}/de", "" if domain == "paper" else "Danke")
    catalogues.compile_all()
    assert catalogues.begun() == ("fr", "de", "en", "nl")
    assert catalogues.languages() == ("fr", "en", "nl")
    assert catalogues.missing("de") == ["paper.thanks"]
    translated(tmp_path, "paper/de", "Danke")
    translated(tmp_path, "ui/nl", "Bedankt", source="Grand merci")
    catalogues.compile_all(force=True)
    assert catalogues.languages() == ("fr", "de", "en")


def test_the_engine_explains_itself_in_every_language_of_the_shipped_pack() -> None:
    french = {key for key, domain, _ in catalogues.entries("fr") if domain == "procedures"}
    for path in asset("packs", "fr", "locales").glob("*.po"):
        assert french <= {key for key, _, _ in catalogues.entries(path.stem)}, path.stem


ARABIC_PEOPLE = {0: "لا أحد", 1: "شخص واحد", 2: "شخصان", 3: "3 أشخاص", 11: "11 شخصًا", 100: "100 شخص"}


@pytest.mark.parametrize("count", ARABIC_PEOPLE)
def test_arabic_counts_people_in_its_six_ways(count: int) -> None:
    assert messages_for("ar").count("procedures.answer.members", count) == ARABIC_PEOPLE[count]


UKRAINIAN_PEOPLE = {
    1: "1 людина",
    2: "2 людини",
    5: "5 людей",
    11: "11 людей",
    21: "21 людина",
    22: "22 людини",
}


@pytest.mark.parametrize("count", UKRAINIAN_PEOPLE)
def test_ukrainian_counts_people_in_its_three_ways(count: int) -> None:
    assert messages_for("uk").count("procedures.answer.members", count) == UKRAINIAN_PEOPLE[count]


def test_every_sentence_keeps_its_placeholders_in_translation() -> None:
    french = {key: texts for key, _, texts in catalogues.entries("fr")}
    for lang in catalogues.begun():
        for key, _, texts in catalogues.entries(lang):
            assert _holes(texts) <= _holes(french[key]) | {"n"}, (lang, key)


def _holes(texts: tuple[str, ...]) -> set[str]:
    return {hole for text in texts for hole in re.findall(r"{(\w+)}", text)}


@pytest.mark.parametrize("mark", ["?", "!", ";", ":", "»"])
def test_french_marks_stand_behind_a_space_that_does_not_break(mark: str) -> None:
    for key, _, texts in catalogues.entries("fr"):
        for text in texts:
            for before in re.findall(rf"(.)\{mark}(?=\s|$)", text):
                assert before in "\u00a0({", (key, text)


def test_french_has_no_straight_apostrophe_and_no_sign_that_the_font_lacks() -> None:
    for key, _, texts in catalogues.entries("fr"):
        for text in texts:
            assert not re.search(r"[A-Za-zé]'[A-Za-zé]|[\u202f\u2011\u2192]", text), (key, text)


def test_citizens_are_never_told_the_words_of_the_administration() -> None:
    forbidden = re.compile(
        r"veuillez|merci de |simplement|il suffit|éligible|usager|\bOK\b|[!·]", re.IGNORECASE
    )
    for key, domain, texts in catalogues.entries("fr"):
        if domain == "ui":
            assert not any(forbidden.search(text) for text in texts), (key, texts)


def test_every_error_has_a_sentence_in_every_language() -> None:
    # Importing a part adds its errors to the list.
    for part in ("kiosk.commands.run", "kiosk.config", "kiosk.supervisor", "kiosk.visit", *SENDING):
        import_module(part)

    for error in all_errors():
        for lang in catalogues.languages():
            assert messages_for(lang).text(f"error.{error.code}"), error


DATES = [
    ("fr", date(2026, 11, 30), "lundi 30 novembre 2026"),
    ("fr", date(2026, 12, 1), "mardi 1er décembre 2026"),
    ("fr", date(2026, 1, 11), "dimanche 11 janvier 2026"),
    ("en", date(2026, 12, 1), "Tuesday 1 December 2026"),
    ("nl", date(2026, 12, 1), "dinsdag 1 december 2026"),
    ("de", date(2026, 11, 30), "Montag, 30. November 2026"),
    ("uk", date(2026, 12, 1), "вівторок, 1 грудня 2026"),
    ("ar", date(2026, 7, 1), "الأربعاء 1 يوليو 2026"),
    ("uk", date(2027, 8, 20), "п’ятниця, 20 серпня 2027"),
]


@pytest.mark.parametrize(("lang", "day", "text"), DATES)
def test_days_are_written_as_people_say_them(lang: str, day: date, text: str) -> None:
    assert messages_for(lang).date(day) == text


def test_a_ukrainian_month_is_bent_behind_a_day_and_not_when_it_stands_alone() -> None:
    say = messages_for("uk")
    assert say.month(date(2026, 11, 30)) == "листопад 2026"
    assert say.month_name(11) == "листопада"
    assert messages_for("fr").month(date(2026, 11, 30)) == "novembre 2026"


def test_ukrainian_countries_have_the_apostrophe_of_the_keyboard() -> None:
    assert messages_for("uk").country("VN") == "В’єтнам"


SUMS = [
    ("fr", "1098.57", "1\u00a0098,57\u00a0€"),
    ("fr", "0", "0\u00a0€"),
    ("en", "1098.57", "€1,098.57"),
    ("en", "12", "€12"),
    ("nl", "1098.57", "€\u00a01.098,57"),
    ("nl", "3000", "€\u00a03.000"),
    ("de", "1098.57", "1.098,57\u00a0€"),
    ("de", "3000", "3.000\u00a0€"),
    ("uk", "1098.57", "1\u00a0098,57\u00a0€"),
    ("uk", "3000", "3\u00a0000\u00a0€"),
    ("ar", "1098.57", "1\u00a0098,57\u00a0€"),
    ("ar", "3000", "3\u00a0000\u00a0€"),
]


@pytest.mark.parametrize(("lang", "amount", "text"), SUMS)
def test_sums_are_written_as_people_read_them(lang: str, amount: str, text: str) -> None:
    assert messages_for(lang).money(Decimal(amount)) == text


def test_a_german_day_without_its_weekday_has_a_dot_too() -> None:
    assert messages_for("de").short_date(date(2026, 3, 1)) == "1. März 2026"


TIMES = [
    ("fr", "14\u00a0h\u00a002"),
    ("en", "2:02\u00a0PM"),
    ("nl", "14:02"),
    ("de", "14:02\u00a0Uhr"),
    ("ar", "14:02"),
]


@pytest.mark.parametrize(("lang", "text"), TIMES)
def test_times_are_written_as_people_read_them(lang: str, text: str) -> None:
    assert messages_for(lang).time(time(14, 2)) == text


BEHIND_A_COLON = [
    ("fr", "Le bail finit plus tard.", "le bail finit plus tard."),
    ("fr", "RSA déjà reçu.", "RSA déjà reçu."),
    ("en", "A fine is possible.", "a fine is possible."),
    ("de", "Monate der Rente sind verloren.", "Monate der Rente sind verloren."),
]


@pytest.mark.parametrize(("lang", "text", "behind"), BEHIND_A_COLON)
def test_a_sentence_behind_a_colon_begins_small_but_not_in_german(lang: str, text: str, behind: str) -> None:
    assert messages_for(lang).after_colon(text) == behind


def test_no_sentence_holds_a_sign_that_turns_the_direction_of_what_follows() -> None:
    turning = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    for lang in catalogues.begun():
        for key, _, texts in catalogues.entries(lang):
            assert not any(turning.search(text) for text in texts), (lang, key)


def test_arabic_is_written_with_the_digits_and_marks_of_its_readers_in_france() -> None:
    for key, domain, texts in catalogues.entries("ar"):
        if domain in catalogues.CITIZENS:
            assert not re.search("[٠-٩۰-۹]|[\u0621-\u064a][,;?]", " ".join(texts)), (key, texts)


def test_an_unknown_sentence_is_an_error_and_not_shown_as_its_id() -> None:
    with pytest.raises(KeyError):
        messages_for("en").text("no.such.sentence")
