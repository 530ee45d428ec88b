"""The hub's HTTP face: bounded, quiet, and closed to strangers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from kiosk.clock import SystemClock
from sync.hub.registry import Registry
from sync.hub.web import HubParts, hub_app
from sync.protocol import batch, enrolment

CANARY = b"Zanzibarnabe-Quetschenpaua"


class Client:
    """Speaks HTTP to the application, in this process."""

    def __init__(self, app) -> None:
        self._app = app

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self._ask("GET", path, None))

    def post(self, path: str, content: bytes | AsyncIterator[bytes]) -> httpx.Response:
        return asyncio.run(self._ask("POST", path, content))

    async def _ask(self, method: str, path: str, content) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            return await client.request(method, path, content=content)


@pytest.fixture
def client(desk) -> Client:
    registry = Registry(desk.hub.engine, desk.hub.key, SystemClock())
    return Client(hub_app(HubParts(desk.ledger, registry, desk.hub.trust)))


def test_health_and_trust_are_public(client: Client, desk) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/v1/trust").content == desk.hub.trust.raw


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (batch.PATH, b"", 400),
        (batch.PATH, CANARY * 10, 400),
        (batch.PATH, b"x" * (batch.LARGEST + 1), 413),
        (enrolment.PATH, b"{}", 400),
        (enrolment.PATH, CANARY, 400),
        (enrolment.PATH, b"[" * 4000, 400),
        (enrolment.PATH, b"x" * (enrolment.LARGEST_REQUEST + 1), 413),
    ],
)
def test_bad_requests_get_a_code_and_leave_no_content_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, path: str, body: bytes, status: int
) -> None:
    caplog.set_level(logging.DEBUG, "kiosk")
    answer = client.post(path, content=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert CANARY.decode() not in caplog.text
    assert CANARY not in answer.content


def test_an_endless_body_is_cut_off(client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 65536

    assert client.post(batch.PATH, content=endless()).status_code == 413


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/batch/..", "/../hub.key", "/hub.key", "/v1/dossiers"])
def test_there_is_nothing_else(client: Client, path: str) -> None:
    assert client.get(path).status_code in {404, 405}


def test_a_database_that_fails_says_later(client: Client, desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("gone"))

    monkeypatch.setattr(type(desk.ledger), "accept", fail)
    answer = client.post(batch.PATH, content=b"x")
    assert (answer.status_code, answer.json()) == (503, {"error": "later"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from([batch.PATH, enrolment.PATH]), st.binary(max_size=300))
def test_hostile_bodies_never_reach_500(client: Client, path: str, body: bytes) -> None:
    assert client.post(path, content=body).status_code in {400, 403}
