from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.paged import PagedArea
from ui.widgets.text import Heading, TextLabel
from ui.widgets.why import WhyPanel

TEXTS = ("Remonter", "Voir la suite", "Vous êtes en haut.", "Fin de la liste.", "Haut", "Fin")


def area_of(qtbot: QtBot, theme: Theme, count: int, height: int = 1390) -> PagedArea:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(48, 26, 48, 26)
    column.setSpacing(14)
    for number in range(count):
        column.addWidget(BigButton(theme, f"Bouton {number}", minimum_height=150))
    column.addStretch(1)
    area = PagedArea(theme, content, TEXTS)
    qtbot.addWidget(area)
    area.resize(1080, height)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    return area


def buttons(area: PagedArea) -> list[BigButton]:
    return area.content.findChildren(BigButton)


def top_in_view(area: PagedArea, widget: QWidget) -> int:
    return widget.mapTo(area, QPoint(0, 0)).y()


def test_what_fits_has_no_pager(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 4)
    assert area.pager.isHidden()
    assert not area.can_drag()
    area.drag_by(-300)
    assert area.offset() == 0


def test_what_does_not_fit_is_paged_to_the_top_of_an_item(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 20)
    assert area.pager.isVisible()
    QTest.mouseClick(area.pager.down, Qt.MouseButton.LeftButton)
    assert area.offset() > 600
    assert any(0 <= top_in_view(area, button) <= 30 for button in buttons(area))


def test_every_item_is_seen_whole_on_some_page(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 20)
    seen: set[int] = set()
    for _ in range(10):
        for number, button in enumerate(buttons(area)):
            top = top_in_view(area, button)
            if top >= 0 and top + button.height() <= area.view.height():
                seen.add(number)
        area.page_down()
    assert seen == set(range(20))


def test_going_up_comes_back_to_the_top(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 20)
    for _ in range(8):
        area.page_down()
    for _ in range(8):
        area.page_up()
    assert area.offset() == 0


@pytest.mark.parametrize(("side", "sentence"), [("up", TEXTS[2]), ("down", TEXTS[3])])
def test_the_side_that_cannot_move_says_why(qtbot: QtBot, theme: Theme, side: str, sentence: str) -> None:
    area = area_of(qtbot, theme, 20)
    if side == "down":
        for _ in range(10):
            area.page_down()
    button: BigButton = getattr(area.pager, side)
    assert button.dashed
    assert button.isEnabled()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(area.refused) as told:
        button.click()
    assert told.args == [sentence]


def test_the_focused_control_is_scrolled_into_view(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 20)
    last = buttons(area)[-1]
    last.setFocus()
    assert top_in_view(area, last) + last.height() <= area.view.height()
    buttons(area)[0].setFocus()
    assert top_in_view(area, buttons(area)[0]) >= 0


def test_a_control_that_is_seen_in_part_stays_under_the_finger_and_is_pressed(
    qtbot: QtBot, theme: Theme
) -> None:
    area = area_of(qtbot, theme, 20)
    foot = area.view.height()
    cut = next(
        one for one in buttons(area) if top_in_view(area, one) < foot - 20 < top_in_view(area, one) + 100
    )
    before = top_in_view(area, cut)
    with qtbot.waitSignal(cut.clicked):
        QTest.mouseClick(
            area.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(area.width() // 2, before + 10)
        )
    assert top_in_view(area, cut) == before


def test_dragging_the_paper_follows_the_finger_with_no_overshoot(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 20)
    area.drag_by(-200)
    assert area.offset() == 200
    area.drag_by(5000)
    assert area.offset() == 0


def test_nothing_ever_scrolls_sideways(qtbot: QtBot) -> None:
    area = area_of(qtbot, Theme(scale=3.0), 6)
    assert area.content.width() == area.width()
    assert all(button.geometry().right() <= area.width() for button in buttons(area))


def test_opening_the_why_panel_shows_it_whole(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 7)
    why = WhyPanel(theme, "Pourquoi\u00a0?", "Ouvrir", "Fermer", (("bulb", "Vos droits en dépendent."),))
    area.content.layout().insertWidget(7, why)
    area.fit()
    assert not why.opened
    why.header.click()
    assert why.opened
    assert why.header.accessibleName() == "Pourquoi\u00a0? Fermer"
    qtbot.waitUntil(lambda: top_in_view(area, why) + why.height() <= area.view.height())


def asked_in(area: PagedArea, theme: Theme, place: int) -> tuple[Heading, WhyPanel]:
    """A question at the top, and why it is asked after so many buttons."""
    heading = Heading(theme, "Où habitez-vous\u00a0?")
    lines = [("bulb", "Vos droits en dépendent.")] * 6
    why = WhyPanel(theme, "Pourquoi\u00a0?", "Ouvrir", "Fermer", lines, asked=heading)
    column = area.content.layout()
    column.insertWidget(0, heading)
    column.insertWidget(place + 1, why)
    QApplication.processEvents()
    return heading, why


def again(why: WhyPanel) -> list[TextLabel]:
    return [label for label in why.findChildren(TextLabel) if label.text().startswith("Où")]


def test_why_a_question_is_asked_leaves_it_in_sight(qtbot: QtBot, theme: Theme) -> None:
    area = area_of(qtbot, theme, 6)
    _heading, why = asked_in(area, theme, 3)
    why.toggle()
    assert area.offset() == 0
    assert not again(why)


def test_why_a_question_far_above_is_asked_says_it_once_more_and_comes_back(
    qtbot: QtBot, theme: Theme
) -> None:
    area = area_of(qtbot, theme, 10)
    heading, why = asked_in(area, theme, 10)
    area.page_down()
    before = area.offset()
    why.toggle()
    assert not area.shows_some(heading, heading.height())
    assert len(again(why)) == 1
    why.toggle()
    assert area.offset() == before
