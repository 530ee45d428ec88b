"""Calling a person with a real command: acknowledged, or nobody is answering; and nothing of it is left."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.help_call import call_person, can_run

ABOUT = {"KIOSK_DEVICE": "a1b2", "KIOSK_PLACE": "Hôtel de ville"}
Command = Callable[[str], list[str]]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """A program of the town, in a folder with a space in its name."""

    def write(body: str) -> list[str]:
        folder = tmp_path / "the town"
        folder.mkdir(exist_ok=True)
        program = folder / "call"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        return [str(program)]

    return write


def call(words: list[str], wait_s: float = 10, cancelled: threading.Event | None = None) -> bool:
    return call_person(words, wait_s, ABOUT, cancelled or threading.Event())


def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def test_a_command_that_ends_well_is_somebody_who_comes(command: Command) -> None:
    assert call(command("exit 0"))


@pytest.mark.parametrize("body", ["exit 1", "exit 124", "kill -9 $$", "no-such-program"])
def test_a_command_that_ends_otherwise_is_nobody(command: Command, body: str) -> None:
    assert not call(command(body))


def test_a_command_that_does_not_end_is_nobody_and_is_ended(command: Command, tmp_path: Path) -> None:
    began = time.monotonic()
    assert not call(command(f"echo $$ > {tmp_path}/pid; exec sleep 600"), wait_s=0.5)
    assert 0.5 <= time.monotonic() - began < 5
    assert not alive(int((tmp_path / "pid").read_text()))


def test_an_end_after_the_time_is_no_acknowledgement(command: Command) -> None:
    """It ends well, but only because it was told to end."""
    assert not call(command("trap 'exit 0' TERM; sleep 600 & wait"), wait_s=0.3)


def test_nothing_that_the_command_started_is_left(command: Command, tmp_path: Path) -> None:
    body = (
        f"sleep 600 & echo $! > {tmp_path}/child; (trap '' TERM; sleep 600) & echo $! > {tmp_path}/stubborn"
    )
    assert call(command(body))
    wait_for(lambda: not any(alive(int((tmp_path / name).read_text())) for name in ("child", "stubborn")))


def test_a_command_that_ignores_the_order_to_end_is_killed(command: Command, tmp_path: Path) -> None:
    body = f"trap '' TERM; echo $$ > {tmp_path}/pid; while :; do sleep 0.05; done"
    assert not call(command(body), wait_s=0.3)
    assert not alive(int((tmp_path / "pid").read_text()))


def test_a_call_that_is_called_off_ends_at_once_and_the_command_hears_of_it(
    command: Command, tmp_path: Path
) -> None:
    cancelled, answers = threading.Event(), []
    body = f"trap 'echo called off > {tmp_path}/heard; exit 0' TERM; : > {tmp_path}/rings; sleep 600 & wait"
    words = command(body)
    caller = threading.Thread(target=lambda: answers.append(call(words, 60, cancelled)))
    caller.start()
    wait_for((tmp_path / "rings").exists)
    began = time.monotonic()
    cancelled.set()
    caller.join(10)
    assert answers == [False]
    assert time.monotonic() - began < 2
    assert (tmp_path / "heard").read_text() == "called off\n"


def test_a_call_that_was_called_off_before_it_began_never_begins(command: Command, tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    assert not call(command(f": > {tmp_path}/rang"), cancelled=cancelled)
    assert not (tmp_path / "rang").exists()


def test_the_command_learns_which_kiosk_calls_and_nothing_else(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "Zéphyrine")
    assert call(command(f"env > {tmp_path}/env; pwd >> {tmp_path}/env; cat >> {tmp_path}/env"))
    told = (tmp_path / "env").read_text()
    names = {line.split("=")[0] for line in told.splitlines()}
    assert "KIOSK_DEVICE=a1b2" in told
    assert "KIOSK_PLACE=Hôtel de ville" in told
    assert names <= {"KIOSK_DEVICE", "KIOSK_PLACE", "PATH", "LANG", "PWD", "OLDPWD", "SHLVL", "_", "/"}


def test_what_the_command_writes_is_thrown_away(command: Command, capfd: pytest.CaptureFixture[str]) -> None:
    assert call(command("head -c 20000000 /dev/zero; echo noise >&2"))
    assert capfd.readouterr() == ("", "")


def test_words_reach_the_program_as_they_stand(command: Command, tmp_path: Path) -> None:
    words = [*command(f'printf "%s|" "$@" > {tmp_path}/words'), "a b", "$HOME", "; true", "*"]
    assert call(words)
    assert (tmp_path / "words").read_text() == "a b|$HOME|; true|*|"


def test_the_command_has_its_own_group_and_no_terminal(command: Command, tmp_path: Path) -> None:
    assert call(command(f"ps -o sid= -p $$ > {tmp_path}/session"))
    assert int((tmp_path / "session").read_text()) != os.getsid(0)


@pytest.mark.parametrize("words", [[], ["/nowhere/call"], ["/etc/passwd"], ["/tmp"], ["/" + "x" * 5000]])
def test_what_is_no_program_is_nobody_at_once(words: list[str]) -> None:
    assert not can_run(words)
    assert not call(words)
