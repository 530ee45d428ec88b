"""Reads what all events of a pack share: questions, bodies, documents, parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kiosk.procedures.bounds import date_bound
from kiosk.procedures.fields import AMOUNT, CONFIDENCE, QUESTION_ID, WORD_ID, Fields, check_id, read_text
from kiosk.procedures.model import Body, Dated, Option, Question, QuestionType
from kiosk.procedures.typecheck import FUNCTIONS
from kiosk.procedures.yaml_text import Mapping, Place, Scalar, Yaml

Texts = dict[str, str]
Made = TypeVar("Made")

QUESTION_KEYS = (
    "number type text easy lead why purpose options unknown icon unit min max precision private "
    "sensitive questions retired_options"
)
QUESTION_TEXTS = ("easy", "lead", "why", "purpose")
HIGHEST_NUMBER = 65_535
RESERVED = frozenset((*FUNCTIONS, "true", "false", "null", "in"))
WITH_OPTIONS = (QuestionType.CHOICE, QuestionType.CHOICES)
BOUNDED = (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.DATE)
EXTREMES = (date(1900, 1, 1), date(2100, 12, 31))
"""Days of a visit for which a relative bound must make sense."""


def each(node: Mapping, pattern: re.Pattern[str], read: Callable[[str, Yaml], Made]) -> dict[str, Made]:
    """Every entry of a file ``ID: FIELDS``."""
    return {check_id(key, node.keys[key], pattern): read(key, value) for key, value in node.items.items()}


def read_bodies(node: Mapping, texts: Texts) -> dict[str, Body]:
    """The offices; their words go into ``texts``."""

    def one(name: str, value: Yaml) -> Body:
        fields = Fields(value, f"body {name}", "name note address hours phone url holiday_region")
        texts[f"body.{name}.name"] = fields.text("name")
        _optional_texts(fields, ("note", "address", "hours"), f"body.{name}", texts)
        return Body(name, fields.word("phone"), fields.url("url"), fields.word("holiday_region"))

    return each(node, WORD_ID, one)


def read_documents(node: Mapping, texts: Texts) -> tuple[str, ...]:
    """The papers; their words go into ``texts``."""

    def one(name: str, value: Yaml) -> str:
        fields = Fields(value, f"document {name}", "title note")
        texts[f"document.{name}.title"] = fields.text("title")
        _optional_texts(fields, ("note",), f"document.{name}", texts)
        return name

    return tuple(each(node, WORD_ID, one))


def read_parameters(node: Mapping) -> dict[str, tuple[Dated, ...]]:
    """The dated values, oldest first."""

    def one(name: str, value: Yaml) -> tuple[Dated, ...]:
        rows = Fields(
            Mapping(value.place, {"rows": value}, {"rows": value.place}), f"parameter {name}", "rows"
        )
        return tuple(
            sorted((_dated(name, row) for row in rows.items("rows")), key=lambda found: found.valid_from)
        )

    return each(node, WORD_ID, one)


def _dated(name: str, row: Yaml) -> Dated:
    fields = Fields(row, f"parameter {name}", "value unit valid_from law confidence note")
    return Dated(
        fields.amount("value"),
        fields.need_word("unit"),
        fields.day("valid_from"),
        fields.need_word("law"),
        fields.one_of("confidence", CONFIDENCE),
    )


def read_questions(node: Mapping, retired: frozenset[int], texts: Texts) -> dict[str, Question]:
    """The questions; their words go into ``texts``. A permanent number stands for one question only."""
    numbers: dict[int, str] = {}

    def one(name: str, value: Yaml) -> Question:
        if name in RESERVED:
            raise node.keys[name].error(f"{name!r} is a word of conditions", "another id")
        fields = Fields(value, f"question {name}", QUESTION_KEYS)
        number = fields.whole("number", 1, HIGHEST_NUMBER)
        if number in numbers or number in retired:
            taken = numbers.get(number, "a question that was withdrawn")
            raise fields.at("number").error(f"the number {number} belongs to {taken}", "a number never used")
        numbers[number] = name
        texts[f"question.{name}.text"] = fields.text("text")
        _optional_texts(fields, QUESTION_TEXTS, f"question.{name}", texts)
        return _question(name, number, fields, texts)

    found = each(node, QUESTION_ID, one)
    for question in found.values():
        _check_group(question, found, node.keys[question.id])
    return found


def _question(name: str, number: int, fields: Fields, texts: Texts) -> Question:
    kind = fields.enum("type", QuestionType)
    if ("options" in fields) != (kind in WITH_OPTIONS):
        raise fields.at("options").error(
            f"question {name} of type {kind} and its options", "options for choice, choices"
        )
    if ("questions" in fields) != (kind is QuestionType.GROUP):
        raise fields.at("questions").error(
            f"question {name} of type {kind} and its questions", "questions for group"
        )
    low, high = (_bound(fields, key, kind) for key in ("min", "max"))
    return Question(
        id=name,
        number=number,
        type=kind,
        options=_options(name, fields, texts),
        unknown_allowed=fields.flag("unknown", True),
        minimum=low,
        maximum=high,
        precision=fields.one_of("precision", ("day", "month", "year"), "day"),
        private=fields.flag("private", False),
        sensitive=fields.flag("sensitive", False),
        icon=fields.word("icon"),
        unit=fields.word("unit"),
        questions=fields.words("questions"),
    )


def _options(name: str, fields: Fields, texts: Texts) -> tuple[Option, ...]:
    found: list[Option] = []
    retired = read_numbers(fields, "retired_options")
    for item in fields.items("options"):
        option = Fields(item, f"option of {name}", "value number text sub icon")
        value = option.identifier("value", WORD_ID)
        number = option.whole("number", 1, HIGHEST_NUMBER)
        if any(value == other.value for other in found):
            raise option.at("value").error(f"the option {value!r} stands twice", "each value once")
        if any(number == other.number for other in found):
            raise option.at("number").error(f"the option number {number} stands twice", "a number never used")
        if number in retired:
            raise option.at("number").error(
                f"the option number {number} was withdrawn", "a number never used"
            )
        texts[f"option.{name}.{value}.text"] = option.text("text")
        _optional_texts(option, ("sub",), f"option.{name}.{value}", texts)
        found.append(Option(value, number, option.word("icon")))
    if "options" in fields and len(found) < 2:
        raise fields.at("options").error(f"question {name} needs options", "two or more")
    return tuple(found)


def read_numbers(fields: Fields, key: str) -> frozenset[int]:
    """Permanent numbers that are no longer used."""
    found = []
    for item in fields.items(key):
        if not isinstance(item, Scalar) or not isinstance(item.value, int) or isinstance(item.value, bool):
            raise item.place.error(f"{key} holds a word that is no number", "whole numbers")
        found.append(item.value)
    return frozenset(found)


def _bound(fields: Fields, key: str, kind: QuestionType) -> int | str | None:
    node = fields.get(key)
    if node is None:
        return None
    if kind not in BOUNDED:
        raise node.place.error(f"a question of type {kind} has no {key}", "number, money, date")
    if kind is QuestionType.NUMBER:
        return fields.whole(key, -(10**9), 10**9)
    text = node.written if isinstance(node, Scalar) else ""
    if kind is QuestionType.MONEY:
        if not AMOUNT.match(text):
            raise node.place.error(f"{key} of money is an amount", '"0", "1500.50"')
        return str(Decimal(text))
    try:
        for day in EXTREMES:
            date_bound(text, day)
    except (ValueError, OverflowError):
        raise node.place.error(f"{key} of a date", "2026-01-01, today, today-P3Y, today+P9M") from None
    return text


def _check_group(question: Question, found: dict[str, Question], place: Place) -> None:
    for name in question.questions:
        inner = found.get(name)
        if inner is None or inner.type is QuestionType.GROUP:
            raise place.error(f"the group {question.id} asks {name!r}", "ids of questions that are no group")


def _optional_texts(fields: Fields, keys: tuple[str, ...], prefix: str, texts: Texts) -> None:
    for key in keys:
        node = fields.get(key)
        if node is not None:
            texts[f"{prefix}.{key}"] = read_text(node, f"{fields.what}, {key}", 2_000)
