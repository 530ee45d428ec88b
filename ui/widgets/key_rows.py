"""Where each sign stands on the keyboards of the screen.

A row is ten units wide: at 1080 px a key of one unit is 94 px (DESIGN-UI 4 e). Alphabets of more than thirty
letters take a row more instead of smaller keys. Signs stand apart by spaces, ``:2`` is a key of two units,
``<name>`` a key that does something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

UNITS = 10


@dataclass(frozen=True)
class Cell:
    """One key: the ``sign`` that it types, or the name of what it does (``acts``), and its width in units."""

    sign: str
    span: int = 1
    acts: bool = False


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Layout:
    """Letters, digits and accents of one script. ``label`` stands on the keys that lead to its letters;
    ``accents_label`` on the one that opens its accents. ``cased``: whether there are capitals."""

    name: str
    letters: str
    accents: str
    accents_label: str
    label: str = "ABC"
    cased: bool = True
    digits: str = ""


_BOTTOM = "<accents>:2 <digits> <space>:4 - <close>:2"
_AZERTY = f"""
a z e r t y u i o p
q s d f g h j k l m
<shift> w x c v b n ’ <erase>:2
{_BOTTOM}
"""
_QWERTY = f"""
q w e r t y u i o p
a s d f g h j k l ’
<shift> z x c v b n m <erase>:2
{_BOTTOM}
"""
_QWERTZ = """
q w e r t z u i o p
a s d f g h j k l ß
<shift> y x c v b n m <erase>:2
ä:2 ö:2 ü:2 ’:2 -:2
<accents>:2 <digits> <space>:5 <close>:2
"""
_UKRAINIAN = """
й ц у к е н г ш щ з
ф і в а п р о л д ж
<shift> я ч с м и т ь б ю
х ї є ґ ’ - <script>:2 <erase>:2
<accents>:2 <digits> <space>:5 <close>:2
"""
_ARABIC = """
ض ص ث ق ف غ ع ه خ ح
ش س ي ب ل ا ت ن م ك
ئ ء ؤ ر لا ى ة و ز ظ
ج د ط ذ أ إ <script>:2 <erase>:2
<accents>:2 <digits> <space>:4 - <close>:2
"""
_DIGITS = """
1 2 3 4 5 6 7 8 9 0
@ / : ; ( ) ° + & ,
. ? ! ’ " _ # * <erase>:2
<digits>:3 <space>:4 - <close>:2
"""
_ARABIC_DIGITS = _DIGITS.replace(",", "،").replace("?", "؟").replace(";", "؛")
# French names and streets are written on every keyboard, whatever the language.
_FRENCH = "é è ê ë à â ç æ\nî ï ô œ ù û ü ÿ"
_DUTCH = "é è ê ë à â ç á\nî ï ó ö ô ù û ü"
_GERMAN = "é è ê ë à â ç á\nî ï ó ô œ ù û ñ"
_CYRILLIC = "ё ъ ы э « » № —"
_ARABIC_MARKS = "آ ٱ ڤ گ پ چ ڨ ـ\n\u064b \u064c \u064d \u064e \u064f \u0650 \u0651 \u0652"

AZERTY = Layout("azerty", _AZERTY, _FRENCH, "É È À Ç")
QWERTY = Layout("qwerty", _QWERTY, _FRENCH, "É È À Ç")
DUTCH = Layout("qwerty", _QWERTY, _DUTCH, "É Ë Ï Ö")
QWERTZ = Layout("qwertz", _QWERTZ, _GERMAN, "É È À Ç")
UKRAINIAN = Layout("ukrainian", _UKRAINIAN, _CYRILLIC, "Ё Ъ Ы Э", label="АБВ")
ARABIC = Layout("arabic", _ARABIC, _ARABIC_MARKS, "آ ڤ ـَ ـّ", label="أبج", cased=False, digits=_ARABIC_DIGITS)
# The first is the one that opens; the others are a touch away.
LAYOUTS = {
    "fr": (AZERTY,),
    "en": (QWERTY,),
    "nl": (DUTCH,),
    "de": (QWERTZ,),
    "uk": (UKRAINIAN, QWERTY),
    "ar": (ARABIC, AZERTY),
}


def layouts_of(language: str) -> tuple[Layout, ...]:
    """The keyboards of a language: its own first."""
    return LAYOUTS.get(language, (QWERTY,))


def letters(layout: Layout, switch: bool) -> Rows:
    """The rows of letters; with ``switch`` there is a key that leads to the other script."""
    rows = layout.letters
    if switch and "<script>" not in rows:
        rows = rows.replace("<space>:4", "<script> <space>:3")
    return _parsed(rows)


def digits(layout: Layout) -> Rows:
    """The rows of digits and signs."""
    return _parsed(layout.digits or _DIGITS)


def accents(layout: Layout) -> Rows:
    """The rows above the letters."""
    return _parsed(layout.accents)


@lru_cache(maxsize=32)
def _parsed(rows: str) -> Rows:
    return tuple(tuple(_cell(word) for word in row.split(" ")) for row in rows.strip().split("\n"))


def _cell(word: str) -> Cell:
    sign, colon, span = word.rpartition(":")
    if not colon or not sign or not span:
        sign, span = word, "1"
    acts = sign.startswith("<") and len(sign) > 1
    return Cell(sign.strip("<>") if acts else sign, int(span), acts)
