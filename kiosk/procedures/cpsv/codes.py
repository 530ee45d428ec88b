"""Addresses of languages, countries and currencies in the authority tables of the EU's Publications Office.

The tables name a language by its ISO 639-3 code, a country by its ISO 3166-1 alpha-3 code, a currency by its
ISO 4217 code. Only codes that are certain are here; what is missing gets an address of the pack's own.
"""

from __future__ import annotations

AUTHORITY = "http://publications.europa.eu/resource/authority"

LANGUAGES = {
    "ar": "ARA", "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA",
    "et": "EST", "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT",
    "lv": "LAV", "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON", "ru": "RUS", "sk": "SLK",
    "sl": "SLV", "sv": "SWE", "tr": "TUR", "uk": "UKR",
}  # fmt: skip

COUNTRIES = {
    "AT": "AUT", "BE": "BEL", "BG": "BGR", "CH": "CHE", "CY": "CYP", "CZ": "CZE", "DE": "DEU", "DK": "DNK",
    "EE": "EST", "ES": "ESP", "FI": "FIN", "FR": "FRA", "GR": "GRC", "HR": "HRV", "HU": "HUN", "IE": "IRL",
    "IT": "ITA", "LT": "LTU", "LU": "LUX", "LV": "LVA", "MT": "MLT", "NL": "NLD", "NO": "NOR", "PL": "POL",
    "PT": "PRT", "RO": "ROU", "SE": "SWE", "SI": "SVN", "SK": "SVK",
}  # fmt: skip

CURRENCIES = frozenset({"BGN", "CHF", "CZK", "DKK", "EUR", "HUF", "NOK", "PLN", "RON", "SEK"})


def language_address(lang: str, base: str) -> str:
    """The address of a language tag (``fr``, ``pt-BR``)."""
    code = LANGUAGES.get(lang.split("-")[0])
    return f"{AUTHORITY}/language/{code}" if code else f"{base}language/{lang}"


def country_address(country: str, base: str) -> str:
    """The address of a country (ISO 3166-1 alpha-2)."""
    code = COUNTRIES.get(country)
    return f"{AUTHORITY}/country/{code}" if code else f"{base}country/{country}"


def currency_address(currency: str, base: str) -> str:
    """The address of a currency (ISO 4217)."""
    return f"{AUTHORITY}/currency/{currency}" if currency in CURRENCIES else f"{base}currency/{currency}"
