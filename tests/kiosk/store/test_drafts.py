"""The draft: readable after a crash for a moment, by nobody after a visit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.store import DraftKeeper, Store, runtime_folder
from kiosk.store.drafts import RESUME_WITHIN, seconds_since_boot

CANARY = b"Zanzibarnabe-Quetschenpaua"


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def crashed(data: Path, runtime: Path) -> None:
    """Save a draft in another process and kill it on the spot."""
    program = (
        "import os, sys; from pathlib import Path; from kiosk.store import DraftKeeper, Store;"
        "store = Store.open(Path(sys.argv[1])); keeper = DraftKeeper(store, Path(sys.argv[2]));"
        f"keeper.save({CANARY!r}).result(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(data), str(runtime)], check=False)
    assert done.returncode == -9


def key_files(runtime: Path) -> list[Path]:
    return list(runtime.iterdir())


def test_after_a_crash_the_draft_comes_back(tmp_path: Path, runtime: Path) -> None:
    crashed(tmp_path, runtime)
    store = Store.open(tmp_path)
    assert DraftKeeper(store, runtime).resume() == CANARY
    store.close()


@pytest.mark.parametrize(
    ("age", "comes_back"),
    [(RESUME_WITHIN - 1, True), (RESUME_WITHIN + 1, False), (-5.0, False)],
)
def test_only_a_young_draft_comes_back(tmp_path: Path, runtime: Path, age: float, comes_back: bool) -> None:
    crashed(tmp_path, runtime)
    store = Store.open(tmp_path)
    left = key_files(runtime)[0].stat().st_mtime
    keeper = DraftKeeper(store, runtime, clock=lambda: left + age)
    assert keeper.resume() == (CANARY if comes_back else None)
    assert bool(key_files(runtime)) is comes_back
    assert (store.draft() is not None) is comes_back
    store.close()


def test_a_sign_of_life_keeps_a_thinking_person_s_draft_young(tmp_path: Path, runtime: Path) -> None:
    now = [1000.0]
    store = Store.open(tmp_path)
    keeper = DraftKeeper(store, runtime, clock=lambda: now[0])
    keeper.save(b"one").result()
    now[0] += 300
    keeper.touch()
    assert DraftKeeper(store, runtime, clock=lambda: now[0] + 2).resume() == b"one"
    store.close()


def test_after_a_power_cut_the_draft_is_gone(tmp_path: Path, runtime: Path) -> None:
    crashed(tmp_path, runtime)
    for file in key_files(runtime):
        file.unlink()  # memory forgets
    store = Store.open(tmp_path)
    assert DraftKeeper(store, runtime).resume() is None
    assert store.draft() is None
    store.close()


def test_another_s_key_opens_nothing(tmp_path: Path, runtime: Path) -> None:
    crashed(tmp_path, runtime)
    file, moment = key_files(runtime)[0], int(seconds_since_boot() * 1e9)
    file.write_bytes(os.urandom(32))
    os.utime(file, ns=(moment, moment))
    store = Store.open(tmp_path)
    assert DraftKeeper(store, runtime).resume() is None
    store.close()


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path, runtime: Path) -> None:
    crashed(tmp_path, runtime)
    key_files(runtime)[0].chmod(0o644)
    store = Store.open(tmp_path)
    assert DraftKeeper(store, runtime).resume() is None
    store.close()


def test_forgetting_leaves_neither_key_nor_row(tmp_path: Path, runtime: Path) -> None:
    store = Store.open(tmp_path)
    keeper = DraftKeeper(store, runtime)
    keeper.save(CANARY).result()
    keeper.forget()
    assert key_files(runtime) == []
    assert store.draft() is None
    assert (tmp_path / "store" / "kiosk.db-wal").stat().st_size == 0
    assert DraftKeeper(store, runtime).resume() is None
    store.close()


def test_each_visit_has_its_own_key(tmp_path: Path, runtime: Path) -> None:
    store = Store.open(tmp_path)
    keeper = DraftKeeper(store, runtime)
    keeper.save(b"one").result()
    first = key_files(runtime)[0].read_bytes()
    keeper.forget()
    keeper.save(b"two").result()
    assert key_files(runtime)[0].read_bytes() != first
    store.close()


def test_a_submitted_dossier_takes_its_draft_with_it(tmp_path: Path, runtime: Path) -> None:
    store = Store.open(tmp_path)
    DraftKeeper(store, runtime).save(b"one").result()
    store.save_dossier("01a20c3f-0000-7000-8000-000000000000", b"sealed")
    assert store.draft() is None
    store.close()


def test_without_a_folder_in_memory_a_crash_loses_the_draft_and_nothing_else(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    keeper = DraftKeeper(store, None)
    keeper.save(b"one").result()
    keeper.touch()
    assert DraftKeeper(store, None).resume() is None
    keeper.forget()
    store.close()


def test_the_draft_is_not_in_the_files(tmp_path: Path, runtime: Path) -> None:
    crashed(tmp_path, runtime)
    for file in (tmp_path / "store").iterdir():
        assert CANARY not in file.read_bytes()


def test_the_runtime_folder_is_in_memory_and_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    # The checkout lies on a disk: it is not taken. (A temporary folder may be in memory.)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(Path(__file__).parent))
    found = runtime_folder()
    assert found is None or (str(found).startswith("/dev/shm/") and found.stat().st_mode & 0o077 == 0)
