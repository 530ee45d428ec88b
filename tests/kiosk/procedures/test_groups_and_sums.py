"""Conditions over repeated groups and with arithmetic, against the Rust CEL and brute force."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement, product

import cel
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.procedures.evaluate import Unknown, binding, kleene
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Option, Question, QuestionType
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.tree import questions_in
from kiosk.procedures.values import AnswerValue, Member, PartialDate

TODAY = date(2026, 3, 2)
QUESTIONS = {
    question.id: question
    for question in (
        Question("ne", 1, QuestionType.YES_NO),
        Question("age", 2, QuestionType.NUMBER, minimum=0, maximum=3),
        Question("ecole", 3, QuestionType.YES_NO),
        Question("place", 4, QuestionType.NUMBER, minimum=0, maximum=3),
        Question("enfants", 5, QuestionType.GROUP, questions=("age", "ecole", "nom", "naissance")),
        Question("nom", 6, QuestionType.NAME),
        Question("revenu", 7, QuestionType.MONEY, maximum="2.00"),
        Question("loyer", 8, QuestionType.MONEY, maximum="2.00"),
        Question("lieu", 9, QuestionType.CHOICE, (Option("a", 1), Option("b", 2))),
        Question("large", 10, QuestionType.NUMBER, minimum=0, maximum=120),
        Question("autre", 11, QuestionType.NUMBER, minimum=-20, maximum=100),
        Question("naissance", 12, QuestionType.DATE, minimum="2026-02-25", maximum="2026-03-04"),
        Question("libre", 13, QuestionType.NUMBER),
    )
}
KINDS = [Member((("age", age), ("ecole", ecole))) for age in range(4) for ecole in (True, False)]
GROUPS: list[tuple[Member, ...]] = [
    group for size in range(4) for group in combinations_with_replacement(KINDS, size)
]
DAYS = [PartialDate.of(date(2026, 2, 25) + timedelta(days=n)) for n in range(8)]
SPACE: dict[str, list[AnswerValue]] = {
    "ne": [True, False],
    "place": [0, 1, 2, 3],
    "enfants": list(GROUPS),
    "revenu": [Decimal(cents) / 100 for cents in range(201)],
    "loyer": [Decimal(cents) / 100 for cents in range(201)],
    "large": list(range(121)),
    "autre": list(range(-20, 101)),
    "naissance": list(DAYS),
}
ops = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def grown(atoms: st.SearchStrategy[str], leaves: int = 4) -> st.SearchStrategy[str]:
    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["&&", "||"]), inner),
            st.builds("!({})".format, inner),
        )

    return st.recursive(atoms, grow, max_leaves=leaves)


of_member = grown(
    st.one_of(st.builds("e.age {} {}".format, ops, st.integers(0, 3)), st.just("e.ecole")), leaves=2
)
outer_of_member = st.one_of(
    of_member, st.sampled_from(["e.ecole == ne", "e.age < place", "e.age + 1 > place"])
)
group_atoms = st.one_of(
    st.builds("enfants.{}(e, {})".format, st.sampled_from(["exists", "all"]), outer_of_member),
    st.builds("size(enfants) {} {}".format, ops, st.integers(0, 2)),
    st.sampled_from(["ne", "place > 1", "size(enfants) + place > 2", "size(enfants) < place"]),
)


def table(text: str, answers: dict[str, AnswerValue]) -> tuple[Verdict, frozenset[str]]:
    """Every completion: the verdict, and the questions of which two answers differ, the others equal."""
    tree = parse_condition(text, QUESTIONS)
    names = questions_in(tree)
    later = [name for name in names if name not in answers]
    hidden = [name for name in names if name in answers and answers[name] is None]

    def outcome(given: dict[str, AnswerValue]) -> Verdict:
        seen = set()
        for filled in product(*(SPACE[name] for name in hidden)):
            whole = {**given, **dict(zip(hidden, filled, strict=True))}
            seen.add(kleene(tree, {n: binding(v) for n, v in whole.items()}, TODAY))
        return Verdict.MAYBE if len(seen) > 1 else Verdict(int(bool(seen.pop())))

    found = {
        filled: outcome({**answers, **dict(zip(later, filled, strict=True))})
        for filled in product(*(SPACE[name] for name in later))
    }
    essential = set()
    for position, name in enumerate(later):
        sides: dict[tuple[object, ...], set[Verdict]] = {}
        for filled, verdict in found.items():
            sides.setdefault(filled[:position] + filled[position + 1 :], set()).add(verdict)
        if any(len(side) > 1 for side in sides.values()):
            essential.add(name)
    results = set(found.values())
    return (Verdict.OPEN if len(results) > 1 else results.pop()), frozenset(essential)


def exact(text: str, answers: dict[str, AnswerValue]) -> tuple[Verdict, frozenset[str]]:
    known = {name: binding(value) for name, value in answers.items()}
    found = settle(parse_condition(text, QUESTIONS), known, QUESTIONS, TODAY)
    return found.verdict, found.essential


@settings(max_examples=60, deadline=None)
@given(grown(group_atoms, 3), st.fixed_dictionaries({}, optional={"ne": st.booleans(), "place": st.none()}))
def test_a_group_that_is_open_is_settled_as_brute_force_settles_it(
    text: str, answers: dict[str, AnswerValue]
) -> None:
    tree = parse_condition(text, QUESTIONS)
    if len(questions_in(tree)) - ("ne" in answers) > 2:
        return
    assert exact(text, answers) == table(text, answers)


@settings(max_examples=150, deadline=None)
@given(grown(group_atoms, 3), st.sampled_from(GROUPS), st.booleans(), st.integers(0, 3))
def test_a_known_group_gives_what_the_rust_cel_gives(
    text: str, group: tuple[Member, ...], ne: bool, place: int
) -> None:
    tree = parse_condition(text, QUESTIONS)
    known = {"enfants": binding(group), "ne": binding(ne), "place": binding(place)}
    context = {"enfants": [dict(one.answers) for one in group], "ne": ne, "place": place}
    assert kleene(tree, known, TODAY) == cel.evaluate(text, context)


open_member = st.builds(
    lambda age, ecole: Member((("age", age), ("ecole", ecole))),
    st.none() | st.integers(0, 3),
    st.none() | st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(grown(group_atoms, 3), st.lists(open_member, max_size=3), st.booleans())
def test_members_partly_unknown_are_settled_as_brute_force_settles_them(
    text: str, group: list[Member], ne: bool
) -> None:
    tree = parse_condition(text, QUESTIONS)
    spaces = [
        [v] if v is not None else list(range(4)) if name == "age" else [True, False]
        for one in group
        for name, v in one.answers
    ]
    for place in range(4):
        seen = set()
        for filled in product(*spaces):
            rows = tuple(
                Member((("age", filled[n]), ("ecole", filled[n + 1]))) for n in range(0, len(filled), 2)
            )
            known = {"enfants": binding(rows), "ne": binding(ne), "place": binding(place)}
            seen.add(kleene(tree, known, TODAY))
        expected = Verdict.MAYBE if len(seen) > 1 else Verdict(int(bool(seen.pop())))
        given: dict[str, AnswerValue] = {"enfants": tuple(group), "ne": ne, "place": place}
        assert exact(text, given) == (expected, frozenset())


def test_a_field_that_was_left_out_counts_as_unknown_and_has_tells() -> None:
    group = (Member((("ecole", True),)),)
    assert exact("enfants.exists(e, e.age < 2)", {"enfants": group})[0] is Verdict.MAYBE
    assert exact("enfants.exists(e, e.age < 2 || e.age >= 2)", {"enfants": group})[0] is Verdict.TRUE
    assert exact("enfants.exists(e, has(e.age))", {"enfants": group})[0] is Verdict.FALSE
    assert exact("enfants.all(e, has(e.ecole))", {"enfants": group})[0] is Verdict.TRUE
    assert exact("enfants.all(e, !has(e.nom))", {}) == (Verdict.OPEN, frozenset({"enfants"}))


def test_a_month_of_birth_of_a_member_stays_a_month() -> None:
    group = (Member((("naissance", PartialDate(2026, 2)),)),)
    assert exact("enfants.exists(e, e.naissance < date('2026-03-01'))", {"enfants": group})[0] is Verdict.TRUE
    assert (
        exact("enfants.exists(e, e.naissance < date('2026-02-27'))", {"enfants": group})[0] is Verdict.MAYBE
    )


def test_a_group_answered_by_i_do_not_know_may_apply_or_not() -> None:
    assert exact("enfants.exists(e, e.ecole)", {"enfants": None}) == (Verdict.MAYBE, frozenset())
    assert (
        exact("enfants.exists(e, e.ecole) || !enfants.exists(e, e.ecole)", {"enfants": None})[0]
        is Verdict.TRUE
    )
    assert exact("has(enfants) && size(enfants) > 0", {"enfants": None})[0] is Verdict.FALSE


def test_no_member_means_all_and_not_exists() -> None:
    assert exact("enfants.all(e, e.ecole)", {"enfants": ()})[0] is Verdict.TRUE
    assert exact("enfants.exists(e, true)", {"enfants": ()})[0] is Verdict.FALSE
    assert exact("size(enfants) == 0", {"enfants": ()})[0] is Verdict.TRUE


whole_sums = st.sampled_from(
    [
        "large",
        "autre",
        "large + autre",
        "large - autre",
        "2 * large",
        "-autre",
        "large * 3 - 1",
        "autre + place",
    ]
)
sum_atoms = st.one_of(
    st.builds("{} {} {}".format, whole_sums, ops, st.integers(-15, 60)),
    st.builds("{} {} {}".format, whole_sums, ops, whole_sums),
    st.builds("{} in [{}, {}]".format, whole_sums, st.integers(0, 9), st.integers(-9, 40)),
)
amounts = st.sampled_from(["revenu", "loyer", "revenu + loyer", "revenu * 2", "place * 0.50", "loyer - 0.25"])
amount_atoms = st.builds(
    "{} {} {}".format, amounts, ops, st.sampled_from(["0.75", "1", "0.5 + 0.5", "loyer", "revenu"])
)


@settings(max_examples=200, deadline=None)
@given(grown(sum_atoms), st.integers(0, 120), st.integers(-20, 100), st.integers(0, 3))
def test_sums_of_known_numbers_give_what_the_rust_cel_gives(
    text: str, large: int, autre: int, place: int
) -> None:
    context = {"large": large, "autre": autre, "place": place}
    try:
        tree = parse_condition(text, QUESTIONS)
    except ConditionProblem:  # two sides that never meet
        return
    known = {name: binding(value) for name, value in context.items()}
    assert kleene(tree, known, TODAY) == cel.evaluate(text, context)


@settings(max_examples=60, deadline=None)
@example("revenu == loyer", {"loyer": None})
@example("revenu == loyer", {"revenu": None})
@given(grown(st.one_of(sum_atoms, amount_atoms), 3), st.sampled_from([{}, {"place": None}, {"loyer": None}]))
def test_open_sums_are_settled_as_brute_force_settles_them(
    text: str, answers: dict[str, AnswerValue]
) -> None:
    try:
        tree = parse_condition(text, QUESTIONS)
    except ConditionProblem:
        return
    answers = {name: value for name, value in answers.items() if name in questions_in(tree)}
    size = 1
    for name in questions_in(tree):
        size *= len(SPACE[name])
    if size <= 50_000:
        assert exact(text, answers) == table(text, answers)


@pytest.mark.parametrize(
    "text",
    [
        "4 * large == 2 * autre",
        "3 * large == 2 * autre && large > 1",
        "large + autre == 7 && large - autre == 4",
    ],
)
def test_sums_that_meet_only_at_some_whole_numbers_are_exact(text: str) -> None:
    assert exact(text, {}) == table(text, {})


@settings(max_examples=60, deadline=None)
@given(
    grown(
        st.builds(
            "{} {} {}".format,
            st.sampled_from(["naissance", "later(naissance, 'P1M')", "earlier(naissance, 'P3D')"]),
            ops,
            st.sampled_from(
                ["today()", "date('2026-03-30')", "earlier(today(), 'P2D')", "date('2026-03-31')"]
            ),
        )
    )
)
def test_moved_dates_are_settled_as_brute_force_settles_them(text: str) -> None:
    assert exact(text, {}) == table(text, {})


def test_a_moved_date_keeps_to_the_end_of_a_shorter_month() -> None:
    text = "later(naissance, 'P1M') == date('2026-03-28')"
    assert exact(text, {"naissance": PartialDate(2026, 2, 28)})[0] is Verdict.TRUE
    assert exact("days_between(naissance, today()) + 1 > 3", {}) == table(
        "days_between(naissance, today()) + 1 > 3", {}
    )


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        ("ne.exists(e, true)", 0, "no group"),
        ("enfants.exists(ne, true)", 0, "new name"),
        ("enfants.exists(e)", 0, "new name"),
        ("enfants.some(e, true)", 0, "no 'some'"),
        ("enfants.exists(e, e.taille > 1)", 18, "does not ask"),
        ("enfants.exists(e, e.nom == 'x')", 18, "of type name"),
        ("enfants.exists(e, e)", 18, "a member"),
        ("enfants.exists(e, e.age > 9)", 26, "never reach 9"),
        ("enfants.exists(e, enfants.exists(f, f.ecole))", 18, "inside"),
        ("ne.age > 1", 0, "only a member"),
        ("enfants.exists(e, e.ecole) && e.age > 1", 30, "only a member"),
        ("size(place) > 1", 5, "no group"),
        ("size(enfants) > 31", 16, "never meet"),
        ("place * age > 1", 0, "two answers"),
        ("place + age > 7", 14, "never meet: 0 to 6 and 7"),
        ("place + 'a' == 1", 8, "this is a text"),
        ("2 * place > -1", 12, "never meet"),
        ("days_between(naissance, today()) + place > 3", 0, "with an answer"),
        ("later(naissance, 'PT5H') > today()", 17, "no duration"),
        ("libre * 999999999999999 > 1", 0, "too large"),
        ("place / 2 > 1", 6, "not part"),
        ("-ne", 1, "this is true or false"),
    ],
)
def test_a_wrong_use_of_groups_and_sums_is_refused_at_its_place(text: str, offset: int, problem: str) -> None:
    with pytest.raises(ConditionProblem) as refused:
        parse_condition(text, QUESTIONS)
    assert problem in refused.value.problem
    assert refused.value.offset == offset


def test_what_would_take_too_many_cases_is_refused_not_guessed() -> None:
    tree = parse_condition("37 * libre + 41 * large == 5", QUESTIONS)
    known = {"large": Unknown.DONT_KNOW}
    with pytest.raises(TooManyCases):
        settle(tree, known, QUESTIONS, TODAY)
