"""Dates, numbers, text, and the keys on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.date_field import DateField, Parts
from ui.widgets.field import NumberField, TextField
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard
from ui.widgets.keys import NumericPad

LEFT = Qt.MouseButton.LeftButton
TEXTS = KeyboardTexts("Maj", "Effacer", "Espace", "Fermer")


def describe(parts: Parts) -> tuple[str, bool]:
    return ("Ce jour n’existe pas.", True) if parts[0] == 31 and parts[1] == 11 else (str(parts), False)


class DatePage(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = DateField(theme, ("Jour", "Mois", "Année"), describe)
        self.pad = NumericPad(theme, "Effacer", "Case suivante")
        self.pad.next_pressed.connect(self.field.next_box)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.pad)
        self.resize(984, 1100)

    def touch(self, keys: str) -> None:
        for key in keys:
            QTest.mouseClick(self.pad.keys[{"<": "erase", ">": "next"}.get(key, key)], LEFT)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> DatePage:
    page = DatePage(theme)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.field.first_focus().setFocus()
    return page


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("21112026", (21, 11, 2026)),
        ("4122026", (4, 12, 2026)),  # 4 can only be the fourth: the box is full
        ("1>3>2026", (1, 3, 2026)),
        ("0592026", (5, 9, 2026)),
        ("21<212", (22, 12, None)),  # the full box had handed over: erase steps back into it
        ("2111", (21, 11, None)),
        ("", (None, None, None)),
    ],
)
def test_boxes_hand_over_when_no_other_digit_can_follow(page: DatePage, keys: str, value: Parts) -> None:
    if keys.startswith("21<"):
        page.touch("21<")  # the empty month box gives the focus back
        page.touch("<")
        keys = keys[3:]
    page.touch(keys)
    assert page.field.value() == value


def test_the_keys_never_take_the_focus(page: DatePage) -> None:
    page.touch("2")
    assert page.field.boxes[0].hasFocus()


def test_the_physical_keyboard_works_too(page: DatePage) -> None:
    for key in "07":
        QTest.keyClick(page.field.boxes[0], key)
    assert page.field.value()[0] == 7
    assert page.field.boxes[1].hasFocus()


def test_letters_are_ignored(page: DatePage) -> None:
    QTest.keyClick(page.field.boxes[0], "x")
    assert page.field.value() == (None, None, None)


def test_the_live_line_says_what_is_wrong_and_what_is_written(page: DatePage) -> None:
    page.touch("3111")
    assert page.field.live.text() == "Ce jour n’existe pas."
    page.field.set_value((3, 11, 2026))
    assert page.field.live.text() == "(3, 11, 2026)"


def test_a_vague_date_leaves_the_day_out(page: DatePage) -> None:
    page.field.set_value((21, 11, 2026))
    page.field.set_precision("month")
    assert page.field.value() == (None, 11, 2026)
    page.field.set_precision("year")
    assert page.field.value() == (None, None, 2026)
    assert page.field.boxes[0].isHidden() or not page.field.boxes[0].isVisible()


def test_a_number_steps_between_its_bounds_and_takes_digits(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField(theme, ("Combien d’enfants", "Moins", "Plus"), low=0, high=3)
    qtbot.addWidget(field)
    given: list[object] = []
    field.changed.connect(given.append)
    assert field.value() is None
    for _ in range(5):
        field.more.click()
    field.less.click()
    assert given == [0, 1, 2, 3, 2]
    QTest.keyClick(field.box, Qt.Key.Key_Backspace)
    assert field.value() is None


class TextPage(QWidget):
    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__()
        self.field = TextField(theme, "Nom", clear_text="Effacer tout")
        self.keyboard = ScreenKeyboard(theme, language, TEXTS)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.keyboard)
        self.resize(1080, 900)

    def key(self, label: str) -> None:
        found = [key for key in self.keyboard.findChildren(QWidget) if getattr(key, "label", None) == label]
        QTest.mouseClick(next(key for key in found if key.isVisible()), LEFT)


@pytest.fixture(params=["fr", "en"])
def text_page(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> TextPage:
    page = TextPage(theme, request.param)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.field.edit.setFocus()
    return page


def test_the_first_letter_is_a_capital_and_the_next_are_not(text_page: TextPage) -> None:
    for label in ("N", "o", "l", "w", "e", "n", "n"):
        text_page.key(label)
    assert text_page.field.text() == "Nolwenn"


def test_accents_digits_hyphen_space_and_erase(text_page: TextPage) -> None:
    for label in ("A", "É È À Ç", "é", "ç", "-", "Espace", "123", "7", "ABC", "b", "Effacer"):
        text_page.key(label)
    assert text_page.field.text() == "Aéç- 7"


def test_shift_holds_for_one_letter(text_page: TextPage) -> None:
    text_page.key("A")
    text_page.key("Maj")
    text_page.key("B")
    text_page.key("c")
    assert text_page.field.text() == "ABc"


def test_close_is_a_signal_for_the_screen(text_page: TextPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(text_page.keyboard.close_pressed):
        text_page.key("Fermer")


def test_erase_all_empties_and_keeps_the_focus(text_page: TextPage) -> None:
    text_page.key("A")
    QTest.mouseClick(text_page.field.clear, LEFT)
    assert text_page.field.text() == ""
    assert text_page.field.edit.hasFocus()
