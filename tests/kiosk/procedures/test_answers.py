"""Answers in and out: every type, and everything that is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.procedures import (
    Address,
    AnswerError,
    AnswersFileError,
    Member,
    Name,
    Pack,
    PartialDate,
    dump_answer,
    parse_answer,
    parse_answers,
    read_answers,
)

ADDRESS = {"lines": ["1 rue Haute"], "postcode": "57000", "city": "Metz", "country": "FR"}
GOOD = [
    ("ne", True, True),
    ("ne", None, None),
    ("lieu", "etranger", "etranger"),
    ("aides", ["apl", "rsa"], ("rsa", "apl")),
    ("aides", [], ()),
    ("date_naissance", "2026-11-23", PartialDate(2026, 11, 23)),
    ("date_naissance", "2026-11", PartialDate(2026, 11)),
    ("date_naissance", "2026", PartialDate(2026)),
    ("date_naissance", "2028-02-29", PartialDate(2028, 2, 29)),
    ("enfants", 3, 3),
    ("loyer", "800.50", Decimal("800.50")),
    ("pays", "BE", "BE"),
    ("nom", {"family": "Ó Súilleabháin", "given": "Aïcha"}, Name("Ó Súilleabháin", "Aïcha")),
    ("adresse", ADDRESS, Address(("1 rue Haute",), "57000", "Metz", "FR")),
    (
        "adresse",
        {"lines": ["4 rue Didouche", "Bat B"], "postcode": "", "city": "Alger", "country": "DZ"},
        Address(("4 rue Didouche", "Bat B"), "", "Alger", "DZ"),
    ),
    ("telephone", "+33612345678", "+33612345678"),
    ("courriel", "a.b+c@example.org", "a.b+c@example.org"),
    ("numero", "2 69 05 49 588 157 80", "2 69 05 49 588 157 80"),
    ("remarque", "Bonjour.", "Bonjour."),
    ("membres", [{"seul": True}], (Member((("seul", True),)),)),
    (
        "membres",
        [{"date_naissance": "2020", "nom": {"family": "A", "given": "B"}}, {"seul": None}],
        (Member((("nom", Name("A", "B")), ("date_naissance", PartialDate(2020)))), Member((("seul", None),))),
    ),
]


@pytest.mark.parametrize(("name", "raw", "value"), GOOD)
def test_an_answer_is_read_and_written_back(small: Pack, name: str, raw: object, value: object) -> None:
    found = parse_answer(small.questions[name], raw, small.questions)
    assert found == value
    assert parse_answer(small.questions[name], dump_answer(found), small.questions) == value
    json.dumps(dump_answer(found))


BAD = [
    ("ne", 1),
    ("ne", "true"),
    ("lieu", "lune"),
    ("lieu", ["france"]),
    ("aides", None),
    ("aides", "rsa"),
    ("aides", ["rsa", "rsa"]),
    ("aides", ["rsa", "lune"]),
    ("aides", [["rsa"]]),
    ("date_naissance", "2026-02-29"),
    ("date_naissance", "2026-13"),
    ("date_naissance", "2026-00-01"),
    ("date_naissance", "0000"),
    ("date_naissance", "1899-12-31"),
    ("date_naissance", "2101"),
    ("date_naissance", "２０２６"),
    ("date_naissance", "2026-11-23\n"),
    ("date_naissance", 2026),
    ("enfants", True),
    ("enfants", 3.0),
    ("enfants", -1),
    ("enfants", 21),
    ("enfants", 10**40),
    ("loyer", 800),
    ("loyer", "-1"),
    ("loyer", "1e3"),
    ("loyer", "NaN"),
    ("loyer", "5000.51"),
    ("loyer", "9" * 400),
    ("pays", "fr"),
    ("pays", "ZZ"),
    ("nom", {"family": "A"}),
    ("nom", {"family": "A", "given": "B", "more": 1}),
    ("nom", {"family": "", "given": "B"}),
    ("nom", {"family": "A" * 101, "given": "B"}),
    ("nom", "A B"),
    ("adresse", {**ADDRESS, "lines": []}),
    ("adresse", {**ADDRESS, "lines": ["x"] * 7}),
    ("adresse", {**ADDRESS, "lines": [None]}),
    ("adresse", {**ADDRESS, "country": "France"}),
    ("telephone", "0612345678"),
    ("telephone", "+33 6"),
    ("courriel", "a@b@c"),
    ("courriel", "a b@example.org"),
    ("numero", "!!"),
    ("remarque", "a\x00b"),
    ("remarque", "a\x1b[2J"),
    ("remarque", "\ud800"),
    ("remarque", "a\u202eb"),
    ("remarque", "x" * 501),
    ("remarque", "   "),
    ("membres", {"seul": True}),
    ("membres", [{"ne": True}]),
    ("membres", [{"seul": 1}]),
    ("membres", [[]]),
    ("membres", [{}] * 31),
]


@pytest.mark.parametrize(("name", "raw"), BAD, ids=repr)
def test_a_wrong_answer_is_refused_with_what_is_allowed(small: Pack, name: str, raw: object) -> None:
    with pytest.raises(AnswerError) as refused:
        parse_answer(small.questions[name], raw, small.questions)
    assert refused.value.allowed
    assert refused.value.question in ("seul", name)


def test_a_bound_relative_to_today_holds_only_where_today_is_given(small: Pack) -> None:
    born = small.questions["date_naissance"]
    assert parse_answer(born, "2026-12-20") == PartialDate(2026, 12, 20)
    with pytest.raises(AnswerError) as refused:
        parse_answer(born, "2026-12-20", today=date(2026, 11, 24))
    assert "2026-11-24" in refused.value.allowed
    assert parse_answer(born, "2023", today=date(2026, 11, 24)) == PartialDate(2023), "part of 2023 is inside"


def test_an_unknown_question_is_refused_without_echoing_control_characters(small: Pack) -> None:
    event = small.event("bebe")
    with pytest.raises(AnswerError) as refused:
        parse_answers(small, event, {"x\x1b[2J" + "y" * 500: 1})
    assert "\x1b" not in refused.value.question
    assert len(refused.value.question) <= 60
    assert refused.value.allowed == "ne, date_naissance, lieu"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_any_json_value_is_an_answer_or_refused(small: Pack, data: st.DataObject) -> None:
    question = small.questions[data.draw(st.sampled_from(sorted(small.questions)))]
    raw = data.draw(json_values)
    try:
        found = parse_answer(question, raw, small.questions)
    except AnswerError:
        return
    assert parse_answer(question, dump_answer(found), small.questions) == found


FILES = [
    (b"\xff\xfe", "not UTF-8"),
    (b"[]", "no object"),
    (b"{", "not JSON"),
    (b'{"ne": true, "ne": false}', "'ne' stands twice"),
    (b'{"enfants": NaN}', "NaN is no JSON number"),
    (b'{"enfants": -Infinity}', "no JSON number"),
    (b'{"enfants": ' + b"9" * 5000 + b"}", "a number is too long"),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested deeper"),
    (b'{"a": "' + b"x" * 300_000 + b'"}', "too large"),
    (b'{"ne": "yes"}', "ne: the answer is no boolean"),
]


@pytest.mark.parametrize(("data", "problem"), FILES, ids=[problem for _, problem in FILES])
def test_a_malformed_answers_file_is_named_with_its_problem(
    small: Pack, tmp_path: Path, data: bytes, problem: str
) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(data)
    with pytest.raises(AnswersFileError) as refused:
        read_answers(file, small, small.event("bebe"))
    assert refused.value.file == str(file)
    assert problem in refused.value.problem
    assert "\n" not in refused.value.problem + refused.value.allowed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{\n "ne": true,\n "lieu": "lune"\n}', 3),
        ('{\n "ne": true,\n\n "lieu" : "lune"}', 4),
        ('{\n "ne": true\n "lieu": 1}', 3),
        ('{"ne": true,\n "\\u006cieu": "lune"}', 0),
        ("[\n[[[[[[[[\n[", 2),
    ],
)
def test_a_wrong_answer_in_a_file_is_found_by_its_line(
    small: Pack, tmp_path: Path, text: str, line: int
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(text, "utf-8")
    with pytest.raises(AnswersFileError) as refused:
        read_answers(file, small, small.event("bebe"))
    assert refused.value.line == line
    assert refused.value.facts()["where"] == (f"{file}:{line}" if line else str(file))


def test_an_answers_file_that_is_missing_or_a_folder_is_named(small: Pack, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(AnswersFileError) as refused:
            read_answers(path, small, small.event("bebe"))
        assert "cannot be read" in refused.value.problem


@given(
    data=st.binary(max_size=200) | st.text(alphabet='{}[]":,0123456789truenl \\', max_size=80).map(str.encode)
)
def test_any_bytes_are_answers_or_refused_in_one_line(
    small: Pack, tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "answers.json"
    file.write_bytes(data)
    try:
        read_answers(file, small, small.event("bebe"))
    except AnswersFileError as error:
        refused = error
    else:
        return
    assert "\n" not in refused.problem
