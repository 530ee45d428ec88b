"""Tokens and devices: who is let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Engine, Subquery, Table, func, insert, or_, select, update

from kiosk.clock import Clock
from kiosk.dossier import DeviceCertificate, device_id, is_signed, signed_message
from sync.hub.errors import Forbidden
from sync.hub.key import HubKey
from sync.hub.tables import devices, dossiers, quarantine, tokens
from sync.protocol.enrolment import EnrolReply, EnrolRequest, proof_message
from sync.protocol.token import Token, new_token
from sync.protocol.trust import TrustFile


@dataclass(frozen=True)
class DeviceRow:
    """One device as the hub sees it: times are ISO, "" = never."""

    device: str
    name: str
    state: str
    enrolled_at: str
    seen_at: str
    dossiers: int
    quarantined: int


def issue_token(engine: Engine, trust_sha256: bytes, clock: Clock, valid: timedelta) -> Token:
    """A token for one device, usable until it is used or ``valid`` has passed. Only its hash is kept."""
    token = new_token(trust_sha256)
    row = {
        "secret_sha256": token.secret_sha256,
        "trust_sha256": trust_sha256,
        "expires_at": (clock.now() + valid).isoformat(timespec="seconds"),
    }
    with engine.begin() as link:
        link.execute(insert(tokens).values(row))
    return token


@dataclass(frozen=True)
class Registry:
    """Lets devices in. Stateless."""

    engine: Engine
    key: HubKey
    clock: Clock

    def enrol(self, request: EnrolRequest, trust: TrustFile) -> EnrolReply:
        """Use up a token for a device key. The same key may ask again, so a cut line costs no token.

        Raises Forbidden, the same for an unknown, used and expired token.
        """
        proof = proof_message(request.secret, request.public_key)
        if not is_signed(request.public_key, request.proof, proof):
            raise Forbidden("token")
        now = self.clock.now()
        self._use_token(request, trust, now)
        certificate = self._admit(request, trust, now)
        content = msgspec.json.encode(certificate)
        return EnrolReply(trust.raw, content, self.key.sign(signed_message("device/1", content)))

    def _use_token(self, request: EnrolRequest, trust: TrustFile, now: datetime) -> None:
        """One UPDATE decides: of two devices with one token, exactly one gets in."""
        secret = Token(request.secret, trust.sha256).secret_sha256
        with self.engine.begin() as link:
            taken = link.execute(
                update(tokens)
                .where(
                    tokens.c.secret_sha256 == secret,
                    tokens.c.expires_at >= now.isoformat(timespec="seconds"),
                    or_(tokens.c.used_by.is_(None), tokens.c.used_by == request.public_key),
                )
                .values(used_by=request.public_key)
            )
        if taken.rowcount != 1:
            raise Forbidden("token")

    def _admit(self, request: EnrolRequest, trust: TrustFile, now: datetime) -> DeviceCertificate:
        device, tenant = device_id(request.public_key), trust.trust.tenant.id
        with self.engine.begin() as link:
            row = link.execute(select(devices).where(devices.c.device_id == device)).first()
            if row is not None and row.state == "revoked":
                raise Forbidden("token")
            if row is None:
                link.execute(
                    insert(devices).values(
                        device_id=device,
                        tenant=tenant,
                        public_key=request.public_key,
                        name=request.name,
                        enrolled_at=now.isoformat(timespec="seconds"),
                    )
                )
        return DeviceCertificate(tenant, device, request.public_key, request.name, now)


def list_devices(engine: Engine) -> list[DeviceRow]:
    """Every device with what it has brought, oldest first."""
    stored = _count(dossiers)
    aside = _count(quarantine)
    with engine.connect() as link:
        rows = link.execute(
            select(devices, stored.c.n.label("stored"), aside.c.n.label("aside"))
            .outerjoin(stored, stored.c.device_id == devices.c.device_id)
            .outerjoin(aside, aside.c.device_id == devices.c.device_id)
            .order_by(devices.c.enrolled_at, devices.c.device_id)
        ).all()
    return [
        DeviceRow(r.device_id, r.name, r.state, r.enrolled_at, r.seen_at, r.stored or 0, r.aside or 0)
        for r in rows
    ]


def _count(table: Table) -> Subquery:
    return select(table.c.device_id, func.count().label("n")).group_by(table.c.device_id).subquery()
