"""``kiosk ask`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli import main

SMALL = "tests/kiosk/procedures/packs/small"
TODAY = "2026-11-24"


@pytest.fixture
def answers(tmp_path: Path):
    def write(given: object) -> str:
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(given), "utf-8")
        return str(file)

    return write


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["ask", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_next_question_is_printed_while_one_is_needed(answers, capsys) -> None:
    found = ask(capsys, SMALL, "bebe", "--answers", answers({"ne": True}), "--today", TODAY)
    assert found["about_left"] == 2
    assert found["question"]["id"] == "date_naissance"
    assert found["question"]["max"] == TODAY


@pytest.mark.parametrize(("birth", "last_day"), [("2026-11-23", "2026-11-30"), ("2026-12-20", "2026-12-28")])
@pytest.mark.parametrize("event", ["naissance", "fr/naissance", "fr.naissance"])
def test_following_the_questions_of_the_shipped_pack_leads_to_the_last_day(
    answers, capsys, birth: str, last_day: str, event: str
) -> None:
    given: dict[str, object] = {"enfant_ne": True, "date_naissance": birth, "lieu_naissance": "france"}
    found = ask(capsys, "fr", event, "--answers", answers(given))
    while "question" in found:
        given[found["question"]["id"]] = None if found["question"]["unknown_allowed"] else False
        found = ask(capsys, "fr", event, "--answers", answers(given))
    declared = next(item for item in found["plan"]["procedures"] if item["id"] == "fr.naissance.declaration")
    assert declared["deadline"]["date"] == last_day
    assert found["plan"]["event"] == "fr/naissance"


def test_the_plan_reads_well_without_json(answers, capsys) -> None:
    given = {"ne": True, "lieu": "france", "date_naissance": "2026-11-23"}
    assert main(["ask", SMALL, "bebe", "--answers", answers(given), "--today", TODAY, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "[applies] EN Déclarer la naissance" in out
    assert "2026-11-30 (legal) EN Dans les 5 jours." in out
    assert "@ EN Mairie" in out


def test_the_question_reads_well_without_json(answers, capsys) -> None:
    assert main(["ask", SMALL, "bebe", "--answers", answers({"ne": True, "date_naissance": None})]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "[lieu] Où est-il né ?"
    assert "Déclarer la naissance" in lines[1]
    assert lines[2] == "  france: En France"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["zz", "bebe"], "no pack 'zz'; allowed: fr"),
        ([SMALL, "mariage"], "no event 'mariage'; allowed: xx/bebe, xx/tout"),
        ([SMALL, "bebe", "--today", "demain"], "--today 'demain' is no date; allowed: 2026-11-23"),
        ([SMALL, "bebe", "--today", "3000-01-01"], "allowed: 2026-11-23"),
        ([SMALL, "bebe", "--lang", "xx"], "allowed: fr, en"),
    ],
)
def test_a_wrong_request_is_one_line_that_says_what_is_allowed(
    answers, capsys, words: list[str], says: str
) -> None:
    assert main(["ask", *words, "--answers", answers({}), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert says in shown.err
    assert shown.err.count("\n") == 1


def test_a_wrong_answer_is_one_line_that_names_the_file(answers, capsys) -> None:
    file = answers({"date_naissance": "2026-02-30"})
    assert main(["ask", SMALL, "bebe", "--answers", file, "--json"]) == 2
    err = capsys.readouterr().err
    assert file in err
    assert "date_naissance: there is no such day" in err
    assert "2026-11" in err


def test_compiled_packs_are_kept_below_the_data_folder_only(
    answers, capsys, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "data"))
    ask(capsys, SMALL, "bebe", "--answers", answers({}))
    assert len(list((tmp_path / "data/cache/packs").glob("*.pack"))) == 1


CITY = "tests/ui/packs/cite"


def test_a_question_says_why_it_is_asked_what_may_be_touched_and_what_becomes_of_the_answer(
    answers, capsys
) -> None:
    found = ask(
        capsys, CITY, "foyer", "--answers", answers({"loge": True, "arrivee": None}), "--today", TODAY
    )
    question = found["question"]
    assert question["why"].startswith("Nous le demandons pour savoir si ceci vous concerne")
    assert question["about"][2] == {"value": 2, "text": "Deux enfants"}
    assert question["valid"] == ["Ici, nous comptons 20 enfants au plus."]
    assert question["data"]["basis"] == "public-task"
    assert question["data"]["purpose"] == "Faire la liste de vos démarches."
    assert question["from_card"] is None
    given = {"loge": True, "arrivee": None, "enfants": 2}
    found = ask(capsys, CITY, "foyer", "--answers", answers(given), "--today", TODAY)
    assert found["question"]["data"]["basis"] == "consent"
    assert found["question"]["data"]["recipients"] == "Le guichet de votre commune."


REFUSED = [
    ({"enfants": 21}, "enfants: Ici, nous comptons 20 enfants au plus; allowed: 0 to 20"),
    ({"loyer": "5000.01"}, "loyer: Le loyer d’un mois ne dépasse pas"),
    ({"postal": "5700"}, "postal: Un code postal a 5 chiffres;"),
]


@pytest.mark.parametrize(("given", "says"), REFUSED)
def test_an_answer_is_refused_in_one_line_with_the_sentence_of_the_pack(
    answers, capsys, given: dict[str, object], says: str
) -> None:
    assert main(["ask", CITY, "foyer", "--answers", answers(given), "--today", TODAY]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert says in shown.err
    assert shown.err.count("\n") == 1
