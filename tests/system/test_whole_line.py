"""From the first touch to the agency's desk: real widgets, real store, real hub, the stock ``age``."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.backstage import KioskBackstage
from kiosk.config import load_config
from kiosk.procedures import Pack, find_pack, load_pack
from tests.system.hub_process import HubProcess, kiosk
from tests.ui.citizen import Citizen
from ui.application import Application

pytestmark = pytest.mark.system

CONFIG = """
[town]
name = "Ville de Valmerle"
[send]
recipient = "agency"
purpose = { fr = "Préparer votre rendez-vous", en = "Prepare your appointment" }
reply_time = { fr = "Sous 5 jours, au guichet", en = "Within 5 days, at the desk" }
"""


class Morning:
    """A clock that stands still on the day of the story."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    kiosk("tenant", "init", tmp_path / "tenant", "--name", "Ville de Valmerle")
    running = HubProcess(tmp_path)
    running.start()
    yield running
    if running.process is not None and running.process.poll() is None:
        running.kill(signal.SIGTERM)


Start = Callable[[Path], Citizen]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the kiosk on a device's folder."""
    monkeypatch.setattr("ui.widgets.press.DEBOUNCE_S", 0)
    running: list[Application] = []
    file = tmp_path / "kiosk.toml"
    file.write_text(CONFIG, encoding="utf-8")

    def begin(data: Path) -> Citizen:
        config = load_config(file)

        @cache
        def pack() -> Pack:
            return load_pack(find_pack("fr"), tmp_path / "packs")

        backstage = KioskBackstage(config, data, pack, clock=Morning())
        app = Application(
            config,
            pack,
            lambda: backstage,
            RecordingSpeaker,
            demonstration=False,
            windowed=True,
            size=(1080, 1920),
        )
        running.append(app)
        app.start()
        qtbot.waitUntil(lambda: app.ready, timeout=10_000)
        return Citizen(app, qtbot)

    yield begin
    for app in running:
        app.close()
        app.window.close()


def answer_a_birth(citizen: Citizen) -> list[str]:
    """Declares, in French, a child born yesterday in France; the questions that were asked."""
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    asked = []
    while citizen.title() != "Tout est juste\u00a0?":
        title = citizen.title()
        asked.append(title)
        if "Quel jour" in title:
            citizen.type_date(23, 11, 2026)
            assert "lundi 23 novembre 2026" in citizen.reads()
            citizen.touch("Continuer")
        elif any(button.accessibleName() == "Oui" for button in citizen.buttons()):
            citizen.touch("Oui")
            citizen.touch("Continuer")
        else:
            first = citizen.screen.group.cards[0].mark.accessibleName()
            citizen.touch(first)
            citizen.touch("Continuer")
    return asked


def test_a_citizen_leaves_with_a_plan_and_the_agency_receives_the_dossier(
    hub: HubProcess, start: Start, tmp_path: Path
) -> None:
    citizen = start(hub.enrol("hall"))
    asked = answer_a_birth(citizen)
    assert len(asked) == len(set(asked))

    citizen.touch("Voir mon plan")
    assert "Au plus tard le lundi 30 novembre 2026" in citizen.reads()
    assert "Déclarer la naissance" in citizen.reads()

    citizen.touch("Emporter mon plan")
    citizen.touch("Voir ce qui serait envoyé")
    for promise in ("Préparer votre rendez-vous", "Sous 5 jours, au guichet", "Ville de Valmerle"):
        assert promise in citizen.reads()
    citizen.touch("J’accepte, envoyer")
    citizen.sees("C’est enregistré.")
    citizen.sees("Bien reçu par le serveur de la ville.")
    code = next(line for line in citizen.reads().splitlines() if line.count("-") == 6)

    [dossier] = hub.stored()
    file = next((tmp_path / "out").rglob(f"{dossier}.age"))
    key = tmp_path / "tenant" / "agency.key"
    stock = subprocess.run(["age", "-d", "-i", str(key), str(file)], capture_output=True, check=True).stdout
    content = json.loads(stock)["dossier"]
    answers = {answer["question"]: answer["value"] for answer in content["answers"]}
    assert answers["date_naissance"] == "2026-11-23"
    assert answers["enfant_ne"] is True
    declare = next(p for p in content["plan"]["procedures"] if p["id"] == "fr.naissance.declaration")
    assert declare["deadline"]["date"] == "2026-11-30"
    assert code.replace("-", "") not in stock.decode()
    opened = json.loads(kiosk("open", file, "--identity", key, "--json"))
    assert opened["sender"]["state"] == "verified"


def test_no_screen_of_the_visit_says_that_an_act_is_done(hub: HubProcess, start: Start) -> None:
    citizen = start(hub.enrol("hall"))
    answer_a_birth(citizen)
    read = [citizen.reads()]
    for step in ("Voir mon plan", "Emporter mon plan", "Voir ce qui serait envoyé", "J’accepte, envoyer"):
        citizen.touch(step)
        read.append(citizen.reads())
    citizen.sees("C’est enregistré.")
    read.append(citizen.reads())
    assert "Vos démarches restent à faire" in read[-1]
    for text in read:
        for claim in ("démarche faite", "démarche terminée", "plus rien à faire", "est déclarée à la mairie"):
            assert claim not in text


def test_with_the_hub_off_it_is_saved_here_and_leaves_by_itself_when_the_hub_is_back(
    hub: HubProcess, start: Start, tmp_path: Path
) -> None:
    data = hub.enrol("hall")
    hub.kill(signal.SIGTERM)
    citizen = start(data)
    answer_a_birth(citizen)
    for step in ("Voir mon plan", "Emporter mon plan", "Voir ce qui serait envoyé", "J’accepte, envoyer"):
        citizen.touch(step)
    citizen.sees("Enregistré ici. Ce sera envoyé quand la ligne sera revenue.")
    assert "erreur" not in citizen.reads().lower()
    hub.start()
    citizen.sees("Bien reçu par le serveur de la ville.", timeout=60_000)
    assert len(hub.stored()) == 1


def test_at_the_end_nothing_of_the_person_is_left_on_the_screen_or_the_disk(
    hub: HubProcess, start: Start, tmp_path: Path
) -> None:
    data = hub.enrol("hall")
    citizen = start(data)
    answer_a_birth(citizen)
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")
    citizen.touch("J’ai terminé")
    with citizen.qtbot.waitSignal(citizen.app.bridge.forgotten, timeout=5000) as wiped:
        citizen.touch("Tout effacer et terminer")
    assert wiped.args == [True]
    assert "Un changement dans" in citizen.title()
    assert citizen.app.flow.visit is None
    citizen.app.close()
    for file in (path for path in data.rglob("*") if path.is_file()):
        raw = file.read_bytes()
        assert b"date_naissance" not in raw or "packs" in file.parts or file.suffix == ".pack", file


def test_a_kiosk_that_is_enrolled_nowhere_says_demonstration_and_has_no_send_button(
    start: Start, tmp_path: Path
) -> None:
    citizen = start(tmp_path / "demo")
    answer_a_birth(citizen)
    assert "Démonstration" in citizen.reads()
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")
    assert "Envoyer" not in citizen.reads()
    assert "Cette borne n’imprime pas." in citizen.reads()
