"""The device store: what it promises when it returns, and what it says when it cannot."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from kiosk.store import (
    DossierIdTaken,
    DossierState,
    Store,
    StoreBusy,
    StoreClosed,
    StoreDamaged,
    StoreMissing,
    Verdict,
)

A, B, C = (f"01a20c3f-0000-7000-8000-{n:012d}" for n in range(3))


@pytest.fixture
def store(tmp_path: Path):
    store = Store.open(tmp_path)
    yield store
    store.close()


def received(id: str, body: bytes, receipt: bytes = b"signed") -> Verdict:
    return Verdict(id, hashlib.sha256(body).digest(), DossierState.RECEIVED, "", receipt)


def test_a_saved_dossier_waits_with_its_number(store: Store) -> None:
    assert [store.save_dossier(A, b"one"), store.save_dossier(B, b"two")] == [1, 2]
    assert [(p.id, p.seq, p.body) for p in store.pending()] == [(A, 1, b"one"), (B, 2, b"two")]
    assert store.pending()[0].sha256 == hashlib.sha256(b"one").digest()


def test_saving_the_same_bytes_again_changes_nothing(store: Store) -> None:
    assert store.save_dossier(A, b"one") == store.save_dossier(A, b"one") == 1
    assert store.counts().waiting == 1


def test_other_bytes_under_the_same_id_are_refused(store: Store) -> None:
    store.save_dossier(A, b"one")
    with pytest.raises(DossierIdTaken):
        store.save_dossier(A, b"two")
    assert store.pending()[0].body == b"one"
    assert store.save_dossier(B, b"three") == 2


def test_what_was_saved_is_there_after_reopening(tmp_path: Path) -> None:
    with_one = Store.open(tmp_path)
    with_one.save_dossier(A, b"one")
    with_one.close()
    again = Store.open(tmp_path)
    assert again.pending()[0].body == b"one"
    assert again.save_dossier(B, b"two") == 2
    again.close()


def test_a_receipt_settles_a_dossier_in_one_step(store: Store) -> None:
    store.save_dossier(A, b"one")
    assert store.record([received(A, b"one")], "e" * 16, 1).settled == 1
    assert store.state(A) is DossierState.RECEIVED
    assert store.receipt(A) == b"signed"
    assert store.pending() == []
    assert store.counts().received == 1


def test_a_verdict_on_other_bytes_settles_nothing(store: Store) -> None:
    store.save_dossier(A, b"one")
    assert store.record([received(A, b"other")], "e" * 16, 1).settled == 0
    assert store.state(A) is DossierState.WAITING
    assert store.receipt(A) is None


@pytest.mark.parametrize(
    ("epoch", "watermark"), [("f" * 16, 2), ("e" * 16, 1)], ids=["new epoch", "lower watermark"]
)
def test_a_hub_that_went_back_in_time_is_offered_everything_again(
    store: Store, epoch: str, watermark: int
) -> None:
    for id, body in ((A, b"one"), (B, b"two")):
        store.save_dossier(id, body)
    store.record([received(A, b"one"), received(B, b"two")], "e" * 16, 2)
    assert store.record([], "e" * 16, 2).offered_again == 0
    assert store.record([], epoch, watermark).offered_again == 2
    assert [p.id for p in store.pending()] == [A, B]
    assert store.record([received(A, b"one"), received(B, b"two")], epoch, 2).settled == 2


def test_a_refused_dossier_leaves_the_queue_and_is_counted(store: Store) -> None:
    store.save_dossier(A, b"one")
    digest = hashlib.sha256(b"one").digest()
    store.record([Verdict(A, digest, DossierState.REFUSED, "not_sealed")], "e" * 16, 0)
    assert store.pending() == []
    assert store.counts().refused == 1


def test_bytes_are_dropped_thirty_days_after_the_receipt_only(store: Store) -> None:
    store.save_dossier(A, b"one")
    store.save_dossier(B, b"two")
    store.record([received(A, b"one")], "e" * 16, 1)
    assert store.expire(datetime.now(UTC) - timedelta(days=30)) == 0
    assert store.expire(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert store.state(A) is DossierState.RECEIVED
    assert [p.id for p in store.pending()] == [B]


def test_a_batch_is_bounded_by_number_and_by_bytes(store: Store) -> None:
    for id in (A, B, C):
        store.save_dossier(id, id.encode() * 100)
    assert len(store.pending(limit=2)) == 2
    assert len(store.pending(most_bytes=8000)) == 2
    assert len(store.pending(most_bytes=1)) == 1


def test_only_one_process_owns_the_store(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreBusy):
        Store.open(tmp_path)
    program = f"from kiosk.store import Store; from pathlib import Path; Store.open(Path({str(tmp_path)!r}))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "StoreBusy" in found.stderr


def test_another_process_may_look_on(store: Store, tmp_path: Path) -> None:
    store.save_dossier(A, b"one")
    onlooker = Store.open(tmp_path, read_only=True)
    assert onlooker.counts().waiting == 1
    onlooker.close()
    with pytest.raises(StoreMissing):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreClosed):
        store.save_dossier(A, b"one")
    Store.open(tmp_path).close()


def test_a_lost_key_is_said_and_never_replaced(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    (tmp_path / "store" / "key").unlink()
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path)
    assert not (tmp_path / "store" / "key").exists()


@pytest.mark.parametrize("content", [b"x" * 32, b"short", b""])
def test_a_wrong_key_is_said(tmp_path: Path, content: bytes) -> None:
    Store.open(tmp_path).close()
    (tmp_path / "store" / "key").write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path)


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    (tmp_path / "store" / "kiosk.db").write_bytes(os.urandom(8192))
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path)


def test_everything_is_readable_by_its_owner_only(store: Store, tmp_path: Path) -> None:
    store.save_dossier(A, b"one")
    assert (tmp_path / "store").stat().st_mode & 0o077 == 0
    assert (tmp_path / "store" / "key").stat().st_mode & 0o077 == 0


def test_the_driver_is_sqlcipher_with_full_durability(store: Store) -> None:
    def pragmas(link) -> list[object]:
        names = ("cipher_version", "journal_mode", "synchronous", "secure_delete")
        return [link.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    cipher, *rest = store._writer.run(pragmas, transaction=False)
    assert cipher.startswith("4.")
    assert rest == ["wal", 2, 1]


def test_an_opened_store_reads_no_sqlite_utils(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from kiosk.store import Store;"
        f"Store.open(Path({str(tmp_path)!r})).close(); sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_opening_is_fast(tmp_path: Path) -> None:
    Store.open(tmp_path).close()

    def once() -> float:
        start = perf_counter()
        store = Store.open(tmp_path)
        took = perf_counter() - start
        store.close()
        return took

    assert min(once() for _ in range(5)) < 0.030
