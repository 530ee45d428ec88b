"""``kiosk pack check`` from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk.cli import main

SMALL = Path("tests/kiosk/procedures/packs/small")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """The small event alone, with nothing to mend."""
    folder = tmp_path / "xx"
    shutil.copytree(SMALL, folder)
    (folder / "events/tout.yaml").unlink()
    po = (folder / "locales/en.po").read_text("utf-8")
    kept = [entry for entry in po.split("\n\n") if "xx.tout" not in entry and "event.tout" not in entry]
    kept.append('msgctxt "question.seul.text"\nmsgid "Vivez-vous seul ?"\nmsgstr "Do you live alone?"\n')
    (folder / "locales/en.po").write_text("\n\n".join(kept), "utf-8")
    return folder


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    code = main(["pack", "check", str(folder), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_clean_pack_is_sound(clean: Path, capsys) -> None:
    code, report = check(clean, capsys)
    assert (code, report["sound"], report["findings"]) == (0, True, [])
    assert report["counts"]["procedures"] == 1
    assert len(report["hash"]) == 64
    assert main(["pack", "check", str(clean)]) == 0
    assert "0 to mend" in capsys.readouterr().out


def test_the_shipped_pack_is_readable_and_fully_translated(capsys) -> None:
    code, report = check(Path("assets/packs/fr"), capsys)
    assert code in (0, 1)
    assert not [f for f in report["findings"] if f["rule"].startswith("translation")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("kind: desk, text", "kind: online, text", "online-only"),
        ('    channels: [{kind: desk, text: "À la mairie"}]\n', "", "channel-missing"),
        ('    decides: "Le lieu de naissance décide."\n', "", "reason-missing"),
        ("checked: 2026-11-23}", "checked: 2026-11-24}", "source-date"),
        ("[ne, date_naissance, lieu]", "[ne, date_naissance, lieu, seul]", "question-unused"),
        ('title: "Un enfant naît"', 'title: "Une enfant naît"', "translation"),
    ],
)
def test_each_weakness_is_found_by_its_rule(clean: Path, capsys, old: str, new: str, rule: str) -> None:
    event = clean / "events/bebe.yaml"
    text = event.read_text("utf-8")
    assert old in text
    event.write_text(text.replace(old, new, 1), "utf-8")
    code, report = check(clean, capsys)
    assert code == 1
    assert rule in [finding["rule"] for finding in report["findings"]]
    assert main(["pack", "check", str(clean)]) == 1
    assert f": {rule}: " in capsys.readouterr().out


def test_a_missing_translation_is_listed(clean: Path, capsys) -> None:
    (clean / "locales/en.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    code, report = check(clean, capsys)
    assert code == 1
    missing = {f["problem"] for f in report["findings"] if f["rule"] == "translation-missing"}
    assert {"event.bebe.title", "question.ne.easy", "option.lieu.france.sub"} <= missing


def test_a_pack_that_cannot_be_read_is_one_line_with_its_place(clean: Path, capsys) -> None:
    (clean / "bodies.yaml").write_text("mairie: {name: Mairie\n")
    assert main(["pack", "check", str(clean)]) == 2
    err = capsys.readouterr().err
    assert "bodies.yaml:2:1: not YAML" in err
    assert err.count("\n") == 1
    code, report = check(clean, capsys)
    assert (code, report["sound"], report["error"]["line"]) == (2, False, 2)
