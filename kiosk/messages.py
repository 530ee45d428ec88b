"""Every sentence the product says, by id and language: one table for the screen, the paper and the terminal.

The source is French (``assets/locales/DOMAIN/fr.po``); :mod:`kiosk.catalogues` compiles the tables read here.
A language is a value that is passed along, never a global locale.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from kiosk.errors import KioskError
from kiosk.mo import Table
from kiosk.resources import asset

SOURCE = "fr"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "yi"})
NBSP = "\u00a0"
_WHOLE_SUM = {"en": "¤#,##0", "nl": f"¤{NBSP}#,##0"}
"""Where the sign of the currency stands before a sum without cents; it stands behind it elsewhere."""
_NUMBERS = {"ar": "fr"}
"""In Arabic, sums stand as on the French papers that people compare them with; and so in the packs."""

_AS_IN_OUR_TEXTS = str.maketrans({"\u202f": NBSP, "\u02bc": "’"})
"""CLDR's narrow space and Ukrainian apostrophe: our fonts do not have them, nor do keyboards."""

_FULL_DAY = {"uk": "EEEE, d MMMM y", "de": "EEEE, d. MMMM y"}
"""How a day in full is written where it is not « lundi 30 novembre 2026 »."""

_DAY = {"de": "d. MMMM y"}
"""How a day without its weekday is written where it is not « 30 novembre 2026 »."""

_CLOCK = {"fr": f"H{NBSP}'h'{NBSP}mm", "de": f"HH:mm{NBSP}'Uhr'", "ar": "HH:mm"}
"""How a time of day is written where Babel's short form is not what people write."""

_CAPITALS_STAY = ("de",)
"""Languages in which the first letter of a sentence stays as it is behind a colon: it may be a noun's."""


@lru_cache(maxsize=16)
def messages_for(lang: str) -> Messages:
    """The sentences of ``lang``; French stands in for what is not translated."""
    return Messages(lang)


def complain(error: KioskError) -> int:
    """Tell the person at the terminal, in one line on standard error; the exit status of the error."""
    sys.stderr.write(f"kiosk: error: {messages_for('en').sentence(error)}\n")
    return error.exit_code


@lru_cache(maxsize=16)
def _table(lang: str) -> Table | None:
    path = asset("locales", f"{lang}.mo")
    return Table(path) if path.exists() else None


def _tables(lang: str) -> Iterator[Table]:
    """Where a sentence of ``lang`` is looked for, in this order."""
    return filter(None, map(_table, (lang, SOURCE)))


def right_to_left(lang: str) -> bool:
    """Whether a language (ISO 639-1, perhaps with a region) is written from the right."""
    return lang.split("-")[0] in _RIGHT_TO_LEFT


class Messages:
    """The sentences of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def text(self, key: str, **values: object) -> str:
        """The sentence ``key`` with its ``{placeholders}`` filled. Raises KeyError for an unknown id."""
        found = next(filter(None, (table.text(key) for table in _tables(self.lang))), None)
        if found is None:
            raise KeyError(key)
        return found.format(**values) if values else found

    def count(self, key: str, n: int, **values: object) -> str:
        """The sentence ``key`` in the grammatical number of ``n``, which also fills ``{n}``."""
        found = next(filter(None, (table.count(key, n) for table in _tables(self.lang))), None)
        if found is None:
            raise KeyError(key)
        return found.format(n=n, **values)

    def sentence(self, error: KioskError) -> str:
        """What happened and what to do, in one line, from the facts of the error."""
        return self.text(f"error.{error.code}", **error.facts())

    def after_colon(self, text: str) -> str:
        """A sentence as it stands behind a colon: its first letter small, unless it is an abbreviation's or
        the language keeps capitals there."""
        if self.lang in _CAPITALS_STAY or not (text[1:2].islower() or text[1:2] == " "):
            return text
        return text[:1].lower() + text[1:]

    def date(self, day: datetime.date) -> str:
        """A day in full: « lundi 30 novembre 2026 »."""
        return self._spaced(day, _FULL_DAY.get(self.lang, "EEEE d MMMM y"))

    def short_date(self, day: datetime.date) -> str:
        """A day without its weekday: « 30 novembre 2026 »."""
        return self._spaced(day, _DAY.get(self.lang, "d MMMM y"))

    def month(self, day: datetime.date) -> str:
        """The month of a day: « novembre 2026 », in the nominative ("листопад 2026")."""
        return self._spaced(day, "LLLL y")

    def month_name(self, month: int) -> str:
        """The name of a month, 1 to 12, as it follows a day: « novembre », "листопада"."""
        from babel.dates import get_month_names

        return str(get_month_names("wide", locale=self.lang)[month])

    def time(self, moment: datetime.time) -> str:
        """A time of day: « 14 h 32 », "2:32 PM", „14:32 Uhr“."""
        from babel.dates import format_time

        text = format_time(moment, format=_CLOCK.get(self.lang, "short"), locale=self.lang)
        return str(text).replace("\u202f", NBSP)

    def money(self, amount: Decimal, currency: str = "EUR") -> str:
        """A sum: « 1 098,57 € ». Whole sums lose their cents. ``currency`` may say how often it is paid:
        EUR/day, EUR/month, EUR/year."""
        from babel.numbers import format_currency

        currency, _, per = currency.partition("/")
        locale = _NUMBERS.get(self.lang, self.lang)
        if amount == amount.to_integral_value():
            pattern = _WHOLE_SUM.get(self.lang, f"#,##0{NBSP}¤")
            text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
        else:
            text = format_currency(amount, currency, locale=locale)
        text = text.replace("\u202f", NBSP).replace(currency, self.currency(currency))
        return self.text(f"money.{per}", amount=text) if per else text

    def currency(self, code: str) -> str:
        """The sign of a currency: « € », also where CLDR writes its code (EUR in Ukrainian)."""
        from babel.numbers import get_currency_symbol

        sign = str(get_currency_symbol(code, locale=self.lang))
        return sign if sign != code else str(get_currency_symbol(code, locale="en"))

    def country(self, code: str) -> str:
        """The name of a country, ISO 3166 alpha-2: « Belgique »; the code itself where no name is known."""
        from babel import Locale

        return str(Locale.parse(self.lang).territories.get(code, code)).translate(_AS_IN_OUR_TEXTS)

    def _spaced(self, day: datetime.date, pattern: str) -> str:
        from babel.dates import format_date

        text = format_date(day, pattern, locale="en_GB" if self.lang == "en" else self.lang)
        if self.lang == "fr" and day.day == 1:
            text = text.replace("1 ", "1er ", 1)
        return text.translate(_AS_IN_OUR_TEXTS)
