"""Explanations made from the conditions: data that proves itself, and words in each language."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import (
    Event,
    Pack,
    answer_words,
    explain_outcome,
    explain_question,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    outcome_questions,
    parse_answer,
    parse_answers,
)
from kiosk.procedures.interview import facts_of, settled
from kiosk.procedures.outcomes import Verdict

TODAY = date(2026, 11, 24)
RAW: dict[str, list[object]] = {
    "ne": [True, False, None],
    "date_naissance": ["2026-11-23", "2026-11", "2008", None],
    "lieu": ["france", "etranger", None],
    "aides": [[], ["apl"], ["rsa", "aah"]],
    "enfants": [0, 3, None],
    "loyer": ["500", "4000", None],
    "pays": ["FR", "BE", None],
    "seul": [True, False, None],
    "remarque": ["texte", None],
}
some_answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(v) for name, v in RAW.items()})


@pytest.fixture(scope="module")
def tout(small: Pack) -> Event:
    return small.event("tout")


@settings(max_examples=150, deadline=None)
@given(some_answers)
def test_the_quoted_answers_are_enough_and_none_can_be_left_out(small: Pack, raw: dict[str, object]) -> None:
    event = small.event("tout")
    answers = parse_answers(small, event, raw)
    for n, procedure in enumerate(event.procedures):
        found = explain_outcome(small, event, procedure.id, answers, TODAY, "fr")
        fact = facts_of(small, event).statuses[n]
        verdict = settled(small, fact, answers, TODAY).verdict
        assert found.verdict is verdict
        assert found.words
        quoted = dict(found.settled_by)
        if verdict < Verdict.MAYBE:
            assert not found.depends_on
            assert settled(small, fact, quoted, TODAY).verdict is verdict
            for name in quoted:
                fewer = {other: value for other, value in quoted.items() if other != name}
                assert settled(small, fact, fewer, TODAY).verdict is not verdict
        else:
            assert not quoted
            assert found.depends_on
            assert set(found.depends_on) <= set(fact.support)


@settings(max_examples=80, deadline=None)
@given(some_answers)
def test_every_question_that_is_asked_has_a_purpose_and_no_other_has(
    small: Pack, raw: dict[str, object]
) -> None:
    event = small.event("tout")
    answers = parse_answers(small, event, raw)
    left = outcome_questions(small, event, answers, TODAY)
    for name in event.questions:
        if name not in answers:
            found = explain_question(small, event, name, answers, TODAY, "fr")
            assert (
                bool(found.words) is bool(found.statuses or found.deadlines or found.papers) is (name in left)
            )


def test_the_words_quote_the_answers_that_settle_it(small: Pack, tout: Event) -> None:
    answers = parse_answers(small, tout, {"enfants": 3, "loyer": "500", "seul": True, "aides": ["rsa"]})
    found = explain_outcome(small, tout, "xx.tout.prime", answers, TODAY, "fr")
    assert found.settled_by == (("enfants", 3), ("loyer", answers["loyer"]))
    assert found.words == (
        "Cette démarche vous concerne, car vous avez répondu\u00a0: "
        "«\u00a0Combien d’enfants ?\u00a0»\u00a0: 3\u00a0; «\u00a0Quel loyer ?\u00a0»\u00a0: 500\u00a0€."
    )
    english = explain_outcome(small, tout, "xx.tout.prime", answers, TODAY, "en")
    assert english.words.startswith("This concerns you because you answered: “")


def test_one_answer_is_quoted_where_one_is_enough(small: Pack, tout: Event) -> None:
    answers = parse_answers(small, tout, {"enfants": 1, "aides": ["rsa"], "loyer": "4000"})
    found = explain_outcome(small, tout, "xx.tout.prime", answers, TODAY, "fr")
    assert (found.verdict, [name for name, _ in found.settled_by]) == (Verdict.FALSE, ["loyer"])


def test_what_may_apply_says_on_what_it_depends(small: Pack, tout: Event) -> None:
    answers = parse_answers(small, tout, {"aides": ["apl"], "loyer": None})
    found = explain_outcome(small, tout, "xx.tout.prime", answers, TODAY, "en")
    assert (found.verdict, found.depends_on) == (Verdict.MAYBE, ("loyer",))
    assert "It depends on" in found.words


def test_a_question_says_what_it_decides(small: Pack) -> None:
    event = small.event("bebe")
    found = explain_question(small, event, "ne", {}, TODAY, "en")
    assert found.statuses[0] == "xx.bebe.declaration"
    assert found.words == "We ask because it decides whether this applies to you: EN Déclarer la naissance."
    born = explain_question(small, event, "date_naissance", {"ne": True, "lieu": "france"}, TODAY, "fr")
    assert (born.statuses, born.deadlines) == ((), ("xx.bebe.declaration",))
    assert "date limite" in born.words


def test_the_words_of_the_pack_stay_first(small: Pack) -> None:
    plan = make_plan(small, small.event("bebe"), {"ne": True, "lieu": "france"}, TODAY, "fr")
    assert plan.procedures[0].because == "L’enfant est né en France."


def test_an_unknown_procedure_is_a_mistake_of_the_caller(small: Pack, tout: Event) -> None:
    with pytest.raises(KeyError):
        explain_outcome(small, tout, "xx.tout.rien", {}, TODAY, "fr")


METZ = {"lines": ["1 rue Haute"], "postcode": "57000", "city": "Metz", "country": "FR"}


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("ne", True, "oui"),
        ("ne", None, "je ne sais pas"),
        ("lieu", "france", "En France"),
        ("aides", ["rsa", "apl"], "RSA\u00a0; APL"),
        ("aides", [], "rien de cela"),
        ("date_naissance", "2026-11-23", "lundi 23 novembre 2026"),
        ("date_naissance", "2026", "2026"),
        ("loyer", "500.50", "500,50\u00a0€"),
        ("enfants", 3, "3"),
        ("nom", {"family": "Petit", "given": "Léa"}, "Léa Petit"),
        ("pays", "BE", "Belgique"),
        ("adresse", METZ, "1 rue Haute, 57000 Metz"),
        (
            "adresse",
            {**METZ, "postcode": "", "city": "Alger", "country": "DZ"},
            "1 rue Haute, Alger, Algérie",
        ),
        ("membres", [{"seul": True}, {}], "2 personnes"),
    ],
)
def test_an_answer_in_words(small: Pack, name: str, raw: object, words: str) -> None:
    question = small.questions[name]
    found = answer_words(small, question, parse_answer(question, raw, small.questions), "fr")
    assert found.replace("\u00a0", " ") == words.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def grouped(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small pack with a procedure that reads the members of a group."""
    folder = tmp_path_factory.mktemp("pack") / "small"
    shutil.copytree(small_folder, folder)
    file = folder / "events" / "tout.yaml"
    text = file.read_text("utf-8")
    text = text.replace("seul, remarque]", "seul, remarque, membres]")
    text = (
        text.replace(
            "condition: \"years_between(date_naissance, today()) >= 18 || pays in ['BE', 'DE']\"",
            'condition: "membres.exists(m, years_between(m.date_naissance, today()) >= 1)"',
        )
        .replace('because: "Vous êtes majeur."', "")
        .replace('not_because: "Vous êtes mineur."', "")
    )
    file.write_text(text.replace("    not_\n", ""), "utf-8")
    return load_pack(folder)


