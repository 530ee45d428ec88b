"""After a visit nothing of it is left: not in the process that took over, the clipboard or the disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.screen import REPOSITORY, Citizen, Desktop, Kiosk, descendants, desktop, until

pytestmark = pytest.mark.system

FRENCH = "Français. Toucher pour commencer"
PACK = REPOSITORY / "tests" / "ui" / "packs" / "saisie"
CANARY = "Zqxjkvwyqzx"
"""What the person writes: no word that any program could have by itself."""
CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv)
board = app.clipboard()
print(board.text(board.Mode.Clipboard), board.text(board.Mode.Selection))
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    with desktop() as shown:
        yield shown


@pytest.fixture
def started(screen: Desktop, tmp_path: Path) -> Iterator[tuple[Kiosk, Citizen]]:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[kiosk]\npack = "{PACK}"\n', encoding="utf-8")
    borne = Kiosk(screen, tmp_path / "data", config)
    citizen = borne.start_with_citizen()
    yield borne, citizen
    citizen.close()
    borne.stop()


def traces() -> tuple[bytes, ...]:
    """The canary as programs keep text: UTF-8, and Qt's UTF-16; in capitals and small letters too."""
    words = (CANARY, CANARY.upper(), CANARY.lower())
    return tuple(word.encode(code) for word in words for code in ("utf-8", "utf-16-le"))


def in_memory(pid: int) -> list[str]:
    """The parts of a process's memory, as /proc/PID/maps names them, in which the canary stands."""
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_, name = [*line.split(maxsplit=5), ""][:6]
            if not rights.startswith("r") or name.startswith(("[vvar", "[vsyscall")):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except OSError:  # a mapping of a device, or one that has just gone
                continue
            if any(trace in held for trace in traces()):
                found.append(line)
    return found


def on_disk(*folders: Path) -> list[Path]:
    """The files under these folders that hold the canary."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(trace in file.read_bytes() for trace in traces())]


@pytest.mark.parametrize("confirmed", [True, False], ids=["answered", "only typed"])
def test_what_a_person_wrote_is_nowhere_after_the_end(
    screen: Desktop, started: tuple[Kiosk, Citizen], confirmed: bool
) -> None:
    borne, citizen = started
    citizen.begins(FRENCH)
    for card in ("Inscrire vos enfants", "Pour moi"):
        title = citizen.goes_on(next(name for name in citizen.names() if name.startswith(card)))
    fields = [node["name"] for node in citizen.tree() if "editable" in node["states"]]
    for field in fields:
        citizen.press(field)
        # Written, marked and copied: whoever knows Ctrl+C would try.
        citizen.ask("keys", keys=[*CANARY, "ctrl+a", "ctrl+c"])
    until(lambda: "".join(citizen.written()).lower() == CANARY.lower() * len(fields), 10, "both names")
    if confirmed:
        assert citizen.goes_on("Continuer") != title
    writing = borne.pid
    assert in_memory(writing), "the canary stands in the memory of the process it was typed into"

    citizen.goes_on("Terminer ma session")
    citizen.press("Tout effacer et terminer")
    borne.new_pid(writing)
    citizen.attach()
    citizen.sees(FRENCH)
    for pid in (borne.supervisor.pid, *descendants(borne.supervisor.pid)):
        assert in_memory(pid) == []
    assert on_disk(borne.data, screen.home, screen.runtime) == []
    assert not any(trace in borne.log.read_bytes() for trace in traces())
    assert CANARY.lower() not in clipboard(screen).lower()


def clipboard(screen: Desktop) -> str:
    """What another program would paste now."""
    asked = [sys.executable, "-c", CLIPBOARD]
    return subprocess.run(asked, env=screen.env, capture_output=True, text=True, check=True).stdout
