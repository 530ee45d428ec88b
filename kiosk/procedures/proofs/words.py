"""What the wording of a text says, by language: time limits, numbers, dates, negations, claims, hard words.

Small closed tables, not a grammar: each finds what it is sure of. A language without a table is not judged.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from functools import cache

from kiosk.procedures.proofs import arabic, dutch, german
from kiosk.resources import asset

EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
DOT_GROUPS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
NUMBER = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
WITH_DOTS = ("nl", "de")
"""Languages that put a dot between thousands."""
SENTENCE_END = re.compile(r"(?<=[.?!;؟؛])\s+")
LONGEST_SENTENCE = 20
"""Words; RGAA-style plain language guides stop between 15 and 20."""

TIME = {
    "fr": r"\d|jours?|semaine|mois|\ban(?:s|née)?\b|heure|avant|après|dès|délai"
    r"|sans attendre|aussitôt|fin de",
    "en": r"\d|days?\b|week|month|year|hour|before|after|as soon as|at once|without delay|end of",
}
DONE = {
    "fr": r"\best (?:déjà |bien )?(?:faite?|envoyée?|enregistrée?|transmise?|terminée?|acceptée?)\b"
    r"|\b(?:a été|ont été) (?:\w+ )?(?:fait|envoyé|enregistré|transmis|accepté|validé)"
    r"|c’est fait\b|vous êtes (?:désormais |maintenant )?(?:déclaré|assuré|couvert)",
    "en": r"\b(?:is|are|has been|have been) (?:already |now )?"
    r"(?:done|sent|registered|submitted|accepted|completed)\b"
    r"|you are now (?:registered|insured|covered)",
    "nl": dutch.DONE,
    "de": german.DONE,
}
NEGATION = {
    "fr": r"\bn(?:e |’|')[^.?!]*?\b(?:pas|plus|jamais|rien|aucune?|personne|ni)\b"
    r"|\bsans\b|\bpas\b|\baucune?\b|\brien\b|\bjamais\b|\bpersonne ne\b|\bnon\b|\bni\b|à naître|\bsauf\b",
    "en": r"\bnot?\b|n[’']t\b|\bnever\b|\bnothing\b|\bnone\b|\bnobody\b|\bno one\b|\bwithout\b"
    r"|\bcannot\b|\bneither\b"
    r"|\bun\w{3,}|\bfails?\b|\blost\b|\bno longer\b|\bnor\b|\bfree\b|\bonly\b",
    "ar": arabic.NEGATION,
    "nl": dutch.NEGATION,
    "de": german.NEGATION,
}
STRONG = {
    "fr": r"\bn(?:e |’)[^.?!]*?\b(?:pas|jamais|rien|aucune?)\b",
    "en": r"\bnot\b|n’t\b|\bnever\b|\bcannot\b",
    "ar": arabic.STRONG_NEGATION,
    "nl": dutch.STRONG_NEGATION,
    "de": german.STRONG_NEGATION,
}
"""Negations that no translation may lose."""
SPELLED = {
    "fr": {
        "un": 1,
        "une": 1,
        "premier": 1,
        "première": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
    }
    | {"sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30}
    | {"deuxième": 2, "second": 2, "seconde": 2, "troisième": 3},
    "en": {
        "a": 1,
        "an": 1,
        "one": 1,
        "first": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
    }
    | {"eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30}
    | {"second": 2, "both": 2, "twice": 2, "third": 3, "once": 1, "couple": 2},
    "nl": dutch.SPELLED,
    "de": german.SPELLED,
}
OFTEN_SPELLED = 12
MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    ),
    "ar": arabic.MONTHS,
    "nl": dutch.MONTHS,
    "de": german.MONTHS,
}
"""January first; the names that one month has, separated by ``|``."""


def tells_time(text: str, lang: str) -> bool:
    """Whether the words contain a time limit; True where the language has no table."""
    pattern = TIME.get(lang)
    return pattern is None or re.search(pattern, text.lower()) is not None


def claim_of_done(text: str, lang: str) -> str:
    """The words that claim an act is done; empty if none do."""
    found = re.search(DONE[lang], text, re.IGNORECASE) if lang in DONE else None
    return found.group() if found else ""


def numbers(text: str, lang: str = "") -> set[Decimal]:
    """The numbers written in digits; "3.000" is three thousand in the languages that write it so."""
    found = set()
    if lang in WITH_DOTS:
        text = DOT_GROUPS.sub("", text)
    for written in NUMBER.findall(text.translate(EASTERN)):
        plain = re.sub(r"[\u00a0\u202f ]", "", written).replace(",", ".")
        try:
            found.add(Decimal(plain).normalize())
        except InvalidOperation:  # pragma: no cover - the pattern gives numbers
            continue
    return found


def spelled_numbers(text: str, lang: str) -> set[Decimal]:
    """The numbers that the words of the text may mean; without a table, all that are often spelled."""
    if lang == "ar":
        return {Decimal(number) for number in arabic.spelled(text)}
    table = SPELLED.get(lang)
    if table is None:
        return {Decimal(number) for number in range(OFTEN_SPELLED + 1)}
    return {Decimal(table[word]) for word in re.findall(r"\w+", text.lower()) if word in table}


def dates(text: str, lang: str) -> set[tuple[int, int]] | None:
    """(day, month) of the dates in words; None where the language has no table."""
    if lang not in MONTHS:
        return None
    numbers = {name: number for number, names in enumerate(MONTHS[lang], 1) for name in names.split("|")}
    month = "|".join(numbers)
    before = re.findall(rf"(\d{{1,2}})(?:er|st|nd|rd|th|\.)? ({month})\b", text.lower())
    after = [(day, name) for name, day in re.findall(rf"\b({month}) (\d{{1,2}})\b", text.lower())]
    return {(int(day), numbers[name]) for day, name in [*before, *after]}


def denies(text: str, lang: str, *, strongly: bool = False) -> bool | None:
    """Whether the text has a negation; None where the language has no table."""
    pattern = (STRONG if strongly else NEGATION).get(lang)
    if pattern is None:
        return None
    plain = arabic.without_vowel_signs(text) if lang == "ar" else text
    return re.search(pattern, plain, re.IGNORECASE) is not None


def long_sentences(text: str) -> list[str]:
    """Sentences of more than 20 words."""
    found = []
    for sentence in SENTENCE_END.split(text):
        words = [word for word in sentence.split() if re.search(r"\w", word)]
        if len(words) > LONGEST_SENTENCE:
            found.append(sentence)
    return found


def hard_words(text: str, lang: str) -> dict[str, str]:
    """Words outside plain vocabulary, each with the plainer one that assets/words has for it."""
    plain, pattern = _hard(lang)
    if pattern is None:
        return {}
    return {match.group(): plain[match.lastgroup or ""] for match in pattern.finditer(text.lower())}


@cache
def _hard(lang: str) -> tuple[dict[str, str], re.Pattern[str] | None]:
    """Group of the pattern -> plainer word, and the pattern, in which the longest words are tried first."""
    path = asset("words", f"{lang}.toml")
    if not path.exists():
        return {}, None
    themes = tomllib.loads(path.read_text("utf-8")).values()
    words = {hard: plain for part in themes for hard, plain in part.items()}
    parts, plainer = [], {}
    for n, word in enumerate(sorted(words, key=len, reverse=True)):
        plainer[f"w{n}"] = words[word]
        end = r"\w*" if word.endswith("*") else "(?:e?s)?"
        parts.append(f"(?P<w{n}>{re.escape(word.removesuffix('*'))}{end})")
    return plainer, re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
