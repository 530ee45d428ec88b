"""``kiosk pack`` from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from kiosk.cli import main

GOOD = Path("tests/packs/good")
DAY = ["--today", "2026-11-24"]
SCHEMA = Path("docs/schemas/check.schema.json")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A pack with nothing to mend, free to be broken."""
    folder = tmp_path / "gg"
    shutil.copytree(GOOD, folder)
    return folder


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict]:
    """The report, which is what the published schema says."""
    code = main(["pack", "check", str(folder), "--json", *DAY])
    report = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(report)
    return code, report


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_clean_pack_is_sound_and_gets_a_certificate(clean: Path, tmp_path: Path, capsys) -> None:
    code, report = check(clean, capsys)
    assert (code, report["sound"], report["findings"], report["proved"]) == (0, True, [], True)
    assert report["counts"]["procedures"] == 3
    target = tmp_path / "certificate.json"
    assert main(["pack", "check", str(clean), *DAY, "--certificate", str(target)]) == 0
    assert "0 to mend, 0 warnings" in capsys.readouterr().out
    assert json.loads(target.read_text("utf-8")) == report["certificate"]
    assert report["certificate"]["sha256"] == report["hash"]


def test_the_shipped_pack_is_proved_sound_and_fully_translated(capsys) -> None:
    code, report = check(Path("assets/packs/fr"), capsys)
    assert (code, report["sound"], report["proved"]) == (0, True, True)
    assert not [f for f in report["findings"] if f["rule"].startswith("translation")]
    assert all(row["exact"] for row in report["longest_interview"].values())


def test_an_error_is_one_line_with_its_place_and_its_witness(clean: Path, tmp_path: Path, capsys) -> None:
    edit(clean, "events/logis.yaml", "logement == 'locataire' && !parti", "parti && !parti")
    target = tmp_path / "certificate.json"
    assert main(["pack", "check", str(clean), *DAY, "--certificate", str(target)]) == 1
    out = capsys.readouterr().out
    line = (
        (clean / "events/logis.yaml")
        .read_text("utf-8")
        .splitlines()
        .index('    condition: "parti && !parti"')
    )
    assert f"events/logis.yaml:{line + 1}: error: procedure-unreachable: gg.logis.conge" in out
    assert 'shown by {"answers": {"parti": ' in out
    assert not target.exists()


def test_a_warning_does_not_refuse_the_pack(clean: Path, capsys) -> None:
    for file in ("events/logis.yaml", "locales/en.po"):
        edit(clean, file, "L’aide paie une part du loyer.", "L’aide paie nonobstant une part du loyer.")
    code, report = check(clean, capsys)
    assert (code, report["sound"]) == (0, True)
    assert [(f["rule"], f["severity"]) for f in report["findings"]] == [("word-hard", "warning")]
    assert report["certificate"]["warnings"] == 1


def test_a_part_that_changes_nothing_is_pointed_out(clean: Path, capsys) -> None:
    edit(
        clean,
        "events/logis.yaml",
        "logement == 'locataire' && !parti",
        "logement == 'locataire' && !parti && (parti || logement != 'heberge')",
    )
    code, report = check(clean, capsys)
    assert code == 1  # the option that only this part names is an error
    idle = [f["witness"]["part"] for f in report["findings"] if f["rule"] == "part-idle"]
    assert idle == ["parti", "logement != 'heberge'"]


