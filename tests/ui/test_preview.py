"""A pack is written in an editor beside the kiosk that shows it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.config import Config
from kiosk.procedures import load_pack
from tests.ui.citizen import Citizen
from ui.places import Place
from ui.preview import Preview

GOOD = Path("tests/packs/good")
EVENT, QUESTIONS = "events/logis.yaml", "questions.yaml"


class Editor(Citizen):
    """Somebody who writes a pack and looks at the screen."""

    def __init__(self, preview: Preview, folder: Path, qtbot: QtBot) -> None:
        super().__init__(preview.app, qtbot)
        self.preview, self.folder = preview, folder

    def writes(self, file: str, old: str, new: str) -> None:
        """Save a change; wait until the kiosk has read it."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        with self.qtbot.waitSignal(self.preview.renewed, timeout=20_000):
            path.write_text(text.replace(old, new), "utf-8")

    def banner(self) -> str:
        words = self.preview.banner.words
        return words.text() if words.isVisible() else ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "gg"))


@pytest.fixture
def opened(folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Editor]]:
    monkeypatch.setattr("ui.widgets.press.DEBOUNCE_S", 0)
    previews = []

    def open_at(event: str = "gg.logis", *overlays: Path) -> Editor:
        folders = (folder, *overlays)
        preview = Preview(
            folders,
            load_pack(folders[0], overlays=folders[1:]),
            Config(languages=("fr", "en"), idle_s=86_400),
            lambda: RecordingSpeaker(hold=True),
            lambda: date(2026, 11, 24),
            windowed=True,
            size=(1080, 1920),
        )
        previews.append(preview)
        with qtbot.waitSignal(preview.renewed, timeout=20_000):
            preview.start(event, "fr")
        qtbot.waitUntil(lambda: preview.app.ready, timeout=10_000)
        return Editor(preview, folders[-1], qtbot)

    yield open_at
    for preview in previews:
        preview.close()
        preview.app.window.close()
        preview.app.window.deleteLater()


def test_a_preview_opens_at_the_first_question_and_says_that_it_is_a_demonstration(opened) -> None:
    editor = opened()
    assert editor.title() == "Avez-vous déjà déménagé ?"
    assert "Démonstration" in editor.reads()


def test_without_an_event_a_preview_opens_at_the_welcome_screen(opened) -> None:
    editor = opened("")
    editor.touch("Français")
    editor.begin("Je déménage")
    assert editor.title() == "Avez-vous déjà déménagé ?"


def test_a_text_that_is_saved_is_on_the_screen(opened) -> None:
    editor = opened()
    editor.writes(QUESTIONS, "Avez-vous déjà déménagé", "Êtes-vous déjà parti")
    assert editor.title() == "Êtes-vous déjà parti ?"


def test_the_answers_stay_and_so_does_the_question_on_the_screen(opened) -> None:
    editor = opened()
    editor.touch("Oui")
    editor.touch("Continuer")
    editor.writes(QUESTIONS, "Quel jour déménagez-vous", "Quel jour partez-vous")
    assert editor.title() == "Quel jour partez-vous ?"
    assert editor.app.flow.visit.answers == {"parti": True}


def test_a_question_with_another_id_keeps_its_answer_by_its_number(opened) -> None:
    editor = opened()
    editor.touch("Oui")
    editor.touch("Continuer")
    path = editor.folder / QUESTIONS
    path.write_text(path.read_text("utf-8").replace("parti:", "est_parti:"), "utf-8")
    editor.writes(EVENT, "parti", "est_parti")
    editor.waits_for(lambda: editor.app.flow.visit.answers == {"est_parti": True})
    assert editor.title() == "Quel jour déménagez-vous ?"


def test_a_question_that_is_taken_away_gives_way_to_the_next(opened) -> None:
    editor = opened()
    for answer in (True, None, "locataire"):
        editor.app.flow.answer(answer)
    assert editor.title() == "Combien d’enfants avez-vous ?"
    editor.writes(EVENT, "enfants >= 3 || loyer > 800", "loyer > 800")
    assert editor.title() == "Quel est votre loyer ?"


