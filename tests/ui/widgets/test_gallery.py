"""Every page of the gallery, in every size and theme: large enough, named, inside its place, readable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.comfort import TEXT_SCALES as SCALES
from tests.ui import gallery
from ui.theme import MINIMUM_TARGET, Theme
from ui.widgets.paged import PagedArea
from ui.widgets.text import TextLabel

# Sizes differ by scale, and by the thicker borders of the contrast theme; other themes change colours only.
LOOKS = [("light", scale) for scale in SCALES] + [("contrast", 1.0), ("contrast", 3.0)]


@pytest.fixture(params=sorted(gallery.PAGES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def page(request: pytest.FixtureRequest, name: str, qtbot: QtBot, qapp: object) -> QWidget:
    look, scale = request.param
    theme = Theme(look, scale)
    if name == "arabic":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
    made = gallery.PAGES[name](theme)
    qtbot.addWidget(made)
    made.resize(1080, 1920)
    made.show()
    return made


def controls(page: QWidget) -> list[QWidget]:
    found = [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]
    return [control for control in found if control.isVisible()]


def test_a_page_keeps_its_promises(page: QWidget) -> None:
    assert page.size().toTuple() == (1080, 1920), "something is wider or taller than the screen"
    for control in controls(page):
        what = f"{type(control).__name__} {control.accessibleName()!r} {control.size().toTuple()}"
        least = min(control.width(), control.height())
        # Inside a text field the whole card of the field takes the touch.
        target = (
            control.parentWidget() if isinstance(control, QLineEdit) and control.height() < 88 else control
        )
        assert min(target.width(), target.height(), max(least, 88)) >= MINIMUM_TARGET, what
        interface = QAccessible.queryAccessibleInterface(control)
        spoken = interface.text(QAccessible.Text.Name)
        assert spoken.strip(), what
        words = getattr(control, "words", None)
        if callable(words):
            assert str(words()).casefold() in spoken.casefold(), what
        assert control.isEnabled(), what
    within_their_place(page)
    texts_have_room(page)


def within_their_place(page: QWidget) -> None:
    for widget in page.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or isinstance(parent.parentWidget(), PagedArea):
            continue
        if widget.isWindow() or getattr(parent, "view", None) is widget:
            continue
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        assert parent.rect().contains(place), (
            type(widget).__name__,
            place,
            type(parent).__name__,
            parent.size(),
        )


def texts_have_room(page: QWidget) -> None:
    for widget in page.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.hasHeightForWidth()
            and isinstance(widget, TextLabel | QAbstractButton)
        ):
            needed = widget.heightForWidth(widget.width())
            assert widget.height() >= needed, (
                type(widget).__name__,
                widget.accessibleName(),
                widget.height(),
                needed,
            )


def test_the_frame_never_takes_more_than_two_fifths_of_the_height(qtbot: QtBot) -> None:
    page = gallery.choice_page(Theme(scale=3.0))
    qtbot.addWidget(page)
    page.resize(1080, 1920)
    page.show()
    frame = sum(bar.height() for bar in page.findChildren(gallery.Bar))
    assert frame <= 0.40 * 1920


def test_states_are_told_apart_without_colour(qtbot: QtBot) -> None:
    pictures = []
    for kind in ("legal", "benefit", "free"):
        tag = gallery.Tag(Theme("contrast"), kind, "Mot")
        qtbot.addWidget(tag)
        tag.resize(tag.sizeHint())
        pictures.append(tag.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]
