from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from kiosk.resources import asset
from ui.icons import MIRRORED, pixmap


def ink(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in colours if colour.alpha() == 255}


def test_an_icon_is_drawn_in_the_colour_asked_for() -> None:
    assert ink(pixmap("check", 48, "#0F4A54")) == {QColor("#0f4a54").name()}


def test_an_icon_is_drawn_once_for_the_same_name_size_and_colour() -> None:
    assert pixmap("lock", 40, "#000000") is pixmap("lock", 40, "#000000")


@pytest.mark.parametrize("name", sorted(MIRRORED))
def test_icons_with_a_direction_turn_round(name: str) -> None:
    straight = pixmap(name, 48, "#000000").toImage()
    turned = pixmap(name, 48, "#000000", rtl=True).toImage()
    assert turned == straight.flipped(Qt.Orientation.Horizontal)


@pytest.mark.parametrize("name", ["clock", "check", "printer"])
def test_others_never_turn(name: str) -> None:
    assert pixmap(name, 48, "#000000").toImage() == pixmap(name, 48, "#000000", rtl=True).toImage()


def test_a_dense_screen_gets_more_pixels_for_the_same_size() -> None:
    picture = pixmap("check", 40, "#000000", 2.0)
    assert (picture.width(), picture.devicePixelRatioF()) == (80, 2.0)


def test_an_unknown_name_shows_a_question_mark_instead_of_nothing() -> None:
    assert pixmap("no-such-icon", 40, "#000000").toImage() == pixmap("help-circle", 40, "#000000").toImage()


def test_every_icon_named_in_the_widgets_exists() -> None:
    named: set[str] = set()
    for source in (asset("..") / "ui").rglob("*.py"):
        named |= set(re.findall(r'icon(?:_name)?[=:] ?"([a-z0-9-]+)"', source.read_text(encoding="utf-8")))
    missing = {name for name in named if not (asset("icons") / f"{name}.svg").is_file()}
    assert not missing
