"""Each child in turn: a list, one question a page, and every step of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import AnswerValue, Member, Name, Pack, PartialDate
from kiosk.procedures.values import MOST_MEMBERS
from tests.ui.citizen import Citizen
from tests.ui.stage import writing
from ui.places import Place
from ui.roster import Roster

Visitor = Callable[[Pack], Citizen]
LEA = Member(
    (("prenom", "Léa"), ("naissance", PartialDate(2019, 3, 12)), ("ecole", True), ("garde", "famille"))
)
TOM = Member(
    (("prenom", None), ("naissance", PartialDate(2024, 1, 2)), ("ecole", False), ("garde", "creche"))
)


def at_children(visitor: Visitor, *members: Member) -> Citizen:
    citizen = visitor(writing())
    citizen.touch("Français")
    citizen.begin("Inscrire vos enfants")
    while citizen.app.flow.question != "foyer":
        citizen.app.flow.answer({"nom": Name("Dupré", "Léa"), "pays": "FR"}.get(citizen.app.flow.question))
    if members:
        citizen.app.flow.answer(members)
        citizen.app.flow.change("foyer")
    citizen.app.qt.processEvents()
    return citizen


def answered(citizen: Citizen) -> AnswerValue:
    assert citizen.app.flow.visit is not None
    return citizen.app.flow.visit.answers.get("foyer")


def first_field(citizen: Citizen) -> QLineEdit:
    return citizen.screen.page.findChild(QLineEdit)


def type_date(citizen: Citizen, day: int, month: int, year: int) -> None:
    citizen.touch_at(first_field(citizen))
    for digit in f"{day:02}{month:02}{year}":
        citizen.touch(digit)


def tell_of_lea(citizen: Citizen) -> None:
    first_field(citizen).setText("Léa")
    citizen.touch("Continuer")
    type_date(citizen, 12, 3, 2019)
    citizen.touch("Continuer")
    citizen.touch("Oui")
    citizen.touch("Continuer")
    citizen.touch("La famille")
    citizen.touch("Continuer")


def test_each_child_is_asked_about_one_question_a_page(visitor: Visitor) -> None:
    citizen = at_children(visitor)
    citizen.touch("Ajouter\u00a0: Enfant 1")
    assert citizen.title() == "Quel est son prénom\u00a0?"
    assert "Enfant 1" in citizen.reads()
    tell_of_lea(citizen)
    assert citizen.title() == "Quels enfants vivent avec vous\u00a0?"
    assert (
        "Léa\u00a0; mardi 12 mars 2019\u00a0; Va-t-il à l’école\u00a0? Oui\u00a0; La famille"
        in citizen.reads()
    )
    citizen.touch("Ajouter\u00a0: Enfant 2")
    citizen.touch("Je ne sais pas")
    type_date(citizen, 2, 1, 2024)
    citizen.touch("Continuer")
    citizen.touch("Non")
    citizen.touch("Continuer")
    citizen.touch("Une assistante maternelle")
    citizen.touch("Continuer")
    citizen.touch("Continuer")
    assert answered(citizen) == (LEA, TOM)


def test_nobody_is_an_answer_and_silence_is_not(visitor: Visitor) -> None:
    citizen = at_children(visitor)
    citizen.touch("Continuer")
    assert "Touchez «\u00a0Ajouter\u00a0», ou «\u00a0Il n’y en a pas\u00a0»." in citizen.reads()
    assert answered(citizen) is None
    citizen.touch("Il n’y en a pas")
    citizen.touch("Continuer")
    assert answered(citizen) == ()
    citizen.app.flow.change("foyer")
    citizen.app.qt.processEvents()
    assert citizen.screen.page.nobody()


def test_the_question_may_be_passed(visitor: Visitor) -> None:
    citizen = at_children(visitor)
    citizen.touch("Je ne sais pas, ou je préfère passer")
    assert "foyer" in citizen.app.flow.visit.answers
    assert answered(citizen) is None


def test_a_child_is_changed_and_the_others_stay(visitor: Visitor) -> None:
    citizen = at_children(visitor, LEA, TOM)
    citizen.touch("Modifier, Enfant 1")
    assert first_field(citizen).text() == "Léa"
    for _ in range(3):
        citizen.touch("Continuer")
    citizen.touch("Une assistante maternelle")
    citizen.touch("Continuer")
    citizen.touch("Continuer")
    changed = Member((*LEA.answers[:3], ("garde", "creche")))
    assert answered(citizen) == (changed, TOM)


@pytest.mark.parametrize("number", [1, 2])
def test_what_was_removed_can_be_put_back_where_it_was(visitor: Visitor, number: int) -> None:
    citizen = at_children(visitor, LEA, TOM)
    citizen.touch(f"Retirer, Enfant {number}")
    assert f"Enfant {number}\u00a0: retiré de la liste." in citizen.reads()
    assert len(citizen.screen.roster.members) == 1
    citizen.touch("Remettre")
    citizen.touch("Continuer")
    assert answered(citizen) == (LEA, TOM)


def test_back_goes_through_the_questions_of_a_child_and_loses_nothing(visitor: Visitor) -> None:
    citizen = at_children(visitor)
    citizen.touch("Ajouter")
    first_field(citizen).setText("Léa")
    citizen.touch("Continuer")
    assert citizen.title() == "Quel jour est-il né\u00a0?"
    citizen.touch("Retour")
    assert first_field(citizen).text() == "Léa"
    citizen.touch("Retour")
    assert citizen.title() == "Quels enfants vivent avec vous\u00a0?"
    citizen.touch("Ajouter")
    assert first_field(citizen).text() == "Léa"
    citizen.touch("Retour")
    citizen.touch("Retour")
    assert citizen.title() != "Quels enfants vivent avec vous\u00a0?"


def test_half_a_child_survives_another_language(visitor: Visitor) -> None:
    citizen = at_children(visitor, LEA)
    citizen.touch("Ajouter\u00a0: Enfant 2")
    first_field(citizen).setText("Tom")
    citizen.touch("Langue")
    citizen.touch("English")
    assert first_field(citizen).text() == "Tom"
    assert "Enfant 2" in citizen.reads()
    citizen.touch("Back")
    assert "Léa" in citizen.reads()


def test_children_stand_on_the_check_page_and_private_words_are_not_read_aloud(
    visitor: Visitor, speaker: RecordingSpeaker
) -> None:
    citizen = at_children(visitor, LEA)
    citizen.touch("Écouter, Enfant 1")
    assert "Va-t-il à l’école\u00a0? Oui\u00a0; La famille" in speaker.said[-1].text
    assert "Léa" not in speaker.said[-1].text
    citizen.app.flow.place = Place.CHECK
    citizen.app.flow._changed()
    assert "Enfant 1\u00a0: Léa" in citizen.reads()
    assert "Léa" not in citizen.screen.spoken()


def test_the_heading_says_the_child_and_its_question(visitor: Visitor, speaker: RecordingSpeaker) -> None:
    citizen = at_children(visitor, LEA)
    citizen.touch("Ajouter\u00a0: Enfant 2")
    citizen.touch("Écouter, Quel est son prénom")
    assert speaker.said[-1].text.startswith("Enfant 2.\nQuel est son prénom\u00a0?")


QUESTIONS = ("a", "b")
STEPS = st.lists(
    st.one_of(
        st.just(("add",)),
        st.just(("back",)),
        st.just(("put_back",)),
        st.tuples(st.just("answer"), st.integers(0, 3)),
        st.tuples(st.just("change"), st.integers(0, 40)),
        st.tuples(st.just("remove"), st.integers(0, 40)),
    ),
    max_size=60,
)


@given(STEPS)
def test_whatever_is_touched_every_member_is_whole_and_the_list_is_bounded(
    steps: list[tuple[str, int]],
) -> None:
    roster = Roster(QUESTIONS)
    for step, *number in steps:
        before = roster
        if step in ("answer", "back") and roster.at is not None:
            roster = roster.answer(number[0]) if step == "answer" else roster.back()
        elif step in ("change", "remove") and roster.at is None and number[0] < len(roster.members):
            roster = getattr(roster, step)(number[0])
        elif step in ("add", "put_back") and roster.at is None:
            roster = getattr(roster, step)()
        if step == "remove" and roster.removed is not None and roster is not before:
            assert roster.put_back().members == before.members
        assert len(roster.members) <= MOST_MEMBERS
        assert all(tuple(name for name, _ in one.answers) == QUESTIONS for one in roster.members)


def test_a_full_list_takes_nobody_more() -> None:
    roster = Roster(QUESTIONS, (Member(()),) * MOST_MEMBERS)
    assert roster.full
    assert roster.add() is roster
