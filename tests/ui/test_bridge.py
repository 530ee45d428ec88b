"""The calls that leave the screen's thread: help, feedback, the staff code, and taking back at once."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.backstage import KioskBackstage
from kiosk.cli import main
from kiosk.config import Config, Help, Staff
from kiosk.procedures import load_pack, make_plan
from kiosk.staff import Outcome, StaffCheck, seal
from kiosk.store import Store
from kiosk.visit import begin_event, with_answer
from ui.bridge import Bridge

PACK = load_pack(Path(__file__).parents[1] / "kiosk/procedures/packs/small")
EVENT = PACK.heads[0].id
SEALED = seal("402913")


class FixedClock:
    def __init__(self, year: int = 2026) -> None:
        self.year = year

    def now(self) -> datetime.datetime:
        """An hour before midnight in London: in Paris the next month has begun."""
        return datetime.datetime(self.year, 11, 30, 23, 30, tzinfo=datetime.UTC)


Program = Callable[[str, str], Path]
Start = Callable[..., Bridge]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Writes a program of the town, or of the printing system, to the folder ``bin``."""

    def write(name: str, body: str) -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    begun: list[Bridge] = []

    def open_one(config: Config, clock: FixedClock | None = None) -> Bridge:
        def build() -> KioskBackstage:
            return KioskBackstage(config, tmp_path / "data", lambda: PACK, clock=clock or FixedClock())

        bridge = Bridge(build, can_print=bool(config.printer), can_call=bool(config.help.command))
        begun.append(bridge)
        with qtbot.waitSignal(bridge.opened):
            bridge.open()
        return bridge

    yield open_one
    for bridge in begun:
        bridge.close()


def calls(program: Path, wait_s: int = 20) -> Config:
    return Config(help=Help(command=(str(program),), wait_s=wait_s))


# -- a call for a person -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "comes"), [("exit 0", True), ("exit 3", False)])
def test_the_screen_hears_whether_somebody_comes(
    start: Start, program: Program, qtbot: QtBot, body: str, comes: bool
) -> None:
    bridge = start(calls(program("call", body)))
    assert bridge.can_call()
    with qtbot.waitSignal(bridge.help_answered) as heard:
        bridge.call_help()
    assert heard.args == [comes]


def test_a_kiosk_without_a_command_calls_nobody(start: Start) -> None:
    assert not start(Config()).can_call()


