"""Enrolment: once, with a token, to the hub the token means; or never, as a demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.store import Store
from sync.identity import (
    AlreadyEnrolled,
    DemonstrationStore,
    EnrolmentRefused,
    IdentityDamaged,
    enrol,
    load_identity,
)
from sync.outbox import Outbox
from sync.protocol import enrolment
from sync.protocol.errors import TrustError
from sync.protocol.token import Token
from sync.protocol.trust import write_trust
from sync.tenant import _read_key, sign_tenant

HUB = "http://hub.example"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass
class Liar:
    """Passes requests on and changes the replies."""

    honest: Any
    change: Callable[[int, bytes], tuple[int, bytes]]

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]:
        return self.change(*self.honest.post(path, body, largest))

    def get(self, path: str, largest: int) -> tuple[int, bytes]:
        return self.change(*self.honest.get(path, largest))


def test_an_enrolled_device_knows_its_tenant_and_recipients(desk) -> None:
    data, identity = desk.device("hall")
    found = load_identity(data)
    assert found is not None
    assert found.sender == identity.sender
    assert [r.id for r in found.recipients] == ["agency"]
    assert found.trust.sha256 == desk.hub.trust.sha256
    for file in (data / "identity").iterdir():
        assert file.stat().st_mode & 0o077 == 0


def test_a_device_enrols_once(desk) -> None:
    data, _ = desk.device("hall")
    with pytest.raises(AlreadyEnrolled):
        enrol(HUB, desk.token(), data, "hall", desk)


def test_a_token_lets_one_device_in(desk, tmp_path: Path) -> None:
    token = desk.token()
    enrol(HUB, token, tmp_path / "one", "one", desk)
    with pytest.raises(EnrolmentRefused):
        enrol(HUB, token, tmp_path / "two", "two", desk)
    assert load_identity(tmp_path / "two") is None


def test_a_cut_line_costs_no_token(desk, tmp_path: Path) -> None:
    token = desk.token()

    def cut(status: int, body: bytes) -> tuple[int, bytes]:
        raise OSError("cut after the commit")

    with pytest.raises(OSError, match="cut"):
        enrol(HUB, token, tmp_path / "one", "one", Liar(desk, cut))
    assert load_identity(tmp_path / "one") is None
    assert enrol(HUB, token, tmp_path / "one", "one", desk).sender.tenant == "valmerle"


def test_an_unknown_secret_is_refused(desk, tmp_path: Path) -> None:
    with pytest.raises(EnrolmentRefused):
        enrol(HUB, Token(b"s" * 16, desk.hub.trust.sha256), tmp_path / "one", "one", desk)


def test_another_hub_s_trust_file_is_refused(make_desk, tmp_path: Path) -> None:
    honest, thief = make_desk("honest"), make_desk("thief")
    stolen = Token(thief.token().secret, honest.hub.trust.sha256)
    with pytest.raises(EnrolmentRefused, match="another trust file"):
        enrol(HUB, stolen, tmp_path / "one", "one", thief)
    assert load_identity(tmp_path / "one") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda _status, _body: (200, b"<html>Welcome to the hotel</html>"),
        lambda _status, body: (500, body),
        lambda _status, body: (200, body[:-40]),
        lambda _status, _body: (200, b"[" * 200_000),
        lambda _status, body: (
            200,
            body.replace(b'"certificate_signature":"', b'"certificate_signature":"AAAA'),
        ),
    ],
    ids=["a captive portal", "an error", "cut", "deep", "a false signature"],
)
def test_a_hub_that_answers_nonsense_enrols_nobody(desk, tmp_path: Path, change) -> None:
    with pytest.raises(EnrolmentRefused):
        enrol(HUB, desk.token(), tmp_path / "one", "one", Liar(desk, change))
    assert load_identity(tmp_path / "one") is None
    assert Outbox.open(tmp_path / "one").demonstration


def test_a_certificate_for_another_device_is_refused(desk, tmp_path: Path) -> None:
    replies: list[bytes] = []

    def remember(status: int, body: bytes) -> tuple[int, bytes]:
        replies.append(body)
        return status, body

    enrol(HUB, desk.token(), tmp_path / "one", "one", Liar(desk, remember))
    with pytest.raises(EnrolmentRefused):
        enrol(HUB, desk.token(), tmp_path / "two", "two", Liar(desk, lambda *_: (200, replies[0])))


def test_a_store_that_served_a_demonstration_never_enrols(desk, tmp_path: Path, a_dossier) -> None:
    outbox = Outbox.open(tmp_path / "one")
    assert outbox.send(a_dossier()).demonstration
    outbox.close()
    with pytest.raises(DemonstrationStore):
        enrol(HUB, desk.token(), tmp_path / "one", "one", desk)
    for file in (tmp_path / "one" / "identity").iterdir():
        file.unlink()
    with pytest.raises(DemonstrationStore):
        enrol(HUB, desk.token(), tmp_path / "one", "one", desk)


def test_an_enrolled_store_never_becomes_a_demonstration(desk) -> None:
    data, _ = desk.device("hall")
    (data / "identity" / "enrolment.json").unlink()
    with pytest.raises(IdentityDamaged):
        Outbox.open(data)
    Store.open(data).close()  # the lock was given back


def test_a_damaged_identity_is_said(desk) -> None:
    data, _ = desk.device("hall")
    (data / "identity" / "device.key").write_bytes(b"o" * 32)
    with pytest.raises(IdentityDamaged):
        load_identity(data)


def test_a_newer_trust_file_is_followed_and_kept(desk) -> None:
    data, identity = desk.device("hall")
    tenant = desk.folder / "tenant"
    edited = (tenant / "trust.json").read_bytes().replace(b'"Suivi"', b'"Accompagnement"')
    (tenant / "trust.json").write_bytes(edited)
    assert sign_tenant(tenant, None, NOW).version == 2
    newer = (tenant / "trust.json").read_bytes()
    assert identity.follow(newer)
    assert not identity.follow(newer)
    assert load_identity(data).recipients[0].purpose == "Accompagnement"
    with pytest.raises(TrustError):
        identity.follow(desk.hub.trust.raw)


def test_a_hub_cannot_add_its_own_recipient(desk, make_desk) -> None:
    _, identity = desk.device("hall")
    thief = _read_key(make_desk("thief").folder / "tenant" / "tenant.key", None)
    trust = desk.hub.trust.trust
    forged = msgspec.structs.replace(
        trust,
        version=9,
        tenant=msgspec.structs.replace(trust.tenant, public_key=thief.public_key().public_bytes_raw()),
    )
    with pytest.raises(TrustError):
        identity.follow(write_trust(forged, thief.sign))
    assert identity.trust.trust.version == 1


def test_the_request_to_enrol_proves_the_key(desk, tmp_path: Path) -> None:
    enrol(HUB, desk.token(), tmp_path / "one", "one", desk)
    asked = enrolment.read(desk.posted[-1], enrolment.EnrolRequest, enrolment.LARGEST_REQUEST)
    forged = msgspec.structs.replace(asked, secret=desk.token().secret)
    assert desk.post(enrolment.PATH, enrolment.write(forged), 1)[0] == 403
