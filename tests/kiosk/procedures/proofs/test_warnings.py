"""What the check only warns of, and witnesses that the kiosk itself would accept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.procedures import Question, QuestionType, dump_answer, parse_answer
from kiosk.procedures.check import check_folder
from kiosk.procedures.model import Validity
from kiosk.procedures.proofs.findings import Severity
from kiosk.procedures.proofs.samples import fits, sample

TODAY = date(2026, 11, 24)
EVENT, QUESTIONS = "events/logis.yaml", "questions.yaml"
Checked = Callable[..., dict[str, Severity]]


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """Edits of the good pack -> the rules that speak up, without those about translations."""

    def one(*edits: tuple[str, str, str]) -> dict[str, Severity]:
        folder = Path(shutil.copytree("tests/packs/good", tmp_path / "gg"))
        for file, old, new in edits:
            text = (folder / file).read_text("utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        findings = check_folder(folder, TODAY).findings
        return {f.rule: f.severity for f in findings if not f.rule.startswith("translation")}

    return one


RENTS, ANY_RENT = "\"logement != 'proprietaire'\"", '"loyer >= 0.00 || loyer > 5.00"'
DESK = 'channels: [{kind: desk, text: "À la caisse"}]'
ONLINE = '{kind: online, text: "En ligne"}'
SURE = 'sources: [{title: "Guide des aides", checked: 2026-11-23}]\n    confidence: '


@pytest.mark.parametrize(
    ("edits", "rule"),
    [
        ([(EVENT, DESK, f'channels: [{ONLINE}, {{kind: desk, text: "À la caisse"}}]')], "online-first"),
        (
            [
                (EVENT, DESK, f'channels: [{ONLINE}]\n    no_other_channel: "En ligne seulement."'),
                (EVENT, f"{SURE}B", f"{SURE}D"),
            ],
            "online-unsure",
        ),
        (
            [(EVENT, "bodies: [caisse]", f"bodies: [mairie, {{id: caisse, when: {RENTS}}}]")],
            "body-always",
        ),
        (
            [(QUESTIONS, 'max: "3000"', f'max: "3000"\n  valid: [{{say: "Non.", rule: {ANY_RENT}}}]')],
            "rule-always",
        ),
    ],
)  # fmt: skip
def test_what_could_be_better_is_a_warning(
    edits: list[tuple[str, str, str]], rule: str, checked: Checked
) -> None:
    assert checked(*edits) == {rule: Severity.WARNING}


def test_human_ways_before_what_is_online_are_as_they_should_be(checked: Checked) -> None:
    ways = f'channels: [{{kind: phone, phone: "3646"}}, {ONLINE}]'
    assert checked((EVENT, DESK, ways)) == {}


def test_who_has_done_what_comes_first_may_go_on_where_its_paper_can_be_had(checked: Checked) -> None:
    """The broken pack after-unmet, with a paper that stands for what came first."""
    benefit = "deadlines:\n      - {kind: benefit"
    post = 'channels: [{kind: post, text: "Par lettre"}]'
    after = (EVENT, benefit, f"after: [gg.logis.conge]\n    {benefit}")
    assert checked(after, (EVENT, post, f"gives: [bail]\n    {post}")) == {}


def test_a_circle_that_nobody_can_be_in_is_none(checked: Checked) -> None:
    """The receipt is asked of those who have moved, and given to those who have not."""
    held = 'bail: {title: "Contrat de location", held: true}'
    post = 'channels: [{kind: post, text: "Par lettre"}]'
    found = checked(
        ("documents.yaml", held, f'{held}\nrecu: {{title: "Reçu"}}'),
        (EVENT, "documents: [identite, ", 'documents: [identite, {id: recu, when: "parti"}, '),
        (EVENT, post, f"after: [gg.logis.adresse]\n    gives: [recu]\n    {post}"),
    )
    assert found == {"paper-nobody-gives": Severity.ERROR}


@pytest.mark.parametrize("kind", [k for k in QuestionType if k is not QuestionType.GROUP])
def test_an_answer_made_up_for_a_witness_is_one_the_kiosk_accepts(kind: QuestionType) -> None:
    typed = (QuestionType.TEXT, QuestionType.PHONE, QuestionType.NATIONAL_NUMBER, QuestionType.NAME)
    if kind in (*typed, QuestionType.ADDRESS, QuestionType.EMAIL, QuestionType.COUNTRY):
        question = Question("q", 1, kind)
        found = sample(question, ["AD"])
        assert parse_answer(question, dump_answer(found), {}, TODAY) == found


@pytest.mark.parametrize(
    ("kind", "shape"), [(QuestionType.TEXT, "AA-999"), (QuestionType.PHONE, "+33999999999")]
)
def test_an_answer_made_up_for_a_witness_has_the_shape_that_is_asked_for(
    kind: QuestionType, shape: str
) -> None:
    question = Question("q", 1, kind, valid=(Validity(shape=shape),))
    found = sample(question)
    assert isinstance(found, str)
    assert fits(question, found)
    assert parse_answer(question, found, {}, TODAY) == found
    assert sample(question, [found]) != found
