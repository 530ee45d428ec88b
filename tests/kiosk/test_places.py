"""A commune is found by what people write of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.places import Places, covers, fold, places

FOUND = [
    ("Saint-Marcel-lès-V", "Saint-Marcel-lès-Valence", "26320", "Drôme"),
    ("saint marcel les valence", "Saint-Marcel-lès-Valence", "26320", "Drôme"),
    ("st marcel les val", "Saint-Marcel-lès-Valence", "26320", "Drôme"),
    ("SAINT-MARCELLIN", "Saint-Marcellin", "38160", "Isère"),
    ("26320", "Saint-Marcel-lès-Valence", "26320", "Drôme"),
    ("26 320", "Saint-Marcel-lès-Valence", "26320", "Drôme"),
    ("57050 metz", "Metz", "57050", "Moselle"),
    ("Metz 57050", "Metz", "57050", "Moselle"),
    ("57000 METZ CEDEX", "Metz", "57000", "Moselle"),
    ("rochelle", "La Rochelle", "17000", "Charente-Maritime"),
    ("l'abergement-cl", "L’Abergement-Clémenciat", "01400", "Ain"),
    ("oeting", "Œting", "57600", "Moselle"),
    ("st denis 97400", "Saint-Denis", "97400", "La Réunion"),
    ("ste menehould", "Sainte-Menehould", "51800", "Marne"),
    ("paris 15", "Paris 15e Arrondissement", "75015", "Paris"),
]


@pytest.mark.parametrize(("written", "name", "postcode", "department"), FOUND)
def test_a_commune_is_found(written: str, name: str, postcode: str, department: str) -> None:
    first = places().search(written)[0]
    assert (first.name, first.department) == (name, department)
    assert postcode in first.postcodes


def test_the_largest_comes_first_and_the_name_that_is_whole_before_it() -> None:
    assert [place.name for place in places().search("mar")] == [
        "Marseille",
        "Martigues",
        "Marcq-en-Barœul",
    ]
    assert places().search("saint martin")[0].name == "Saint-Martin"
    assert places().search("st")[0].name == "Strasbourg"  # not yet « saint »


def test_a_postcode_finds_its_commune_and_keeps_only_itself() -> None:
    (paris,) = places().search("75011")
    assert (paris.name, paris.postcode) == ("Paris", "75011")
    assert {place.postcode for place in places().search("51290", 50)} == {"51290"}


def test_a_part_of_a_commune_leads_to_the_commune_of_the_address() -> None:
    (old,) = places().search("annecy-le-vieux")
    assert (old.city, old.code, old.postcode) == ("Annecy", "74010", "")
    assert places().search("paris 15e")[0].city == "Paris"


def test_only_what_names_one_place_is_taken_without_a_touch() -> None:
    found = places().exactly("abbeville")
    assert found is not None
    assert found.postcode == "80100"
    assert places().exactly("Saint-Denis") is None  # there are several
    assert places().exactly("Abbevil") is None
    assert places().exactly("") is None


def test_every_place_can_be_found_by_its_own_name() -> None:
    known = places()
    for number in range(0, len(known._rows), 997):
        name = known._rows[number].decode().split("\t")[0]
        assert name in {place.name for place in known.search(name, 40)}


@given(st.text(max_size=80))
def test_whatever_is_written_the_search_answers(written: str) -> None:
    found = places().search(written)
    assert len(found) <= 3
    assert len(set(found)) == len(found)


@given(st.text(max_size=40))
def test_a_folded_name_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not folded.startswith("_")
    assert "__" not in folded


def test_a_name_is_folded_in_every_script() -> None:
    assert fold("L’Haÿ-les-Roses") == "l_hay_les_roses"
    assert fold("الجزائرُ العاصمة") == fold("الجزائر العاصمه")
    assert fold("Україна") == fold("УКРАЇНА")
    assert fold("٥٧٠٠٠") == "57000"


def test_a_search_is_done_before_the_next_key() -> None:
    known = places()
    for written in ("st", "aa", "qx", "zzzz", "paris 15", "57000 metz", "saint-remy-en-bouzemont"):
        took = []
        for _ in range(20):
            began = time.thread_time()
            known.search(written)
            took.append(time.thread_time() - began)
        assert min(took) < 0.005, written


def test_an_unknown_department_leaves_the_place_without_one() -> None:
    known = Places(b"01\tAin\n\nmetz\n\n 57000\n\nMetz\t57463\t")
    assert known.search("metz")[0].department == ""


def test_only_france_is_known() -> None:
    assert covers("FR")
    assert not covers("BE")
