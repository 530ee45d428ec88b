"""The public directory: read service by service, in plain French, and nothing invented."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import FileUnreadable, KioskError
from kiosk.procedures.directory import stream
from kiosk.procedures.directory.hours import OddHours, hours_in_words
from kiosk.procedures.directory.offices import find_services
from kiosk.procedures.directory.service import kinds, read_service
from kiosk.procedures.directory.stream import DirectoryError, read_services

DATA = Path(__file__).parents[2] / "data/directory.json"
TODAY = date(2026, 11, 24)
MORNING = ("09:00:00", "12:00:00")


def row(first: str, last: str, *times: str, comment: str = "") -> dict[str, str]:
    names = ("valeur_heure_debut_1", "valeur_heure_fin_1", "valeur_heure_debut_2", "valeur_heure_fin_2")
    return {"nom_jour_debut": first, "nom_jour_fin": last, "commentaire": comment} | dict(
        zip(names, times, strict=False)
    )


HOURS = [
    (
        [
            row("Lundi", "Vendredi", "08:30:00", "12:00:00", "13:30:00", "17:00:00"),
            row("Samedi", "Samedi", *MORNING),
        ],
        "Lundi à vendredi : 8 h 30 à 12 h, 13 h 30 à 17 h. Samedi : 9 h à 12 h.",
    ),
    ([row("Lundi", "", *MORNING)], "Lundi : 9 h à 12 h."),
    ([row("lundi", "Mardi", *MORNING)], "Lundi et mardi : 9 h à 12 h."),
    (
        [row("Lundi", "Lundi", *MORNING), row("Mercredi", "Vendredi", *MORNING)],
        "Lundi et mercredi à vendredi : 9 h à 12 h.",
    ),
    (
        [row("Mardi", "Mardi", "14:00", "17:05"), row("Mardi", "Mardi", *MORNING)],
        "Mardi : 9 h à 12 h, 14 h à 17 h 05.",
    ),
    ([row("Lundi", "Lundi", *MORNING), row("Lundi", "Lundi", *MORNING)], "Lundi : 9 h à 12 h."),
    ([row("Jeudi", "Jeudi", "18:00:00", "00:00:00")], "Jeudi : 18 h à minuit."),
    (
        [row("Monday", "Friday", *MORNING, comment="Hors vacances d'été.")],
        "Lundi à vendredi : 9 h à 12 h (Hors vacances d’été).",
    ),
    ([row("Lundi", "Lundi", comment="Sur rendez-vous")], "Lundi : Sur rendez-vous."),
    ([row("Lundi", "Lundi", "", "", "", "")], ""),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "words"), HOURS)
def test_hours_read_as_a_person_would_say_them(rows: list[Any], words: str) -> None:
    assert hours_in_words(rows).replace("\u00a0", " ") == words


ODD = [
    [row("Lundi", "Lundi", "12:00:00", "09:00:00")],
    [row("Lundi", "Lundi", "09:00:00", "")],
    [row("Lundi", "Lundi", "25:00:00", "26:00:00")],
    [row("Lundi", "Lundi", "9 heures", "midi")],
    [row("Vendredi", "Lundi", *MORNING)],
    [row("Lundredi", "Lundi", *MORNING)],
    [row("Lundi", "Lundi", *MORNING), row("Lundi", "Lundi", "11:00", "13:00")],
    [row("Lundi", "Lundi", *MORNING, comment="\x1b[2J")],
    [row("Lundi", "Lundi", *MORNING, comment="\u202exx")],
    [row("Lundi", "Lundi", *MORNING, comment="x" * 301)],
    [row("Lundi", "Lundi", *MORNING)] * 61,
    ["lundi"],
    [{"nom_jour_debut": 1}],
    [{"nom_jour_debut": "Lundi", "valeur_heure_debut_1": 9, "valeur_heure_fin_1": 12}],
]


@pytest.mark.parametrize("rows", ODD)
def test_hours_that_cannot_be_read_are_left_out_whole(rows: list[Any]) -> None:
    with pytest.raises(OddHours):
        hours_in_words([row("Mardi", "Mardi", *MORNING), *rows])


def mairie() -> dict[str, Any]:
    return json.loads(DATA.read_text("utf-8"))["service"][2]


def read(**changed: Any):
    return read_service(mairie() | changed, 1, "mairie", "99999", TODAY)


def test_the_nested_form_and_the_form_of_the_api_say_the_same() -> None:
    nested = mairie()
    flat = {
        key: json.dumps(value) if isinstance(value, list) and key != "adresse_courriel" else value
        for key, value in nested.items()
    }
    flat["date_modification"] = "2026-11-20T09:30:00+01:00"
    assert list(kinds(flat, "99999")) == list(kinds(nested, "99999")) == ["mairie"]
    assert read_service(flat, 1, "mairie", "99999", TODAY) == read()
    assert read().fields["address"] == "1 rue de l’Essai, 99999 Valmerle"
    assert read().changed == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("0199000001", "01 99 00 00 01"),
        ("+33 (0)1 99 00 00 01", "01 99 00 00 01"),
        ("+33 1 99 00 00 01", "01 99 00 00 01"),
        ("01.99.00.00.01", "01 99 00 00 01"),
        ("36 46", "3646"),
    ],
)
def test_a_phone_number_is_readable(given: str, shown: str) -> None:
    assert read(telephone=[{"valeur": given}]).fields["phone"] == shown


LEFT_OUT = [
    ({"telephone": [{"valeur": "écrire"}]}, "phone", "phone number"),
    ({"site_internet": [{"valeur": "javascript:alert(1)"}]}, "url", "site"),
    ({"adresse": [{"numero_voie": "1 rue\x00", "nom_commune": "V"}]}, "address", "address cannot be shown"),
    ({"adresse": [{"numero_voie": "1 \u202eeur", "nom_commune": "V"}]}, "address", "cannot be shown"),
    ({"site_internet": [{"valeur": "https://x.example/\u202e"}]}, "url", "site"),
    ({"adresse": [{"code_postal": "99999", "nom_commune": "V"}]}, "address", "no street"),
    ({"adresse": "[{"}, "address", "no address"),
    ({"adresse": [{"numero_voie": ["1"], "nom_commune": "V"}]}, "address", "cannot be shown"),
    ({"plage_ouverture": [{"nom_jour_debut": None}]}, "hours", "opening hours"),
]


@pytest.mark.parametrize(("changed", "field", "reason"), LEFT_OUT)
def test_what_cannot_be_read_is_left_out_with_its_reason(changed: Any, field: str, reason: str) -> None:
    found = read(**changed)
    assert field not in found.fields
    assert len(found.reasons) == 1
    assert reason in found.reasons[0]


@pytest.mark.parametrize("when", ["", None, 7, "hier", "20/13/2026 09:00:00", "2026-11-25", "01/01/0001"])
def test_a_service_without_a_credible_day_says_so(when: object) -> None:
    assert read(date_modification=when).changed is None


def test_the_services_of_the_commune_are_found_in_the_order_of_the_file() -> None:
    found, count = find_services(read_services(DATA), frozenset({"mairie", "cpam", "msa"}), "99999", TODAY)
    assert count == 7
    names = {kind: [(service.name, service.main) for service in rows] for kind, rows in found.items()}
    assert names == {
        "mairie": [("Mairie déléguée - Petit-Valmerle", False), ("Mairie - Valmerle", True)],
        "cpam": [("CPAM - Valmerle", True)],
        "msa": [],
    }


@pytest.mark.parametrize("size", [1, 7, 1 << 18])
@pytest.mark.parametrize("packed", [False, True])
def test_the_file_is_read_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, packed: bool
) -> None:
    monkeypatch.setattr(stream, "CHUNK", size)
    values = [{"nom": 'Mairie {annexe} "H" é'}, 1234567, "x", None, [1, [2]], {}]
    for text in (
        json.dumps(values),
        json.dumps({"metadata": {"a": [1]}, "service": values, "n": 12}, indent=1),
    ):
        data = b"\xef\xbb\xbf" + text.encode()
        (tmp_path / "d").write_bytes(gzip.compress(data) if packed else data)
        assert [value for _, value in read_services(tmp_path / "d")] == values


def test_a_service_has_the_line_where_it_starts(tmp_path: Path) -> None:
    (tmp_path / "d").write_text('{"service": [\n{"a":\n1},\n\n{"b": 2}]}')
    assert [line for line, _ in read_services(tmp_path / "d")] == [2, 5]


BROKEN = [
    (b"", "neither"),
    (b"<xml/>", "neither"),
    (b'{"service": [{"a": 1}', "missing"),
    (b'{"service": [{"a": 1', "ends in the middle"),
    (b'{"service": [{"a" 1}]}', "not JSON"),
    (b"[1 2]", "missing"),
    (b"[1] 2", "after the end"),
    (b'[{"a": "\xff"}]', "not UTF-8"),
    (b"[" * 100_000, "too deep"),
    (b"[" + b"9" * 5_000 + b",", "too long"),
    (b'["' + b"x" * (2 << 20) + b'"]', "more than"),
    (gzip.compress(b"[" + b"{}," * 99_999)[:40], "gzip"),
    (b"\x1f\x8bnot gzip", "gzip"),
]


@pytest.mark.parametrize(("data", "says"), BROKEN, ids=[says for _, says in BROKEN])
def test_a_file_that_is_no_directory_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "d.json").write_bytes(data)
    with pytest.raises(DirectoryError) as caught:
        list(read_services(tmp_path / "d.json"))
    assert says in caught.value.problem
    assert "\n" not in caught.value.problem
    with pytest.raises(FileUnreadable):
        list(read_services(tmp_path / "none"))


KEYS = (
    st.sampled_from(
        [
            "pivot",
            "type_service_local",
            "code_insee_commune",
            "adresse",
            "nom_commune",
            "numero_voie",
            "valeur",
        ]
    )
    | st.sampled_from(
        ["plage_ouverture", "nom_jour_debut", "valeur_heure_debut_1", "valeur_heure_fin_1", "telephone"]
    )
    | st.sampled_from(["nom", "date_modification", "service", "site_internet"])
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["mairie", "99999", "Lundi", "09:00:00", "12:00:00", "2026-11-20", "[{]", "https://x"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)
PIVOT = {"pivot": [{"type_service_local": "mairie", "code_insee_commune": ["99999"]}]}


@given(VALUES, st.dictionaries(KEYS.filter(lambda key: key != "pivot"), VALUES, max_size=8))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_gives_services_that_can_be_shown_or_a_clean_refusal(
    tmp_path: Path, anything: Any, record: dict[str, Any]
) -> None:
    file = tmp_path / "any.json"
    for value in (anything, [anything, PIVOT | record]):
        file.write_text(json.dumps(value), "utf-8")
        try:
            found, _ = find_services(read_services(file), frozenset({"mairie"}), "99999", TODAY)
        except KioskError:
            continue
        for service in found["mairie"]:
            shown = [service.name, service.place, *service.fields.values(), *service.reasons]
            assert all(text.replace("\u00a0", " ").isprintable() for text in shown)
            assert set(service.fields) <= {"address", "hours", "phone", "url"}
            assert all(service.fields.values())
