"""HTTP to the hub. The only module of the device side that knows an HTTP library."""

from __future__ import annotations

import time

import httpx

from sync.protocol.errors import AnswerError

CONNECT_S, SILENCE_S, WHOLE_S = 5.0, 20.0, 90.0
"""Seconds to connect, between two pieces of an answer, and for a whole exchange."""


class HubUnreachable(OSError):
    """No line, or it broke: try again later."""


class HttpExchange:
    """Requests to one hub. Redirects are not followed; an answer is read up to the size asked for."""

    def __init__(self, hub: str) -> None:
        timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S)
        self._client = httpx.Client(base_url=hub, timeout=timeout, follow_redirects=False)

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]:
        """Send ``body``; status and answer. Raises HubUnreachable, AnswerError (too large or too slow)."""
        return self._exchange("POST", path, body, largest)

    def get(self, path: str, largest: int) -> tuple[int, bytes]:
        """Ask for ``path``; as :meth:`post`."""
        return self._exchange("GET", path, None, largest)

    def close(self) -> None:
        """Drop the connections."""
        self._client.close()

    def _exchange(self, method: str, path: str, body: bytes | None, largest: int) -> tuple[int, bytes]:
        end = time.monotonic() + WHOLE_S
        found = bytearray()
        try:
            with self._client.stream(method, path, content=body) as answer:
                # iter_raw: a compressed answer is not ours, and is not unpacked to find out.
                for piece in answer.iter_raw():
                    found += piece
                    if len(found) > largest:
                        raise AnswerError("too large")
                    if time.monotonic() > end:
                        raise AnswerError("too slow")
                return answer.status_code, bytes(found)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise HubUnreachable(type(error).__name__) from error
