"""What happens to a visit when it ends, when nobody answers, when the process dies, when the disk is full."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.store import Store
from tests.system.hub_process import HubProcess, kiosk
from tests.system.screen import Citizen, Desktop, Kiosk, descendants, desktop, running, until

pytestmark = pytest.mark.system

FRENCH = "Français. Toucher pour commencer"
CHECK = "Tout est juste\u00a0?"
STOPPED = "La borne s’est arrêtée un instant."
OTHER = "Je suis une autre personne. Tout est effacé tout de suite."
SAVED = "C’est enregistré."
SEND = """
[send]
recipient = "agency"
purpose = "Préparer votre rendez-vous"
reply_time = "Sous 5 jours, au guichet"
"""
BACK_WITHIN_S = 2.0
"""After a crash the kiosk is back within two seconds (docs/adr/007)."""


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    with desktop() as shown:
        yield shown


Begin = Callable[..., tuple[Kiosk, Citizen]]


@pytest.fixture
def begin(screen: Desktop, tmp_path: Path) -> Iterator[Begin]:
    """Starts a kiosk on a folder, with a configuration's text if one is given."""
    with ExitStack() as stack:

        def start(data: Path | None = None, config: str = "") -> tuple[Kiosk, Citizen]:
            file = tmp_path / "kiosk.toml"
            file.write_text(config, encoding="utf-8")
            borne = Kiosk(screen, data or tmp_path / "demo", file)
            citizen = borne.start_with_citizen()
            stack.callback(borne.stop)
            stack.callback(citizen.close)
            citizen.sees(FRENCH)
            return borne, citizen

        yield start
    for key in keys(screen):  # of a visit that this test cut off; another test has another store
        key.unlink()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    kiosk("tenant", "init", tmp_path / "tenant", "--name", "Ville de Valmerle")
    started = HubProcess(tmp_path)
    started.start()
    yield started
    if started.process is not None and started.process.poll() is None:
        started.kill(signal.SIGTERM)


def answers_three(citizen: Citizen) -> str:
    """Three questions of a birth; the title of the fourth, which stands open."""
    citizen.begins(FRENCH)
    for card in ("Un enfant naît", "Pour moi"):
        citizen.goes_on(next(n for n in citizen.names() if n.startswith(card)))
    for _ in range(3):
        citizen.answers_one(citizen.tree())
        title = citizen.goes_on("Continuer")
    return title


def keys(screen: Desktop) -> list[Path]:
    """The files that could open a draft after a crash."""
    return list(screen.runtime.rglob("draft-*.key"))


def draft(data: Path) -> bytes | None:
    """The encrypted draft in the store, read beside the kiosk that owns it."""
    store = Store.open(data, read_only=True)
    try:
        return store.draft()
    finally:
        store.close()


def wiped(borne: Kiosk, citizen: Citizen, old: int, screen: Desktop) -> None:
    """The visit is over as decision 4 has it: a new process, no key, no draft, the first screen."""
    supervisor = borne.supervisor.pid
    new = borne.new_pid(old)
    assert new != old
    assert borne.supervisor.poll() is None
    assert borne.supervisor.pid == supervisor
    citizen.attach()
    citizen.sees(FRENCH)
    assert not keys(screen)
    assert draft(borne.data) is None


