"""No way out of the kiosk for whoever stands in front of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.citizen import Citizen
from tests.ui.monkey import dropped
from ui.widgets.button import BigButton


@pytest.fixture
def begun(citizen: Citizen) -> Citizen:
    citizen.touch("Français")
    return citizen


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, Qt.KeyboardModifier.MetaModifier),
    ],
)
def test_no_key_leads_out(begun: Citizen, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    before = begun.reads()
    QTest.keyClick(begun.window.windowHandle(), key, held)
    begun.app.qt.processEvents()
    assert begun.window.isVisible()
    assert begun.reads() == before


def test_a_locked_window_does_not_close(begun: Citizen) -> None:
    begun.window.locked = True
    assert not begun.window.close()
    assert begun.window.isVisible()
    begun.window.locked = False


def test_the_other_buttons_of_a_mouse_press_nothing(begun: Citizen) -> None:
    button = next(one for one in begun.buttons() if isinstance(one, BigButton) and one.words() == "Retour")
    centre = button.mapTo(begun.window, QPoint(button.width() // 2, button.height() // 2))
    before = begun.title()
    for mouse in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(begun.window.windowHandle(), mouse, pos=centre)
    begun.app.qt.processEvents()
    assert begun.title() == before


_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Copy, _PLAIN),
        (Qt.Key.Key_Cut, _PLAIN),
        (Qt.Key.Key_Paste, _PLAIN),
        (Qt.Key.Key_Undo, _PLAIN),
        (Qt.Key.Key_Insert, _SHIFT),
        (Qt.Key.Key_Delete, _SHIFT),
    ],
)
def test_what_is_written_cannot_be_copied_nor_brought_back(
    begun: Citizen, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    begun.touch("Chercher avec vos mots")
    begun.window.activateWindow()
    begun.waits_for(begun.window.isActiveWindow)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("of somebody before")
    line = begun.window.findChildren(QLineEdit)[0]
    line.setFocus()
    line.insert("secret")
    line.selectAll()
    if key is Qt.Key.Key_Undo:
        line.del_()
    before = line.text()
    QTest.keyClick(begun.window.windowHandle(), key, held)
    assert line.text() == before
    assert clipboard.text() == "of somebody before"
    clipboard.clear()


def test_a_field_takes_nothing_that_is_dropped_on_it(begun: Citizen) -> None:
    begun.touch("Chercher avec vos mots")
    line = begun.window.findChildren(QLineEdit)[0]
    dropped(line)
    assert line.text() == ""
