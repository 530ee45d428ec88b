"""Compiled conditions, against the interpreter of the same trees and against the Rust CEL."""

from __future__ import annotations

from datetime import date

import cel
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures.compiled import Conditions
from kiosk.procedures.evaluate import binding, kleene
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.interview import facts_of, quick_verdicts, settled
from kiosk.procedures.library import find_pack, load_pack
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.values import PartialDate
from tests.kiosk.procedures.test_conditions import COMPLETE, QUESTIONS, TODAY, date_atoms, known_atoms, trees
from tests.kiosk.procedures.test_groups_and_sums import QUESTIONS as SUM_QUESTIONS
from tests.kiosk.procedures.test_groups_and_sums import SPACE, amount_atoms, grown, sum_atoms

complete = st.fixed_dictionaries({name: st.sampled_from(v) for name, v in COMPLETE.items()})
partly = st.fixed_dictionaries(
    {},
    optional={
        name: st.none() | st.sampled_from([*v, PartialDate(2026, 2)] if name in ("jour", "fin") else v)
        for name, v in COMPLETE.items()
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(trees(st.one_of(known_atoms, date_atoms)), min_size=1, max_size=4), complete)
def test_with_every_answer_it_is_what_the_interpreter_says(
    texts: list[str], answers: dict[str, object]
) -> None:
    found = [parse_condition(text, QUESTIONS) for text in texts]
    known = {name: binding(value) for name, value in answers.items()}  # type: ignore[arg-type]
    conditions = Conditions(found)
    expected = [kleene(tree, known, TODAY) for tree in found]
    assert list(conditions.verdicts(conditions.row(answers), TODAY)) == expected  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(trees(st.one_of(known_atoms, date_atoms)), partly)
def test_with_open_answers_it_never_says_more_than_the_interpreter(
    text: str, answers: dict[str, object]
) -> None:
    tree = parse_condition(text, QUESTIONS)
    known = {name: binding(value) for name, value in answers.items()}  # type: ignore[arg-type]
    conditions = Conditions([tree])
    found = conditions.verdicts(conditions.row(answers), TODAY)[0]  # type: ignore[arg-type]
    exact = kleene(tree, known, TODAY)
    assert found is None or found is exact
    if "?" not in text:  # of a choice between equal branches the interpreter knows more
        assert found is exact


@settings(max_examples=200, deadline=None)
@given(trees(known_atoms), complete)
def test_it_is_what_the_rust_cel_says(text: str, answers: dict[str, object]) -> None:
    conditions = Conditions([parse_condition(text, QUESTIONS)])
    names = ("ne", "seul", "lieu", "aides", "enfants")
    context = {name: list(v) if isinstance(v := answers[name], tuple) else v for name in names}
    found = conditions.verdicts(conditions.row(answers), TODAY)  # type: ignore[arg-type]
    assert found == (cel.evaluate(text, context),)


@settings(max_examples=150, deadline=None)
@given(grown(st.one_of(sum_atoms, amount_atoms), 3), st.data())
def test_sums_are_what_the_interpreter_says(text: str, data: st.DataObject) -> None:
    try:
        tree = parse_condition(text, SUM_QUESTIONS)
    except ConditionProblem:  # two sides that never meet
        return
    answers = {
        name: data.draw(st.sampled_from([*SPACE[name][:5], *SPACE[name][-3:], None]))
        for name in ("large", "autre", "place", "revenu", "loyer")
    }
    known = {name: binding(value) for name, value in answers.items()}
    conditions = Conditions([tree])
    assert conditions.verdicts(conditions.row(answers), TODAY) == (kleene(tree, known, TODAY),)


def test_groups_are_left_to_the_exact_engine() -> None:
    tree = parse_condition("!enfants.exists(e, e.ecole)", SUM_QUESTIONS)
    conditions = Conditions([tree])
    assert conditions.verdicts(conditions.row({"enfants": ()}), TODAY) == (None,)


def test_what_is_written_in_a_pack_never_becomes_a_name_or_code() -> None:
    tree = parse_condition("lieu == 'a' || has(ne)", QUESTIONS)
    conditions = Conditions([tree])
    code = conditions._plain.__code__
    assert not {"lieu", "ne"} & {*code.co_names, *code.co_varnames}


def test_the_quick_verdicts_of_the_shipped_pack_are_the_exact_ones() -> None:
    pack = load_pack(find_pack("fr"))
    for event in pack.events.values():
        for day in (date(2026, 11, 24), date(2027, 3, 1)):
            answers = dict.fromkeys(event.questions[::3]) | {
                name: True for name in event.questions if pack.questions[name].type == "yes-no"
            }
            quick = quick_verdicts(pack, event, answers, day)
            for fact, verdict in zip(facts_of(pack, event).all(), quick, strict=True):
                if verdict is not None:
                    assert settled(pack, fact, answers, day).verdict is Verdict(int(verdict))
