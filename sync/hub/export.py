"""Handing the sealed dossiers over: one file each, whole or not at all, as they came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select, update

from kiosk.clock import Clock
from kiosk.errors import FileUnwritable
from kiosk.store.files import write_whole
from sync.hub.tables import dossiers


@dataclass(frozen=True)
class Exported:
    """One dossier on disk."""

    device: str
    id: str
    file: Path


def export(engine: Engine, to: Path, clock: Clock, *, again: bool = False) -> Iterator[Exported]:
    """Write every dossier not exported yet (``again``: every one) to ``to/DEVICE/ID.age``.

    A dossier is marked only once its file is durable, so stopping anywhere loses nothing. Raises
    FileUnwritable.
    """
    with engine.connect() as link:
        wanted = select(dossiers.c.device_id, dossiers.c.id).order_by(dossiers.c.stored_at, dossiers.c.seq)
        rows = link.execute(wanted if again else wanted.where(dossiers.c.exported_at == "")).all()
    for device, id in rows:
        one = (dossiers.c.device_id == device) & (dossiers.c.id == id)
        with engine.connect() as link:
            body = link.execute(select(dossiers.c.body).where(one)).scalar_one()
        path = to / _name(device) / f"{_name(id)}.age"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, bytes(body), 0o640)
        except OSError as error:
            raise FileUnwritable(str(path), error.strerror or "unwritable") from error
        moment = clock.now().isoformat(timespec="seconds")
        with engine.begin() as link:
            link.execute(update(dossiers).where(one).values(exported_at=moment))
        yield Exported(device, id, path)


def _name(text: str) -> str:
    """The protocol lets only such names in; a database changed by hand must not name a path either."""
    if not re.fullmatch(r"[0-9a-f-]{1,36}", text):
        raise FileUnwritable(repr(text)[:40], "not a dossier's name")
    return text