def test_a_fault_is_told_with_its_place_and_the_last_good_pack_stays(opened) -> None:
    editor = opened()
    editor.writes(EVENT, "&& !parti", "&& !partis")
    assert "events/logis.yaml:22:" in editor.banner()
    assert "partis" in editor.banner()
    assert editor.title() == "Avez-vous déjà déménagé ?"
    editor.touch("Oui")
    editor.touch("Continuer")
    assert editor.title() == "Quel jour déménagez-vous ?"


def test_the_banner_goes_when_the_fault_is_mended(opened) -> None:
    editor = opened()
    editor.writes(EVENT, "&& !parti", "&& !partis")
    assert editor.banner()
    editor.writes(EVENT, "&& !partis", "&& !parti")
    assert editor.banner() == ""
    assert editor.title() == "Avez-vous déjà déménagé ?"


def test_a_file_that_is_replaced_whole_is_seen_again_and_again(opened) -> None:
    editor = opened()
    path = editor.folder / QUESTIONS
    for before, after in (("Avez-vous déjà", "Avez-vous"), ("Avez-vous déménagé", "Est-ce fait")):
        other = path.with_suffix(".part")
        other.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
        with editor.qtbot.waitSignal(editor.preview.renewed, timeout=20_000):
            other.replace(path)
    assert editor.title() == "Est-ce fait ?"


def test_a_plan_on_the_screen_is_made_anew(opened) -> None:
    editor = opened()
    while editor.app.flow.place is Place.ASKING:
        editor.app.flow.answer(None)
    editor.app.flow.show_plan()
    assert "Changer d’adresse" in editor.reads()
    editor.writes(EVENT, "Changer d’adresse", "Dire sa nouvelle adresse")
    assert "Dire sa nouvelle adresse" in editor.reads()


def test_an_end_of_visit_leads_back_to_the_welcome_screen(opened) -> None:
    editor = opened()
    editor.touch("Oui")
    editor.touch("Continuer")
    editor.app.flow.end()
    editor.waits_for(lambda: "Français" in editor.reads())
    editor.writes(EVENT, "Je déménage", "Je pars")
    editor.touch("Français")
    assert "Je pars" in editor.reads()


def test_a_pack_with_another_id_starts_with_nothing(opened) -> None:
    editor = opened()
    editor.touch("Oui")
    editor.touch("Continuer")
    path = editor.folder / EVENT
    path.write_text(path.read_text("utf-8").replace("gg.logis", "hh.logis"), "utf-8")
    editor.writes("pack.yaml", "id: gg", "id: hh")
    editor.waits_for(lambda: "Je déménage" in editor.reads() and not editor.app.flow.visit.has_answers)


def test_an_overlay_is_shown_over_its_pack_and_followed(opened, tmp_path: Path) -> None:
    town = tmp_path / "town"
    town.mkdir()
    (town / "overlay.yaml").write_text(
        'schema: overlay/1\nid: gg-town\nover: gg\nname: "Valmerle"\nversion: "1"\n'
        "checked: 2026-11-23\nsource_lang: fr\n",
        "utf-8",
    )
    (town / "offices.yaml").write_text(
        'mairie: {name: "Mairie de Valmerle", source: {title: "Mairie", checked: 2026-11-23}}\n', "utf-8"
    )
    editor = opened("gg.logis", town)
    while editor.app.flow.place is Place.ASKING:
        editor.app.flow.answer(None)
    editor.app.flow.show_plan()
    assert "Mairie de Valmerle" in editor.reads()
    editor.writes("offices.yaml", "Mairie de Valmerle", "Mairie annexe")
    assert "Mairie annexe" in editor.reads()
    editor.writes("offices.yaml", "mairie:", "marie:")
    assert "town/offices.yaml:1" in editor.banner()
