"""What a kiosk does behind the screen: to whom it sends, what is in it, and what is left after a wipe."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage
import pytest

from kiosk.backstage import KioskBackstage
from kiosk.clock import SystemClock
from kiosk.config import Config, Send
from kiosk.dossier import NotForThisKey, OpenedDossier, SenderState, open_sealed
from kiosk.paper import parse_case_code
from kiosk.procedures import Fate, Pack, PartialDate, Plan, load_pack, make_plan
from kiosk.store import Store
from kiosk.store.drafts import runtime_folder
from kiosk.visit import Visit, begin_event, with_answer
from sync.hub.registry import Registry, issue_token
from sync.hub.server import open_hub
from sync.identity import enrol
from sync.protocol import enrolment
from sync.protocol.trust import Recipient, TrustFile
from sync.tenant import init_tenant
from tests.kiosk.procedures.edited import edited_pack

NOW = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
SEND = Send("ccas", {"fr": "Suivre vos démarches", "en": "To follow up"}, {"": "10 jours"})
CANARY = "Zéphyrine-Canari"
PACK = load_pack(Path(__file__).parent / "procedures/packs/small")


class FixedClock:
    def now(self) -> datetime.datetime:
        return NOW


@dataclass(frozen=True)
class Town:
    """A tenant with two agencies and one enrolled device, whose hub has gone away since."""

    data: Path
    trust: TrustFile
    ccas: pyrage.x25519.Identity
    caf: pyrage.x25519.Identity


class Enrolling:
    """The hub while the device enrols: bytes in, status and bytes out."""

    def __init__(self, registry: Registry, trust: TrustFile) -> None:
        self._registry, self._trust = registry, trust

    def post(self, _path: str, body: bytes, _largest: int) -> tuple[int, bytes]:
        asked = enrolment.read(body, enrolment.EnrolRequest, enrolment.LARGEST_REQUEST)
        return 200, enrolment.write(self._registry.enrol(asked, self._trust))

    def get(self, _path: str, _largest: int) -> tuple[int, bytes]:
        raise AssertionError


@pytest.fixture
def town(tmp_path: Path) -> Town:
    ccas, caf = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    recipients = [
        Recipient("ccas", "CCAS de Valmerle", "Suivi", str(ccas.to_public())),
        Recipient("caf", "CAF", "Aides", str(caf.to_public())),
    ]
    init_tenant(tmp_path / "tenant", "Valmerle", recipients, None, None, NOW, "Suivi")
    hub = open_hub(tmp_path / "hub", tmp_path / "tenant" / "trust.json", None)
    clock, data = SystemClock(), tmp_path / "device"
    token = issue_token(hub.engine, hub.trust.sha256, clock, datetime.timedelta(hours=1))
    line = Enrolling(Registry(hub.engine, hub.key, clock), hub.trust)
    enrol("http://127.0.0.1:9", token, data, "borne", line)
    hub.engine.dispose()
    return Town(data, hub.trust, ccas, caf)


Start = Callable[..., KioskBackstage]


@pytest.fixture
def start() -> Iterator[Start]:
    """Opens a kiosk on a folder; what is still open at the end is wiped and closed."""
    begun: list[KioskBackstage] = []

    def open_one(data: Path, send: Send | None = SEND, pack: Pack = PACK) -> KioskBackstage:
        backstage = KioskBackstage(replace(Config(), send=send), data, lambda: pack, clock=FixedClock())
        backstage.open(lambda _id: None, lambda _online: None)
        begun.append(backstage)
        return backstage

    yield open_one
    for backstage in begun:
        with_store = backstage._outbox is not None
        if with_store:
            backstage.forget()
        backstage.close()


def answered(backstage: KioskBackstage, lang: str = "fr") -> Visit:
    """A visit in which the first answer was changed, so that those after it no longer matter."""
    event = next(key for key, event in PACK.events.items() if event.slug == "bebe")
    visit = begin_event(backstage.new_visit(lang), event)
    visit = with_answer(visit, "ne", True)
    visit = with_answer(visit, "date_naissance", PartialDate(2026, 11, 23))
    visit = with_answer(visit, "lieu", "france")
    visit = with_answer(visit, "remarque", CANARY)
    return with_answer(visit, "ne", False)


def plan_of(visit: Visit) -> Plan:
    return make_plan(PACK, PACK.events[visit.event], visit.answers, visit.today, visit.lang)


def sealed_in(backstage: KioskBackstage) -> list[bytes]:
    assert backstage._outbox is not None
    return [pending.body for pending in backstage._outbox.store.pending()]


def opened(sealed: bytes, key: pyrage.x25519.Identity, town: Town) -> OpenedDossier:
    return open_sealed(sealed, [str(key)], town.trust.authority)


def test_a_dossier_opens_for_the_named_recipient_only(town: Town, start: Start) -> None:
    kiosk = start(town.data)
    visit = answered(kiosk)
    assert kiosk.recipient() == "CCAS de Valmerle"
    id = kiosk.send(visit, plan_of(visit))
    (sealed,) = sealed_in(kiosk)
    found = opened(sealed, town.ccas, town)
    assert (found.dossier.id, found.state) == (id, SenderState.VERIFIED)
    with pytest.raises(NotForThisKey):
        opened(sealed, town.caf, town)


@pytest.mark.parametrize("send", [None, replace(SEND, recipient="prefecture")], ids=["no [send]", "unknown"])
def test_nothing_is_sent_where_no_known_recipient_is_named(
    send: Send | None, town: Town, start: Start
) -> None:
    kiosk = start(town.data, send)
    visit = answered(kiosk)
    assert kiosk.recipient() is None
    with pytest.raises(RuntimeError):
        kiosk.send(visit, plan_of(visit))
    assert not sealed_in(kiosk)


def test_a_demonstration_sends_nothing_whatever_its_configuration_names(tmp_path: Path, start: Start) -> None:
    kiosk = start(tmp_path / "demo")
    visit = answered(kiosk)
    assert kiosk.demonstration
    assert kiosk.recipient() is None
    with pytest.raises(RuntimeError):
        kiosk.send(visit, plan_of(visit))
    assert not sealed_in(kiosk)


@pytest.mark.parametrize(("lang", "purpose"), [("fr", "Suivre vos démarches"), ("en", "To follow up")])
def test_a_dossier_holds_what_still_matters_and_what_was_promised(
    lang: str, purpose: str, town: Town, start: Start
) -> None:
    kiosk = start(town.data)
    visit = answered(kiosk, lang)
    kiosk.send(visit, plan_of(visit))
    dossier = opened(sealed_in(kiosk)[0], town.ccas, town).dossier
    assert [(answer.question, answer.value) for answer in dossier.answers] == [("ne", False)]
    assert (dossier.promise.recipient, dossier.promise.purpose) == ("CCAS de Valmerle", purpose)
    assert dossier.promise.reply_time == "10 jours"
    assert (dossier.lang, dossier.event, dossier.pack.hash) == (lang, visit.event, PACK.hash)
    assert [item["status"] for item in dossier.plan["procedures"]] == ["not"]


def test_a_dossier_tells_where_to_reply_and_not_the_code_itself(town: Town, start: Start) -> None:
    kiosk = start(town.data)
    visit = answered(kiosk)
    kiosk.send(visit, plan_of(visit))
    plain = pyrage.decrypt(sealed_in(kiosk)[0], [town.ccas])
    code = parse_case_code(visit.case_code)
    assert code.mailbox_id.encode() in plain
    assert code.text.encode() not in plain
    assert code.text.replace("-", "").encode() not in plain
    assert CANARY.encode() not in plain


def test_the_day_is_that_of_the_office_and_every_visit_has_its_own_code(tmp_path: Path, start: Start) -> None:
    kiosk = start(tmp_path / "demo")
    first, second = kiosk.new_visit("fr"), kiosk.new_visit("fr")
    assert first.today == datetime.date(2027, 1, 1)  # in Paris; at the hub of the meridian it is still 2026
    assert first.case_code != second.case_code


def test_a_crash_gives_the_draft_back_to_the_next_process(tmp_path: Path, start: Start) -> None:
    kiosk = start(tmp_path / "demo")
    visit = answered(kiosk)
    kiosk.save_draft(visit)
    kiosk.close()
    found = start(tmp_path / "demo").found_draft()
    assert found is not None
    assert (found.visit, found.lost) == (visit, ())


def test_a_draft_of_an_earlier_version_is_read_with_the_version_that_this_device_compiled(
    tmp_path: Path, start: Start
) -> None:
    small, data = Path(__file__).parent / "procedures/packs/small", tmp_path / "demo"
    cache = data / "cache" / "packs"
    before = edited_pack(small, tmp_path / "before", cache=cache)
    edits = (("lieu", "endroit"), ("remarque: {number: 13,", "remarque: {number: 93,"))
    now = edited_pack(small, tmp_path / "now", *edits, cache=cache)
    kiosk = start(data, pack=before)
    visit = answered(kiosk)
    kiosk.save_draft(visit)
    kiosk.close()
    found = start(data, pack=now).found_draft()
    assert found is not None
    assert found.before is not None
    assert found.before.hash == before.hash
    assert found.visit.answers["endroit"] == visit.answers["lieu"]
    assert [(one.question, one.fate) for one in found.lost] == [("remarque", Fate.WITHDRAWN)]


def test_a_draft_of_another_pack_is_forgotten(tmp_path: Path, start: Start) -> None:
    kiosk = start(tmp_path / "demo")
    kiosk.save_draft(answered(kiosk))
    kiosk.close()
    small = Path(__file__).parent / "procedures/packs/small"
    other = edited_pack(small, tmp_path / "other", ("id: xx\n", "id: yy\n"), ("id: xx.", "id: yy."))
    again = start(tmp_path / "demo", pack=other)
    assert again.found_draft() is None
    again.close()
    store = Store.open(tmp_path / "demo", read_only=True)
    assert store.draft() is None
    store.close()


def test_a_wipe_forgets_the_draft_and_its_key(tmp_path: Path, start: Start) -> None:
    kiosk = start(tmp_path / "demo")
    kiosk.save_draft(answered(kiosk))
    kiosk.forget()
    runtime = runtime_folder()
    assert runtime is None or not list(runtime.glob(f"draft-{kiosk._outbox.store.id}*"))  # type: ignore[union-attr]  # it is open
    kiosk.close()
    store = Store.open(tmp_path / "demo", read_only=True)
    assert store.draft() is None
    store.close()
    assert start(tmp_path / "demo").found_draft() is None


def test_sending_takes_the_draft_away_in_the_same_breath(town: Town, start: Start) -> None:
    kiosk = start(town.data)
    visit = answered(kiosk)
    kiosk.save_draft(visit)
    kiosk.send(visit, plan_of(visit))
    kiosk.close()
    assert start(town.data).found_draft() is None


def test_nothing_that_a_person_said_stands_readable_on_the_disk(town: Town, start: Start) -> None:
    kiosk = start(town.data)
    visit = answered(kiosk)
    kiosk.save_draft(visit)
    kiosk.send(visit, plan_of(visit))
    for path in town.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (CANARY, visit.case_code, "date_naissance"):
            assert secret.encode() not in content, path
            assert secret not in path.name
        assert (
            not path.is_file() or path.name in {"trust.json", "ballast"} or not path.stat().st_mode & 0o077
        ), path


def test_every_call_is_safe_before_the_store_is_open(tmp_path: Path) -> None:
    kiosk = KioskBackstage(Config(), tmp_path, lambda: PACK, clock=FixedClock())
    kiosk.save_draft(Visit("fr", datetime.date(2026, 11, 24), ""))
    kiosk.alive()
    assert kiosk.found_draft() is None
    assert kiosk.recipient() is None
    kiosk.forget()
    kiosk.close()
    assert not list(tmp_path.iterdir())
