"""An answer that the kiosk accepts, for questions whose value no condition looks into."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.validity import shape
from kiosk.procedures.values import Address, AnswerValue, Name

OTHER = "…"
PLAIN: dict[QuestionType, AnswerValue] = {
    QuestionType.NAME: Name(OTHER, OTHER),
    QuestionType.ADDRESS: Address((OTHER,), "1", OTHER, "FR"),
    QuestionType.PHONE: "+33100000000",
    QuestionType.EMAIL: "a@example.org",
    QuestionType.NATIONAL_NUMBER: "1000000",
}
SIGNS = {"9": "0123456789", "A": "ABCDEFGHIJ", "*": "ABCDEFGHIJ"}


def sample(question: Question, named: Collection[str] = ()) -> AnswerValue:
    """An answer that is none of ``named``."""
    if question.type is QuestionType.COUNTRY:
        return next(country for country in sorted(COUNTRIES) if country not in named)
    shapes = [validity.shape for validity in question.valid if validity.shape]
    if not shapes:
        return PLAIN.get(question.type, OTHER)
    return next(text for text in _shaped(shapes[0]) if text not in named)


def fits(question: Question, text: str) -> bool:
    """Whether a text has every shape that the question wants."""
    return all(shape(one.shape).fullmatch(text) for one in question.valid if one.shape)


def _shaped(written: str) -> list[str]:
    """Some texts of a shape: its last places vary."""
    open_places = [n for n, sign in enumerate(written) if sign in SIGNS][-3:]
    found = []
    for signs in product(*(SIGNS[written[n]] for n in open_places)):
        varied = dict(zip(open_places, signs, strict=True))
        found.append("".join(varied.get(n, SIGNS.get(s, s)[0]) for n, s in enumerate(written)))
    return found
