"""Reads an answers file: ``{"QUESTION_ID": value}`` in JSON, at most 256 KiB."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.procedures.answers import parse_answers
from kiosk.procedures.errors import AnswerError, AnswersFileError
from kiosk.procedures.model import Event, Pack
from kiosk.procedures.values import AnswerValue

LARGEST_FILE, DEEPEST, LONGEST_NUMBER = 262_144, 8, 20
SHAPE = '{"QUESTION_ID": value}'


def read_answers(file: Path, pack: Pack, event: Event) -> dict[str, AnswerValue]:
    """The answers of the file. Raises AnswersFileError, which names the file and what is wrong."""
    try:
        raw = parse_json(_bytes(file))
        if not isinstance(raw, dict):
            raise ValueError("the file holds no object")
        return parse_answers(pack, event, raw)
    except AnswerError as error:
        raise AnswersFileError(str(file), f"{error.question}: {error.problem}", error.allowed) from None
    except ValueError as error:
        raise AnswersFileError(str(file), str(error), SHAPE) from None


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such path"
        raise AnswersFileError(str(file), f"cannot be read: {reason}", "a readable JSON file") from None
    if len(data) > LARGEST_FILE:
        raise AnswersFileError(str(file), "the file is too large", f"at most {LARGEST_FILE} bytes")
    return data


def parse_json(data: bytes) -> object:
    """Strict JSON: UTF-8, no key twice, no NaN, bounded depth and numbers. Raises ValueError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8") from None
    _check_depth(text)
    try:
        found: object = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_decimal,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("the file is nested too deeply") from None
    return found


def _check_depth(text: str) -> None:
    depth, inside, escaped = 0, False, False
    for char in text:
        if inside:
            inside = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            inside = True
        else:
            depth += (char in "[{") - (char in "]}")
            if depth > DEEPEST:
                raise ValueError(f"the file is nested deeper than {DEEPEST} levels")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:60]!a} stands twice")
    return found


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _decimal(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER + 10:
        raise ValueError("a number is too long")
    return float(digits)