@pytest.mark.slow
def test_the_end_of_a_visit_is_a_new_process_and_no_answer_is_left(
    begin: Begin, hub: HubProcess, screen: Desktop
) -> None:
    borne, citizen = begin(hub.enrol("hall"), SEND)
    sends_a_birth(citizen)
    code = next(name for name in citizen.names() if name.count("-") == 6)
    # An answer changed after sending leaves a draft again: that, too, must go.
    citizen.goes_on("Suite")
    citizen.goes_on("Retour")
    citizen.goes_on("Retour")
    # The first answer is for whom the plan is, and no question of the pack.
    citizen.goes_on([n for n in citizen.names() if n.startswith("Modifier, ")][1])
    citizen.answers_one(citizen.tree(), prefer=("Non",))
    citizen.goes_on("Continuer")
    until(lambda: bool(keys(screen)) and draft(borne.data) is not None, 5, "a draft")

    citizen.goes_on("Terminer ma session")
    old = borne.pid
    citizen.press("Tout effacer et terminer")
    wiped(borne, citizen, old, screen)
    told = [code, code.replace("-", ""), "date_naissance", "En France", "enfant_ne"]
    for file in (path for path in borne.data.rglob("*") if path.is_file()):
        if "packs" not in file.relative_to(borne.data).parts:  # the questions themselves, no answer
            raw = file.read_bytes()
            assert not [words for words in told if words.encode() in raw], file
    log = borne.log.read_text()
    assert not [words for words in told if words in log], log


def sends_a_birth(citizen: Citizen) -> None:
    """A birth from the first touch to « C’est enregistré »."""
    to_the_agreement(citizen)
    assert citizen.goes_on("J’accepte, envoyer") == SAVED


def to_the_agreement(citizen: Citizen) -> None:
    answers_three(citizen)
    citizen.answers_until(CHECK)
    citizen.goes_on("Voir mon plan")
    citizen.goes_on("Emporter mon plan")
    citizen.goes_on(next(n for n in citizen.names() if n.startswith("Voir ce qui serait envoyé")))


def test_after_kill_9_in_the_questions_the_person_goes_on_at_the_same_question(
    begin: Begin, screen: Desktop
) -> None:
    borne, citizen = begin()
    question = answers_three(citizen)
    crashes(borne, citizen)
    shown = {name for name in citizen.names() if name}
    screen.picture("panne-reprise")
    assert not [name for name in shown if not nameless(name)], shown

    assert citizen.goes_on("Continuer") == question
    citizen.goes_on("Retour")
    assert len(citizen.chosen()) == 1, "the answer before the crash is kept"
    citizen.goes_on("Retour")
    assert len("".join(citizen.written())) == 8, "so is the date"


def nameless(name: str) -> bool:
    """Whether words on the page after a crash belong to the page, and to nobody's visit."""
    return re.fullmatch(r"Il reste \d+ secondes?\.", name) is not None or name.removeprefix("Écouter, ") in {
        "Ville de Valmerle",
        "Démonstration\u00a0: rien n’est envoyé",
        STOPPED,
        "Étiez-vous en train de l’utiliser\u00a0? Vos réponses sont encore là.",
        "Continuer",
        OTHER,
        OTHER.partition(".")[0],
        "Demander de l’aide",
    }


def crashes(borne: Kiosk, citizen: Citizen) -> None:
    """``kill -9``; back within the bound, on the page that asks whose visit it was."""
    painted, began = borne.ready(), time.monotonic()
    borne.crash()
    until(lambda: borne.ready() > painted, 10, "a screen after the crash")
    took = time.monotonic() - began
    citizen.attach()
    citizen.sees(STOPPED)
    assert took < BACK_WITHIN_S, f"back after {took:.2f} s"


def test_after_a_crash_somebody_else_wipes_at_once(begin: Begin, screen: Desktop) -> None:
    borne, citizen = begin()
    answers_three(citizen)
    crashes(borne, citizen)
    old = borne.pid
    began = time.monotonic()
    citizen.press(OTHER)
    until(lambda: not keys(screen), 2, "the key gone")
    wiped(borne, citizen, old, screen)
    assert time.monotonic() - began < 10
    borne.crash()
    citizen.attach()
    citizen.sees(FRENCH)


@pytest.mark.slow
def test_after_a_crash_half_a_minute_without_a_touch_wipes(begin: Begin, screen: Desktop) -> None:
    borne, citizen = begin()
    answers_three(citizen)
    crashes(borne, citizen)
    old, began = borne.pid, time.monotonic()
    until(lambda: not keys(screen), 40, "the key gone")
    assert 25 < time.monotonic() - began < 35
    wiped(borne, citizen, old, screen)


