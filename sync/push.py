"""One exchange with the hub: offer what waits, believe only what is signed, record it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from kiosk.store import DossierState, PendingDossier, Store, Verdict
from sync.identity import Exchange, Identity
from sync.protocol import answer as answers
from sync.protocol import trust as trusts
from sync.protocol.answer import Answer, Outcome
from sync.protocol.batch import MOST_BYTES, PATH, Item, write_batch
from sync.protocol.errors import AnswerError, ProtocolError

BATCH = 100

log = logging.getLogger("kiosk.sync")

_STATES = {
    Outcome.STORED: DossierState.RECEIVED,
    Outcome.QUARANTINED: DossierState.QUARANTINED,
    Outcome.REFUSED: DossierState.REFUSED,
}


@dataclass(frozen=True)
class PushResult:
    """``offered`` and ``settled`` dossiers, ``waiting`` ones left. ``problem``: "" or a code."""

    offered: int
    settled: int
    waiting: int
    problem: str = ""

    @property
    def reached(self) -> bool:
        """True when the pinned hub itself answered."""
        return not self.problem


def push_once(store: Store, identity: Identity, exchange: Exchange) -> PushResult:
    """Offer one batch (an empty one greets) and record the answer.

    Never raises for what the network or the hub does: the dossiers stay, ``problem`` says why. Raises
    StoreError when the device's own disk fails; the receipts then come again with the next batch.
    """
    pending = store.pending(BATCH, MOST_BYTES)
    sender = identity.sender
    items = [Item(p.id, p.seq, p.sha256, p.body) for p in pending]
    batch = write_batch(sender.tenant, sender.device, items, identity.sign)
    try:
        status, body = exchange.post(PATH, batch, answers.LARGEST)
        if status != 200:
            return _failed(store, len(pending), f"http_{status}")
        answer, verdicts = _believed(body, batch, pending, identity)
    except AnswerError as error:
        log.warning("the hub's answer is not believed: %s", error.problem)
        return _failed(store, len(pending), "nonsense")
    except OSError as error:
        log.info("the hub is out of reach: %s", type(error).__name__)
        return _failed(store, len(pending), "unreachable")
    recorded = store.record(verdicts, answer.epoch, answer.watermark)
    if recorded.offered_again:
        log.warning("the hub went back in time: %d dossiers are offered again", recorded.offered_again)
    log.info("offered %d, settled %d", len(pending), recorded.settled)
    stuck = bool(pending) and not recorded.settled and not recorded.offered_again
    return PushResult(len(pending), recorded.settled, store.counts().waiting, "later" if stuck else "")


def refresh_trust(identity: Identity, exchange: Exchange) -> bool:
    """Take over a newer trust file if the hub has one; True when it changed. A false one is only logged."""
    try:
        status, body = exchange.get(trusts.PATH, trusts.LARGEST)
        return status == 200 and identity.follow(body)
    except ProtocolError as error:
        log.warning("the hub's trust file is not believed: %s", error.problem)
    except OSError as error:
        log.info("the trust file was not refreshed: %s", type(error).__name__)
    return False


def _believed(
    body: bytes, batch: bytes, pending: list[PendingDossier], identity: Identity
) -> tuple[Answer, list[Verdict]]:
    """The answer and what it settles, every signature and hash checked. Raises AnswerError."""
    sender, trust = identity.sender, identity.trust
    keys = trust.trust.hub_keys if trust else ()
    digest = hashlib.sha256(batch).digest()
    answer = answers.read_answer(body, sender.tenant, sender.device, digest, keys)
    offered = {p.id: p for p in pending}
    verdicts = []
    for result in answer.results:
        dossier = offered.get(result.id)
        if dossier is None:
            raise AnswerError("it speaks of a dossier that was not offered")
        if result.outcome is Outcome.LATER:
            continue
        if result.outcome is Outcome.STORED:
            _check_receipt(result.receipt, dossier, answer, identity)
        state = _STATES[result.outcome]
        verdicts.append(Verdict(dossier.id, dossier.sha256, state, result.reason, result.receipt))
    return answer, verdicts


def _check_receipt(raw: bytes, dossier: PendingDossier, answer: Answer, identity: Identity) -> None:
    sender, trust = identity.sender, identity.trust
    receipt = answers.read_receipt(raw, trust.trust.hub_keys if trust else ())
    named = (receipt.tenant, receipt.device, receipt.id, receipt.seq, receipt.sha256, receipt.epoch)
    if named != (sender.tenant, sender.device, dossier.id, dossier.seq, dossier.sha256, answer.epoch):
        raise AnswerError("a receipt is for other bytes")


def _failed(store: Store, offered: int, problem: str) -> PushResult:
    return PushResult(offered, 0, store.counts().waiting, problem)
