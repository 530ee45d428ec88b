"""The editor guide is run: its files are written, its commands launched, its tables computed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.procedures import load_pack, make_plan, parse_answers
from kiosk.procedures.answers import parse_answer
from kiosk.procedures.evaluate import binding
from kiosk.procedures.grammar import parse_condition
from kiosk.procedures.model import Question
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.questions import read_questions
from kiosk.procedures.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/editor-guide.md").read_text("utf-8")
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file that it is (or nothing), its text, its line in the guide."""

    lang: str
    file: str
    text: str
    line: int


def blocks() -> list[Block]:
    found = []
    for match in re.finditer(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        line = GUIDE.count("\n", 0, match.start()) + 1
        found.append(Block(match[1], match[2] or "", match[3], line))
    return found


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first heading cell is this, without its head."""
    after = GUIDE.partition(f"\n| {heading} |")[2].split("\n")
    rows = []
    for line in after[2:]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        rows.append([cell.replace("\\|", "|") for cell in cells])
    assert rows, heading
    return rows


def code(cell: str) -> str:
    return cell.strip("`")


def test_every_command_of_the_guide_says_what_the_guide_shows(tmp_path: Path) -> None:
    program = tmp_path / "bin/kiosk"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kiosk "$@"\n', "utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{program.parent}:{os.environ['PATH']}"}
    commands = 0
    for block in blocks():
        if block.file:
            path = tmp_path / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        elif block.lang == "console":
            for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
                done = subprocess.run(
                    ["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
                )
                wanted = "(?s:.*)".join(re.escape(part) for part in shown.split("…"))
                said = done.stdout + done.stderr
                assert re.fullmatch(wanted, said), f"line {block.line}: $ {command}\n{said}"
                commands += 1
    assert commands >= 10


def test_each_worked_deadline_ends_on_the_day_shown(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    for name, text in DEADLINE_PACK.items():
        (tmp_path / name).write_text(text, "utf-8")
    rows = table("délai")
    for rule, start, end, _words in rows:
        event = tmp_path / "events/delais.yaml"
        event.write_text(DEADLINE_EVENT.replace("RULE", code(rule)), "utf-8")
        assert due(tmp_path, start) == end, rule
    assert len(rows) >= 20


DEADLINE_PACK = {
    "pack.yaml": "schema: pack/1\nid: dd\nversion: '1'\ncountry: FR\nsource_lang: fr\n"
    "timezone: Europe/Paris\nchecked: 2026-11-23\n",
    "bodies.yaml": "mairie: {name: Mairie}\n",
    "documents.yaml": "papier: {title: Papier}\n",
    "questions.yaml": "jour: {number: 1, type: date, text: Quand}\n"
    "heure: {number: 2, type: number, text: Heure, min: 0, max: 23}\n",
}
DEADLINE_EVENT = """
id: dd.delais
title: Délais
lead: Délais
search: [délais]
icon: clock
questions: [jour, heure]
procedures:
  - id: dd.delais.un
    title: Un
    summary: Un
    bodies: [mairie]
    deadlines:
      - {kind: legal, from: jour, text: Avant, RULE}
    sources: [{title: Un, checked: 2026-11-23}]
    confidence: C
"""


def due(folder: Path, start: str) -> str:
    """The date that the plan shows, as the guide writes it."""
    pack = load_pack(folder)
    event = pack.event("delais")
    answers = parse_answers(pack, event, {"jour": start, "heure": 14})
    found = make_plan(pack, event, answers, TODAY, "fr").procedures[0].deadline
    assert found
    assert found.date
    if found.opens:
        return f"du {found.opens} au {found.date}"
    if found.paid_from:
        return f"{found.date}, payé depuis le {found.paid_from}"
    return f"{found.date} à {found.at.hour} h".replace(" h", "\u00a0h") if found.at else str(found.date)


VERDICTS = {
    Verdict.TRUE: "oui",
    Verdict.FALSE: "non",
    Verdict.MAYBE: "peut-être",
    Verdict.OPEN: "à demander",
}


def test_the_examples_of_conditions_come_out_as_shown() -> None:
    text = next(block.text for block in blocks() if block.file == "tables/questions.yaml")
    questions: dict[str, Question] = read_questions(read_yaml(text, "questions.yaml"), frozenset(), {})
    rows = [row for row in table("condition") if len(row) == 3]
    for condition, given, result in rows:
        answers = {
            name: binding(parse_answer(questions[name], value, questions, TODAY))
            for name, value in json.loads(code(given)).items()
        }
        tree = parse_condition(code(condition), questions)
        assert VERDICTS[settle(tree, answers, questions, TODAY).verdict] == result, (condition, given)
    assert len(rows) >= 15


def test_every_rule_of_the_check_has_its_cure_in_the_guide() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "kiosk/procedures").glob("**/*.py"))
    named = set(re.findall(r'(?:\bFinding|_found|\bfound)\(\s*(?:places,\s*)?"([a-z]+(?:-[a-z]+)*)"', source))
    named |= {"translation", "translation-stale", "translation-fuzzy"}
    named |= {f"{thing}-{how}" for thing in ("when", "body") for how in ("never", "always")}
    told = {code(row[0]): row for row in table("règle")}
    assert sorted(told) == sorted(named)
    assert all(row[1] and row[2] for row in told.values())


def test_question_types_and_kinds_of_deadlines_are_all_explained() -> None:
    from kiosk.procedures.model import DeadlineKind, QuestionType

    types = [name for row in table("`type`") for name in re.findall(r"`([a-z-]+)`", row[0])]
    assert sorted(types) == sorted(QuestionType)
    assert sorted(code(row[0]) for row in table("`kind`")) == sorted(DeadlineKind)


def test_the_contents_lead_to_the_chapters() -> None:
    chapters = re.findall(r"^## (\d+\. .*)$", GUIDE, re.MULTILINE)
    contents = re.findall(r"^(\d+)\. \[(.*)\]\(#(.*)\)$", GUIDE, re.MULTILINE)
    assert [f"{number}. {title}" for number, title, _ in contents] == chapters
    for chapter, (_, _, anchor) in zip(chapters, contents, strict=True):
        assert anchor == re.sub(r"[^\w -]", "", chapter.lower()).replace(" ", "-")
