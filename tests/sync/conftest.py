"""A tenant, a hub and devices on one desk: the real parts, joined without a network."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from kiosk.clock import SystemClock
from kiosk.dossier import Answer, CaseKeys, Dossier, PackRef, Promise, new_dossier_id
from kiosk.paper import new_case_code
from sync.hub.errors import Forbidden
from sync.hub.ledger import Ledger
from sync.hub.registry import Registry, issue_token
from sync.hub.server import Hub, open_hub
from sync.identity import Identity, enrol
from sync.protocol import batch, enrolment
from sync.protocol.errors import ProtocolError
from sync.protocol.token import Token
from sync.tenant import init_tenant

# The first example pays for imports, and the machine may be busy: time is for tests/bench.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

NOW = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)


@dataclass
class Desk:
    """One tenant with its hub. It is also the exchange that devices use: bytes in, status and bytes out."""

    folder: Path
    hub: Hub
    posted: list[bytes] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        return Ledger(
            self.hub.engine, self.hub.trust.trust.tenant.id, self.hub.epoch, self.hub.key, SystemClock()
        )

    def token(self) -> Token:
        return issue_token(self.hub.engine, self.hub.trust.sha256, SystemClock(), datetime.timedelta(hours=1))

    def device(self, name: str) -> tuple[Path, Identity]:
        data = self.folder / name
        return data, enrol("http://hub.example", self.token(), data, name, self)

    def post(self, path: str, body: bytes, _largest: int) -> tuple[int, bytes]:
        self.posted.append(body)
        try:
            if path == batch.PATH:
                return 200, self.ledger.accept(body)
            asked = enrolment.read(body, enrolment.EnrolRequest, enrolment.LARGEST_REQUEST)
            registry = Registry(self.hub.engine, self.hub.key, SystemClock())
            return 200, enrolment.write(registry.enrol(asked, self.hub.trust))
        except Forbidden as error:
            return 403, error.reason.encode()
        except ProtocolError as error:
            return 400, error.code.encode()

    def get(self, _path: str, _largest: int) -> tuple[int, bytes]:
        return 200, self.hub.trust.raw


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Makes tenants with hubs, by name."""
    made: list[Desk] = []

    def make(name: str) -> Desk:
        folder = tmp_path / name
        init_tenant(folder / "tenant", name, [], None, None, NOW, "Suivi")
        desk = Desk(folder, open_hub(folder / "hub", folder / "tenant" / "trust.json", None))
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.hub.engine.dispose()


@pytest.fixture
def desk(make_desk: Callable[[str], Desk]) -> Desk:
    return make_desk("valmerle")


@pytest.fixture
def a_dossier() -> Callable[..., Dossier]:
    """Makes dossiers; keywords replace fields."""

    def make(**changes: Any) -> Dossier:
        code = new_case_code()
        dossier = Dossier(
            id=new_dossier_id(),
            created=NOW,
            today=NOW.date(),
            pack=PackRef("fr", "2026.11", "0" * 64),
            event="fr.naissance",
            lang="fr",
            promise=Promise("CCAS de Valmerle", "Suivi", "dix jours"),
            case=CaseKeys(code.mailbox_id, code.reply_recipient, code.deletion_public_key),
            answers=(Answer("enfant_ne", True),),
            plan={},
        )
        return msgspec.structs.replace(dossier, **changes)

    return make
