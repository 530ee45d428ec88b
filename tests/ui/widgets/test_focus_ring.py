"""Shown after a key, hidden by a touch, around the whole card, never outside the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import NAMES, Theme
from ui.widgets.button import BigButton
from ui.widgets.focus_ring import FocusRing
from ui.widgets.option import Choice, OptionGroup
from ui.widgets.paged import PagedArea
from ui.widgets.surface import Page

Show = Callable[[QWidget, int, int], None]


class Window(Page):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(48, 26, 48, 26)
        self.group = OptionGroup(theme, [Choice(str(n), f"Réponse {n}") for n in range(12)])
        inside.addWidget(self.group)
        self.area = PagedArea(theme, content, ("Haut", "Suite", "En haut.", "Fin.", "Haut", "Fin"))
        self.button = BigButton(theme, "Continuer")
        column = QVBoxLayout(self)
        column.addWidget(self.area, 1)
        column.addWidget(self.button)
        self.ring = FocusRing(self, theme)


@pytest.fixture
def window(theme: Theme, on_screen: Show) -> Window:
    made = Window(theme)
    on_screen(made, 1080, 1200)
    made.ring.watch()
    return made


def around(window: Window) -> QRect:
    return window.ring.geometry().adjusted(18, 18, -18, -18)


def test_no_ring_before_a_key(window: Window) -> None:
    window.button.setFocus()
    assert window.ring.isHidden()


def test_a_key_shows_the_ring_and_a_touch_hides_it(window: Window) -> None:
    window.button.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window.ring.isVisible()
    assert around(window) == window.button.geometry()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.ring.isHidden()


def test_the_ring_stays_with_the_tactile_keypad(window: Window) -> None:
    window.ring.always = True
    window.button.setFocus()
    window.ring.note_touch()
    assert window.ring.isVisible()


def test_an_answer_is_ringed_with_its_whole_card(window: Window) -> None:
    window.ring.note_keys()
    window.group.cards[2].mark.setFocus()
    card = window.group.cards[2]
    assert around(window) == QRect(card.mapTo(window, QPoint(0, 0)), card.size())


def test_the_ring_follows_what_is_scrolled_and_never_leaves_the_list(window: Window) -> None:
    window.ring.note_keys()
    window.group.cards[11].mark.setFocus()
    card = window.group.cards[11]
    assert window.area.offset() > 0
    assert around(window) == QRect(card.mapTo(window, QPoint(0, 0)), card.size())
    window.area.drag_by(60)
    assert around(window) == QRect(card.mapTo(window, QPoint(0, 0)), card.size())
    shown = window.ring.mask().boundingRect().translated(window.ring.pos())
    view = QRect(window.area.view.mapTo(window, QPoint(0, 0)), window.area.view.size())
    assert view.contains(shown)
    window.area.drag_by(900)
    assert window.ring.isHidden()


def test_touches_go_through_the_ring(window: Window, qtbot: QtBot) -> None:
    window.ring.note_keys()
    window.button.setFocus()
    assert window.childAt(window.button.geometry().center()) is window.button


@pytest.mark.parametrize("name", NAMES)
def test_both_bands_are_drawn_in_every_theme(name: str, on_screen: Show) -> None:
    theme = Theme(name)
    window = Window(theme)
    on_screen(window, 1080, 1200)
    window.ring.note_keys()
    window.button.setFocus()
    image = window.grab().toImage()
    place = window.button.geometry()
    x = place.center().x()
    assert image.pixelColor(x, place.top() - 7) == QColor(theme.hex("focusIn"))
    assert image.pixelColor(x, place.top() - 12) == QColor(theme.hex("focusOut"))


def test_a_control_that_goes_away_takes_the_ring_along(window: Window) -> None:
    window.ring.note_keys()
    window.button.setFocus()
    window.button.hide()
    assert window.ring.isHidden() or around(window) != window.button.geometry()
