"""Overlays on the command line, in ``kiosk.toml``, and filled from the public directory."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.config import ConfigError, load_config
from kiosk.procedures import load_pack

TOWN = Path("tests/packs/town")
SMALL = Path("tests/kiosk/procedures/packs/small")
DIRECTORY = "tests/data/directory.json"
DAY = ["--today", "2026-11-24"]
LOCAL = "zz-val.logis.colis"
AID = f"""\
procedures:
  - id: {LOCAL}
    title: "Colis de bienvenue"
    summary: "La ville donne un colis."
    decides: "votre adresse."
    bodies: [mairie]
    channels: [{{kind: desk, text: "À la mairie"}}]
    sources: [{{title: "Guide de la ville", checked: 2026-11-20}}]
    confidence: B
"""
OFFICES = """\
# Written by hand
mairie:
  hours: "Le matin." # for ever
  source: {title: "Mairie", checked: 2026-11-20}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """An overlay over the clean pack of the tests."""
    folder = tmp_path / "val"
    (folder / "aids").mkdir(parents=True)
    head = 'schema: overlay/1\nid: zz-val\nover: gg\nname: "Val"\nversion: "7"\nchecked: 2026-11-23\n'
    (folder / "overlay.yaml").write_text(f'{head}source_lang: fr\ninsee: "99999"\n', "utf-8")
    (folder / "offices.yaml").write_text(OFFICES, "utf-8")
    (folder / "aids/logis.yaml").write_text(AID, "utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code = main([*map(str, words), *DAY, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_demonstration_town_loads_over_the_shipped_pack() -> None:
    pack = load_pack(Path("assets/packs/fr"), overlays=[TOWN])
    assert pack.overlays[0].insee == "99999"
    assert not [flaw for flaw in pack.flaws if flaw.file.startswith("town/")]
    assert all(pack.has_text(key, "en") or key.endswith(".address") for key in pack.local_texts)


def test_the_whole_is_proved_and_its_certificate_names_the_parts(town: Path, capsys) -> None:
    code, report = run(capsys, "pack", "check", town, "--base", "tests/packs/good")
    assert (code, report["sound"], report["proved"]) == (0, True, True)
    found = report["findings"]
    warned = {(one["rule"], one["severity"], one["file"].partition("/")[0]) for one in found}
    assert warned == {("translation-missing", "warning", "val")}
    certificate = report["certificate"]
    assert (certificate["pack"], certificate["sha256"]) == ("gg", report["hash"])
    assert [(part["id"], part["version"]) for part in certificate["overlays"]] == [("zz-val", "7")]
    assert report["hash"] != load_pack(Path("tests/packs/good")).hash


def test_a_town_s_aid_does_not_hide_an_empty_plan(town: Path, tmp_path: Path, capsys) -> None:
    base = tmp_path / "gg"
    shutil.copytree("tests/packs/good", base)
    event = base / "events/logis.yaml"
    before = '    summary: "La mairie connaît votre adresse."\n'
    reasons = '    because: "Oui."\n    not_because: "Non."\n    decides: "Le départ."\n'
    text = event.read_text("utf-8")
    assert before in text
    event.write_text(text.replace(before, f'{before}    condition: "parti"\n{reasons}'), "utf-8")
    _, report = run(capsys, "pack", "check", town, "--base", base)
    assert "plan-empty" in {found["rule"] for found in report["findings"]}


def test_a_finding_in_an_overlay_names_its_file_and_line(town: Path, capsys) -> None:
    (town / "offices.yaml").write_text(OFFICES.replace("2026-11-20", "2025-11-20"), "utf-8")
    (town / "aids/logis.yaml").write_text(AID.replace("kind: desk", "kind: online"), "utf-8")
    code, report = run(capsys, "pack", "check", town, "--base", "tests/packs/good")
    found = {found["rule"]: (found["file"], found["line"]) for found in report["findings"]}
    assert code == 1
    assert found["source-old"] == ("val/offices.yaml", 4)
    assert found["online-only"] == ("val/aids/logis.yaml", 7)
    assert "unknown-stuck" in found


def test_what_is_due_in_an_overlay_is_told_without_the_pack_s(town: Path, capsys) -> None:
    words = ["pack", "due", town, "--base", "tests/packs/good", "--days", "400"]
    code, report = run(capsys, *words)
    assert code == 1
    assert [(row["day"], row["file"], row["line"]) for row in report["due"]] == [
        ("2027-11-20", "val/aids/logis.yaml", 8),
        ("2027-11-20", "val/offices.yaml", 4),
    ]


def test_what_a_new_version_of_an_overlay_changes(town: Path, tmp_path: Path, capsys) -> None:
    other = tmp_path / "new"
    shutil.copytree(town, other)
    (other / "aids/logis.yaml").unlink()
    more = '  phone: "3646"\n  address: "1 rue"\n  hours'
    changed = OFFICES.replace("Le matin.", "Le soir.").replace("  hours", more)
    (other / "offices.yaml").write_text(changed, "utf-8")
    code, report = run(capsys, "pack", "diff", town, other, "--base", "tests/packs/good")
    assert code == 0
    assert {(change["kind"], change["about"]) for change in report["changes"]} == {
        ("procedure-removed", LOCAL),
        ("office-changed", "mairie"),
        ("text-changed", "body.mairie.hours"),
    }


def test_the_drawing_of_a_life_event_has_the_town_s_aids(town: Path, capsys) -> None:
    assert main(["pack", "graph", str(town), "logis", "--base", "tests/packs/good"]) == 0
    assert "Colis de bienvenue" in capsys.readouterr().out


def test_ask_and_print_take_overlays(town: Path, tmp_path: Path, capsys) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"enfant_ne": true}', "utf-8")
    words = ["ask", "fr", "naissance", "--overlay", TOWN, "--answers", answers]
    assert run(capsys, *words)[1]["question"]
    paper = tmp_path / "plan.pdf"
    asked = ["print", "plan", "fr", "naissance", "--answers", answers, "--to", paper, "--overlay", TOWN, *DAY]
    assert main([str(word) for word in asked]) == 0
    from pypdf import PdfReader

    text = " ".join(page.extract_text() for page in PdfReader(paper).pages).replace("\u00a0", " ")
    shown = " ".join(text.split())
    assert "Chèque naissance de la ville" in shown
    assert "À demander : vos ressources" in shown
    assert "Jusqu’à 150 €" in shown


