"""What a new version of a pack does to answers already given: kept, asked again, or withdrawn.

Questions and options are followed by their permanent numbers, so a new id or value loses nothing. What an
answer still means decides, not what was edited: texts, order, wider bounds and more options keep it; an
answer that the new question would refuse is asked again, and only that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from kiosk.messages import messages_for
from kiosk.procedures.answers import dump_answer, parse_answer
from kiosk.procedures.errors import AnswerError
from kiosk.procedures.interview import Answers
from kiosk.procedures.model import Pack, Question, QuestionType
from kiosk.procedures.values import AnswerValue, Member


class Fate(StrEnum):
    """What becomes of an answer."""

    KEPT = "kept"
    ASK_AGAIN = "ask-again"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why. The first four keep the answer; without the old pack, another id asks again."""

    SAME = "same"
    TEXT = "text"
    RENAMED = "renamed"
    RELAXED = "relaxed"
    NARROWED = "narrowed"
    OPTION_GONE = "option-gone"
    OTHER_TYPE = "other-type"
    MUST_ANSWER = "must-answer"
    MORE_ASKED = "more-asked"
    QUESTION_GONE = "question-gone"


class Fated(msgspec.Struct, frozen=True):
    """One answer. ``question``: its id in the new pack, in the old one where it is withdrawn.
    ``value``: the answer in the new pack's values; None unless it is kept."""

    question: str
    fate: Fate
    reason: Reason
    value: AnswerValue = None


class PackChange(msgspec.Struct, frozen=True):
    """What becomes of all answers, in the order in which they were given."""

    fates: tuple[Fated, ...]

    @property
    def kept(self) -> dict[str, AnswerValue]:
        """The answers to go on with, under the new pack's ids."""
        return {one.question: one.value for one in self.fates if one.fate is Fate.KEPT}

    @property
    def ask_again(self) -> tuple[str, ...]:
        """Ids of the questions whose answer no longer fits."""
        return tuple(one.question for one in self.fates if one.fate is Fate.ASK_AGAIN)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """Ids, in the old pack, of the questions that are no longer asked."""
        return tuple(one.question for one in self.fates if one.fate is Fate.WITHDRAWN)


class _Refused(Exception):
    """The answer does not fit the new question."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def classify_change(old: Pack, new: Pack, answers: Answers, today: date | None = None) -> PackChange:
    """What the new pack makes of answers given under the old one. ``today`` enforces dated bounds too.

    Raises ValueError for packs of different ids.
    """
    if old.id != new.id:
        raise ValueError(f"{old.id} and {new.id} are different packs")
    if old.hash == new.hash:
        return PackChange(tuple(Fated(n, Fate.KEPT, Reason.SAME, v) for n, v in answers.items()))
    carrier = _Carrier(old, new, today)
    return PackChange(tuple(carrier.fate(name, value) for name, value in answers.items()))


def without_earlier(
    new: Pack, raw: Mapping[str, object], numbers: Mapping[str, int], today: date | None = None
) -> PackChange:
    """The same, where the old pack is gone: only what the new one accepts under the same id and number is
    kept. ``raw``: JSON values by question id; ``numbers``: the permanent numbers of these questions."""
    by_number = {question.number: question for question in new.questions.values()}

    def fate(name: str, value: object) -> Fated:
        after = by_number.get(numbers[name])
        if after is None:
            return Fated(name, Fate.WITHDRAWN, Reason.QUESTION_GONE)
        if after.id != name:
            return Fated(after.id, Fate.ASK_AGAIN, Reason.RENAMED)
        try:
            return Fated(name, Fate.KEPT, Reason.SAME, parse_answer(after, value, new.questions, today))
        except AnswerError:
            return Fated(name, Fate.ASK_AGAIN, Reason.NARROWED)

    return PackChange(tuple(fate(name, value) for name, value in raw.items()))


def change_words(old: Pack | None, new: Pack, fated: Fated, lang: str) -> str:
    """What the person is told of one answer; empty where it is kept. ``old`` None: that version is gone."""
    if fated.fate is Fate.KEPT:
        return ""
    pack = old if fated.fate is Fate.WITHDRAWN else new
    if pack is None:
        return messages_for(lang).text("procedures.change.withdrawn.unnamed")
    text = pack.text(f"question.{fated.question}.text", lang)
    return messages_for(lang).text(f"procedures.change.{fated.fate}", question=text)


class _Carrier:
    """Carries answers from one version of a pack into the next."""

    def __init__(self, old: Pack, new: Pack, today: date | None) -> None:
        self._old = old
        self._new = new
        self._today = today
        self._by_number = {question.number: question for question in new.questions.values()}

    def fate(self, name: str, value: AnswerValue) -> Fated:
        before = self._old.questions[name]
        after = self._by_number.get(before.number)
        if after is None:
            return Fated(name, Fate.WITHDRAWN, Reason.QUESTION_GONE)
        try:
            found = self._carried(before, after, value)
        except _Refused as refused:
            return Fated(after.id, Fate.ASK_AGAIN, refused.reason)
        return Fated(after.id, Fate.KEPT, _kept_because(self._old, self._new, before, after), found)

    def _carried(self, before: Question, after: Question, value: AnswerValue) -> AnswerValue:
        """The answer in the new question's values. Raises _Refused."""
        if before.type is not after.type:
            raise _Refused(Reason.OTHER_TYPE)
        if value is None:
            if not after.unknown_allowed:
                raise _Refused(Reason.MUST_ANSWER)
            return None
        if after.type is QuestionType.GROUP:
            asked = {self._old.questions[name].number for name in before.questions}
            if any(self._new.questions[name].number not in asked for name in after.questions):
                raise _Refused(Reason.MORE_ASKED)
            return tuple(
                self._member(after, one)
                for one in (value if isinstance(value, tuple) else ())
                if isinstance(one, Member)
            )
        raw = dump_answer(value)
        if after.type is QuestionType.CHOICE:
            raw = _option(before, after, raw)
        elif after.type is QuestionType.CHOICES:
            raw = [_option(before, after, one) for one in raw]
        try:
            return parse_answer(after, raw, self._new.questions, self._today)
        except AnswerError:
            raise _Refused(Reason.NARROWED) from None

    def _member(self, group: Question, one: Member) -> Member:
        found: dict[str, AnswerValue] = {}
        for name, value in one.answers:
            after = self._by_number.get(self._old.questions[name].number)
            if after is not None and after.id in group.questions:
                found[after.id] = self._carried(self._old.questions[name], after, value)
        return Member(tuple((name, found[name]) for name in group.questions if name in found))


def _option(before: Question, after: Question, value: str) -> str:
    number = next(option.number for option in before.options if option.value == value)
    for option in after.options:
        if option.number == number:
            return option.value
    raise _Refused(Reason.OPTION_GONE)


def _kept_because(old: Pack, new: Pack, before: Question, after: Question) -> Reason:
    if before.id != after.id:
        return Reason.RENAMED
    if before != after:
        return Reason.RELAXED
    keys = [key for key in old.texts[old.source_lang] if _is_of(key, before.id)]
    same = all(old.text(key, old.source_lang) == new.text(key, new.source_lang) for key in keys)
    return Reason.SAME if same else Reason.TEXT


def _is_of(key: str, question: str) -> bool:
    return key.startswith((f"question.{question}.", f"option.{question}."))
