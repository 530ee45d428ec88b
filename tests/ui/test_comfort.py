"""« Lecture et son »: every touch acts at once, and nothing that was entered is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from accessibility.speech import RecordingSpeaker
from kiosk.comfort import Comfort, parse_comfort
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Time


@pytest.fixture
def asked(citizen: Citizen) -> Citizen:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    return citizen


def test_a_chosen_answer_survives_every_change_of_look(asked: Citizen) -> None:
    asked.touch("Oui")
    asked.touch("Lecture et son")
    asked.touch("Taille du texte, 200\u00a0%")
    asked.touch("Couleurs, Sombre")
    assert asked.title() == "Lecture et son"
    asked.touch("C’est bon")
    chosen = [button.accessibleName() for button in asked.buttons() if button.isChecked()]
    assert chosen == ["Oui"]
    assert (asked.window.theme.scale, asked.window.theme.name) == (2.0, "dark")


def test_the_focus_stays_on_the_size_that_was_touched(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    asked.touch("Taille du texte, 125\u00a0%")
    focus = asked.app.qt.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Taille du texte, 125\u00a0%"


def test_tab_goes_from_the_answers_to_back_forward_help_end_hide_language_and_comfort(asked: Citizen) -> None:
    asked.touch("Oui")
    seen = []
    for _ in range(40):
        asked.key(Qt.Key.Key_Tab)
        focus = asked.app.qt.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
    frame = ["Retour", "Continuer", "Demander de l’aide", "Terminer ma session"]
    frame += ["Cacher l’écran tout de suite", "Langue\u00a0: Français", "Lecture et son"]
    at = seen.index("Retour")
    assert seen[at : at + len(frame)] == frame


def test_put_back_undoes_all_of_it(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    asked.touch("Taille du texte, 300\u00a0%")
    asked.touch("Boutons en bas, Oui")
    asked.touch("Remettre à zéro")
    assert asked.app.flow.comfort == Comfort()


def test_with_the_buttons_low_nothing_above_can_be_touched(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    asked.touch("Boutons en bas, Oui")
    asked.touch("C’est bon")
    line = asked.window.display.reach_top
    assert line == 816
    tops = {
        button.accessibleName(): button.mapTo(asked.window, QPoint(0, 0)).y()
        for button in asked.buttons()
        if not button.visibleRegion().isEmpty()
    }
    assert {name: y for name, y in tops.items() if y < line} == {}
    assert "Langue\u00a0: Français" in tops
    assert "Lecture et son" in tops


def test_more_time_waits_longer(asked: Citizen, clock: Time) -> None:
    asked.touch("Lecture et son")
    asked.touch("Plus de temps, Oui")
    asked.touch("C’est bon")
    clock.now += CONFIG.idle_s + 1
    asked.window._second()
    assert "Êtes-vous toujours là" not in asked.reads()
    clock.now += CONFIG.long_idle_s - CONFIG.idle_s
    asked.window._second()
    assert "Êtes-vous toujours là" in asked.reads()


def test_the_look_goes_with_the_visit(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    asked.touch("Couleurs, Fort contraste")
    asked.touch("C’est bon")
    asked.app.flow.end()
    assert asked.window.theme.name == "light"


def test_a_look_chosen_on_the_home_and_left_goes_by_itself(citizen: Citizen, clock: Time) -> None:
    citizen.touch("Lecture et son")
    citizen.touch("Taille du texte, 300\u00a0%")
    clock.now += CONFIG.idle_s + 1
    citizen.window._second()
    assert citizen.window.theme.scale == 1.0
    assert "Faisons le point ensemble" in citizen.reads()


def test_simple_sentences_are_shown_where_there_are_some(asked: Citizen) -> None:
    before = asked.title()
    asked.touch("Lecture et son")
    asked.touch("Phrases simples, Oui")
    asked.touch("C’est bon")
    pack = asked.app.flow.pack
    easy = pack.text(f"question.{asked.app.flow.question}.easy", "fr")
    assert asked.title() == easy
    assert asked.title() != before


def test_each_new_page_is_read_once_reading_aloud_is_on(asked: Citizen, speaker: RecordingSpeaker) -> None:
    asked.touch("Lecture et son")
    asked.touch("Lire à voix haute, Oui")
    asked.touch("C’est bon")
    assert speaker.said[-1].text.startswith(asked.title())


def test_what_changes_on_a_page_is_spoken_once_reading_aloud_is_on(
    asked: Citizen, speaker: RecordingSpeaker
) -> None:
    asked.touch("Pourquoi cette question")
    assert not speaker.said
    asked.touch("Lecture et son")
    asked.touch("Lire à voix haute, Oui")
    asked.touch("C’est bon")
    asked.touch("Continuer")
    assert "réponse" in speaker.said[-1].text
    assert speaker.said[-1].text != asked.screen.spoken()
    asked.touch("Pourquoi cette question")
    asked.touch("Pourquoi cette question")
    assert "vos réponses servent" in speaker.said[-1].text


def test_everything_about_reading_and_sound_fits_on_one_page(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    assert not asked.screen.paged.can_drag()


def test_the_private_screen_shows_only_the_item_with_the_focus(asked: Citizen) -> None:
    asked.touch("Lecture et son")
    asked.touch("Écran discret, Oui")
    asked.touch("C’est bon")
    asked.touch("Oui")
    veil = asked.window.veil
    assert veil.isVisible()
    assert veil.hole().contains(_centre(asked, "Oui"))
    assert not veil.hole().contains(_centre(asked, "Non"))


def _centre(asked: Citizen, name: str) -> QPoint:
    """The middle of a control, as the veil counts."""
    button = next(button for button in asked.buttons() if button.accessibleName() == name)
    return (
        button.mapTo(asked.window, QPoint(button.width() // 2, button.height() // 2))
        - asked.window.veil.pos()
    )


@pytest.mark.parametrize("odd", [{"scale": 9.0}, {"theme": "pink"}, {"low": "yes"}, {"scale": None}])
def test_only_what_the_panel_can_set_is_taken_from_a_draft(odd: dict[str, object]) -> None:
    table = {"scale": 1.0, "theme": "light", "aloud": False, "easy": False, "low": False, "longer": False}
    assert parse_comfort(table | {"private": False}) == Comfort()
    with pytest.raises(ValueError, match="scale"):
        parse_comfort(table | {"private": False} | odd)
    with pytest.raises(ValueError, match="scale"):
        parse_comfort(table)


def test_more_time_can_be_asked_for_when_the_kiosk_asks(asked: Citizen, clock: Time) -> None:
    clock.now += CONFIG.idle_s + 1
    asked.window._second()
    asked.touch("Plus de temps")
    assert "Êtes-vous toujours là" not in asked.reads()
    clock.now += CONFIG.idle_s + 1
    asked.window._second()
    assert "Êtes-vous toujours là" not in asked.reads()
    assert asked.app.flow.comfort.longer


def test_there_is_nothing_to_end_before_a_visit(citizen: Citizen) -> None:
    citizen.touch("Lecture et son")
    assert "Terminer" not in citizen.reads()
