"""One service of the directory as what an overlay can hold of it. Nothing is guessed: what cannot be read is
left out, with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any as Anything

import msgspec

from kiosk.procedures.directory.hours import OddHours, hours_in_words
from kiosk.procedures.fields import LONGEST_TEXT, LONGEST_URL

PHONE = re.compile(r"[0-9]{4}|0[0-9]{9}|[0-9]{6}")
URL = re.compile(r"https?://[^\s/]+[^\s]*\Z")
DATES = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d")
STREET = ("complement1", "complement2", "numero_voie", "service_distribution")


class Service(msgspec.Struct, frozen=True):
    """``fields``: address, hours, phone, url, as far as they are known. ``changed``: the day of the last
    change in the directory. ``place``: the commune's name. ``reasons``: what was left out, and why."""

    name: str
    line: int
    fields: dict[str, str]
    changed: date | None
    place: str
    main: bool
    reasons: tuple[str, ...]


def kinds(record: Anything, insee: str) -> Iterator[str]:
    """The types under which this record serves the commune. Empty for anything that is no service."""
    if not isinstance(record, Mapping):
        return
    for pivot in _list(record.get("pivot")):
        if isinstance(pivot, Mapping) and isinstance(kind := pivot.get("type_service_local"), str):
            communes = pivot.get("code_insee_commune") or record.get("code_insee_commune")
            if insee in (communes if isinstance(communes, list) else [communes]):
                yield kind


def read_service(record: Mapping[str, Anything], line: int, kind: str, insee: str, today: date) -> Service:
    """The service of a record for which :func:`kinds` gave ``kind``."""
    reasons: list[str] = []
    address, place = _address(record, reasons)
    found = {
        "address": address,
        "hours": _hours(record, reasons),
        "phone": _phone(record, reasons),
        "url": _url(record, reasons),
    }
    return Service(
        name=_text(record.get("nom"), "name", reasons) or kind,
        line=line,
        fields={key: text for key, text in found.items() if text},
        changed=_changed(record, today, reasons),
        place=place,
        # A delegated town hall has the commune's code too; the old code names the one that it was made for.
        main=record.get("ancien_code_pivot") == f"{kind}-{insee}-01",
        reasons=tuple(reasons),
    )


def _list(value: Anything) -> list[Anything]:
    """A list, given as one or as JSON in a text, as the API exports it."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else []
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []


def _text(value: Anything, what: str, reasons: list[str]) -> str:
    if value is None or value == "":
        return ""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    # No control character, and none that turns the direction of writing.
    if not text or len(text) > LONGEST_TEXT // 4 or not text.isprintable():
        reasons.append(f"its {what} cannot be shown")
        return ""
    return text.replace("'", "’")


def _address(record: Mapping[str, Anything], reasons: list[str]) -> tuple[str, str]:
    """The address in one line, and the commune's name."""
    rows = [row for row in _list(record.get("adresse")) if isinstance(row, Mapping)]
    row = next((row for row in rows if row.get("type_adresse") == "Adresse"), rows[0] if rows else None)
    if row is None:
        reasons.append("it has no address")
        return "", ""
    before = len(reasons)
    place = _text(row.get("nom_commune"), "address", reasons)
    street = [_text(row.get(key), "address", reasons) for key in STREET]
    town = " ".join(part for part in (_text(row.get("code_postal"), "address", reasons), place) if part)
    if len(reasons) > before:  # half an address leads astray
        del reasons[before + 1 :]
        return "", place
    if not any(street) or not place:
        reasons.append("its address has no street or no town")
        return "", place
    return ", ".join([*(part for part in street if part), town]), place


def _hours(record: Mapping[str, Anything], reasons: list[str]) -> str:
    try:
        found = hours_in_words(_list(record.get("plage_ouverture")))
    except OddHours as error:
        reasons.append(f"its opening hours: {error}")
        return ""
    if len(found) > LONGEST_TEXT:
        reasons.append("its opening hours are too long")
        return ""
    return found


def _values(record: Mapping[str, Anything], key: str) -> list[str]:
    """The texts of ``[{"valeur": TEXT}]``."""
    rows = _list(record.get(key))
    values = [row.get("valeur") if isinstance(row, Mapping) else row for row in rows]
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def _phone(record: Mapping[str, Anything], reasons: list[str]) -> str:
    given = _values(record, "telephone")
    for text in given[:10]:
        digits = re.sub(r"[\s.\-()\u00a0\u202f]", "", text[:40])
        digits = re.sub(r"^(?:\+|00)33(?:0(?=[0-9]{9}\Z))?", "0", digits)
        if PHONE.fullmatch(digits) and digits.isascii():
            return digits if len(digits) == 4 else " ".join(re.findall("..", digits))
    if given:
        reasons.append("its phone number is none of France")
    return ""


def _url(record: Mapping[str, Anything], reasons: list[str]) -> str:
    given = _values(record, "site_internet")
    for text in given[:10]:
        if len(text) <= LONGEST_URL and URL.match(text) and text.isprintable():
            return text
    if given:
        reasons.append("the address of its site is none")
    return ""


def _changed(record: Mapping[str, Anything], today: date, reasons: list[str]) -> date | None:
    given = record.get("date_modification")
    text = given.strip() if isinstance(given, str) else ""
    found = None
    for form in DATES:
        try:
            found = datetime.strptime(text[:10] if "-" in text else text, form).date()
            break
        except ValueError:
            continue
    if found is None or not found.year >= 1990 or found > today:
        reasons.append("it does not say when it was last changed, or a day to come")
        return None
    return found
