"""``kiosk pack cpsv`` from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import main

GOOD = "tests/packs/good"


def test_a_pack_goes_to_standard_output_or_to_a_file(tmp_path: Path, capsys) -> None:
    assert main(["pack", "cpsv", GOOD]) == 0
    out = capsys.readouterr().out
    assert len([n for n in json.loads(out)["@graph"] if n["@type"] == "PublicService"]) == 3
    target = tmp_path / "gg.jsonld"
    assert main(["pack", "cpsv", GOOD, "--to", str(target), "--json"]) == 0
    assert target.read_text("utf-8") == out
    report = json.loads(capsys.readouterr().out)
    assert (report["services"], report["conforms"], report["written"]) == (3, None, str(target))
    assert report["left_out"] == ["procedure.gg.logis.aide.deadline.0"]


def test_one_event_of_the_french_pack_is_validated(capsys) -> None:
    assert main(["pack", "cpsv", "assets/packs/fr", "--event", "naissance", "--validate", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["conforms"] is True
    assert report["violations"] == []


def test_what_the_shapes_refuse_is_told_and_not_written(tmp_path: Path, capsys, monkeypatch) -> None:
    from kiosk.procedures import cpsv

    real = cpsv.dump_export
    monkeypatch.setattr(
        cpsv, "dump_export", lambda export: real(export).replace('"Event.name": [', '"Event.nom": [')
    )
    target = tmp_path / "gg.jsonld"
    assert main(["pack", "cpsv", GOOD, "--validate", "--to", str(target)]) == 1
    assert "event/gg.logis: http://purl.org/dc/terms/title: " in capsys.readouterr().out
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--prefix", "nowhere"], "is no beginning"),
        (["--event", "mariage"], "no event 'mariage'"),
        (["--to", "/nonexistent/gg.jsonld"], "/nonexistent/gg.jsonld"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], says: str, capsys) -> None:
    assert main(["pack", "cpsv", GOOD, *words]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_without_the_authoring_extra_it_exports_and_says_why_it_cannot_validate() -> None:
    script = (
        "import sys\n"
        "sys.modules['rdflib'] = sys.modules['pyshacl'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'pyshacl' else real(name, *rest)\n"
        "from kiosk.cli import main\n"
        f"assert main(['pack', 'cpsv', {GOOD!r}]) == 0\n"
        f"sys.exit(main(['pack', 'cpsv', {GOOD!r}, '--validate']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "install the authoring extra" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_town_over_its_pack_leaves_with_addresses_and_hours_under_its_own_names(capsys) -> None:
    assert main(["pack", "cpsv", "tests/packs/town", "--event", "naissance"]) == 0
    nodes = {node["@id"]: node for node in json.loads(capsys.readouterr().out)["@graph"]}
    own = "urn:life-event-kiosk:fr+fr-valmerle:"
    address = nodes[f"{own}address/caf"]["Address.fullAddress"]
    assert address == [{"@value": "2 rue de l’Essai, 99999 Valmerle", "@language": "fr"}]
    assert f"{own}hours/caf" in nodes
    assert f"{own}service/fr-valmerle.naissance.bienvenue" in nodes
    assert main(["pack", "cpsv", "tests/packs/town", "--base", GOOD]) == 2
    assert "over is 'fr'" in capsys.readouterr().err
