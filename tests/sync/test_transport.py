"""The line itself: whatever is at the other end, an exchange ends, bounded and without a surprise."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from sync import transport
from sync.protocol.errors import AnswerError
from sync.transport import HttpExchange, HubUnreachable

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def serve() -> Iterator[Callable[..., HttpExchange]]:
    """Starts a server that says these pieces to whoever connects; gives the exchange to it."""
    ended, opened = threading.Event(), []

    def start(*pieces: bytes, pause: float = 0.0, hang: bool = False) -> HttpExchange:
        listener = socket.create_server(("127.0.0.1", 0))

        def answer() -> None:
            link, _ = listener.accept()
            with link, suppress(OSError):
                link.recv(65536)
                for piece in pieces:
                    link.sendall(piece)
                    ended.wait(pause)
                if hang:
                    ended.wait(20)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        exchange = HttpExchange(f"http://127.0.0.1:{listener.getsockname()[1]}")
        opened.append((listener, exchange))
        return exchange

    yield start
    ended.set()
    for listener, exchange in opened:
        exchange.close()
        listener.close()


def test_an_answer_comes_back_with_its_status(serve) -> None:
    assert serve(HEAD + b"Content-Length: 5\r\n\r\nhello").post("/", b"x", 10) == (200, b"hello")


def test_a_redirect_is_not_followed(serve) -> None:
    exchange = serve(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")
    assert exchange.get("/", 10) == (302, b"")


def test_a_compressed_bomb_is_not_unpacked(serve) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    head = HEAD + f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    assert serve(head + bomb).get("/", 20_000) == (200, bomb)


def test_an_endless_answer_is_cut_off(serve) -> None:
    with pytest.raises(AnswerError, match="too large"):
        serve(HEAD + b"\r\n", *[b"x" * 60_000] * 200).get("/", 100_000)


def test_a_dripping_answer_is_given_up(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "WHOLE_S", 0.2)
    with pytest.raises(AnswerError, match="too slow"):
        serve(HEAD + b"\r\n", *[b"x"] * 200, pause=0.02).get("/", 100_000)


def test_a_silent_hub_is_given_up(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "SILENCE_S", 0.2)
    with pytest.raises(HubUnreachable):
        serve(HEAD, hang=True).get("/", 10)


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 999999\r\n\r\n", HEAD + b"Content-Length: 50\r\n\r\ncut"],
)
def test_what_is_no_answer_is_no_line(serve, said: bytes) -> None:
    with pytest.raises(HubUnreachable):
        serve(said).get("/", 100)


def test_nobody_there_is_no_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    exchange = HttpExchange(f"http://127.0.0.1:{port}")
    with pytest.raises(HubUnreachable):
        exchange.post("/", b"x", 10)
    exchange.close()