@pytest.mark.slow
def test_kill_9_after_saved_here_loses_nothing(begin: Begin, hub: HubProcess) -> None:
    borne, citizen = begin(hub.enrol("hall"), SEND)
    for number in (1, 2):
        if number == 1:
            hub.kill(signal.SIGTERM)  # the first stays here; the second is killed while it leaves
        to_the_agreement(citizen)
        citizen.press("J’accepte, envoyer")
        citizen.sees(SAVED)
        borne.crash()
        if number == 1:
            hub.start()
        until(lambda number=number: len(hub.stored()) == number, 60, f"dossier {number} at the hub")
        citizen.attach()
        citizen.sees(FRENCH)
    assert len(set(hub.stored())) == 2


@pytest.mark.slow
def test_a_silent_person_is_asked_and_one_press_extends(begin: Begin, screen: Desktop) -> None:
    borne, citizen = begin(config="[time]\nidle_s = 30\nwarning_s = 20\n")
    question = answers_three(citizen)
    began = time.monotonic()
    asks = "Êtes-vous toujours là\u00a0?"
    citizen.sees(asks, seconds=40)
    assert time.monotonic() - began > 20, "not before the time that the town has set"
    screen.picture("silence-avertissement")
    assert citizen.ask("focus")["name"] == "Je suis encore là"
    assert citizen.goes_on("Je suis encore là") == question

    citizen.sees(asks, seconds=40)
    assert time.monotonic() - began > 50, "one press gave the whole time anew"
    warned, old = time.monotonic(), borne.pid
    until(lambda: not keys(screen), 30, "the key gone")
    assert time.monotonic() - warned > 18, "at least 20 s to answer"
    wiped(borne, citizen, old, screen)


def test_when_the_supervisor_dies_the_kiosk_ends(begin: Begin) -> None:
    borne, _citizen = begin()
    below = descendants(borne.supervisor.pid)
    assert borne.pid in below
    os.kill(borne.supervisor.pid, signal.SIGKILL)
    until(lambda: not [pid for pid in below if running(pid)], 5, "every process of the kiosk gone")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A device's folder on a disk of 24 MB of its own."""
    place = tmp_path / "hall"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "kiosk-test", str(place)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take all the room there is."""
    file = place / "filler"
    with file.open("wb", buffering=0) as stream:
        for size in (1024 * 1024, 4096):
            try:
                while True:
                    stream.write(b"\0" * size)
            except OSError:
                continue
    return file


@pytest.mark.slow
def test_on_a_full_disk_the_person_is_told_and_can_send_once_there_is_room(
    small_disk: Path, begin: Begin, hub: HubProcess, screen: Desktop
) -> None:
    borne, citizen = begin(hub.enrol("hall"), SEND + '[print]\nqueue = "borne"\n')
    question = answers_three(citizen)
    filler = fill(small_disk)
    assert citizen.title() == question
    citizen.answers_until(CHECK)
    citizen.goes_on("Voir mon plan")
    citizen.goes_on("Emporter mon plan")
    assert "Imprimer" in " ".join(citizen.names())
    citizen.goes_on(next(n for n in citizen.names() if n.startswith("Voir ce qui serait envoyé")))
    citizen.press("J’accepte, envoyer")
    citizen.sees(
        "Votre dossier n’est PAS enregistré\u00a0: la borne n’a pas pu le garder. "
        "Imprimez votre plan, ou demandez à une personne."
    )
    screen.picture("disque-plein")
    store = Store.open(small_disk, read_only=True)
    assert store.counts().waiting == 0
    store.close()
    assert hub.stored() == []

    filler.unlink()
    citizen.press("Essayer encore")
    citizen.sees(SAVED)
    until(lambda: len(hub.stored()) == 1, 30, "the dossier at the hub")
    borne.crash()
    citizen.attach()
    citizen.sees(FRENCH)
