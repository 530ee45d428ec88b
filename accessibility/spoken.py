"""From what is written to what a person would say. First form: French and English; other languages get the
common part. Pure functions; the rules are tables, and a table of cases is their test. Every pattern is
bounded: 100,000 hostile characters take well under a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_SPACES = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
_UNHEARD = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\x00-\x09\x0b-\x1f\x7f]")
_MARKS = re.compile(r"[«»“”„\"☐☑□■◆◇○●▢*_`|<>{}\[\]\\^~]")
_PAUSES = re.compile(r" ?(?:[•·→←↑↓⇒—]| [–-] ) ?")
_CODE = re.compile(r"(?<![\w-])[0-9A-Z]{3,8}(?:-[0-9A-Z]{1,8}){2,16}(?![\w-])")
_URL = re.compile(r"\bhttps?://(?:www\.)?", re.IGNORECASE)

MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
}

_AS_WORDS = {
    "CAF",
    "PACS",
    "PAJE",
    "SMIC",
    "CROUS",
    "CADA",
    "CESU",
    "CERFA",
    "URSSAF",
    "INSEE",
    "SEPA",
    "CLEISS",
}
"""Initials that people pronounce as a word; the engine would spell some of them."""

_SPELLED = {
    "ASF",
    "AAH",
    "RSA",
    "APL",
    "ALD",
    "AME",
    "APA",
    "ARS",
    "CNI",
    "MSA",
    "AJ",
    "EU",
    "UE",
    "CSS",
    "ATMP",
}
"""Initials with a vowel that people spell; those without one are always spelled."""


def spoken(text: str, lang: str) -> str:
    """What a voice is given for ``text``: one line, words only where the sign would be misread."""
    text = _UNHEARD.sub("", text).replace("’", "'")
    text = re.sub(r"\n[ \n]+", "\n", _SPACES.sub(" ", text)).strip()
    text = _URL.sub("", text)
    for pattern, replacement in _FRENCH if lang == "fr" else _ENGLISH if lang == "en" else ():
        text = pattern.sub(replacement, text)
    text = _MARKS.sub(" ", text)
    text = re.sub(r"(?<![.!?:;,…]) ?\n ?", ". ", text.strip()).replace("\n", " ")
    text = _SPACES.sub(" ", _PAUSES.sub(", ", text))
    text = re.sub(r" ([,.])", r"\1", text)
    text = re.sub(r"([,.!?:;])(?: ?,)+", r"\1", text).strip(" ,")
    return _CODE.sub(_code, text)


def spell(code: str) -> str:
    """A code sign by sign, with a pause between its groups: « 7, K, 3. F, 9 »."""
    return ". ".join(", ".join(group) for group in code.split("-") if group)


def _code(found: re.Match[str]) -> str:
    """A case code has figures and letters; a date or a phone number has figures only."""
    signs = found[0]
    mixed = re.search(r"\d", signs) and re.search(r"[A-Z]", signs)
    return spell(signs) if mixed else signs


def _rules(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


def _day(lang: str, year: str, month: str, day: str, written: str) -> str:
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        return written
    first = "1er" if lang == "fr" and when.day == 1 else str(when.day)
    return f"{first} {MONTHS[lang][when.month - 1]} {when.year}"


def _iso(lang: str) -> Callable[[re.Match[str]], str]:
    return lambda found: _day(lang, found[1], found[2], found[3], found[0])


def _slashed(lang: str) -> Callable[[re.Match[str]], str]:
    return lambda found: _day(lang, found[3], found[2], found[1], found[0])


def _euros_fr(found: re.Match[str]) -> str:
    whole, cents = int(found[1].replace(" ", "")), int((found[2] or "0").ljust(2, "0"))
    if whole == 0 and cents:
        return f"{cents} centime{'s' * (cents > 1)}"
    unit = "d'euros" if whole and whole % 1_000_000 == 0 else "euros" if whole > 1 else "euro"
    return f"{whole} {unit}" + (f" {cents}" if cents else "")


def _euros_en(found: re.Match[str]) -> str:
    whole, cents = int(found[1].replace(",", "")), int((found[2] or "0").ljust(2, "0"))
    if whole == 0 and cents:
        return f"{cents} cent{'s' * (cents > 1)}"
    return f"{whole} euro{'s' * (whole != 1)}" + (f" {cents}" if cents else "")


def _hour_fr(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), found[2]
    said = f"{hour} heure{'s' * (hour > 1)}"
    return said if not minute or minute == "00" else f"{said} {int(minute)}"


def _phone_fr(found: re.Match[str]) -> str:
    pairs = re.findall(r"\d\d", found[0])
    return ", ".join(f"zéro {pair[1]}" if pair[0] == "0" and pair != "00" else pair for pair in pairs)


def _initials(found: re.Match[str]) -> str:
    word = found[0]
    if word in _AS_WORDS:
        return word.capitalize()
    if word in _SPELLED or not re.search(r"[AEIOUY]", word):
        return " ".join(word)
    return word


def _article(found: re.Match[str]) -> str:
    """« L113-12 » as « L 113 12 », « F961 » as « F 961 »."""
    return f"{found[1]} " + re.sub(r"[-.]", " ", found[2])


_ARTICLE = (r"\b([A-Z]{1,2})\.? ?(\d{1,6}(?:[.-]\d{1,4}){0,4})\b(?!-)", _article)
_INITIALS = (r"\b[A-Z]{2,6}\b", _initials)

_FRENCH = _rules(
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", _iso("fr")),
    (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", _slashed("fr")),
    (r"(?<!\d)(?:\+33 ?[1-9]|0\d)(?:[ .]\d\d){4}(?!\d)", _phone_fr),
    (r"(?<![\d,])(\d{1,3}(?: \d{3}){1,4}|\d{1,12})(?:,(\d{1,2}))? ?(?:€|EUR\b)", _euros_fr),
    (r"(?<=\d) (?=\d{3}(?!\d))", ""),
    (r"\b(\d{1,2}) ?h(?: ?([0-5]\d))?\b", _hour_fr),
    (r"\b[Nn]° ?", "numéro "),
    (r"\b[Nn]os (?=\d)", "numéros "),
    (r"\b[Aa]rt\. ?", "article "),
    (r"\bMmes\b", "Mesdames"),
    (r"\bMme\b", "Madame"),
    (r"\bMlle\b", "Mademoiselle"),
    (r"\bMM\. ", "Messieurs "),
    (r"\bM\. (?=[A-ZÀ-Ý])", "Monsieur "),
    (r"\b1er\b", "premier"),
    (r"\b1(?:re|ère)\b", "première"),
    (r" ?m²", " mètres carrés"),
    (r"(?<=\d) ?km\b", " kilomètres"),
    (r" ?%", " pour cent"),
    (r"\bet/ou\b", "et ou"),
    (r" ?& ?", " et "),
    (r"(?<=\w)/(?=\w)", " ou "),
    (r"\betc\.", "et cetera."),
    (r"(?<=\d)\*(?=\d)", " étoile "),
    (r"\(e\)|\(s\)|·e\b", ""),
    _ARTICLE,
    _INITIALS,
)

_ENGLISH = _rules(
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", _iso("en")),
    (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", _slashed("en")),
    (r"(?<!\d)0\d(?:[ .]\d\d){4}(?!\d)", lambda found: ", ".join(" ".join(p) for p in found[0].split())),
    (r"€ ?(\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.(\d{1,2}))?", _euros_en),
    (r"(?<![\d.])(\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.(\d{1,2}))? ?(?:€|EUR\b)", _euros_en),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"\b[Nn]o\. ?(?=\d)|\b[Nn]° ?", "number "),
    (r"\b[Aa]rt\. ?", "article "),
    (r"\be\.g\.,?", "for example"),
    (r"\bi\.e\.,?", "that is"),
    (r"\betc\.", "et cetera."),
    (r" ?m²", " square metres"),
    (r"(?<=\d) ?km\b", " kilometres"),
    (r" ?%", " percent"),
    (r"\band/or\b", "and or"),
    (r" ?& ?", " and "),
    (r"(?<=[A-Za-z])/(?=[A-Za-z])", " or "),
    (r"(?<=\d)\*(?=\d)", " star "),
    _ARTICLE,
    _INITIALS,
)