# -- kiosk.toml


def test_overlays_are_named_in_the_configuration_below_its_folder(town: Path) -> None:
    file = town.parent / "kiosk.toml"
    file.write_text(f'[kiosk]\noverlays = ["val", "{TOWN.absolute()}"]\n', "utf-8")
    assert load_config(file).overlays == (town, TOWN.absolute())


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('"val"', "no list of folders"),
        ("[1]", "not a text"),
        ('["none"]', "no overlay in"),
        (f'["{"x" * 300}"]', "no overlay in"),
        ('["val", "val"]', "twice"),
        (json.dumps(["val"] * 9), "no list of folders"),
    ],
)
def test_a_wrong_overlay_is_told_with_its_line(town: Path, value: str, says: str) -> None:
    file = town.parent / "kiosk.toml"
    file.write_text(f"[kiosk]\noverlays = {value}\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert (caught.value.line, says in caught.value.problem) == (2, True)


# -- the directory


def fill(capsys: pytest.CaptureFixture[str], folder: Path, *more: str) -> tuple[int, dict[str, dict], dict]:
    code, report = run(capsys, "pack", "offices", folder, "--directory", DIRECTORY, *more)
    return code, {office["body"]: office for office in report["offices"]}, report


def test_a_new_overlay_is_made_from_the_directory(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "valmerle"
    code, offices, report = fill(capsys, folder, "--insee", "99999")
    assert (code, report["written"], report["services"]) == (1, True, 7)
    assert {body: office["state"] for body, office in offices.items() if office["state"] != "not-found"} == {
        "mairie-au-choix": "filled",
        "mairie-domicile": "filled",
        "cpam": "filled",
        "caf": "filled",
        "impots": "undated",
    }
    assert offices["mairie-domicile"]["others"] == ["Mairie déléguée - Petit-Valmerle"]
    assert "opening hours" in offices["caf"]["reasons"][0]
    pack = load_pack(Path("assets/packs/fr"), overlays=[folder])
    assert (pack.overlays[0].id, pack.overlays[0].insee) == ("fr-valmerle", "99999")
    assert pack.text("body.mairie-domicile.address", "fr") == "1 rue de l’Essai, 99999 Valmerle"
    source = pack.bodies["mairie-domicile"].source
    assert (source.title, source.checked.isoformat()) == ("Annuaire de l’administration (DILA)", "2026-11-20")
    assert pack.text("body.caf.hours", "fr") == ""
    before = (folder / "offices.yaml").read_bytes()
    assert not fill(capsys, folder)[2]["written"]
    assert (folder / "offices.yaml").read_bytes() == before


def test_what_a_person_wrote_stays_until_it_is_to_be_replaced(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "valmerle"
    fill(capsys, folder, "--insee", "99999")
    file = folder / "offices.yaml"
    hand = OFFICES.replace("mairie:", "mairie-domicile:")
    file.write_text(hand, "utf-8")
    _, offices, _ = fill(capsys, folder)
    assert offices["mairie-domicile"]["state"] == "kept"
    assert offices["mairie-domicile"]["differs"]["phone"] == "01 99 00 00 01"
    assert file.read_text("utf-8").startswith(hand)
    _, offices, _ = fill(capsys, folder, "--replace")
    text = file.read_text("utf-8")
    assert "Le matin." not in text
    assert text.startswith("# Written by hand\nmairie-domicile:\n")
    assert "Lundi à vendredi" in text


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys) -> None:
    _, offices, report = fill(capsys, tmp_path / "valmerle", "--insee", "99999", "--dry-run")
    assert offices["cpam"]["written"]["phone"] == "01 99 00 00 04"
    assert not report["written"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ('{"service": [{"a": 1}', ["--insee", "99999"], "d.json:1: ',' is missing"),
        ('{"service": []}', [], "no commune is named"),
        ('{"service": []}', ["--insee", "1"], "--insee '1' is no code"),
        ("[]", ["--insee", "99999", "--base", "none"], "none"),
    ],
)
def test_a_directory_that_cannot_be_used_is_one_line_and_leaves_no_trace(
    tmp_path: Path, capsys, text: str, words: list[str], says: str
) -> None:
    (tmp_path / "d.json").write_text(text)
    target = tmp_path / "val"
    asked = ["pack", "offices", str(target), "--directory", str(tmp_path / "d.json"), *words]
    assert main(asked) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1
    assert not target.exists()


def test_a_commune_that_is_not_in_the_directory_makes_no_overlay(tmp_path: Path, capsys) -> None:
    code, offices, report = fill(capsys, tmp_path / "val", "--insee", "99990")
    assert (code, report["written"]) == (1, False)
    assert {office["state"] for office in offices.values()} == {"not-found"}
    assert not (tmp_path / "val").exists()
