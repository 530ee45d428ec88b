"""A question answered in words: the keyboard writes, and what cannot be is told in a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.messages import messages_for
from kiosk.procedures import Pack, Question, QuestionType, load_pack
from ui import fonts
from ui.screens.screen import Look
from ui.screens.text_question import TextScreen
from ui.theme import Theme
from ui.views import Asking
from ui.widgets.keys import Key

SMALL = Path(__file__).parents[1] / "kiosk" / "procedures" / "packs" / "small"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(SMALL)


def screen(qtbot: QtBot, pack: Pack, kind: QuestionType, lang: str = "fr") -> TextScreen:
    fonts.load_fonts()
    look = Look(Theme(), messages_for(lang), date(2026, 11, 24), lambda: pack, True)
    made = TextScreen(look, Asking(Question("ville", 1, kind), False, None, 1, 3))
    qtbot.addWidget(made)
    made.resize(1080, 1390)
    made.show()
    return made


def press(made: TextScreen, *labels: str) -> None:
    for label in labels:
        keys = [key for key in made.keyboard.findChildren(Key) if key.isVisible() and key.label == label]
        assert keys, f"no key {label!r}"
        keys[0].click()


def answers(made: TextScreen) -> list[object]:
    got: list[object] = []
    made.acted.connect(lambda name, value: got.append(value) if name == "answer" else None)
    made.forward()
    return got


def test_words_are_written_with_the_keyboard_on_the_screen(qtbot: QtBot, pack: Pack) -> None:
    made = screen(qtbot, pack, QuestionType.TEXT)
    press(made, "S", "a", "i", "n", "t", "-", "É È À Ç", "é", "t")
    assert made.field.text() == "Saint-ét"
    press(made, "Effacer")
    assert answers(made) == ["Saint-é"]


def test_each_language_has_its_own_keyboard(qtbot: QtBot, pack: Pack) -> None:
    rows = {}
    for lang in ("fr", "en"):
        keyboard = screen(qtbot, pack, QuestionType.TEXT, lang).keyboard
        rows[lang] = "".join(key.label for key in keyboard.findChildren(Key) if len(key.label) == 1)[:6]
    assert rows == {"fr": "AZERTY", "en": "QWERTY"}


def test_an_empty_answer_is_asked_for_and_not_given(qtbot: QtBot, pack: Pack) -> None:
    made = screen(qtbot, pack, QuestionType.TEXT)
    assert answers(made) == []
    assert made._complaint is not None
    assert made._complaint.accessible_name().startswith("Écrivez votre réponse.")


WRONG = [
    (QuestionType.EMAIL, "personne", "nom@exemple.fr"),
    (QuestionType.PHONE, "0612", "indicatif"),
]


@pytest.mark.parametrize(("kind", "written", "hint"), WRONG)
def test_what_cannot_be_is_told_with_an_example(
    qtbot: QtBot, pack: Pack, kind: QuestionType, written: str, hint: str
) -> None:
    made = screen(qtbot, pack, kind)
    made.field.edit.setText(written)
    assert answers(made) == []
    assert made._complaint is not None
    assert hint in made._complaint.accessible_name()


def test_the_keyboard_can_be_closed_and_comes_back_at_a_touch(qtbot: QtBot, pack: Pack) -> None:
    made = screen(qtbot, pack, QuestionType.TEXT)
    press(made, "Fermer")
    assert not made.keyboard.isVisible()
    made.field.touched.emit()
    assert made.keyboard.isVisible()