def test_a_missing_translation_is_listed(clean: Path, capsys) -> None:
    (clean / "locales/en.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    code, report = check(clean, capsys)
    assert code == 1
    missing = [f["problem"] for f in report["findings"] if f["rule"] == "translation-missing"]
    assert "option.logement.heberge.text has no text in en" in missing


def test_procedures_that_may_stay_open_are_listed_by_the_pack(clean: Path, capsys) -> None:
    edit(clean, "questions.yaml", "  max: today\n", "  max: today\n  precision: month\n")
    assert "known-may-apply" in [f["rule"] for f in check(clean, capsys)[1]["findings"]]
    edit(clean, "pack.yaml", "retired_numbers", "may_apply: [gg.logis.aide]\nretired_numbers")
    assert check(clean, capsys)[0] == 0
    edit(clean, "pack.yaml", "gg.logis.aide]", "gg.logis.aide, gg.logis.autre]")
    assert [f["rule"] for f in check(clean, capsys)[1]["findings"]] == ["may-apply-unknown"]


def test_a_pack_that_cannot_be_read_is_one_line_with_its_place(clean: Path, capsys) -> None:
    (clean / "bodies.yaml").write_text("mairie: {name: Mairie\n")
    assert main(["pack", "check", str(clean)]) == 2
    err = capsys.readouterr().err
    assert "bodies.yaml:2:1: not YAML" in err
    assert err.count("\n") == 1
    code, report = check(clean, capsys)
    assert (code, report["sound"], report["error"]["line"]) == (2, False, 2)


def test_without_the_prover_the_other_checks_run_and_nothing_is_called_proved() -> None:
    script = (
        "import sys; sys.modules['z3'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'z3' else real(name, *rest)\n"
        "from kiosk.cli import main\n"
        f"sys.exit(main(['pack', 'check', {str(GOOD)!r}, '--json', '--today', '2026-11-24']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["sound"], report["proved"], report["certificate"]) == (True, False, None)


def changes(old: Path, new: Path, capsys) -> tuple[int, dict[str, dict]]:
    code = main(["pack", "diff", str(old), str(new), "--json", *DAY])
    return code, {row["kind"]: row for row in json.loads(capsys.readouterr().out)["changes"]}


def test_a_pack_compared_with_itself_changes_nothing(clean: Path, capsys) -> None:
    assert changes(GOOD, clean, capsys) == (0, {})


def test_diff_says_who_loses_and_who_gains_a_procedure(clean: Path, capsys) -> None:
    edit(clean, "events/logis.yaml", "enfants >= 3", "enfants >= 4")
    code, found = changes(GOOD, clean, capsys)
    assert (code, set(found)) == (0, {"condition-narrowed"})
    assert found["condition-narrowed"]["witness"]["answers"]["enfants"] == 3
    assert set(changes(clean, GOOD, capsys)[1]) == {"condition-relaxed"}


def test_diff_says_what_becomes_of_drafts(clean: Path, capsys) -> None:
    edit(clean, "questions.yaml", '    - {value: heberge, number: 3, text: "Chez quelqu’un"}\n', "")
    edit(clean, "questions.yaml", "max: 20", "max: 10")
    edit(clean, "questions.yaml", "Quel est votre loyer ?", "Quel loyer payez-vous ?")
    edit(clean, "events/logis.yaml", "add: P8D", "add: P9D")
    edit(clean, "events/logis.yaml", "[parti, jour,", "[jour, parti,")
    code, found = changes(GOOD, clean, capsys)
    assert code == 0
    assert {kind: row["drafts"] for kind, row in found.items()} == {
        "option-removed": "ask-again",
        "bounds-narrowed": "ask-again",
        "text-changed": "kept",
        "deadline-changed": "kept",
        "order-changed": "kept",
    }


EVENT, QUESTIONS, PAPERS = "events/logis.yaml", "questions.yaml", "documents.yaml"
POST, RENT, FUND = "channels: [{kind: post", 'max: "3000"', "bodies: [caisse]"
RULE = 'valid: [{say: "Non.", rule: "loyer != 0.00"}]'
ABOUT = 'about: [{value: "500", text: "Environ 500 €"}]'
CHANGES = {
    "gives": (EVENT, POST, f"gives: [bail]\n    {POST}", "gives-changed", "more: bail"),
    "after": (
        EVENT,
        POST,
        f"after: [gg.logis.adresse]\n    {POST}",
        "after-changed",
        "more: gg.logis.adresse",
    ),
    "body": (EVENT, FUND, "bodies: [caisse, mairie]", "offices-changed", "more: mairie"),
    "when of a body": (
        *(EVENT, FUND, 'bodies: [{id: caisse, when: "parti"}]'),
        *("offices-changed", "for whom, or which one is usual"),
    ),
    "every body": (
        EVENT,
        FUND,
        f"{FUND}\n    every_body: true",
        "offices-changed",
        "each office has to be seen",
    ),
    "rule": (QUESTIONS, RENT, f"{RENT}\n  {RULE}", "rules-narrowed", "fewer answers are valid"),
    "about": (QUESTIONS, RENT, f"{RENT}\n  {ABOUT}", "about-changed", "more: 500"),
    "use of one answer": (
        *(QUESTIONS, RENT, f'{RENT}\n  data: {{kept: "Un an."}}'),
        *("data-changed", "kept: '' is now 'Un an.'"),
    ),
    "use of all answers": (
        *("pack.yaml", "basis: public-task", "basis: consent"),
        *("data-changed", "basis: public-task is now consent"),
    ),
    "paper": (
        *(PAPERS, 'location", held: true', 'location", given_by: [mairie]'),
        *("paper-giver-changed", "held is now given by mairie"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_diff_says_in_words_what_else_changed(name: str, clean: Path, capsys) -> None:
    file, old, new, kind, what = CHANGES[name]
    drafts = "ask-again" if name == "rule" else "kept"
    edit(clean, file, old, new)
    assert main(["pack", "diff", str(GOOD), str(clean), "--json", *DAY]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["kind"], c["what"], c["drafts"]) for c in changes] == [(kind, what, drafts)]


def test_a_rule_that_lets_more_through_keeps_drafts(clean: Path, tmp_path: Path, capsys) -> None:
    def with_rule(folder: Path, rule: str) -> Path:
        edit(
            folder,
            "questions.yaml",
            'max: "3000"',
            f'max: "3000"\n  valid: [{{say: "Non.", rule: "{rule}"}}]',
        )
        return folder

    strict = with_rule(Path(shutil.copytree(GOOD, tmp_path / "strict")), "loyer > 100.00")
    mild = with_rule(clean, "loyer > 50.00")
    assert main(["pack", "diff", str(strict), str(mild), "--json", *DAY]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["kind"], c["drafts"]) for c in changes] == [("rules-relaxed", "kept")]


def test_diff_refuses_a_number_that_meant_something_else(clean: Path, capsys) -> None:
    edit(clean, "questions.yaml", "value: heberge, number: 3", "value: colocation, number: 3")
    code, found = changes(GOOD, clean, capsys)
    assert (code, found["renamed"]["drafts"]) == (0, "kept")
    edit(clean, "questions.yaml", "Chez quelqu’un", "En colocation")
    code, found = changes(GOOD, clean, capsys)
    assert code == 1
    assert found["number-reused"]["drafts"] == "refused"
    assert found["number-reused"]["witness"] == {"number": 3, "was": "heberge"}


def test_due_lists_what_expires_in_the_days_to_come(capsys) -> None:
    assert main(["pack", "due", str(GOOD), "--today", "2027-02-15", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["due"]
    assert [(row["day"], row["file"]) for row in rows] == [("2027-04-01", "parameters.yaml")]
    assert main(["pack", "due", str(GOOD), "--days", "30", *DAY]) == 0
    assert "0 to look at again by 2026-12-24" in capsys.readouterr().out


def test_a_graph_is_an_svg_that_is_read_aloud_too(tmp_path: Path) -> None:
    target = tmp_path / "logis.svg"
    assert main(["pack", "graph", str(GOOD), "gg/logis", "--lang", "en", "--to", str(target)]) == 0
    root = ElementTree.parse(target).getroot()  # noqa: S314 - our own file
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert root.findtext(f"{SVG}title") == "I am moving house"
    assert "Give notice ← Have you already moved? / On what day do you move? / How do you live?" in str(
        root.findtext(f"{SVG}desc")
    )
    boxes = [group.get("class") for group in root.iter(f"{SVG}g")]
    assert (boxes.count("question"), boxes.count("procedure")) == (6, 3)
    assert len(list(root.iter(f"{SVG}path"))) == 10


def test_a_drawing_that_cannot_be_written_is_one_line(tmp_path: Path, capsys) -> None:
    assert main(["pack", "graph", str(GOOD), "logis", "--to", str(tmp_path / "no" / "logis.svg")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
