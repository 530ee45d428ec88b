"""The tests of store and sync fail when what they prove is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MUTATIONS = tomllib.loads(Path(__file__).with_name("mutations.toml").read_text("utf-8"))["mutation"]
NEEDED = ("kiosk", "sync", "tests", "assets/locales", "docs/schemas")
INI = "[pytest]\naddopts = -q -p no:randomly --import-mode=importlib\npythonpath = .\n"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m["why"])
def test_a_broken_promise_is_noticed(mutation: dict[str, str], tmp_path: Path) -> None:
    for name in NEEDED:
        shutil.copytree(ROOT / name, tmp_path / name)
    file = tmp_path / mutation["file"]
    text = file.read_text("utf-8")
    assert text.count(mutation["old"]) == 1
    file.write_text(text.replace(mutation["old"], mutation["new"]), "utf-8")
    (tmp_path / "mutated.ini").write_text(INI)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "mutated.ini", mutation["test"]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    # 1 = tests ran and failed; 5 = none was found, which proves nothing.
    assert done.returncode == 1, done.stdout[-2000:]
    assert "skipped" not in done.stdout
