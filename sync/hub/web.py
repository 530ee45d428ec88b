"""The hub's HTTP face. Sizes are limited before anything is read, signatures checked before it is parsed."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sync.hub.errors import Forbidden
from sync.hub.ledger import Ledger
from sync.hub.registry import Registry
from sync.protocol import batch, enrolment
from sync.protocol.errors import ProtocolError
from sync.protocol.trust import PATH as TRUST_PATH
from sync.protocol.trust import TrustFile

BODY_S = 60.0
"""Seconds a request's body may take: 8 MiB over the slowest line we promise takes a batch of 400 KiB."""

log = logging.getLogger("kiosk.hub")
Handler = Callable[[Request], Awaitable[Response]]


class _TooLarge(Exception):
    pass


@dataclass(frozen=True)
class HubParts:
    """What the pages need."""

    ledger: Ledger
    registry: Registry
    trust: TrustFile


def hub_app(parts: HubParts) -> Starlette:
    """The application over ``parts``; several processes may run it on one PostgreSQL database."""

    async def take_batch(request: Request) -> Response:
        body = await _body(request, batch.LARGEST)
        return _bytes(await run_in_threadpool(parts.ledger.accept, body))

    async def take_device(request: Request) -> Response:
        body = await _body(request, enrolment.LARGEST_REQUEST)
        asked = enrolment.read(body, enrolment.EnrolRequest, enrolment.LARGEST_REQUEST)
        reply = await run_in_threadpool(parts.registry.enrol, asked, parts.trust)
        return _json(200, enrolment.write(reply))

    async def show_trust(_: Request) -> Response:
        return _json(200, parts.trust.raw)

    async def show_health(_: Request) -> Response:
        return _json(200, b'{"status":"ok"}')

    return Starlette(
        routes=[
            Route(batch.PATH, _guarded(take_batch), methods=["POST"]),
            Route(enrolment.PATH, _guarded(take_device), methods=["POST"]),
            Route(TRUST_PATH, show_trust, methods=["GET"]),
            Route("/health", show_health, methods=["GET"]),
        ]
    )


def _guarded(handler: Handler) -> Handler:
    """Turn what goes wrong into a status and a short code; the log gets no content and no address."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except _TooLarge:
            return _refusal(413, "too_large")
        except TimeoutError:
            return _refusal(408, "too_slow")
        except ClientDisconnect:
            return _refusal(400, "cut")
        except Forbidden as error:
            log.warning("%s refused: %s", request.url.path, error.reason)
            return _refusal(403, error.reason)
        except ProtocolError as error:
            log.warning("%s refused: %s", request.url.path, error.code)
            return _refusal(400, error.code)
        except SQLAlchemyError as error:
            log.error("%s: the database failed: %s", request.url.path, type(error).__name__)
            return _refusal(503, "later")

    return answer


async def _body(request: Request, largest: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    if not re.fullmatch("[0-9]{1,12}", declared) or int(declared) > largest:
        raise _TooLarge
    found = bytearray()
    async with asyncio.timeout(BODY_S):
        async for piece in request.stream():
            found += piece
            if len(found) > largest:
                raise _TooLarge
    return bytes(found)


def _bytes(content: bytes) -> Response:
    return Response(content, media_type="application/octet-stream")


def _json(status: int, content: bytes) -> Response:
    return Response(content, status, media_type="application/json", headers={"Cache-Control": "no-store"})


def _refusal(status: int, code: str) -> Response:
    return _json(status, f'{{"error":"{code}"}}'.encode())
