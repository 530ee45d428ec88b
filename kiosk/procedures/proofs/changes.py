"""What a new version of a pack changes: for citizens, and for drafts begun with the old one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any as Anything

import msgspec

from kiosk.procedures.answers import dump_answers
from kiosk.procedures.bounds import bounds
from kiosk.procedures.concepts import OFFICE_TEXTS
from kiosk.procedures.library import load_pack
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Event, Pack, Procedure, Question
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.questions import DATA_TEXTS
from kiosk.procedures.tree import TRUE, All, Expr, Not, questions_in

LISTS = (
    ("papers", "documents", "copies or conditions of papers"),
    ("offices", "bodies", "for whom, or which one is usual"),
    ("gives", "gives", "on the spot, or later"),
    ("after", "after", "on the spot, or later"),
)
"""Kind of a change, the attribute of a procedure, and what differs if no id does."""
KEPT, AGAIN, WITHDRAWN, REFUSED = "kept", "ask-again", "withdrawn", "refused"


class Change(msgspec.Struct, frozen=True):
    """``drafts``: what becomes of answers given before: kept, ask-again, withdrawn (explained to the
    person), or refused (the new version breaks a promise). ``witness``: answers that show the difference."""

    kind: str
    about: str
    what: str
    drafts: str = KEPT
    witness: dict[str, Anything] = {}


Parts = tuple[Path, Sequence[Path]]
"""The folder of a pack, and those of the overlays over it."""


def compare_folders(old: Parts, new: Parts, today: date) -> tuple[Change, ...]:
    """Everything that differs. Raises PackError."""
    before, after = (load_pack(folder, overlays=overlays) for folder, overlays in (old, new))
    return compare(before, after, today)


def compare(old: Pack, new: Pack, today: date) -> tuple[Change, ...]:
    """Everything that differs: broken promises, questions, events, procedures, words."""
    found = [*_numbers(old, new), *_questions(old, new, today), *_shared(old, new)]
    for name in old.events.keys() - new.events.keys():
        found.append(Change("event-removed", name, "the life event is gone", WITHDRAWN))
    for name, event in new.events.items():
        if name not in old.events:
            found.append(Change("event-added", name, "a new life event"))
        else:
            found += _event(new, old.events[name], event, today)
    return (*found, *_offices(old, new), *_words(old, new))


def _numbers(old: Pack, new: Pack) -> Iterator[Change]:
    """Permanent numbers: papers carry them, so one number means one thing for ever.

    Another id with the same words is a new name for the same thing; other words are another thing.
    """
    before = {question.number: question for question in old.questions.values()}
    for question in new.questions.values():
        was = before.get(question.number)
        if was is not None and was.id != question.id:
            same = _text(old, f"question.{was.id}") == _text(new, f"question.{question.id}")
            yield _taken(question.id, was.id, question.number, renamed=same and was.id not in new.questions)
        if was is not None:
            yield from _option_numbers(old, new, was, question)
        same_id = old.questions.get(question.id)
        if same_id is not None and same_id.number != question.number:
            what = f"the number was {same_id.number} and is {question.number}"
            yield Change("number-changed", question.id, what, REFUSED, {"was": same_id.number})


def _option_numbers(old: Pack, new: Pack, was: Question, now: Question) -> Iterator[Change]:
    values = {option.number: option.value for option in was.options}
    for option in now.options:
        earlier = values.get(option.number, option.value)
        if earlier != option.value:
            about = f"{now.id}.{option.value}"
            same = _text(old, f"option.{was.id}.{earlier}") == _text(new, f"option.{about}")
            yield _taken(about, earlier, option.number, renamed=same and earlier not in now.values)


def _text(pack: Pack, key: str) -> str:
    return pack.text(f"{key}.text", pack.source_lang)


def _taken(about: str, was: str, number: int, *, renamed: bool) -> Change:
    witness = {"number": number, "was": was}
    if renamed:
        return Change("renamed", about, f"it was called {was}", KEPT, witness)
    return Change("number-reused", about, f"the number {number} belonged to {was}", REFUSED, witness)


def _questions(old: Pack, new: Pack, today: date) -> Iterator[Change]:
    numbers = {question.number for question in new.questions.values()}
    earlier = {question.number: question for question in old.questions.values()}
    for question in old.questions.values():
        if question.number not in numbers:
            yield Change("question-removed", question.id, "the question is gone", WITHDRAWN)
    for question in new.questions.values():
        if question.number not in earlier:
            yield Change("question-added", question.id, "a new question")
        else:
            before = earlier[question.number]
            yield from _question(before, question, today)
            yield from _use(old, new, f"question.{before.id}", f"question.{question.id}", before, question)


def _question(old: Question, new: Question, today: date) -> Iterator[Change]:
    if old.type is not new.type:
        yield Change("question-changed", new.id, f"it was {old.type} and is {new.type}", AGAIN)
        return
    before, after = ({o.number: o.value for o in question.options} for question in (old, new))
    for number in before.keys() - after.keys():
        value = before[number]
        yield Change("option-removed", new.id, f"{value!r} is gone", AGAIN, {"answers": {new.id: value}})
    for number in after.keys() - before.keys():
        yield Change("option-added", new.id, f"{after[number]!r} is new")
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        what = f"{old.minimum} to {old.maximum} is now {new.minimum} to {new.maximum}"
        narrower = _narrower(old, new, today)
        kind = "bounds-narrowed" if narrower else "bounds-relaxed"
        yield Change(kind, new.id, what, AGAIN if narrower else KEPT)
    if old.unknown_allowed and not new.unknown_allowed:
        what = "'I do not know' is no longer an answer"
        yield Change("unknown-refused", new.id, what, AGAIN, {"answers": {new.id: None}})
    if _held_to(old) != _held_to(new):
        narrower = _stricter(old, new, today)
        what = "fewer answers are valid" if narrower else "no answer that was valid is refused"
        kind = "rules-narrowed" if narrower else "rules-relaxed"
        yield Change(kind, new.id, what, AGAIN if narrower else KEPT)
    if old.about != new.about:
        yield Change("about-changed", new.id, _more_or_less(map(str, old.about), map(str, new.about)))
    if old.from_card != new.from_card:
        what = f"a card answered it with {old.from_card or 'nothing'}, and now {new.from_card or 'nothing'}"
        yield Change("card-changed", new.id, what)


def _narrower(old: Question, new: Question, today: date) -> bool:
    (low, high), (new_low, new_high) = bounds(old, today), bounds(new, today)
    above = new_low is not None and (low is None or new_low > low)  # type: ignore[operator]  # of one type
    below = new_high is not None and (high is None or new_high < high)  # type: ignore[operator]
    return above or below


def _held_to(question: Question) -> list[tuple[str, Expr | None]]:
    """What its answers must be, beside the bounds; the sentences of bounds are words."""
    return [(validity.shape, validity.rule) for validity in question.valid if not validity.bound]


def _stricter(old: Question, new: Question, today: date) -> bool:
    """Whether an answer that was valid may be refused; where that cannot be told, it may."""
    shapes = [{validity.shape for validity in question.valid if validity.shape} for question in (old, new)]
    rules = [[validity.rule for validity in question.valid if validity.rule] for question in (old, new)]
    if shapes[1] - shapes[0] or (rules[1] and old.id != new.id):
        return True
    refused = All((*rules[0], Not(All(tuple(rules[1])))))
    try:
        return settle(refused, {}, {old.id: old}, today).verdict is not Verdict.FALSE
    except TooManyCases:
        return True


def _use(
    old: Pack, new: Pack, was: str, key: str, before: Question | Pack, after: Question | Pack
) -> Iterator[Change]:
    """What becomes of answers: of one question, or of all."""
    parts = []
    if before.basis is not after.basis:
        parts.append(f"basis: {before.basis or 'none'} is now {after.basis or 'none'}")
    for name in DATA_TEXTS:
        texts = [p.text(f"{at}.data.{name}", p.source_lang) for p, at in ((old, was), (new, key))]
        if texts[0] != texts[1]:
            parts.append(f"{name}: {texts[0]!r} is now {texts[1]!r}")
    if parts:
        yield Change("data-changed", key, "; ".join(parts))


def _shared(old: Pack, new: Pack) -> Iterator[Change]:
    """The pack's own word on answers, and who gives a paper."""
    yield from _use(old, new, "pack", "pack", old, new)
    for name, document in new.documents.items():
        was = old.documents.get(name)
        if was is not None and was != document:
            words = [
                "held" if d.held else f"given by {', '.join(d.given_by) or 'nobody'}" for d in (was, document)
            ]
            yield Change("paper-giver-changed", name, f"{words[0]} is now {words[1]}")


