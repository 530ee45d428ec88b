"""Reads the questions of a pack: what may be answered, how it is asked, and what becomes of the answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from kiosk.procedures.bounds import date_bound
from kiosk.procedures.concepts import Texts, each, optional_texts
from kiosk.procedures.fields import AMOUNT, QUESTION_ID, WORD_ID, Fields
from kiosk.procedures.model import LegalBasis, Option, Question, QuestionType
from kiosk.procedures.outcomes import Effort
from kiosk.procedures.typecheck import FUNCTIONS
from kiosk.procedures.validity_fields import read_validity
from kiosk.procedures.values import LARGEST_NUMBER
from kiosk.procedures.yaml_text import Mapping, Place, Scalar, Yaml

QUESTION_KEYS = (
    "number type text easy lead why data options unknown icon unit min max precision private sensitive "
    "questions member retired_options from_card legal_basis typed_by_law valid about"
)
QUESTION_TEXTS = ("easy", "lead", "why")
DATA_TEXTS = ("purpose", "kept", "recipients")
HIGHEST_NUMBER = 65_535
RESERVED = frozenset((*FUNCTIONS, "true", "false", "null", "in"))
WITH_OPTIONS = (QuestionType.CHOICE, QuestionType.CHOICES)
BOUNDED = (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.DATE)
WITH_ABOUT = (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.TEXT)
CARD_FIELDS = {
    "name": QuestionType.NAME,
    "family_name": QuestionType.TEXT,
    "given_names": QuestionType.TEXT,
    "birth_date": QuestionType.DATE,
    "birth_place": QuestionType.TEXT,
    "nationality": QuestionType.COUNTRY,
    "document_number": QuestionType.TEXT,
    "national_number": QuestionType.NATIONAL_NUMBER,
    "expiry_date": QuestionType.DATE,
    "sex": QuestionType.CHOICE,
    "address": QuestionType.ADDRESS,
}
"""What an eID card can answer, and in a question of which type. ``name``: family and given names together."""
EXTREMES = (date(1900, 1, 1), date(2100, 12, 31))
"""Days of a visit for which a relative bound must make sense."""


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
        optional_texts(fields, QUESTION_TEXTS, f"question.{name}", texts)
        return _question(name, number, fields, texts)

    found = each(node, QUESTION_ID, one)
    for question in found.values():
        _check_group(question, found, node.keys[question.id])
    effort = Effort()
    return {
        name: msgspec.structs.replace(
            question, valid=read_validity(node.items[name], question, texts, effort)
        )
        for name, question in found.items()
    }


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
    if "member" in fields and kind is not QuestionType.GROUP:
        raise fields.at("member").error(f"question {name} of type {kind} has no member", "member for group")
    optional_texts(fields, ("member",), f"question.{name}", texts)
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
        basis=read_data_use(fields, f"question.{name}", texts),
        from_card=_from_card(fields, kind),
        legal_basis=_legal_basis(fields, kind),
        typed_by_law=fields.word("typed_by_law"),
        about=_about(name, fields, kind, texts),
    )


def read_data_use(fields: Fields, at: str, texts: Texts) -> LegalBasis | None:
    """What the answers are for, on which basis, how long they are kept and by whom (GDPR article 13); the
    words go into ``texts``."""
    if "data" not in fields:
        return None
    data = Fields(fields.need("data"), f"{fields.what}, data", " ".join(("basis", *DATA_TEXTS)))
    optional_texts(data, DATA_TEXTS, f"{at}.data", texts)
    return data.enum("basis", LegalBasis) if "basis" in data else None


def _from_card(fields: Fields, kind: QuestionType) -> str:
    if "from_card" not in fields:
        return ""
    field = fields.one_of("from_card", tuple(CARD_FIELDS))
    if CARD_FIELDS[field] is not kind:
        fitting = [name for name, fits in CARD_FIELDS.items() if fits is kind]
        raise fields.at("from_card").error(
            f"{field} of a card is no answer of type {kind}", ", ".join(fitting) or "no from_card"
        )
    return field


def _legal_basis(fields: Fields, kind: QuestionType) -> str:
    if ("legal_basis" in fields) != (kind is QuestionType.NATIONAL_NUMBER):
        raise fields.at("legal_basis").error(
            f"{fields.what} of type {kind} and its legal_basis",
            "an article that lets the office have the number, for national-number only",
        )
    return fields.word("legal_basis")


def _about(name: str, fields: Fields, kind: QuestionType, texts: Texts) -> tuple[int | str, ...]:
    found: list[int | str] = []
    for n, item in enumerate(fields.items("about")):
        about = Fields(item, f"about of {name}", "value text")
        if kind not in WITH_ABOUT:
            raise about.place.error(f"a question of type {kind} has no about", ", ".join(WITH_ABOUT))
        texts[f"question.{name}.about.{n}.text"] = about.text("text")
        value: int | str = (
            about.whole("value", -LARGEST_NUMBER, LARGEST_NUMBER)
            if kind is QuestionType.NUMBER
            else about.need_word("value")
        )
        if value in found:
            raise about.at("value").error(f"{value!r} stands twice in about", "each once")
        found.append(value)
    return tuple(found)


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
        optional_texts(option, ("sub",), f"option.{name}.{value}", texts)
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
