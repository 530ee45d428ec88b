"""What the plan tells to ask at the counter: one question for each thing that it does not know itself."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from kiosk.messages import messages_for
from kiosk.procedures import DeadlineKind, Office, PlanDeadline, PlanDocument, PlanItem, Status, make_plan
from tests.ui.stage import TODAY, pack
from ui.desk_questions import MOST, desk_questions

WORDS = messages_for("fr")
HALL = Office("mairie", "Mairie", "", "", "", "", "")
PAPER = PlanDocument("a", "Acte de décès", 1, "", certain=True)
DUE = PlanDeadline(
    date=date(2026, 12, 1),
    earliest=False,
    at=None,
    precision="day",
    text="",
    kind=DeadlineKind.LEGAL,
    rule="",
    lost_if_late="",
    passed=False,
    certain=True,
    law=(),
    confidence="A",
)


def sure() -> PlanItem:
    """A procedure of which everything is known."""
    plan = make_plan(pack(), pack().events["fr.naissance"], {}, TODAY, "fr")
    return msgspec.structs.replace(
        plan.procedures[0],
        status=Status.APPLIES,
        office=HALL,
        other_offices=(),
        deadline=DUE,
        documents=(PAPER,),
        confidence="A",
        local=False,
        every_office=False,
    )


def due(**changed: object) -> PlanDeadline:
    return msgspec.structs.replace(DUE, **changed)


def test_a_procedure_of_which_all_is_known_has_no_question() -> None:
    assert desk_questions(WORDS, sure()) == ()


UNKNOWN = [
    ({"status": Status.MAYBE}, "Est-ce que cette démarche me concerne\u00a0?"),
    ({"local": True, "status": Status.MAYBE}, "Ai-je droit à cette aide\u00a0?"),
    ({"confidence": "D"}, "Ces informations sont-elles encore justes\u00a0?"),
    ({"deadline": due(earliest=True)}, "Quelle est ma date limite exacte\u00a0?"),
    ({"deadline": due(confidence="D")}, "Quelle est ma date limite exacte\u00a0?"),
    ({"deadline": due(passed=True)}, "La date est passée. Que puis-je encore faire\u00a0?"),
    ({"deadline": due(date=None)}, "Jusqu’à quand puis-je le faire\u00a0?"),
    ({"other_offices": (HALL,)}, "Est-ce bien ici que je dois le faire\u00a0?"),
    (
        {"documents": (msgspec.structs.replace(PAPER, certain=False),)},
        "Faut-il ce papier\u00a0: Acte de décès\u00a0?",
    ),
]


@pytest.mark.parametrize(("changed", "question"), UNKNOWN)
def test_what_is_not_known_is_one_question(changed: dict[str, object], question: str) -> None:
    assert desk_questions(WORDS, msgspec.structs.replace(sure(), **changed)) == (question,)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": Status.NOT},
        {"office": None, "confidence": "D"},
        {"every_office": True, "other_offices": (HALL,)},
        {"deadline": due(date=None, kind=DeadlineKind.ADVISED)},
        {"deadline": None},
    ],
)
def test_nothing_is_asked_where_nobody_could_answer_or_nothing_is_open(changed: dict[str, object]) -> None:
    assert desk_questions(WORDS, msgspec.structs.replace(sure(), **changed)) == ()


def test_the_papers_are_asked_for_only_at_a_desk() -> None:
    bare = msgspec.structs.replace(sure(), documents=())
    at_a_desk = any(channel.kind == "desk" for channel in bare.channels)
    assert at_a_desk
    assert desk_questions(WORDS, bare) == ("Quels papiers dois-je apporter\u00a0?",)
    assert desk_questions(WORDS, msgspec.structs.replace(bare, channels=())) == ()


def test_nobody_is_told_to_ask_more_than_can_be_remembered() -> None:
    papers = tuple(msgspec.structs.replace(PAPER, id=str(n), certain=False) for n in range(6))
    asked = desk_questions(WORDS, msgspec.structs.replace(sure(), documents=papers))
    assert len(asked) == MOST