def test_touching_twice_is_one_call(start: Start, program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    body = f"echo rings >> {tmp_path}/rings; until [ -e {gate} ]; do sleep 0.02; done"
    bridge = start(calls(program("call", body)))
    bridge.call_help()
    bridge.call_help()
    with qtbot.waitSignal(bridge.help_answered) as heard:
        gate.touch()
    assert heard.args == [True]
    with qtbot.waitSignal(bridge.help_answered):
        bridge.call_help()
    assert (tmp_path / "rings").read_text() == "rings\n" * 2


ENDINGS = {
    "called off": lambda bridge: bridge.cancel_help(),
    "quick hide": lambda bridge: bridge.silence_and_cancel(),
    "end of the visit": lambda bridge: bridge.end_visit(wipe=False),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_call_that_is_over_gives_no_answer_and_the_next_one_its_own(
    start: Start, program: Program, qtbot: QtBot, tmp_path: Path, ending: Callable[[Bridge], None]
) -> None:
    """The first command ends well when it is told to end: that must not answer for the second."""
    first = (
        f"if [ ! -e {tmp_path}/first ]; then trap 'exit 0' TERM; : > {tmp_path}/first; sleep 60 & wait; fi"
    )
    bridge = start(calls(program("call", f"{first}\nexit 1")))
    answers: list[bool] = []
    bridge.help_answered.connect(answers.append)
    bridge.call_help()
    qtbot.waitUntil((tmp_path / "first").exists)
    ending(bridge)
    with qtbot.waitSignal(bridge.help_answered):
        bridge.call_help()
    assert answers == [False]


def test_an_answer_on_its_way_when_the_call_was_called_off_is_nobody_s(
    start: Start, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    """Somebody has acknowledged; before the screen hears of it, the person gives up and calls again."""
    bridge = start(calls(program("call", f"if [ -e {tmp_path}/rang ]; then exit 1; fi; : > {tmp_path}/rang")))
    answers: list[bool] = []
    bridge.help_answered.connect(answers.append)
    bridge.call_help()
    wait(bridge._under_way)
    bridge.cancel_help()
    with qtbot.waitSignal(bridge.help_answered):
        bridge.call_help()
    assert answers == [False]


def test_the_screen_goes_on_while_somebody_is_called(start: Start, program: Program, qtbot: QtBot) -> None:
    bridge = start(calls(program("call", "sleep 60")))
    bridge.call_help()
    with qtbot.waitSignal(bridge.forgotten, timeout=2000):
        bridge.end_visit(wipe=True)


def test_no_command_outlives_the_kiosk(start: Start, program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    bridge = start(
        calls(
            program(
                "call", f"echo $$ > {tmp_path}/pid.part; mv {tmp_path}/pid.part {tmp_path}/pid; sleep 600"
            )
        )
    )
    bridge.call_help()
    qtbot.waitUntil((tmp_path / "pid").exists)
    bridge.close()
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


# -- the printer -------------------------------------------------------------------------------------------


@pytest.fixture
def stuck_printer(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system whose job never leaves the queue; the file has what was cancelled."""
    cancelled = tmp_path / "cancelled"
    program("lp", f"cat > {tmp_path}/document; echo 'request id is plan-7 (1 file(s))'")
    program("lpstat", f": > {tmp_path}/asked; echo 'plan-7  kiosk  1024'")
    folder = program("cancel", f'echo "$@" >> {cancelled}').parent
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return cancelled


def prints(bridge: Bridge) -> None:
    visit = with_answer(begin_event(bridge.start_visit("fr"), EVENT), "ne", False)
    plan = make_plan(PACK, PACK.events[EVENT], visit.answers, visit.today, "fr")
    bridge.print_plan(visit, plan)


def test_quick_hide_takes_back_what_is_being_printed(
    start: Start, stuck_printer: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    bridge = start(Config(printer="plan"))
    prints(bridge)
    qtbot.waitUntil((tmp_path / "asked").exists, timeout=20_000)
    with qtbot.waitSignal(bridge.printed, timeout=2000) as heard:
        bridge.silence_and_cancel()
    assert heard.args == [False]
    assert stuck_printer.read_text() == "-x plan-7\n"


def test_a_print_that_waits_for_its_turn_is_never_given_to_the_printer(
    start: Start, stuck_printer: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    bridge = start(Config(printer="plan"))
    gate = threading.Event()
    bridge._printer.submit(gate.wait)
    prints(bridge)
    bridge.silence_and_cancel()
    with qtbot.waitSignal(bridge.printed, timeout=20_000) as heard:
        gate.set()
    assert heard.args == [False]
    assert not (tmp_path / "document").exists()


def test_the_process_ends_only_when_the_queue_is_empty(
    start: Start, stuck_printer: Path, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    """What is left in it would come out in front of the next person. This printing system takes its time."""
    program("cancel", f'sleep 0.5; echo "$@" >> {stuck_printer}')
    bridge = start(Config(printer="plan"))
    prints(bridge)
    qtbot.waitUntil((tmp_path / "asked").exists, timeout=20_000)
    bridge.end_visit(wipe=True)
    bridge.close()
    assert stuck_printer.read_text() == "-x plan-7\n"


def test_after_a_quick_hide_one_can_print_again(
    start: Start, stuck_printer: Path, program: Program, qtbot: QtBot
) -> None:
    bridge = start(Config(printer="plan"))
    bridge.silence_and_cancel()
    program("lpstat", "exit 0")
    with qtbot.waitSignal(bridge.printed, timeout=20_000) as heard:
        prints(bridge)
    assert heard.args == [True]


# -- feedback ----------------------------------------------------------------------------------------------


def kept(data: Path) -> list[tuple[str, str, str, int]]:
    store = Store.open(data, read_only=True)
    try:
        return [(one.month, one.event, one.value, one.times) for one in store.feedback()]
    finally:
        store.close()


def test_feedback_is_a_sum_by_month_and_life_event(
    start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bridge = start(Config())
    for value in ("bad", "good", "good"):
        bridge.feedback(EVENT, value)
    bridge.close()
    assert kept(tmp_path / "data") == [("2026-12", EVENT, "good", 2), ("2026-12", EVENT, "bad", 1)]
    assert main(["feedback", "--data", str(tmp_path / "data")]) == 0
    assert capsys.readouterr().out == f"2026-12  {EVENT}  good 2  middle 0  bad 1\n"
    assert main(["feedback", "--json", "--data", str(tmp_path / "data")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["feedback"][0] == {"month": "2026-12", "event": EVENT, "value": "good", "times": 2}


def test_feedback_is_there_when_the_visit_s_process_ends_with_it(start: Start, tmp_path: Path) -> None:
    bridge = start(Config())
    bridge.feedback(EVENT, "middle")
    bridge.end_visit(wipe=True)
    bridge.close()
    assert kept(tmp_path / "data") == [("2026-12", EVENT, "middle", 1)]


def test_a_wrong_clock_or_a_wrong_word_counts_nothing(start: Start, tmp_path: Path) -> None:
    bridge = start(Config(), FixedClock(1999))
    bridge.feedback(EVENT, "good")
    bridge.close()
    later = start(Config())
    later.feedback(EVENT, "Zéphyrine")
    later.close()
    assert kept(tmp_path / "data") == []


# -- the staff code ----------------------------------------------------------------------------------------


def test_a_code_is_looked_at_behind_the_screen_and_wrong_ones_count_over_restarts(
    start: Start, qtbot: QtBot
) -> None:
    config = Config(staff=Staff(SEALED))
    for expected in [StaffCheck(Outcome.WRONG)] * 3 + [StaffCheck(Outcome.WRONG, 30)]:
        bridge = start(config)
        with qtbot.waitSignal(bridge.staff_checked) as heard:
            bridge.staff_code("402914")
        assert heard.args == [expected]
        bridge.close()
    bridge = start(config)
    with qtbot.waitSignal(bridge.staff_checked) as heard:
        bridge.staff_code("402913")
    assert heard.args[0].outcome is Outcome.WAIT


def test_the_right_code_opens(start: Start, qtbot: QtBot) -> None:
    bridge = start(Config(staff=Staff(SEALED)))
    with qtbot.waitSignal(bridge.staff_checked) as heard:
        bridge.staff_code("402913")
    assert heard.args == [StaffCheck(Outcome.RIGHT)]
