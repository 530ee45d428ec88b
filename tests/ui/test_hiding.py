"""One touch hides the screen; the picture chosen then, and only that one, brings it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Stage, Time
from ui.places import Over

HOME = "Faisons le point ensemble"


@pytest.fixture
def asked(citizen: Citizen) -> Citizen:
    """Somebody who has answered the first question, in large text."""
    citizen.touch("Lecture et son")
    citizen.touch("Taille du texte, 150\u00a0%")
    citizen.touch("C’est bon")
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    citizen.touch("Oui")
    citizen.touch("Continuer")
    return citizen


def test_one_touch_shows_the_public_home_and_nothing_of_the_visit(asked: Citizen, stage: Stage) -> None:
    asked.touch("Cacher")
    seen = asked.reads()
    assert HOME in seen
    assert "Un enfant naît" not in seen
    assert "Terminer" not in seen
    assert asked.window.theme.scale == 1.0, "large text would tell that somebody was here"
    asked.waits_for(lambda: stage.forgotten > 0)


def test_a_key_hides_too_even_from_a_page_over_the_visit(asked: Citizen) -> None:
    asked.touch("Demander de l’aide")
    asked.key(Qt.Key.Key_F4)
    assert HOME in asked.reads()


def test_the_home_looks_the_same_whether_a_screen_is_hidden_or_not(asked: Citizen) -> None:
    asked.touch("Cacher")
    hidden = asked.reads()
    asked.touch("Étoile")
    assert asked.reads() == hidden
    asked.touch("Clé")  # ends it
    assert asked.reads() == hidden


def test_the_picture_touched_first_brings_everything_back(asked: Citizen) -> None:
    before = asked.reads()
    asked.touch("Cacher")
    asked.touch("Fleur")
    asked.touch("Fleur")
    assert sorted(asked.reads().splitlines()) == sorted(before.splitlines())
    assert asked.window.theme.scale == 1.5


def test_another_picture_ends_the_visit(asked: Citizen, stage: Stage) -> None:
    asked.touch("Cacher")
    asked.touch("Fleur")
    forgotten = stage.forgotten
    asked.touch("Bateau")
    assert asked.app.flow.visit is None
    asked.waits_for(lambda: stage.forgotten > forgotten)
    asked.touch("Fleur")
    assert HOME in asked.reads()


def test_a_picture_touched_much_later_is_somebody_else_s(asked: Citizen, clock: Time) -> None:
    asked.touch("Cacher")
    clock.now += 31
    asked.touch("Fleur")
    assert asked.app.flow.visit is None


def test_somebody_else_begins_with_nothing_of_the_hidden_visit(asked: Citizen) -> None:
    asked.touch("Cacher")
    asked.touch("Français")
    assert asked.app.flow.visit is not None
    assert not asked.app.flow.visit.has_answers
    assert asked.window.theme.scale == 1.0


def test_a_hidden_visit_ends_in_silence_when_the_time_is_over(asked: Citizen, clock: Time) -> None:
    asked.touch("Cacher")
    asked.touch("Fleur")
    clock.now += CONFIG.idle_s + 1
    asked.window._second()
    assert asked.app.flow.over is not Over.IDLE
    assert HOME in asked.reads()
    clock.now += CONFIG.warning_s + 1
    asked.window._second()
    assert asked.app.flow.visit is None


def test_on_the_home_nobody_can_hide_what_is_not_there(citizen: Citizen) -> None:
    assert "Cacher" not in citizen.reads()
    citizen.touch("Étoile")
    citizen.touch("Étoile")
    assert HOME in citizen.reads()


@pytest.mark.parametrize("touched", ["Lecture et son", "Demander de l’aide", "Cette borne, vos données"])
def test_every_control_of_the_home_does_the_same_while_a_screen_is_hidden(
    asked: Citizen, touched: str
) -> None:
    asked.touch("Cacher")
    asked.touch(touched)
    hidden = sorted(asked.reads().splitlines())
    asked.app.flow.end()
    asked.touch(touched)
    assert sorted(asked.reads().splitlines()) == hidden


def test_a_look_chosen_on_the_home_changes_nothing_of_the_hidden_visit(asked: Citizen) -> None:
    asked.touch("Cacher")
    asked.touch("Fleur")
    asked.touch("Lecture et son")
    asked.touch("Couleurs, Sombre")
    asked.touch("C’est bon")
    assert asked.window.theme.name == "dark"
    asked.touch("Fleur")
    assert (asked.window.theme.name, asked.window.theme.scale) == ("light", 1.5)


def test_escape_moves_nothing_behind_the_home(asked: Citizen) -> None:
    before = asked.title()
    asked.touch("Cacher")
    asked.touch("Fleur")
    for _ in range(4):
        asked.key(Qt.Key.Key_F1)
        asked.key(Qt.Key.Key_Escape)
        asked.key(Qt.Key.Key_Escape)
    asked.touch("Fleur")
    assert asked.title() == before


def test_escape_closes_a_page_over_the_home(citizen: Citizen) -> None:
    citizen.key(Qt.Key.Key_F2)
    assert citizen.title() == "Lecture et son"
    citizen.key(Qt.Key.Key_Escape)
    assert HOME in citizen.reads()
