"""One exchange with the hub: exactly once, whatever the line and the hub do."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
import pytest
from sqlalchemy import delete, func, select, update

from kiosk.dossier import BadRecipient
from kiosk.store import DossierState, Store
from sync.hub.registry import list_devices
from sync.hub.tables import devices, dossiers, facts, quarantine
from sync.outbox import Outbox
from sync.protocol.answer import Answer, Outcome, Result, read_receipt, write_answer
from sync.protocol.batch import read_envelope
from sync.protocol.trust import Recipient
from sync.push import PushResult, push_once, refresh_trust

CANARY = "Zanzibarnabe-Quetschenpaua"


@dataclass
class Line:
    """The way to the hub; ``change`` sees each request and what the hub made of it."""

    hub: Any
    change: Callable[[bytes, int, bytes], tuple[int, bytes]] = lambda _asked, status, body: (status, body)

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]:
        return self.change(body, *self.hub.post(path, body, largest))

    def get(self, path: str, largest: int) -> tuple[int, bytes]:
        return self.change(b"", *self.hub.get(path, largest))


@pytest.fixture
def outbox(desk) -> Iterator[Outbox]:
    data, _ = desk.device("hall")
    outbox = Outbox.open(data)
    yield outbox
    outbox.close()


@pytest.fixture
def push(desk, outbox: Outbox) -> Callable[..., PushResult]:
    """One exchange over a line that may be faulty."""

    def once(change=None) -> PushResult:
        return push_once(outbox.store, outbox._identity, Line(desk, change) if change else Line(desk))

    return once


def at_the_hub(desk) -> int:
    with desk.hub.engine.connect() as link:
        return link.execute(select(func.count()).select_from(dossiers)).scalar_one()


def test_what_was_sent_is_received_with_a_receipt_of_the_hub(desk, outbox, push, a_dossier) -> None:
    ids = [outbox.send(a_dossier()).id for _ in range(3)]
    assert outbox.pending() == 3
    assert push() == PushResult(3, 3, 0)
    assert [outbox.state(id) for id in ids] == [DossierState.RECEIVED] * 3
    receipt = read_receipt(outbox.store.receipt(ids[2]), [desk.hub.key.public])
    assert (receipt.id, receipt.seq, receipt.epoch, receipt.watermark) == (ids[2], 3, desk.hub.epoch, 3)


def test_an_answer_that_never_came_back_stores_nothing_twice(desk, outbox, push, a_dossier) -> None:
    id = outbox.send(a_dossier()).id

    def cut(asked: bytes, status: int, body: bytes) -> tuple[int, bytes]:
        raise OSError("cut after the commit")

    assert push(cut).problem == "unreachable"
    assert at_the_hub(desk) == 1
    assert outbox.state(id) is DossierState.WAITING
    assert push() == PushResult(1, 1, 0)
    assert at_the_hub(desk) == 1
    assert list_devices(desk.hub.engine)[0].state == "active"


def signed_lie(desk, asked: bytes, answer: Answer, key=None) -> tuple[int, bytes]:
    envelope = read_envelope(asked)
    sign = (key or desk.hub.key).sign
    return 200, write_answer(answer, envelope.tenant, envelope.device, envelope.sha256, sign)


@pytest.mark.parametrize(
    "lie",
    [
        lambda _asked, _status, _body: (200, b"<html><body>Welcome to the hotel</body></html>"),
        lambda _asked, _status, _body: (200, b'{"ok":true}'),
        lambda _asked, _status, _body: (200, b""),
        lambda _asked, _status, body: (200, body[:-1]),
        lambda _asked, _status, body: (200, body[64:]),
        lambda _asked, _status, body: (200, bytes([body[0] ^ 1]) + body[1:]),
        lambda _asked, _status, body: (200, body * 2000),
        lambda _asked, _status, body: (500, body),
        lambda _asked, _status, _body: (204, b""),
        lambda _asked, _status, _body: (302, b""),
        lambda _asked, _status, _body: (403, b"unknown_device"),
    ],
    ids=["page", "json", "empty", "cut", "unsigned", "forged", "huge", "500", "204", "302", "403"],
)
def test_a_hub_that_answers_nonsense_changes_nothing(
    outbox, push, a_dossier, lie, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    id = outbox.send(a_dossier(event=CANARY)).id
    result = push(lie)
    assert (result.settled, result.waiting) == (0, 1)
    assert result.problem
    assert outbox.state(id) is DossierState.WAITING
    assert CANARY not in caplog.text
    assert "Welcome" not in caplog.text
    assert push().settled == 1


def test_an_answer_to_another_batch_is_not_believed(desk, outbox, push, a_dossier) -> None:
    replies: list[tuple[int, bytes]] = []

    def remember(asked: bytes, status: int, body: bytes) -> tuple[int, bytes]:
        replies.append((status, body))
        return status, body

    outbox.send(a_dossier())
    push(remember)
    outbox.send(a_dossier())
    assert push(lambda *_: replies[0]).problem == "nonsense"
    assert outbox.pending() == 1


def test_a_signed_word_without_a_receipt_is_not_enough(desk, outbox, push, a_dossier) -> None:
    id = outbox.send(a_dossier()).id
    bare = Answer(desk.hub.epoch, 1, (Result(id, Outcome.STORED),))
    assert push(lambda asked, *_: signed_lie(desk, asked, bare)).problem == "nonsense"
    assert outbox.state(id) is DossierState.WAITING


def test_a_receipt_for_another_dossier_is_not_enough(desk, outbox, push, a_dossier) -> None:
    first = outbox.send(a_dossier()).id
    push()
    second = outbox.send(a_dossier()).id
    answer = Answer(desk.hub.epoch, 2, (Result(second, Outcome.STORED, receipt=outbox.store.receipt(first)),))
    assert push(lambda asked, *_: signed_lie(desk, asked, answer)).problem == "nonsense"
    assert outbox.state(second) is DossierState.WAITING


def test_a_stranger_s_key_refuses_nothing(make_desk, desk, outbox, push, a_dossier) -> None:
    id = outbox.send(a_dossier()).id
    thief = make_desk("thief").hub.key
    refused = Answer(desk.hub.epoch, 0, (Result(id, Outcome.REFUSED, "not_sealed"),))
    assert push(lambda asked, *_: signed_lie(desk, asked, refused, thief)).problem == "nonsense"
    assert outbox.state(id) is DossierState.WAITING


def test_what_the_hub_refuses_for_ever_leaves_the_queue(outbox, push, a_dossier) -> None:
    plain = a_dossier().id
    outbox.store.save_dossier(plain, b"not sealed at all")
    good = outbox.send(a_dossier()).id
    assert push() == PushResult(2, 2, 0)
    assert outbox.state(plain) is DossierState.REFUSED
    assert outbox.state(good) is DossierState.RECEIVED


def test_a_cloned_device_is_seen_and_nothing_is_dropped(
    desk, outbox, push, a_dossier, tmp_path: Path
) -> None:
    original = outbox._data
    outbox.close()
    shutil.copytree(original, tmp_path / "clone")
    ids = {}
    for name, data in (("original", original), ("clone", tmp_path / "clone")):
        twin = Outbox.open(data)
        ids[name] = twin.send(a_dossier()).id
        assert push_once(twin.store, twin._identity, Line(desk)).settled == 1
        ids[name] = (ids[name], twin.state(ids[name]))
        twin.close()
    assert ids["original"][1] is DossierState.RECEIVED
    assert ids["clone"][1] is DossierState.QUARANTINED
    row = list_devices(desk.hub.engine)[0]
    assert (row.state, row.dossiers, row.quarantined) == ("suspect", 1, 1)
    with desk.hub.engine.connect() as link:
        kept = link.execute(select(quarantine.c.id, quarantine.c.reason)).one()
    assert kept == (ids["clone"][0], "number_taken")


def test_the_same_id_with_other_bytes_is_kept_aside(desk, outbox, push, a_dossier) -> None:
    dossier = a_dossier()
    outbox.send(dossier)
    push()
    with desk.hub.engine.begin() as link:
        link.execute(update(dossiers).values(sha256=b"o" * 32, body=b"other"))
    outbox.store.record([], "f" * 16, 0)  # a change of epoch: everything is offered again
    assert push().settled == 1
    assert outbox.state(dossier.id) is DossierState.QUARANTINED


@pytest.mark.parametrize("how", ["older backup", "new database"])
def test_a_restored_hub_gets_everything_again(desk, outbox, push, a_dossier, how: str) -> None:
    ids = [outbox.send(a_dossier()).id for _ in range(2)]
    push()
    with desk.hub.engine.begin() as link:
        link.execute(delete(dossiers))
        link.execute(update(devices).values(watermark=0))
        if how == "new database":
            link.execute(update(facts).where(facts.c.name == "epoch").values(value="f" * 16))
            object.__setattr__(desk.hub, "epoch", "f" * 16)
    assert push().waiting == 2  # the greeting notices
    assert push().settled == 2
    assert [outbox.state(id) for id in ids] == [DossierState.RECEIVED] * 2
    assert at_the_hub(desk) == 2


def test_a_long_queue_goes_in_batches(desk, outbox, push, a_dossier) -> None:
    sealed = outbox.store
    for _ in range(205):
        sealed.save_dossier(a_dossier().id, b"age-encryption.org/v1\n" + a_dossier().id.encode())
    assert [push().settled for _ in range(3)] == [100, 100, 5]
    assert at_the_hub(desk) == 205


@pytest.mark.parametrize(("state", "reason"), [("revoked", "revoked_device"), (None, "unknown_device")])
def test_a_device_that_is_not_let_in_keeps_its_dossiers(desk, outbox, push, a_dossier, state, reason) -> None:
    outbox.send(a_dossier())
    with desk.hub.engine.begin() as link:
        link.execute(update(devices).values(state=state) if state else delete(devices))
    seen: list[bytes] = []

    def look(asked: bytes, status: int, body: bytes) -> tuple[int, bytes]:
        seen.append(body)
        return status, body

    assert push(look) == PushResult(1, 0, 1, "http_403")
    assert seen == [reason.encode()]
    assert at_the_hub(desk) == 0


def test_another_tenant_s_device_is_a_stranger(make_desk, a_dossier) -> None:
    here, there = make_desk("here"), make_desk("there")
    data, _ = here.device("hall")
    outbox = Outbox.open(data)
    outbox.send(a_dossier())
    assert push_once(outbox.store, outbox._identity, Line(there)).problem == "http_403"
    outbox.close()
    assert at_the_hub(there) == 0


def test_a_false_trust_file_is_not_taken(desk, outbox, make_desk, caplog: pytest.LogCaptureFixture) -> None:
    thief = make_desk("thief").hub.trust.raw
    for raw in (thief, b"<html>", b""):
        assert not refresh_trust(outbox._identity, Line(desk, lambda *_, raw=raw: (200, raw)))
    assert outbox._identity.trust.sha256 == desk.hub.trust.sha256
    assert not refresh_trust(outbox._identity, Line(desk))


def test_a_demonstration_never_sends(tmp_path: Path, a_dossier) -> None:
    outbox = Outbox.open(tmp_path / "demo")
    assert outbox.send(a_dossier()).demonstration
    assert outbox.start_sync() is None
    assert (outbox.pending(), outbox.recipients) == (0, ())
    outbox.close()


def test_no_answer_lies_in_the_clear_under_the_data_folder(desk, outbox, push, a_dossier) -> None:
    outbox.send(a_dossier(event=CANARY, plan={"name": CANARY}))
    push()
    outbox.store.checkpoint()
    for file in (p for p in desk.folder.rglob("*") if p.is_file()):
        assert CANARY.encode() not in file.read_bytes(), file


def test_a_saved_dossier_survives_a_device_store_reopened(desk, outbox, push, a_dossier) -> None:
    id = outbox.send(a_dossier()).id
    data = outbox._data
    outbox.close()
    store = Store.open(data)
    assert [p.id for p in store.pending()] == [id]
    store.close()


def test_a_dossier_may_be_sealed_to_the_one_recipient_the_person_agreed_to(outbox, a_dossier) -> None:
    other = Recipient("other", "Autre service", "Suivi", str(pyrage.x25519.Identity.generate().to_public()))
    outbox._identity.recipients += (other,)
    for to, stanzas in (("other", 1), ("agency", 2), ("", 3)):
        id = outbox.send(a_dossier(), to=to).id
        sealed = next(p.body for p in outbox.store.pending() if p.id == id)
        assert sealed.count(b"-> X25519 ") == stanzas
    with pytest.raises(BadRecipient):
        outbox.send(a_dossier(), to="nobody")
