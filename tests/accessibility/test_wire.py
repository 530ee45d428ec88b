"""The pipe protocol: whole frames only, bounded, and nothing else believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility import wire
from accessibility.worker import pieces

MESSAGES = [wire.Say(1, 2, "fr", "Été\n« 12 »", 150), wire.Stop(3)]
REPORTS = [wire.Ready(True, ["fr"], "pacat"), wire.Word(1, 2, 3), wire.Done(1, "done"), wire.Silent(4)]


@given(st.lists(st.integers(1, 40)))
def test_messages_arrive_whole_however_the_pipe_cuts_them(cuts: list[int]) -> None:
    stream, frames, bodies = b"".join(map(wire.frame, MESSAGES)), wire.Frames(), []
    for cut in [*cuts, len(stream)]:
        bodies += frames.feed(stream[:cut])
        stream = stream[cut:]
    assert [wire.request(body) for body in bodies] == MESSAGES


def test_reports_come_back_as_they_were() -> None:
    assert [wire.report(wire.frame(report)[4:]) for report in REPORTS] == REPORTS


@given(st.binary(max_size=200))
def test_nonsense_is_refused_and_nothing_else_happens(noise: bytes) -> None:
    for read in (wire.request, wire.report):
        with pytest.raises(wire.BrokenWire):
            read(noise)
    frames = wire.Frames()
    try:
        for body in frames.feed(noise):
            assert len(body) <= len(noise)
    except wire.BrokenWire:
        pass


@pytest.mark.parametrize(
    "body",
    [
        b'{"type":"stop"}',
        b'{"type":"stop","generation":1,"more":2}',
        b'{"type":"stop","generation":true}',
        b'{"type":"stop","generation":1.0}',
        b'{"type":"stop","generation":"1"}',
        b'{"type":"ready","engine":true,"languages":["fr"],"player":""}',
        b'{"type":["stop"],"generation":1}',
        b'{"type":"say","ticket":1,"generation":1,"lang":"fr","text":"\\ud800","rate":1}',
        b"[" * 100_000,
        b'["stop"]',
        b"null",
    ],
)
def test_a_request_of_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(wire.BrokenWire):
        wire.request(body)


@pytest.mark.parametrize("languages", ["fr", [1], [["fr"]], None])
def test_languages_are_a_list_of_texts(languages: object) -> None:
    body = json.dumps({"type": "ready", "engine": True, "languages": languages, "player": ""})
    with pytest.raises(wire.BrokenWire):
        wire.report(body.encode())


def test_a_length_beyond_the_bound_is_refused_before_it_is_read() -> None:
    with pytest.raises(wire.BrokenWire):
        wire.Frames().feed(wire.HEADER.pack(wire.LARGEST_FRAME + 1))


@given(st.text(max_size=2000))
def test_pieces_are_the_whole_text_in_order(text: str) -> None:
    cut = list(pieces(text, 50))
    assert all(text[offset : offset + len(piece)] == piece and len(piece) <= 50 for offset, piece in cut)
    assert "".join("".join(piece for _, piece in cut).split()) == "".join(text.split())
