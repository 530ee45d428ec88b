"""Handing dossiers over: whole files, each once, whatever interrupts."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from kiosk.clock import SystemClock
from kiosk.errors import FileUnwritable
from sync.hub.export import export
from sync.hub.tables import dossiers
from sync.outbox import Outbox
from sync.push import push_once


@pytest.fixture
def two_dossiers(desk, a_dossier) -> list[str]:
    data, identity = desk.device("hall")
    outbox = Outbox.open(data)
    ids = [outbox.send(a_dossier()).id for _ in range(2)]
    push_once(outbox.store, identity, desk)
    outbox.close()
    return ids


def test_each_dossier_is_written_once_as_it_came(desk, two_dossiers, tmp_path: Path) -> None:
    done = list(export(desk.hub.engine, tmp_path / "out", SystemClock()))
    assert [d.id for d in done] == two_dossiers
    assert all(d.file.read_bytes().startswith(b"age-encryption.org/v1\n") for d in done)
    assert list(export(desk.hub.engine, tmp_path / "out", SystemClock())) == []
    assert len(list(export(desk.hub.engine, tmp_path / "out", SystemClock(), again=True))) == 2


def test_an_interrupted_export_goes_on_where_it_stopped(desk, two_dossiers, tmp_path: Path) -> None:
    first = next(iter(export(desk.hub.engine, tmp_path / "out", SystemClock())))
    rest = list(export(desk.hub.engine, tmp_path / "out", SystemClock()))
    assert first.id == two_dossiers[0]
    assert rest[-1].id == two_dossiers[1]
    assert not list(tmp_path.rglob("*.part"))


def test_a_folder_that_cannot_be_written_marks_nothing(desk, two_dossiers, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(FileUnwritable):
        list(export(desk.hub.engine, tmp_path / "out", SystemClock()))
    assert len(list(export(desk.hub.engine, tmp_path / "other", SystemClock()))) == 2


def test_a_name_from_a_tampered_database_is_no_path(desk, two_dossiers, tmp_path: Path) -> None:
    with desk.hub.engine.begin() as link:
        link.execute(update(dossiers).where(dossiers.c.id == two_dossiers[0]).values(id="../../evil"))
    with pytest.raises(FileUnwritable):
        list(export(desk.hub.engine, tmp_path / "out", SystemClock()))
    assert not list(tmp_path.parent.rglob("evil*"))
