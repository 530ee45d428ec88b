"""The frozen bundle on its own: no source tree, no Python environment, a screen that is only Xvfb."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("kiosk", "ui", "accessibility", "printing", "sync", "assets")
START_S = 30.0
SIZE = "1080x1920"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `./dev package`, moved away from the sources; built anew when a source is newer."""
    built = ROOT / "dist" / "kiosk"
    if not _is_current(built / "kiosk"):
        work = tmp_path_factory.mktemp("build")
        folders = ["--distpath", work, "--workpath", work / "work"]
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *folders]
        subprocess.run([*command, ROOT / "kiosk.spec"], cwd=ROOT, check=True)
        return work / "kiosk"
    return Path(shutil.copytree(built, tmp_path_factory.mktemp("copy") / "kiosk", symlinks=True))


def _is_current(program: Path) -> bool:
    if not program.exists():
        return False
    sources = [ROOT / "kiosk.spec", ROOT / "requirements.lock"]
    for part in PARTS:
        sources += [path for path in (ROOT / part).rglob("*") if path.suffix not in {".pyc", ".mo"}]
    return max(path.stat().st_mtime for path in sources if path.is_file()) < program.stat().st_mtime


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment that knows neither the sources nor the Python that built the bundle."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of an X display of the kiosk's size."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def test_the_bundle_shows_its_first_screen(
    bundle: Path, bare: dict[str, str], screen: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    command = [bundle / "kiosk", "run", "--data", data]
    kiosk = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**bare, "DISPLAY": screen},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert kiosk.stdout
    limit = threading.Timer(START_S, kiosk.kill)
    limit.start()
    try:
        first = kiosk.stdout.readline()
    finally:
        limit.cancel()
        kiosk.terminate()
        _, complaints = kiosk.communicate(timeout=START_S)
    assert re.fullmatch(rf"READY {SIZE}\n", first), complaints
    assert kiosk.returncode == 0
    assert "Traceback" not in complaints
    assert data.stat().st_mode & 0o077 == 0, "the device's data is for its owner only"


def test_the_bundle_knows_its_procedures(bundle: Path, bare: dict[str, str], tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    texts = {}
    for lang in ("fr", "en"):
        command = [bundle / "kiosk", "ask", "fr", "naissance", "--answers", answers, "--lang", lang, "--json"]
        done = subprocess.run(command, cwd=tmp_path, env=bare, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        texts[lang] = json.loads(done.stdout)["question"]["text"]
    assert texts["fr"] != texts["en"]


def test_the_bundle_speaks_and_sees_the_screen(
    bundle: Path, bare: dict[str, str], screen: str, tmp_path: Path
) -> None:
    command = [bundle / "kiosk", "doctor", "--json", "--lang", "fr", "--data", tmp_path / "data"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**bare, "DISPLAY": screen}, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    found = {check["part"]: check for check in json.loads(done.stdout)["checks"]}
    assert found["screen"]["facts"] == {"platform": "xcb", "width": "1080", "height": "1920"}
    assert found["voices"]["what"] in {"ready", "no-player"}, "the voice itself is in the bundle"


def test_the_bundle_names_no_folder_of_the_machine_that_made_it(bundle: Path) -> None:
    texts = [path for path in bundle.rglob("*") if path.suffix in {".json", ".toml", ".txt", ".yaml", ".po"}]
    assert texts
    assert not [path for path in texts if str(ROOT).encode() in path.read_bytes()]


def test_the_licence_and_those_of_fonts_and_icons_travel_with_the_bundle(bundle: Path) -> None:
    inside = bundle / "_internal"
    assert "EUROPEAN UNION PUBLIC LICENCE" in (inside / "LICENSE").read_text("utf-8")
    assert (inside / "assets" / "LICENSES.md").exists()
    assert list(inside.glob("assets/fonts/LICENSE-*"))
    assert list(inside.glob("assets/icons/LICENSE-*"))
