"""Activation on release, sliding off, double taps, held keys, dragging a list by its cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets import press
from ui.widgets.button import BigButton
from ui.widgets.keys import Key
from ui.widgets.option import Choice, OptionGroup
from ui.widgets.paged import PagedArea

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pressed(qtbot: QtBot, theme: Theme) -> tuple[BigButton, list[str]]:
    button = BigButton(theme, "Continuer")
    qtbot.addWidget(button)
    button.resize(400, 128)
    button.show()
    acted: list[str] = []
    button.clicked.connect(lambda: acted.append("acted"))
    return button, acted


def test_a_button_acts_when_the_finger_lifts_not_when_it_lands(pressed: tuple[BigButton, list[str]]) -> None:
    button, acted = pressed
    QTest.mousePress(button, LEFT)
    assert acted == []
    QTest.mouseRelease(button, LEFT)
    assert acted == ["acted"]


def test_sliding_off_before_lifting_cancels(pressed: tuple[BigButton, list[str]]) -> None:
    button, acted = pressed
    QTest.mousePress(button, LEFT)
    QTest.mouseMove(button, QPoint(200, 500))
    QTest.mouseRelease(button, LEFT, pos=QPoint(200, 500))
    assert acted == []


def test_a_trembling_double_tap_acts_once(
    pressed: tuple[BigButton, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "DEBOUNCE_S", 60.0)
    button, acted = pressed
    QTest.mouseClick(button, LEFT)
    QTest.mouseClick(button, LEFT)
    assert acted == ["acted"]


def test_the_second_tap_does_not_hit_the_button_of_the_next_screen(
    pressed: tuple[BigButton, list[str]], qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "DEBOUNCE_S", 60.0)
    button, _acted = pressed
    QTest.mouseClick(button, LEFT)
    following = BigButton(theme, "Continuer")
    qtbot.addWidget(following)
    following.setGeometry(button.geometry())
    following.show()
    acted: list[str] = []
    following.clicked.connect(lambda: acted.append("acted"))
    QTest.mouseClick(following, LEFT)
    assert acted == []


def test_two_quick_touches_of_a_key_are_two_letters(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "DEBOUNCE_S", 60.0)
    key = Key(theme, "l")
    qtbot.addWidget(key)
    typed: list[str] = []
    key.clicked.connect(lambda: typed.append(key.label))
    QTest.mouseClick(key, LEFT)
    QTest.mouseClick(key, LEFT)
    assert typed == ["l", "l"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_act(pressed: tuple[BigButton, list[str]], key: Qt.Key) -> None:
    button, acted = pressed
    QTest.keyClick(button, key)
    assert acted == ["acted"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_held_key_does_not_act_again(pressed: tuple[BigButton, list[str]], key: Qt.Key) -> None:
    button, acted = pressed
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(button, held)
        up = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(button, up)
    assert acted == []


def test_dragging_a_list_by_a_card_moves_it_and_answers_nothing(qtbot: QtBot, theme: Theme) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    group = OptionGroup(theme, [Choice(str(n), f"Réponse {n}") for n in range(20)])
    column.addWidget(group)
    area = PagedArea(theme, content, ("Haut", "Suite", "En haut.", "Fin.", "Haut", "Fin"))
    qtbot.addWidget(area)
    area.resize(1080, 900)
    area.show()
    mark = group.cards[3].mark
    start = QPoint(200, 60)
    QTest.mousePress(mark, LEFT, pos=start)
    for _ in range(6):
        QTest.mouseMove(mark, mark.mapFromGlobal(mark.mapToGlobal(start)) - QPoint(0, 40))
    QTest.mouseRelease(mark, LEFT, pos=start - QPoint(0, 40))
    assert area.offset() > 0
    assert group.value() is None
