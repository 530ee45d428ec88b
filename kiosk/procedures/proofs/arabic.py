"""The Arabic words for numbers, months and "no". The article and small words are prefixes of a word.

Used by :mod:`kiosk.procedures.proofs.words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

VOWEL_SIGNS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
WORD = re.compile(r"\w+")
PREFIXES = re.compile(r"[وف]?(?:لل|[بكل]?ال|[بكل])?")

_NO = r"لا|لم|لن|ليس|ليست|ليسا|ليستا|ليسوا|لست|لستم|لسنا|ألا|لئلا"
_STILL = r"(?!\s+(?:بد|[يتن]زال|[يت]زالون|أزال|سيما|بأس)\b)"
"""After « لا »: words that make it mean "must", "still" or "especially"."""
STRONG_NEGATION = rf"\b[وف]?(?:{_NO})\b{_STILL}"
NEGATION = rf"{STRONG_NEGATION}|\b[وفبل]?(?:غير|دون|عدم)\b|\b[وف]?(?:بلا|إلا|سوى|فقط|مجانا|مجاني|مجانية)\b"

MONTHS = (
    *("يناير|جانفي|كانون الثاني", "فبراير|فيفري|شباط", "مارس|آذار", "أبريل|أفريل|نيسان"),
    *("مايو|ماي|أيار", "يونيو|جوان|حزيران", "يوليو|يوليوز|جويلية|تموز", "أغسطس|أوت|غشت|آب"),
    *("سبتمبر|شتنبر|أيلول", "أكتوبر|تشرين الأول", "نوفمبر|نونبر|تشرين الثاني", "ديسمبر|دجنبر|كانون الأول"),
)

_UNITS = {
    1: "واحد واحدة أحد إحدى أول أولى شهر شهرا يوم يوما سنة عام عاما أسبوع أسبوعا ساعة مرة طفل طفلا",
    2: "اثنان اثنين ثان ثاني ثانية كلا كلاهما كليهما شهران شهرين يومان يومين عامان عامين أسبوعان أسبوعين"
    " طفلان طفلين والدان والدين زوجان زوجين اسمان اسمين موعدان موعدين تصريحان تصريحين",
    3: "ثلاث ثلاثة ثالث ثالثة",
    4: "أربع أربعة رابع رابعة",
    5: "خمس خمسة خامس خامسة",
    6: "ست ستة سادس سادسة",
    7: "سبع سبعة سابع سابعة",
    8: "ثمان ثماني ثمانية ثامن ثامنة",
    9: "تسع تسعة تاسع تاسعة",
    10: "عشر عشرة عاشر عاشرة",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
}
NUMBERS = {word: number for number, words in _UNITS.items() for word in words.split()}
"""Whole words, without prefixes; a unit of time alone is one, in its dual form two."""
DUAL = re.compile(r"\w{2,}ت(?:ان|ين)|كلتا|كلتيهما")
"""Two of what is feminine: hardly any other word ends like this."""
TEEN = {"عشر", "عشرة"}
BEFORE_TEN = NUMBERS | {"اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2, "حادي": 1, "حادية": 1}
"""The first word of 11 to 19."""


def without_vowel_signs(text: str) -> str:
    """The letters alone: vowel signs and the stretching line are left out by most writers."""
    return VOWEL_SIGNS.sub("", text)


def spelled(text: str) -> set[int]:
    """The numbers that words of the text may mean."""
    found = WORD.findall(without_vowel_signs(text))
    meant: set[int] = set()
    for word, following in zip(found, [*found[1:], ""], strict=True):
        if following in TEEN:
            meant |= {10 + number for number in _values(word, BEFORE_TEN) if number < 10}
        meant |= set(_values(word, NUMBERS)) | ({2} if DUAL.fullmatch(word) else set())
    return meant


def _values(word: str, table: dict[str, int]) -> Iterator[int]:
    """What the word means as it stands, and without each prefix that it may carry."""
    longest = PREFIXES.match(word)
    for length in range(longest.end() + 1 if longest else 1):
        if PREFIXES.fullmatch(word[:length]) and word[length:] in table:
            yield table[word[length:]]
