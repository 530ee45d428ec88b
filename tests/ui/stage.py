"""What stands behind the screen of an interface test: a stage, a clock, a configuration, the shipped pack;
and the kiosk before them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from threading import Event

from accessibility.speech import RecordingSpeaker
from kiosk.checkup import CheckedPart
from kiosk.config import Config, Help, Send
from kiosk.procedures import Pack, Plan, find_pack, load_pack
from kiosk.staff import Outcome, StaffCheck
from kiosk.visit import Resumed, Visit
from ui.application import Application

TODAY = date(2026, 11, 24)
CITY = Path(__file__).parent / "packs" / "cite"
WRITING = CITY.with_name("saisie")
STAFF_CODE = "402913"
CONFIG = Config(
    send=Send("agency", {"": "Préparer votre rendez-vous"}, {"": "Sous 5 jours"}),
    help=Help("01 99 00 00 00", {"": "De 9 h à 17 h"}, {}),
    printer="accueil",
)


class Stage:
    """Behind the screen of a test: keeps, sends and prints nothing, and says so or not as told."""

    demonstration = False

    def __init__(self) -> None:
        self.draft: Resumed | None = None
        self.prints = True
        self.answers = True
        self.said: list[tuple[str, str]] = []
        self.forgotten = 0
        self.parts: tuple[CheckedPart, ...] | None = ()

    def open(self, on_received: object, on_online: object) -> None:
        pass

    def new_visit(self, lang: str) -> Visit:
        return Visit(lang=lang, today=TODAY, case_code="0000-1111-2222-3333-4444-5555-6666")

    def found_draft(self) -> Resumed | None:
        return self.draft

    def save_draft(self, visit: Visit) -> None:
        pass

    def alive(self) -> None:
        pass

    def forget(self) -> None:
        self.forgotten += 1

    def recipient(self) -> str | None:
        return "Service de l’état civil"

    def send(self, visit: Visit, plan: Plan) -> str:
        return "id"

    def can_print(self) -> bool:
        return True

    def print_plan(self, visit: Visit, plan: Plan, cancelled: Event) -> bool:
        return self.prints

    def call_help(self, cancelled: Event) -> bool:
        return self.answers

    def count_feedback(self, event: str, value: str) -> None:
        self.said.append((event, value))

    def check_up(self, lang: str) -> tuple[CheckedPart, ...] | None:
        return self.parts

    def check_staff_code(self, code: str) -> StaffCheck:
        return StaffCheck(Outcome.RIGHT if code == STAFF_CODE else Outcome.WRONG)

    def close(self) -> None:
        pass


class Recorder:
    """Services that only write down what they are asked."""

    def __init__(self, recipient: str | None = None, printer: bool = True) -> None:
        self.drafts: list[Visit] = []
        self.prints: list[Plan] = []
        self.sent: list[Plan] = []
        self.ends: list[bool] = []
        self.said: list[tuple[str, str]] = []
        self.callable = False
        self.calls = self.cancelled = 0
        self.printer = printer
        self._recipient = recipient

    def start_visit(self, lang: str) -> Visit:
        return Visit(lang=lang, today=TODAY, case_code="0000-1111-2222-3333-4444-5555-6666")

    def save_draft(self, visit: Visit) -> None:
        self.drafts.append(visit)

    def print_plan(self, visit: Visit, plan: Plan) -> None:
        self.prints.append(plan)

    def send(self, visit: Visit, plan: Plan) -> None:
        self.sent.append(plan)

    def recipient(self) -> str | None:
        return self._recipient

    def can_print(self) -> bool:
        return self.printer

    def can_call(self) -> bool:
        return self.callable

    def call_help(self) -> None:
        self.calls += 1

    def cancel_help(self) -> None:
        self.cancelled += 1

    def feedback(self, event: str, value: str) -> None:
        self.said.append((event, value))

    def staff_code(self, code: str) -> None:
        pass

    def check_up(self, lang: str) -> None:
        pass

    def silence_and_cancel(self) -> None:
        self.cancelled += 1

    def end_visit(self, *, wipe: bool) -> None:
        self.ends.append(wipe)


class Time:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@cache
def pack() -> Pack:
    return load_pack(find_pack("fr"), Path(__file__).parents[2] / "data" / "test-packs")


@cache
def city() -> Pack:
    """A small pack with every kind of question that the kiosk asks, and a life event nobody else must see."""
    return load_pack(CITY)


@cache
def writing() -> Pack:
    """A small pack whose answers are written: a name, an address, a country, children one by one."""
    return load_pack(WRITING)


def kiosk_with(
    content: Pack,
    stage: Stage,
    speaker: RecordingSpeaker,
    config: Config = CONFIG,
    *,
    now: Callable[[], float] = time.monotonic,
) -> Application:
    """A kiosk in a window as large as the usual display, not yet started."""
    return Application(
        config,
        lambda: content,
        lambda: stage,
        lambda: speaker,
        demonstration=False,
        windowed=True,
        size=(1080, 1920),
        now=now,
    )


def take_down(app: Application) -> None:
    """End a kiosk, and its window with it."""
    app.close()
    app.window.close()
    app.window.deleteLater()
