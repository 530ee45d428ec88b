"""The language of conditions, against two oracles: the Rust CEL, and brute force for what is unknown."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import cel
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.procedures.deadlines import months_between
from kiosk.procedures.evaluate import Unknown, binding, kleene
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.model import Option, Question, QuestionType
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.tree import questions_in
from kiosk.procedures.values import PartialDate

TODAY = date(2026, 3, 2)
FIRST_DAY, LAST_DAY = date(2026, 2, 25), date(2026, 3, 3)
DAYS = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]

QUESTIONS = {
    question.id: question
    for question in (
        Question("ne", 1, QuestionType.YES_NO),
        Question("seul", 2, QuestionType.YES_NO),
        Question("lieu", 3, QuestionType.CHOICE, tuple(Option(v, n) for n, v in enumerate("abc", 1))),
        Question("aides", 4, QuestionType.CHOICES, tuple(Option(v, n) for n, v in enumerate("xyz", 1))),
        Question("enfants", 5, QuestionType.NUMBER, minimum=0, maximum=4),
        Question("jour", 6, QuestionType.DATE, minimum=str(FIRST_DAY), maximum=str(LAST_DAY)),
        Question("fin", 7, QuestionType.DATE, minimum=str(FIRST_DAY), maximum=str(LAST_DAY)),
        Question("loyer", 8, QuestionType.MONEY, minimum="0", maximum="1000.50"),
        Question("pays", 9, QuestionType.COUNTRY),
        Question("nom", 10, QuestionType.NAME),
    )
}
COMPLETE = {
    "ne": [True, False],
    "seul": [True, False],
    "lieu": ["a", "b", "c"],
    "aides": [
        tuple(v for v, on in zip("xyz", bits, strict=True) if on) for bits in product((0, 1), repeat=3)
    ],
    "enfants": [0, 1, 2, 3, 4],
    "jour": [PartialDate.of(day) for day in DAYS],
    "fin": [PartialDate.of(day) for day in DAYS],
}

ops = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
known_atoms = st.one_of(
    st.sampled_from(["ne", "seul", "true", "false", "'x' in aides", "'z' in aides", "lieu in ['a', 'c']"]),
    st.builds("{} {} {}".format, st.just("enfants"), ops, st.integers(0, 4)),
    st.builds("lieu {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from("abc")),
    st.builds("enfants in {}".format, st.lists(st.integers(0, 4), min_size=1, max_size=3)),
)
date_atoms = st.one_of(
    st.sampled_from(
        [
            "has(ne)",
            "has(enfants)",
            "has(jour)",
            "jour < fin",
            "jour == fin",
            "jour <= today()",
            "days_between(jour, today()) in [1, 3]",
            "(ne ? jour : fin) < date('2026-02-28')",
            "(seul ? 1 : 3) < enfants",
            "(ne ? fin : today()) >= jour",
            "later(jour, 'P2D') > fin",
            "earlier(fin, 'P1M') < earlier(jour, 'P30D')",
            "later(jour, 'P1M1D') == date('2026-04-01')",
            "days_between(earlier(jour, 'P1D'), fin) > 2",
            "days_between(jour, fin) - 1 == 2",
        ]
    ),
    st.builds("jour {} date('{}')".format, ops, st.sampled_from(DAYS)),
    st.builds(
        "days_between({}) {} {}".format,
        st.sampled_from(["jour, today()", "jour, fin"]),
        ops,
        st.integers(-3, 3),
    ),
    st.builds(
        "months_between({}) {} {}".format,
        st.sampled_from(["jour, fin", "fin, today()"]),
        ops,
        st.integers(-1, 1),
    ),
)


def trees(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("({} && {})".format, inner, inner),
            st.builds("({} || {})".format, inner, inner),
            st.builds("!({})".format, inner),
            st.builds("({} ? {} : {})".format, inner, inner, inner),
            st.builds(
                "({} == {})".format, st.sampled_from(["ne", "seul"]), st.sampled_from(["ne", "seul", "true"])
            ),
        )

    return st.recursive(atoms, grow, max_leaves=5)


@settings(max_examples=200, deadline=None)
@given(trees(known_atoms), st.fixed_dictionaries({name: st.sampled_from(v) for name, v in COMPLETE.items()}))
def test_known_answers_give_what_the_rust_cel_gives(text: str, answers: dict[str, object]) -> None:
    tree = parse_condition(text, QUESTIONS)
    names = ("ne", "seul", "lieu", "aides", "enfants")
    context = {name: list(v) if isinstance(v := answers[name], tuple) else v for name in names}
    known = {name: binding(answers[name]) for name in names}  # type: ignore[arg-type]
    assert kleene(tree, known, TODAY) == cel.evaluate(text, context)


def brute_force(text: str, answers: dict[str, object]) -> tuple[Verdict, frozenset[str]]:
    """Every completion of the questions not asked; for each, every one of what will stay unknown."""
    tree = parse_condition(text, QUESTIONS)
    names = questions_in(tree)
    asked_later = [name for name in names if name not in answers]
    never = [name for name in names if isinstance(answers.get(name, 0), PartialDate | None)]
    with_null = {name for name in asked_later if f"has({name})" in text}

    def values(name: str) -> list[object]:
        value = answers.get(name)
        if isinstance(value, PartialDate):
            return [PartialDate.of(d) for d in month(value)] if not value.day else [value]
        return COMPLETE[name]

    def outcome(later: dict[str, object]) -> Verdict:
        given = {**answers, **later}
        open_now = [n for n in names if given[n] is None or (n in never and answers[n] is not None)]
        seen = set()
        for filled in product(*(values(name) for name in open_now)):
            bound = {name: binding(value) for name, value in given.items() if name not in open_now}  # type: ignore[arg-type]
            bound |= {name: binding(value) for name, value in zip(open_now, filled, strict=True)}  # type: ignore[arg-type]
            unknown = {name for name in open_now if given[name] is None}
            seen.add(kleene(replace_has(text, unknown), bound, TODAY))
        return Verdict.MAYBE if len(seen) > 1 else Verdict(int(bool(seen.pop())))

    table = {}
    spaces = [[*COMPLETE[name], None] if name in with_null else COMPLETE[name] for name in asked_later]
    for filled in product(*spaces):
        table[filled] = outcome(dict(zip(asked_later, filled, strict=True)))
    essential = set()
    for position, name in enumerate(asked_later):
        groups: dict[tuple[object, ...], set[Verdict]] = {}
        for filled, verdict in table.items():
            groups.setdefault(filled[:position] + filled[position + 1 :], set()).add(verdict)
        if any(len(group) > 1 for group in groups.values()):
            essential.add(name)
    results = set(table.values())
    return (Verdict.OPEN if len(results) > 1 else results.pop()), frozenset(essential)


def replace_has(text: str, unknown: set[str]) -> object:
    for name in unknown:
        text = text.replace(f"has({name})", "false")
    return parse_condition(text, QUESTIONS)


def month(value: PartialDate) -> list[date]:
    return [value.first + timedelta(days=n) for n in range((value.last - value.first).days + 1)]


answered = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(
            st.none(), st.sampled_from(v), *([st.just(PartialDate(2026, 2))] if name == "jour" else [])
        )
        for name, v in COMPLETE.items()
    },
)


@settings(max_examples=120, deadline=None)
@example("days_between(jour, fin) == 3", {"jour": PartialDate(2026, 2)})
@example("days_between(jour, fin) == 3", {"jour": None})
@given(trees(st.one_of(known_atoms, date_atoms)), answered)
def test_what_is_unknown_is_settled_as_brute_force_settles_it(text: str, answers: dict[str, object]) -> None:
    tree = parse_condition(text, QUESTIONS)
    names = [name for name in questions_in(tree) if name not in answers or answers[name] is None]
    if len(names) > 4:
        return
    known = {name: binding(value) for name, value in answers.items()}  # type: ignore[arg-type]
    found = settle(tree, known, QUESTIONS, TODAY)
    assert (found.verdict, found.essential) == brute_force(text, answers)


@settings(max_examples=100, deadline=None)
@given(trees(st.one_of(known_atoms, date_atoms)), answered)
def test_kleene_never_contradicts_the_exact_verdict(text: str, answers: dict[str, object]) -> None:
    tree = parse_condition(text, QUESTIONS)
    known = {name: binding(value) for name, value in answers.items()}  # type: ignore[arg-type]
    quick = kleene(tree, known, TODAY)
    assert quick is None or settle(tree, known, QUESTIONS, TODAY).verdict is Verdict(int(quick))


def test_a_tautology_needs_no_question_although_kleene_leaves_it_open() -> None:
    tree = parse_condition("ne || !ne", QUESTIONS)
    assert kleene(tree, {}, TODAY) is None
    assert settle(tree, {}, QUESTIONS, TODAY).verdict is Verdict.TRUE


def test_a_question_is_not_asked_when_i_do_not_know_elsewhere_makes_it_useless() -> None:
    tree = parse_condition("ne == seul", QUESTIONS)
    found = settle(tree, {"ne": Unknown.DONT_KNOW}, QUESTIONS, TODAY)
    assert (found.verdict, found.essential) == (Verdict.MAYBE, frozenset())


@pytest.mark.parametrize(
    ("text", "offset", "problem", "allowed"),
    [
        ("ne && ", 6, "ends too early", "&&"),
        ("ne & seul", 3, "not part of the language", "&&"),
        ("ne seul", 3, "'seul' cannot stand here", "&&"),
        ("nee", 0, "no question 'nee'", "ne, seul"),
        ("enfants", 0, "this is a whole number", "true or false"),
        ("enfants == 'a'", 0, "cannot be compared", "both sides"),
        ("lieu == 'd'", 8, "no option of lieu", "a, b, c"),
        ("ne && lieu in ['a', 'd']", 14, "no option of lieu", "a, b, c"),
        ("'w' in aides", 0, "no option of aides", "x, y, z"),
        ("aides == 'x'", 0, "cannot be compared", "'value' in question"),
        ("enfants > 9", 10, "can never reach 9", "0 to 4"),
        ("loyer > 2000", 8, "can never reach 2000", "0 to 1000.50"),
        ("lieu < 'b'", 0, "has no order", "=="),
        ("jour < '2026-01-01'", 0, "cannot be compared", "date"),
        ("jour < date('2026-02-30')", 12, "takes a day", "2026-01-01"),
        ("max(enfants) > 1", 0, "no function 'max'", "has, today"),
        ("has('ne')", 4, "takes the name", "has(question)"),
        ("days_between(jour) > 1", 0, "takes 2 arguments", "2"),
        ("pays == 'XX'", 8, "no country", "ISO"),
        ("years_between(jour, fin) > enfants", 0, "compared with an answer", "a number"),
        ("nom == 'x'", 0, "cannot read a question of type name", "has(nom)"),
        ("ne ? 1 : 'a'", 9, "branches differ", "a whole number"),
        ("enfants == 99999999999999999999", 11, "too long", "15"),
        ("(" * 900 + "ne" + ")" * 900, 0, "", ""),
        ("!(" * 60 + "ne" + ")" * 60, 0, "nested too deeply", "40"),
        ("ne || " * 400 + "ne", 0, "too long", "2000"),
        ("lieu == \"a'", 8, "not part of the language", ""),
    ],
)
def test_a_wrong_condition_is_refused_at_its_place(
    text: str, offset: int, problem: str, allowed: str
) -> None:
    if not problem:
        parse_condition(text, QUESTIONS)
        return
    with pytest.raises(ConditionProblem) as refused:
        parse_condition(text, QUESTIONS)
    assert refused.value.offset == offset
    assert problem in refused.value.problem
    assert allowed in refused.value.allowed


@given(st.text(max_size=60) | st.text(alphabet="ne&|!=<>()[]'in 1.?:has", max_size=60))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        parse_condition(text, QUESTIONS)
    except ConditionProblem as error:
        refused = error
    else:
        return
    assert 0 <= refused.offset <= len(text)
    assert refused.allowed


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_months_between_only_grows_with_its_end(start: date, end: date) -> None:
    assert months_between(start, end) <= months_between(start, end + timedelta(days=1))
