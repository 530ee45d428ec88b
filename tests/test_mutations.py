"""A test of a promise fails when the promise is broken: each entry of a ``mutations.toml`` breaks one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
MUTATIONS = [
    mutation
    for table in sorted(Path(__file__).parent.rglob("mutations.toml"))
    for mutation in tomllib.loads(table.read_text("utf-8"))["mutation"]
]
COPIED = ("kiosk", "sync", "ui", "accessibility", "printing", "tests")
LINKED = ("assets", "docs", "data")
INI = "[pytest]\naddopts = -q -p no:randomly --import-mode=importlib\npythonpath = .\nqt_api = pyside6\n"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m["why"])
def test_a_broken_promise_is_noticed(mutation: dict[str, str], tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        (ROOT / name).exists() and (tmp_path / name).symlink_to(ROOT / name)
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
