"""A full disk, for real: a small tmpfs. No false "saved", nothing lost, usable again."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store import DossierState, Store, StoreFull, Verdict


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.getuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("this machine does not let tests mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def an_id(number: int) -> str:
    return f"01a20c3f-0000-7000-8000-{number:012d}"


def a_body(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * 128  # 4 KiB


def filled(store: Store) -> int:
    """Save until the disk is full; how many were promised."""
    for number in range(2000):
        try:
            store.save_dossier(an_id(number), a_body(number))
        except StoreFull:
            return number
    raise AssertionError("2 MiB took 8 MiB")


def test_a_full_disk_is_said_and_nothing_promised_is_lost(small: Path) -> None:
    store = Store.open(small)
    promised = filled(store)
    assert promised > 20
    for _ in range(3):
        with pytest.raises(StoreFull):
            store.save_dossier(an_id(5000), b"x" * 4096)
    assert store.counts().waiting == promised
    store.close()
    again = Store.open(small)
    kept = again.pending(limit=2000, most_bytes=1 << 30)
    assert [(p.id, p.body) for p in kept] == [(an_id(n), a_body(n)) for n in range(promised)]
    again.close()


def test_it_recovers_by_itself_once_the_hub_has_acknowledged(small: Path) -> None:
    store = Store.open(small)
    promised = filled(store)
    verdicts = [
        Verdict(p.id, p.sha256, DossierState.RECEIVED, "", b"signed" * 40)
        for p in store.pending(limit=2000, most_bytes=1 << 30)
    ]
    for at in range(0, promised, 20):
        assert store.record(verdicts[at : at + 20], "e" * 16, promised).settled
    assert store.counts().received == promised
    assert store.save_dossier(an_id(9000), a_body(9000)) == promised + 1
    assert store.pending()[0].body == a_body(9000)
    store.close()


def test_it_recovers_when_staff_free_room(small: Path) -> None:
    (small / "else").write_bytes(b"x" * 600_000)
    store = Store.open(small)
    promised = filled(store)
    (small / "else").unlink()
    assert store.save_dossier(an_id(promised), a_body(promised)) == promised + 1
    store.close()


def test_a_draft_can_be_forgotten_on_a_full_disk(small: Path) -> None:
    store = Store.open(small)
    store.put_draft(b"secret" * 100).result()
    filled(store)
    store.drop_draft()
    assert store.draft() is None
    store.close()


def test_a_disk_that_is_full_from_the_start_is_said(small: Path) -> None:
    room = shutil.disk_usage(small).free
    (small / "else").write_bytes(b"x" * (room - 4096))
    with pytest.raises(StoreFull):
        Store.open(small)
