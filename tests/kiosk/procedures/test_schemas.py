"""The JSON Schemas that editors use say what the loader says: the same keys, words and refusals."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from kiosk.procedures import PackError, counting, fields, loader, model, questions, rules
from kiosk.procedures.events import CHANNELS
from kiosk.procedures.library import read_sources
from kiosk.procedures.loader import SCHEMA, build_pack
from kiosk.procedures.overlay import compose
from kiosk.procedures.yaml_text import Mapping, Scalar, Yaml, read_yaml

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs/schemas/pack"
WHOLE = ROOT / "tests/kiosk/procedures/packs/whole"
LAID = ROOT / "tests/kiosk/procedures/packs/over"
SCHEMAS = {path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
VALIDATORS = {name: Draft7Validator(schema) for name, schema in SCHEMAS.items()}
PACKS = [
    ROOT / "assets/packs/fr",
    *(path.parent for path in sorted((ROOT / "tests").glob("**/packs/**/pack.yaml"))),
]
OVERLAYS = {ROOT / "tests/packs/town": PACKS[0], LAID: WHOLE}
"""Overlays, each with the pack that it lies over."""
SHAPES = [
    # how the loader names a mapping in its refusals, and where its schema stands
    (r"pack\.yaml", "pack", ""),
    (r"body \S+", "bodies", "body"),
    (r"document \S+", "documents", "document"),
    (r"parameter \S+", "parameters", "dated"),
    (r"question \S+", "questions", "question"),
    (r"pack\.yaml, data", "pack", "data"),
    (r"overlay\.yaml", "overlay", ""),
    (r"office \S+", "offices", "office"),
    (r"aids \S+", "aids", ""),
    (r"local aid", "aids", "aid"),
    (r"question \S+, data", "questions", "data"),
    (r"valid of \S+", "questions", "valid"),
    (r"about of \S+", "questions", "about"),
    (r"option of \S+", "questions", "option"),
    (r"event \S+", "event", ""),
    (r"procedure(?: \S+)?", "event", "procedure"),
    (r"procedure \S+, bodies", "event", "body"),
    (r"procedure \S+, documents", "event", "document"),
    (r"procedure \S+, gives", "event", "output"),
    (r"procedure \S+, after", "event", "prior"),
    (r"deadline", "event", "deadline"),
    (r"opens", "event", "opens"),
    (r"reaches_back", "event", "reaches_back"),
    (r"nth_weekday_before", "event", "deadline.nth_weekday_before"),
    (r"day_of_month", "event", "deadline.day_of_month"),
    (r"source", "event", "source"),
    (r"cost of \S+", "event", "cost"),
    (r"amount of \S+", "event", "amount"),
    (r"channel of \S+", "event", "channel"),
]


def shape(file: str, at: str) -> dict[str, Any]:
    """The schema of one kind of mapping."""
    if not at:
        return SCHEMAS[file]
    name, *inner = at.split(".")
    found: dict[str, Any] = SCHEMAS[file]["definitions"][name]
    for key in inner:
        found = found["properties"][key]
    return found


def plain(node: Yaml) -> Any:
    """The values of a file as an editor's schema checker has them."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    return [plain(item) for item in node.items]


