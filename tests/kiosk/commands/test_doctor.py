"""``kiosk doctor``: each part as it is found, in words and for programs."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from accessibility.speech import SpeechState
from kiosk.cli import main
from kiosk.commands import doctor
from kiosk.commands.doctor import Finding, Machine, State
from kiosk.config import Config, Help, Staff
from kiosk.messages import messages_for
from kiosk.store import Store
from printing.spool import PrinterState


class FixedClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return Machine(Config(), tmp_path, {"QT_QPA_PLATFORM": "offscreen"}, FixedClock(moment))


def test_a_program_reads_every_part_from_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["doctor", "--json", "--lang", "en", "--data", str(tmp_path)])
    report = json.loads(capsys.readouterr().out)
    assert [check["part"] for check in report["checks"]] == [
        "screen",
        "store",
        "content",
        "printer",
        "help",
        "staff",
        "voices",
        "clock",
        "hub",
    ]
    assert {check["state"] for check in report["checks"]} <= {"works", "unused", "broken"}
    assert status == (0 if report["works"] else 1)
    for check in report["checks"]:
        assert check["says"]
        assert bool(check["do"]) == (check["state"] != "works")


@pytest.mark.parametrize(("lang", "words"), [("fr", ("Écran", "fonctionne")), ("en", ("Screen", "works"))])
def test_a_technician_reads_it_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, str]
) -> None:
    main(["doctor", "--lang", lang, "--data", str(tmp_path)])
    first = capsys.readouterr().out.splitlines()[0]
    assert all(word in first for word in words)


def test_the_screen_is_measured_by_qt(machine: Machine) -> None:
    found = doctor.check_screen(machine)
    assert (found.state, found.facts["platform"]) == (State.WORKS, "offscreen")
    assert int(found.facts["width"]) > 0


def test_without_a_screen_it_says_so(machine: Machine) -> None:
    blind = dataclasses.replace(machine, env={})
    assert doctor.check_screen(blind) == Finding("screen", State.BROKEN, "none")


def test_a_screen_that_is_gone_does_not_take_doctor_with_it(machine: Machine) -> None:
    gone = dataclasses.replace(machine, env={"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":987"})
    assert doctor.check_screen(gone).what == "closed"


def test_an_empty_data_folder_is_ready(machine: Machine) -> None:
    assert doctor.check_store(machine).what == "empty"


def test_looking_at_the_store_leaves_the_running_kiosk_alone(machine: Machine) -> None:
    kiosk = Store.open(machine.data)
    try:
        kiosk.save_dossier("0190b0f0-0000-7000-8000-000000000001", b"sealed")
        found = doctor.check_store(machine)
        assert (found.state, found.facts["waiting"]) == (State.WORKS, "1")
    finally:
        kiosk.close()


def test_a_store_whose_bytes_are_noise_is_damaged(machine: Machine) -> None:
    Store.open(machine.data).close()
    (machine.data / "store" / "kiosk.db").write_bytes(b"\x17" * 8192)
    assert doctor.check_store(machine).what == "damaged"


def test_a_data_folder_that_is_no_folder_cannot_be_written(machine: Machine) -> None:
    (machine.data / "file").touch()
    found = doctor.check_store(dataclasses.replace(machine, data=machine.data / "file"))
    assert found.what == "unwritable"


def test_a_disk_with_little_room_is_told_before_it_is_full(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "ROOM", 2**62)
    assert doctor.check_store(machine).what == "full"


def test_no_printer_is_no_fault_of_the_machine(machine: Machine) -> None:
    assert doctor.check_printer(machine).state is State.UNUSED


def test_a_queue_that_does_not_exist_is(machine: Machine) -> None:
    lost = dataclasses.replace(machine, config=Config(printer="no-such-queue"))
    assert doctor.check_printer(lost).state is State.BROKEN


HELP = [
    ((), State.UNUSED, "none"),
    (("/bin/true",), State.WORKS, "ready"),
    (("/no/such/call",), State.BROKEN, "missing"),
    (("/etc/passwd",), State.BROKEN, "missing"),
]


@pytest.mark.parametrize(("command", "state", "what"), HELP)
def test_a_call_for_a_person_is_promised_only_where_its_program_can_be_run(
    machine: Machine, command: tuple[str, ...], state: State, what: str
) -> None:
    town = dataclasses.replace(machine, config=Config(help=Help(command=command)))
    found = doctor.check_help(town)
    assert (found.state, found.what) == (state, what)
    assert found.says(messages_for("en"))


@pytest.mark.parametrize(("mode", "what"), [(0o600, "sealed"), (0o640, "sealed"), (0o644, "readable")])
def test_a_staff_code_that_every_account_can_read_is_told(
    machine: Machine, tmp_path: Path, mode: int, what: str
) -> None:
    assert doctor.check_staff(machine).state is State.UNUSED
    file = tmp_path / "kiosk.toml"
    file.touch()
    file.chmod(mode)
    town = dataclasses.replace(machine, config=Config(staff=Staff("sealed")), config_file=file)
    assert doctor.check_staff(town).what == what


def test_a_language_that_the_content_does_not_speak_is_told(machine: Machine) -> None:
    town = dataclasses.replace(machine, config=Config(languages=("fr", "xx")))
    found = doctor.check_content(town)
    assert (found.what, found.facts["languages"]) == ("unspoken", "xx")


def test_a_clock_before_the_build_is_wrong(machine: Machine) -> None:
    early = dataclasses.replace(machine, clock=FixedClock(datetime(1970, 1, 1, tzinfo=UTC)))
    assert doctor.check_clock(machine).what == "right"
    assert doctor.check_clock(early).what == "wrong"


def test_a_device_that_is_enrolled_nowhere_is_a_demonstration(machine: Machine) -> None:
    assert doctor.check_hub(machine) == Finding("hub", State.UNUSED, "none")


def test_a_lost_enrolment_is_told(machine: Machine) -> None:
    (machine.data / "identity").mkdir()
    (machine.data / "identity" / "enrolment.json").write_text("{}")
    assert doctor.check_hub(machine).what == "damaged"


SENTENCES = {
    "screen": ("seen", "none", "closed"),
    "store": ("empty", "opens", "unwritable", "full", "damaged", "refused"),
    "printer": ("none", *(state.value for state in PrinterState)),
    "help": ("none", "ready", "missing"),
    "staff": ("none", "sealed", "readable"),
    "content": ("whole", "unspoken", "missing"),
    "voices": ("silent", *(state.value for state in SpeechState)),
    "clock": ("right", "wrong"),
    "hub": ("none", "answers", "silent", "foreign", "damaged"),
}
GOOD = {"seen", "empty", "opens", "ready", "printing", "right", "answers", "sealed", "whole"}


FACTS = ["width", "height", "platform", "folder", "waiting", "received", "reason", "free", "refused"]
FACTS += ["queue", "languages", "player", "date", "zone", "hub", "tenant", "problem"]
FACTS += ["command", "seconds", "file", "pack", "version", "events", "left_out", "types", "allowed"]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("part", SENTENCES)
def test_every_finding_has_its_sentences(lang: str, part: str) -> None:
    messages = messages_for(lang)
    for what in SENTENCES[part]:
        state = State.WORKS if what in GOOD else State.BROKEN
        found = Finding(part, state, what, dict.fromkeys(FACTS, "7"))
        assert found.says(messages)
        assert bool(found.do(messages)) == (what not in GOOD)


@pytest.mark.parametrize(
    ("pack", "what", "says"),
    [
        ("tests/ui/packs/cite", "whole", "cite.foyer, cite.partir"),
        ("nowhere", "missing", "nowhere"),
    ],
)
def test_the_content_is_read_and_one_that_is_not_there_is_named(
    machine: Machine, pack: str, what: str, says: str
) -> None:
    found = doctor.check_content(dataclasses.replace(machine, config=Config(pack=pack, languages=("fr",))))
    assert found.what == what
    for lang in ("fr", "en"):
        assert says in found.says(messages_for(lang))
    assert bool(found.do(messages_for("fr"))) is (what != "whole")
    assert not list(machine.data.iterdir())


def test_a_pack_that_cannot_be_read_is_told_with_its_line(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text("schema: pack/9\n", "utf-8")
    found = doctor.check_content(dataclasses.replace(machine, config=Config(pack=str(folder))))
    assert found.what == "refused"
    assert "pack.yaml:1" in found.says(messages_for("fr"))