def test_a_group_is_asked_while_a_member_can_change_the_outcome(grouped: Pack) -> None:
    event = grouped.event("tout")
    before: dict[str, object] = {
        "ne": True,
        "date_naissance": None,
        "date_prevue": None,
        "lieu": "france",
        "aides": [],
        "enfants": 0,
        "remarque": None,
    }
    answers = parse_answers(grouped, event, before)
    asked = next_question(grouped, event, answers, TODAY)
    assert asked
    assert asked.id == "membres"
    old = parse_answers(grouped, event, {**before, "membres": [{"date_naissance": "2024-01-01"}]})
    assert next_question(grouped, event, old, TODAY) is None
    found = explain_outcome(grouped, event, "xx.tout.majeur", old, TODAY, "fr")
    assert (found.verdict, found.settled_by) == (Verdict.TRUE, (("membres", old["membres"]),))
    assert "1 personne" in found.words
    vague = parse_answers(grouped, event, {**before, "membres": [{"seul": True}]})
    found = explain_outcome(grouped, event, "xx.tout.majeur", vague, TODAY, "fr")
    assert (found.verdict, found.depends_on) == (Verdict.MAYBE, ("membres",))
    assert next_question(grouped, event, vague, TODAY) is None


def test_an_answer_that_was_touched_reads_as_it_was_touched() -> None:
    pack = load_pack(find_pack("fr"))
    hour = pack.questions["heure_deces"]
    value = hour.about[0]
    assert isinstance(value, int)
    assert answer_words(pack, hour, value, "fr") == pack.text("question.heure_deces.about.0.text", "fr")