def files_of(folder: Path) -> dict[str, Any]:
    return {
        file: plain(read_yaml(data.decode("utf-8-sig"), file))
        for file, data in read_sources(folder).items()
        if file.endswith(".yaml")
    }


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_schema_and_describes_every_key(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    for properties in every(SCHEMAS[name], "properties"):
        for key, value in properties.items():
            assert (
                "$ref" in value
                or value.get("description", "").endswith((".", ":", ")", "…"))
                or (set(value) <= {"enum", "not", "const"})
            ), key


def every(node: Any, key: str) -> Iterator[Any]:
    """Each value that stands under ``key``, at any depth of a schema; conditions on values left out."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            if name not in ("if", "then", "else"):
                yield from every(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from every(value, key)


@pytest.mark.parametrize("folder", [*PACKS, *OVERLAYS], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_pack_is_accepted(folder: Path) -> None:
    for file, content in files_of(folder).items():
        problems = [f"{list(e.path)}: {e.message}" for e in refusals(file, content)]
        assert not problems, (file, problems)


def refusals(file: str, content: Any) -> list[Any]:
    folder, _, name = file.rpartition("/")
    schema = {"events": "event", "aids": "aids"}.get(folder, name.removesuffix(".yaml"))
    return list(VALIDATORS[schema].iter_errors(content))


def test_the_schemas_have_the_keys_that_the_loader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, set[str]] = {}
    begin = fields.Fields.__init__

    def spy(self: fields.Fields, node: Yaml, what: str, keys: str) -> None:
        if keys != "rows":  # the loader's own way to read a list
            known.setdefault(what, set()).update(keys.split())
        begin(self, node, what, keys)

    monkeypatch.setattr(fields.Fields, "__init__", spy)
    packs = {folder: build_pack(read_sources(folder), "") for folder in PACKS}
    for overlay, folder in OVERLAYS.items():
        compose(packs[folder], read_sources(overlay), "", "")
    read: dict[tuple[str, str], set[str]] = {}
    for what, keys in known.items():
        places = [(file, at) for pattern, file, at in SHAPES if re.fullmatch(pattern, what)]
        assert len(places) == 1, f"{what}: no schema, or two"
        read.setdefault(places[0], set()).update(keys)
    for place, keys in read.items():
        assert set(shape(*place)["properties"]) == keys, place
    assert read.keys() == {(file, at) for _, file, at in SHAPES}, "no pack of the tests has one of these"


WORDS = [
    ("pack", "", "schema", (SCHEMA,)),
    ("pack", "data", "basis", model.LegalBasis),
    ("questions", "data", "basis", model.LegalBasis),
    ("questions", "question", "type", model.QuestionType),
    ("questions", "question", "from_card", questions.CARD_FIELDS),
    ("questions", "valid", "bound", ("min", "max")),
    ("parameters", "dated", "confidence", fields.CONFIDENCE),
    ("event", "procedure", "confidence", fields.CONFIDENCE),
    ("event", "procedure", "form_confidence", fields.CONFIDENCE),
    ("event", "deadline", "confidence", fields.CONFIDENCE),
    ("event", "cost", "confidence", fields.CONFIDENCE),
    ("event", "deadline", "kind", counting.DeadlineKind),
    ("event", "deadline", "counting", counting.Counting),
    ("event", "deadline", "roll", counting.Roll),
    ("event", "reaches_back", "by", counting.Reach),
    ("event", "channel", "kind", CHANNELS),
    ("event", "deadline.nth_weekday_before", "weekday", rules.WEEKDAYS),
]


@pytest.mark.parametrize(("file", "at", "key", "words"), WORDS)
def test_a_closed_list_is_the_loader_s(file: str, at: str, key: str, words: Any) -> None:
    found = shape(file, at)["properties"][key]
    assert sorted(found.get("enum") or [found["const"]]) == sorted(words)


def test_ids_and_rules_are_the_loader_s() -> None:
    question = SCHEMAS["questions"]
    assert set(question["propertyNames"]["not"]["enum"]) == questions.RESERVED
    assert list(question["patternProperties"]) == [searched(fields.QUESTION_ID)]
    for file in ("bodies", "documents", "parameters"):
        assert list(SCHEMAS[file]["patternProperties"]) == [searched(fields.WORD_ID)]
    assert set(shape("event", "opens")["properties"]) == set(rules.RULES)


def searched(pattern: re.Pattern[str]) -> str:
    """A pattern for the start of a text, as schemas write it: they search anywhere."""
    return f"^{pattern.pattern}".replace(r"\Z", "$")


# -- the same refusals: one key taken out, one value replaced, in a pack that has everything

ODD: list[Any] = [
    None,
    True,
    7,
    -1,
    10**12,
    "",
    "?",
    "x" * 2_001,
    [],
    ["a", "a"],
    {},
    {"id": "zz"},
    {"odd": 1},
]


def ways(content: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of a file."""
    for step, value in content.items() if isinstance(content, dict) else enumerate(content):
        yield (*before, step)
        if isinstance(value, dict | list):
            yield from ways(value, (*before, step))


def changed(content: Any, way: tuple[Any, ...], value: Any) -> Any:
    found = copy.deepcopy(content)
    inner = found
    for step in way[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return found


EDITED = [(folder, file) for folder in (WHOLE, LAID) for file in files_of(folder)]


@pytest.fixture
def loader_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str, Any], str]:
    """What the loader has against the pack and its overlay with another content of one file; empty =
    nothing."""
    pack, overlay = read_sources(WHOLE), read_sources(LAID)
    # The same for every variant, and most of the time of a build.
    for name in ("regions_of", "available_timezones", "read_yaml"):
        monkeypatch.setattr(loader, name, lru_cache(maxsize=8)(getattr(loader, name)))

    below = build_pack(pack, "")

    def says(folder: Path, file: str, content: Any) -> str:
        other = {file: json.dumps(content, ensure_ascii=False).encode()}
        try:
            if folder == WHOLE:
                build_pack({**pack, **other}, "")
            else:
                compose(below, {**overlay, **other}, "", "")
        except PackError as error:
            return error.problem
        return ""

    return says


@pytest.mark.parametrize(("folder", "file"), EDITED, ids=str)
def test_a_key_that_must_be_there_is_asked_for_by_both(folder: Path, file: str, loader_says) -> None:
    content = files_of(folder)[file]
    assert not loader_says(folder, file, content)
    for way in ways(content):
        without = changed(content, way, ...)
        problem, refused = loader_says(folder, file, without), refusals(file, without)
        if refused:
            assert problem, f"only the schema refuses to miss {way}: {refused[0].message}"
        if problem.endswith(f"lacks {way[-1]!r}"):
            assert refused, f"only the loader refuses to miss {way}"


def refused_by_schema(folder: Path, file: str, odd_of: Callable[[int], list[Any]]) -> list[tuple[Any, ...]]:
    """(way, odd value, content) of each variant that the schema refuses."""
    content = files_of(folder)[file]
    variants = [
        (way, odd, changed(content, way, odd)) for n, way in enumerate(ways(content)) for odd in odd_of(n)
    ]
    return [found for found in variants if refusals(file, found[2])]


@pytest.mark.parametrize(("folder", "file"), EDITED, ids=str)
def test_a_schema_refuses_nothing_that_the_loader_reads(folder: Path, file: str, loader_says) -> None:
    for way, odd, other in refused_by_schema(folder, file, lambda n: [ODD[n % len(ODD)]]):
        assert loader_says(folder, file, other), f"only the schema refuses {odd!r} at {way}"


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "file"), EDITED, ids=str)
def test_a_schema_refuses_no_odd_value_that_the_loader_reads(folder: Path, file: str, loader_says) -> None:
    for way, odd, other in refused_by_schema(folder, file, lambda _: ODD):
        assert loader_says(folder, file, other), f"only the schema refuses {odd!r} at {way}"


@pytest.mark.parametrize(("folder", "file"), EDITED, ids=str)
def test_an_unknown_key_is_refused_by_both(folder: Path, file: str, loader_says) -> None:
    content = files_of(folder)[file]
    for before in {way[:-1]: way for way in ways(content) if isinstance(way[-1], str)}:
        other = changed(content, (*before, "odd!"), "x")
        assert refusals(file, other), before
        assert loader_says(folder, file, other), before
