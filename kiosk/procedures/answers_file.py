"""Reads an answers file: ``{"QUESTION_ID": value}`` in JSON, at most 256 KiB."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kiosk.procedures.answers import parse_answers
from kiosk.procedures.errors import AnswerError, AnswersFileError
from kiosk.procedures.model import Event, Pack
from kiosk.procedures.values import AnswerValue

LARGEST_FILE, DEEPEST, LONGEST_NUMBER = 262_144, 8, 20
SHAPE = '{"QUESTION_ID": value}'


def read_answers(file: Path, pack: Pack, event: Event, lang: str = "") -> dict[str, AnswerValue]:
    """The answers of the file. Raises AnswersFileError, which names the file and what is wrong; where the
    pack has a sentence for it, in ``lang``, it stands in place of our own."""
    data = _bytes(file)
    try:
        raw = parse_json(data)
    except JsonProblem as error:
        raise AnswersFileError(str(file), error.line, error.problem, SHAPE) from None
    if not isinstance(raw, dict):
        raise AnswersFileError(str(file), 1, "the file holds no object", SHAPE)
    found: dict[str, AnswerValue] = {}
    for name, value in raw.items():
        try:
            found |= parse_answers(pack, event, {name: value})
        except AnswerError as error:
            says = pack.text(error.say, lang).replace("\n", " ").rstrip(".") if error.say else error.problem
            problem = f"{error.question}: {says}"
            raise AnswersFileError(str(file), _line_of(name, data), problem, error.allowed) from None
    return found


def _line_of(name: str, data: bytes) -> int:
    """The line of a key, as far as its written form tells; 0 if it is written otherwise."""
    text = data.decode("utf-8-sig")
    for written in (json.dumps(name, ensure_ascii=False), json.dumps(name)):
        match = re.search(re.escape(written) + r"\s*:", text)
        if match:
            return text.count("\n", 0, match.start()) + 1
    return 0


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such path"
        raise AnswersFileError(str(file), 0, f"cannot be read: {reason}", "a readable JSON file") from None
    if len(data) > LARGEST_FILE:
        raise AnswersFileError(str(file), 0, "the file is too large", f"at most {LARGEST_FILE} bytes")
    return data


class JsonProblem(ValueError):
    """What is wrong with a JSON text. ``line`` counts from 1; 0 = where ``written`` stands last."""

    def __init__(self, problem: str, line: int = 0, written: str = "") -> None:
        super().__init__(problem)
        self.problem, self.line, self.written = problem, line, written


def parse_json(data: bytes) -> object:
    """Strict JSON: UTF-8, no key twice, no NaN, bounded depth and numbers. Raises JsonProblem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonProblem("the file is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
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
        raise JsonProblem(f"not JSON: {error.msg} at column {error.colno}", error.lineno) from None
    except JsonProblem as error:
        # The reader calls the hooks without telling where it is.
        at = text.rfind(error.written)
        raise JsonProblem(error.problem, text.count("\n", 0, at) + 1 if at >= 0 else 0) from None
    except RecursionError:
        raise JsonProblem("the file is nested too deeply") from None
    return found


def _check_depth(text: str) -> None:
    depth, line, inside, escaped = 0, 1, False, False
    for char in text:
        line += char == "\n"
        if inside:
            inside = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            inside = True
        else:
            depth += (char in "[{") - (char in "]}")
            if depth > DEEPEST:
                raise JsonProblem(f"the file is nested deeper than {DEEPEST} levels", line)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonProblem(
            f"the key {twice[:60]!a} stands twice", written=json.dumps(twice, ensure_ascii=False)
        )
    return found


def _no_constant(word: str) -> object:
    raise JsonProblem(f"{word} is no JSON number", written=word)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise JsonProblem("a number is too long", written=digits)
    return int(digits)


def _decimal(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER + 10:
        raise JsonProblem("a number is too long", written=digits)
    return float(digits)