def _more_or_less(before: Iterable[str], after: Iterable[str]) -> str:
    one, other = list(before), list(after)
    more, less = [name for name in other if name not in one], [name for name in one if name not in other]
    parts = [f"more: {', '.join(more)}"] * bool(more) + [f"less: {', '.join(less)}"] * bool(less)
    return "; ".join(parts)


def _event(new: Pack, before: Event, after: Event, today: date) -> Iterator[Change]:
    common = [name for name in before.questions if name in after.questions]
    if common != [name for name in after.questions if name in common]:
        yield Change("order-changed", after.id, "questions come in another order")
    earlier = {procedure.id: procedure for procedure in before.procedures}
    present = {procedure.id for procedure in after.procedures}
    for name in earlier:
        if name not in present:
            yield Change("procedure-removed", name, "it is on no plan any more", WITHDRAWN)
    for procedure in after.procedures:
        was = earlier.get(procedure.id)
        if was is None:
            yield Change("procedure-added", procedure.id, "it can be on a plan")
            continue
        if was.condition != procedure.condition:
            yield from _condition(new, after, was, procedure, today)
        yield from _procedure(was, procedure)


def _condition(pack: Pack, event: Event, old: Procedure, new: Procedure, today: date) -> Iterator[Change]:
    before, after = old.condition or TRUE, new.condition or TRUE
    missing = set(questions_in(before)) - set(event.questions)
    if missing or find_spec("z3") is None:
        yield Change("condition-changed", new.id, "it depends on other questions")
        return
    lost, gained = (
        _someone(pack, event, tree, today) for tree in ((before, Not(after)), (Not(before), after))
    )
    if lost is not None:
        yield Change("condition-narrowed", new.id, "it no longer applies to some people", witness=lost)
    if gained is not None:
        yield Change("condition-relaxed", new.id, "it applies to more people", witness=gained)


