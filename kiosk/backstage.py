"""What a kiosk does behind the screen: keep, seal, send, print. Every call may wait; none knows a screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import Clock, SystemClock, is_believable, today
from kiosk.config import Config, words
from kiosk.dossier import Answer, CaseKeys, Dossier, PackRef, Promise, new_dossier_id
from kiosk.paper.case_code import new_case_code, parse_case_code
from kiosk.procedures import Pack, Plan, dump_answer, load_compiled, plan_to_json
from kiosk.store import DossierState
from kiosk.store.drafts import DraftKeeper, runtime_folder
from kiosk.visit import DraftUnreadable, Resumed, Visit, dump_draft, load_draft
from sync.enrolled import is_enrolled
from sync.outbox import Outbox
from sync.protocol.trust import Recipient
from sync.worker import SyncState

if TYPE_CHECKING:
    from kiosk.checkup import CheckedPart
    from kiosk.staff import StaffCheck
    from kiosk.staff_door import StaffDoor

PRINT_DEADLINE_S = 60.0


class KioskBackstage:
    """Implements ``ui.bridge.Backstage``. ``data`` is the device's folder; ``pack`` gives the loaded pack;
    ``config_file`` is what the configuration was read from."""

    def __init__(
        self,
        config: Config,
        data: Path,
        pack: Callable[[], Pack],
        config_file: Path | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        self._config, self._data, self._pack = config, data, pack
        self._config_file = config_file
        self._clock = clock or SystemClock()
        self._outbox: Outbox | None = None
        self._drafts: DraftKeeper | None = None
        self._watched = ""

    def open(self, on_received: Callable[[str], None], on_online: Callable[[bool], None]) -> None:
        """Open the store and start sending what waits. Raises StoreError, IdentityDamaged."""
        outbox = Outbox.open(self._data)
        self._outbox = outbox
        self._drafts = DraftKeeper(outbox.store, runtime_folder())

        def moved(state: SyncState, _waiting: int) -> None:
            on_online(state is not SyncState.OFFLINE)
            if self._watched and outbox.state(self._watched) is DossierState.RECEIVED:
                on_received(self._watched)

        outbox.start_sync(moved)

    @property
    def demonstration(self) -> bool:
        """Enrolled nowhere: nothing can be sent, and the screen says so."""
        return self._outbox.demonstration if self._outbox is not None else not is_enrolled(self._data)

    def new_visit(self, lang: str) -> Visit:
        day = today(self._clock, self._config.town.timezone)
        return Visit(lang=lang, today=day, case_code=new_case_code().text)

    def found_draft(self) -> Resumed | None:
        """The visit of a moment ago, under the present pack; one that cannot be taken up is forgotten."""
        raw = self._drafts.resume() if self._drafts else None
        if raw is None:
            return None
        try:
            return load_draft(raw, self._pack(), partial(load_compiled, self._data / "cache" / "packs"))
        except DraftUnreadable:
            self.forget()
            return None

    def save_draft(self, visit: Visit) -> None:
        if self._drafts is not None:
            self._drafts.save(dump_draft(visit, self._pack())).result()

    def alive(self) -> None:
        if self._drafts is not None:
            self._drafts.touch()

    def forget(self) -> None:
        self._watched = ""
        if self._drafts is not None:
            self._drafts.forget()

    def recipient(self) -> str | None:
        found = self._recipient()
        return found.name if found else None

    def _recipient(self) -> Recipient | None:
        """The recipient that the configuration names, if the town's signed trust file knows it."""
        send = self._config.send
        if send is None or self._outbox is None or self._outbox.demonstration:
            return None
        return next((known for known in self._outbox.recipients if known.id == send.recipient), None)

    def send(self, visit: Visit, plan: Plan) -> str:
        """Seal and keep; the dossier's id once it is durable. Raises StoreFull, StoreError, DossierError."""
        recipient = self._recipient()
        if self._outbox is None or recipient is None:
            raise RuntimeError("sending is not set up")
        dossier = self._dossier(visit, plan, recipient)
        self._outbox.send(dossier, to=recipient.id)
        self._watched = dossier.id
        return dossier.id

    def _dossier(self, visit: Visit, plan: Plan, recipient: Recipient) -> Dossier:
        send, code = self._config.send, parse_case_code(visit.case_code)
        promised = (words(send.purpose, visit.lang), words(send.reply_time, visit.lang)) if send else ("", "")
        pack = self._pack()
        return Dossier(
            id=new_dossier_id(),
            created=self._clock.now(),
            today=visit.today,
            pack=PackRef(pack.id, pack.version, pack.hash),
            event=visit.event,
            lang=visit.lang,
            promise=Promise(recipient.name, *promised),
            case=CaseKeys(code.mailbox_id, code.reply_recipient, code.deletion_public_key),
            answers=tuple(
                Answer(question, dump_answer(visit.answers[question])) for question in visit.matter(pack)
            ),
            plan=plan_to_json(plan),
        )

    def print_plan(self, visit: Visit, plan: Plan, cancelled: threading.Event) -> bool:
        from printing.plan_pdf import plan_pdf
        from printing.spool import LpPrinter

        document = plan_pdf(
            plan,
            self._pack(),
            visit.lang,
            town=self._config.town.name,
            case_code=visit.case_code,
            printed=visit.today,
            for_other=visit.for_other is True,
        )
        # The title shows in the queue: it names nobody and no event.
        printer = LpPrinter(self._config.printer)
        return printer.print(document, "plan", PRINT_DEADLINE_S, cancelled=cancelled).printed

    def call_help(self, cancelled: threading.Event) -> bool:
        """The town's command is told which kiosk calls, never who stands there."""
        from kiosk.help_call import call_person

        device = self._outbox.device if self._outbox is not None else ""
        about = {"KIOSK_DEVICE": device, "KIOSK_PLACE": self._config.town.place}
        return call_person(self._config.help.command, self._config.help.wait_s, about, cancelled)

    def count_feedback(self, event: str, value: str) -> None:
        """Counted for the month at the office; not at all by a clock that is wrong. Raises StoreError."""
        if self._outbox is None or not is_believable(self._clock.now()):
            return
        month = f"{today(self._clock, self._config.town.timezone):%Y-%m}"
        self._outbox.store.count_feedback(month, event, value).result()

    @cached_property
    def _door(self) -> StaffDoor:
        from kiosk.staff_door import StaffDoor

        return StaffDoor(self._config.staff.code, self._data)

    def check_up(self, lang: str) -> tuple[CheckedPart, ...] | None:
        from kiosk.checkup import check_up

        return check_up(self._config_file, self._data, lang)

    def check_staff_code(self, code: str) -> StaffCheck:
        return self._door.check(code)

    def close(self) -> None:
        if self._outbox is not None:
            self._outbox.close()
            self._outbox = None
