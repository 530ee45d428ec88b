"""The keyboards of the screen: what each can write, where its keys lie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.field import TextField
from ui.widgets.key_rows import LAYOUTS, UNITS, accents, digits, layouts_of, letters
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard
from ui.widgets.keys import Key

TEXTS = KeyboardTexts(
    "Maj", "Effacer", "Espace", "Fermer", "123", "lettres latines", "arabes", "ukrainiennes"
)
LEFT = Qt.MouseButton.LeftButton


class Page(QWidget):
    """A field over a keyboard, as high as a page."""

    def __init__(self, lang: str, size: tuple[int, int] = (1080, 1390), scale: float = 1) -> None:
        super().__init__()
        theme = Theme(scale=scale)
        self.field = TextField(theme, "Nom", clear_text="Effacer tout")
        self.keyboard = ScreenKeyboard(theme, lang, TEXTS)
        self.keyboard.aim(self.field.edit, True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addStretch(1)
        column.addWidget(self.keyboard)
        self.resize(*size)

    def shown(self) -> dict[str, Key]:
        return {key.label: key for key in self.keyboard.findChildren(Key) if not key.isHidden()}

    def press(self, label: str) -> None:
        key = self.shown().get(label)
        assert key is not None, f"no key {label!r} among {sorted(self.shown())}"
        QTest.mouseClick(key, LEFT)

    def write(self, text: str) -> None:
        """Find every sign as a person does: on this page, in capitals, among the accents, the digits."""
        for sign in text:
            label = "Espace" if sign == " " else sign
            if label not in self.shown():
                self._look_for(label)
            self.press(label)

    def _look_for(self, label: str) -> None:
        for _ in range(2):
            for way in ("Maj", self.keyboard.layout_now.accents_label, "Maj", "123"):
                if way in self.shown():
                    self.press(way)
                if label in self.shown():
                    return
            for back in ("أبج", "АБВ", "ABC"):
                if back in self.shown():
                    self.press(back)
                if label in self.shown():
                    return
        raise AssertionError(f"nowhere {label!r}")


def page(qtbot: QtBot, lang: str, size: tuple[int, int] = (1080, 1390), scale: float = 1) -> Page:
    made = Page(lang, size, scale)
    qtbot.addWidget(made)
    made.show()
    return made


FIRST_ROW = {
    "fr": "AZERTYUIOP",
    "en": "QWERTYUIOP",
    "nl": "QWERTYUIOP",
    "de": "QWERTZUIOP",
    "uk": "ЙЦУКЕНГШЩЗ",
    "ar": "ضصثقفغعهخح",
}


@pytest.mark.parametrize("lang", sorted(FIRST_ROW))
def test_each_language_has_its_own_keys_from_left_to_right(qtbot: QtBot, lang: str) -> None:
    QApplication.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight
    )
    shown = page(qtbot, lang)
    top = min(key.y() for key in shown.shown().values())
    row = sorted((key.x(), key.label) for key in shown.shown().values() if key.y() == top)
    assert "".join(label for _, label in row) == FIRST_ROW[lang]


WRITTEN = [
    ("fr", "Œuvre d’Élodie Nuñez-Çelik".replace("ñ", "n")),
    ("en", "Rue de l’Évêché 12"),
    ("nl", "Zoë van ’t Hoff"),
    ("de", "Jürgen Groß, Straße 7"),
    ("uk", "Ґалаґан Їжакевич з м’ятою Ёлка"),
    ("uk", "Rue Hoche"),
    ("ar", "محمد آل سعود"),
    ("ar", "أحمد لا إله"),
    ("ar", "12 rue de l’Église"),
]


@pytest.mark.parametrize(("lang", "text"), WRITTEN)
def test_names_are_written_with_the_keys_of_the_screen_alone(qtbot: QtBot, lang: str, text: str) -> None:
    shown = page(qtbot, lang)
    shown.write(text.replace("لا", "\u0644\u0627"))
    assert shown.field.text() == text


def test_capitals_hold_for_one_letter_and_come_back_when_all_is_erased(qtbot: QtBot) -> None:
    shown = page(qtbot, "fr")
    for label in ("M", "e", "Maj", "T", "z"):
        shown.press(label)
    assert shown.field.text() == "MeTz"
    assert "A" not in shown.shown()
    shown.keyboard.begin(True)
    assert "A" in shown.shown()


def test_the_way_to_latin_letters_leads_back(qtbot: QtBot) -> None:
    shown = page(qtbot, "uk")
    shown.press("ABC")
    assert {"Q", "W", "E"} <= set(shown.shown())
    assert shown.shown()["АБВ"].accessibleName() == "АБВ, ukrainiennes"
    shown.press("АБВ")
    assert "Ї" in shown.shown()


def test_a_sign_that_sits_on_a_letter_is_shown_on_a_bar_and_written_alone(qtbot: QtBot) -> None:
    shown = page(qtbot, "ar")
    shown.press("م")
    shown.press(shown.keyboard.layout_now.accents_label)
    shown.press("ـ\u064f")
    assert shown.field.text() == "م\u064f"


def test_a_long_press_writes_once(qtbot: QtBot) -> None:
    shown = page(qtbot, "fr")
    key = shown.shown()["A"]
    assert not key.autoRepeat()
    QTest.mousePress(key, LEFT)
    assert shown.field.text() == ""
    QTest.mouseRelease(key, LEFT)
    assert shown.field.text() == "A"


def test_a_finger_that_slides_off_a_key_writes_nothing(qtbot: QtBot) -> None:
    shown = page(qtbot, "fr")
    key = shown.shown()["A"]
    QTest.mousePress(key, LEFT)
    QTest.mouseMove(key, QPoint(-40, -40))
    QTest.mouseRelease(key, LEFT, pos=QPoint(-40, -40))
    assert shown.field.text() == ""


PLACES = [(1080, 1390, 1), (1080, 1390, 3), (1008, 816, 1), (1280, 536, 3), (620, 536, 1), (700, 480, 1)]


@pytest.mark.parametrize("lang", sorted(LAYOUTS))
@pytest.mark.parametrize("place", PLACES)
def test_keys_never_overlap_leave_the_place_or_get_too_small(
    qtbot: QtBot, lang: str, place: tuple[int, int, int]
) -> None:
    *size, scale = place
    shown = page(qtbot, lang, (size[0], size[1]), scale)
    for way in ("", shown.keyboard.layout_now.accents_label, "123"):
        if way:
            shown.press(way)
        QApplication.processEvents()
        keys = list(shown.shown().values())
        for key in keys:
            assert shown.keyboard.rect().contains(key.geometry()), (way, key.label)
            assert min(key.width(), key.height()) >= 44, (way, key.label)
        for one in keys:
            for other in keys:
                assert one is other or not one.geometry().intersects(other.geometry())
        bottom = shown.keyboard.mapTo(shown, QPoint(0, shown.keyboard.height())).y()
        assert bottom <= shown.height()


@pytest.mark.parametrize("lang", sorted(LAYOUTS))
def test_on_the_portrait_page_keys_are_as_large_as_drawn(qtbot: QtBot, lang: str) -> None:
    shown = page(qtbot, lang)
    assert min(key.width() for key in shown.shown().values()) >= 94
    assert {key.height() for key in shown.shown().values()} == {104}


@pytest.mark.parametrize("lang", sorted(LAYOUTS))
def test_every_row_fills_the_keyboard_and_no_sign_stands_twice(lang: str) -> None:
    layouts = layouts_of(lang)
    for layout in layouts:
        rows = letters(layout, len(layouts) > 1)
        assert all(sum(cell.span for cell in row) == UNITS for row in (*rows, *digits(layout)))
        signs = [cell.sign for row in (*rows, *accents(layout)) for cell in row if not cell.acts]
        assert len(signs) == len(set(signs))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from("AbÉ -’9ç"), max_size=12))
def test_whatever_is_pressed_stands_in_the_field(signs: list[str]) -> None:
    shown = Page("fr")
    shown.write("".join(signs))
    assert shown.field.text() == "".join(signs)
    shown.deleteLater()