def _someone(pack: Pack, event: Event, trees: tuple[Expr, Expr], today: date) -> dict[str, Anything] | None:
    from kiosk.procedures.proofs.prover import Prover, both

    found = Prover(pack, event, today).certain(both(*trees))
    return None if found is None else {"answers": dump_answers(found), "today": today.isoformat()}


def _procedure(old: Procedure, new: Procedure) -> Iterator[Change]:
    rules = [[d.spelled or "in words" for d in procedure.deadlines] for procedure in (old, new)]
    if old.deadlines != new.deadlines:
        yield Change("deadline-changed", new.id, f"{'; '.join(rules[0])} is now {'; '.join(rules[1])}")
    if old.every_body != new.every_body:
        what = "each office has to be seen" if new.every_body else "one office is enough"
        yield Change("offices-changed", new.id, what)
    for kind, attribute, otherwise in LISTS:
        lists = [getattr(procedure, attribute) for procedure in (old, new)]
        if lists[0] != lists[1]:
            what = _more_or_less(*((one.id for one in rows) for rows in lists))
            yield Change(f"{kind}-changed", new.id, what or otherwise)
    for kind, attribute in (
        ("cost", "cost"),
        ("ways", "channels"),
        ("confidence", "confidence"),
    ):
        if getattr(old, attribute) != getattr(new, attribute):
            yield Change(f"{kind}-changed", new.id, f"other {kind}")


def _offices(old: Pack, new: Pack) -> Iterator[Change]:
    """Other facts of an office; its words that both have are compared with all words."""
    lang = new.source_lang
    for name in old.bodies.keys() & new.bodies.keys():
        keys = [f"body.{name}.{part}" for part in OFFICE_TEXTS]
        parts = [key.rsplit(".", 1)[1] for key in keys if old.has_text(key, lang) != new.has_text(key, lang)]
        before, after = old.bodies[name], new.bodies[name]
        facts = ("phone", "url", "holiday_region", "source")
        parts += [fact for fact in facts if getattr(before, fact) != getattr(after, fact)]
        if parts:
            yield Change("office-changed", name, f"other {', '.join(parts)}")


def _words(old: Pack, new: Pack) -> Iterator[Change]:
    for lang in new.texts:
        if lang not in old.texts:
            yield Change("language-added", lang, "a new language")
    before, after = old.texts[old.source_lang], new.texts[new.source_lang]
    for key, text in after.items():
        if key in before and before[key] != text:
            yield Change("text-changed", key, f"{before[key]!r} is now {text!r}")
