"""The staff code: how it is sealed, and how slow guessing it becomes, over restarts of kiosk and machine."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.config import load_config
from kiosk.staff import (
    Outcome,
    StaffCheck,
    Tries,
    dump_tries,
    is_acceptable,
    is_sealed,
    load_tries,
    opens,
    seal,
)
from kiosk.staff_door import StaffDoor

CODE, OTHER = "402913", "402914"
SEALED = seal(CODE)
RIGHT = StaffCheck(Outcome.RIGHT)


class Boot:
    """Seconds since the machine was started."""

    now = 5000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def boot() -> Boot:
    return Boot()


def door(data: Path, boot: Boot) -> StaffDoor:
    """As after a visit: a new process, which knows only what is on the disk."""
    return StaffDoor(SEALED, data, clock=boot)


# -- the code ----------------------------------------------------------------------------------------------


def test_a_sealed_code_opens_with_the_code_and_shows_nothing_of_it() -> None:
    assert opens(CODE, SEALED)
    assert not opens(OTHER, SEALED)
    assert CODE not in SEALED
    assert re.fullmatch(r"\$scrypt\$ln=15,r=8,p=1\$[^$]{22}\$[^$]{43}", SEALED)


def test_the_same_code_is_sealed_differently_each_time() -> None:
    assert seal(CODE) != SEALED


@pytest.mark.parametrize("code", ["402913", "000001", "123457", "402913402913"])
def test_six_to_twelve_digits_are_a_code(code: str) -> None:
    assert is_acceptable(code)


@pytest.mark.parametrize(
    "code", ["", "40291", "4029134029134", "abcdef", "40 913", "٤٠٢٩١٣", "000000", "123456", "987654"]
)
def test_what_is_short_long_or_tried_first_is_no_code(code: str) -> None:
    assert not is_acceptable(code)
    with pytest.raises(ValueError, match="acceptable"):
        seal(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "402913",
        SEALED[:-1],
        SEALED + "\n",
        SEALED.replace("ln=15", "ln=31"),
        SEALED.replace("r=8", "r=64"),
    ],
)
def test_what_would_cost_too_much_or_is_not_whole_is_no_sealed_code(text: str) -> None:
    assert not is_sealed(text)
    assert not opens(CODE, text)


def test_the_command_reads_a_code_from_its_input_and_prints_what_the_file_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(CODE + "\n"))
    assert main(["staff", "code"]) == 0
    printed = capsys.readouterr().out
    assert CODE not in printed
    file = tmp_path / "kiosk.toml"
    file.write_text(printed)
    assert opens(CODE, load_config(file).staff.code)


def test_the_command_refuses_a_weak_code_and_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("777777\n"))
    assert main(["staff", "code"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "777777" not in told.err
    assert "6 to 12 digits" in told.err


# -- guessing ----------------------------------------------------------------------------------------------

WAITS = [0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_three_wrong_codes_are_free_then_each_makes_the_next_wait_longer(tmp_path: Path, boot: Boot) -> None:
    for wait in WAITS:
        assert door(tmp_path, boot).check(OTHER) == StaffCheck(Outcome.WRONG, wait)
        boot.now += wait


def test_during_the_wait_even_the_right_code_is_not_looked_at_and_counts_nothing(
    tmp_path: Path, boot: Boot
) -> None:
    for _ in range(4):
        door(tmp_path, boot).check(OTHER)
    boot.now += 12.5
    for _ in range(20):
        assert door(tmp_path, boot).check(CODE) == StaffCheck(Outcome.WAIT, 18)
    boot.now += 17.5
    assert door(tmp_path, boot).check(CODE) == RIGHT


def test_the_right_code_forgives_all_wrong_ones(tmp_path: Path, boot: Boot) -> None:
    for _ in range(3):
        door(tmp_path, boot).check(OTHER)
    assert door(tmp_path, boot).check(CODE) == RIGHT
    for _ in range(3):
        assert door(tmp_path, boot).check(OTHER) == StaffCheck(Outcome.WRONG)


def test_starting_the_machine_again_ends_no_wait_early(tmp_path: Path, boot: Boot) -> None:
    for wait in WAITS[:-1]:
        door(tmp_path, boot).check(OTHER)
        boot.now += wait
    boot.now = 40.0
    assert door(tmp_path, boot).check(CODE) == StaffCheck(Outcome.WAIT, 860)
    boot.now = 900.0
    assert door(tmp_path, boot).check(CODE) == RIGHT


def test_a_try_counts_before_it_is_looked_at(
    tmp_path: Path, boot: Boot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(_code: str, _sealed: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.staff_door.opens", power_cut)
        for _ in range(4):
            with pytest.raises(KeyboardInterrupt):
                door(tmp_path, boot).check(OTHER)
    assert door(tmp_path, boot).check(CODE) == StaffCheck(Outcome.WAIT, 30)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[" * 300, b"\xff", b'{"wrong": -1, "at": 1.0}', b'{"wrong": 1e9, "at": 0.0}']
)
def test_a_count_that_was_tampered_with_is_the_longest_wait_and_ends(
    tmp_path: Path, boot: Boot, raw: bytes
) -> None:
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "tries").write_bytes(raw)
    first = door(tmp_path, boot)
    assert first.check(CODE) == StaffCheck(Outcome.WAIT, 900)
    boot.now += 900
    assert first.check(CODE) == RIGHT


def test_the_count_says_nothing_but_the_count(tmp_path: Path, boot: Boot) -> None:
    door(tmp_path, boot).check(OTHER)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert json.loads(file.read_text()) == {"wrong": 1, "at": 5000.0}
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_takes_nothing_keeps_the_count_in_memory(tmp_path: Path, boot: Boot) -> None:
    (tmp_path / "staff").symlink_to(tmp_path / "nowhere")
    full = door(tmp_path, boot)
    for wait in WAITS:
        assert full.check(OTHER) == StaffCheck(Outcome.WRONG, wait)
        boot.now += wait
    assert full.check(CODE) == RIGHT


def test_without_a_code_there_is_no_door_and_nothing_is_kept(tmp_path: Path, boot: Boot) -> None:
    assert StaffDoor("", tmp_path, clock=boot).check("") == StaffCheck(Outcome.WRONG)
    assert not list(tmp_path.iterdir())


@given(wrong=st.integers(0, 99), at=st.floats(0, 1e9), now=st.floats(0, 1e9))
def test_a_wait_is_never_negative_nor_longer_than_a_quarter_of_an_hour(
    wrong: int, at: float, now: float
) -> None:
    assert 0 <= Tries(wrong, at).wait_s(now) <= 900
    assert load_tries(dump_tries(Tries(wrong, at)), now) == Tries(wrong, at)


@given(raw=st.binary(max_size=60))
def test_no_bytes_shorten_a_wait(raw: bytes) -> None:
    assert load_tries(raw, 10.0).wait_s(10.0) in (0, 900) or raw.startswith(b"{")
