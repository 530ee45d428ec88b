"""A person who has a key to go on and a key to press: no touch, no sight, no keyboard with letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.procedures import Pack
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Stage, city, kiosk_with, pack, take_down, writing
from ui.application import Application
from ui.places import Place
from ui.widgets.date_field import DateField
from ui.widgets.keyboard import ScreenKeyboard
from ui.widgets.keys import Key, NumericPad
from ui.widgets.option import CheckMark, RadioMark
from ui.widgets.text import Heading

MOST_STOPS = 160


class FourKeys(Citizen):
    """Goes on with Tab and presses with Space; ``heard`` is what the focus told on the way."""

    def on(self) -> QWidget:
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus is nowhere on {type(self.screen).__name__}"
        return focus

    def go_to(self, fits: Callable[[QWidget], bool]) -> QWidget:
        for _ in range(MOST_STOPS):
            focus = self.on()
            if fits(focus):
                return focus
        raise AssertionError(f"never came to it on {type(self.screen).__name__}: {self.reads()}")

    def press(self, fits: Callable[[QWidget], bool]) -> None:
        self.go_to(fits)
        self.key(Qt.Key.Key_Space)

    def press_words(self, words: str) -> None:
        self.press(lambda one: isinstance(one, QAbstractButton) and one.accessibleName().startswith(words))

    def press_key(self, sign: str) -> None:
        self.press(lambda one: isinstance(one, Key) and one.typed == sign)

    def forward(self) -> None:
        nav = self.screen.nav()
        assert nav is not None
        assert nav.forward is not None
        self.press_words(nav.forward)

    def all_stops(self) -> list[QWidget]:
        """Once round the page, and back where it began."""
        stops: list[QWidget] = []
        while len(stops) < MOST_STOPS:
            focus = self.on()
            if focus in stops:
                return stops
            stops.append(focus)
        raise AssertionError("the way never comes round")

    def arrives(self) -> None:
        """What must be true of every page: the title is told first, every control has its turn and name."""
        where = type(self.screen).__name__
        focus = QApplication.focusWidget()
        assert isinstance(focus, Heading), f"{where} begins at {focus}"
        assert focus.text() in self.screen.spoken(), where
        stops = self.all_stops()
        controls = [*self.window.findChildren(QAbstractButton), *self.window.findChildren(QLineEdit)]
        missed = [one.accessibleName() for one in controls if one.isVisible() and one not in stops]
        assert not missed, f"{where}: no key leads to {missed}"
        assert all(one.accessibleName() for one in stops if not isinstance(one, Heading)), where

    def answers(self) -> None:
        """The first answer there is; a date by the pad; a word or a number by its keys."""
        marks = [one for one in self.screen.findChildren(QWidget) if isinstance(one, RadioMark | CheckMark)]
        shown = [mark for mark in marks if mark.isVisible()]
        if shown:
            self.press(lambda one: one is shown[0])
        elif self.screen.findChildren(DateField):
            for digit in "01112026":
                self.press_key(digit)
        elif self.screen.findChildren(NumericPad):
            self.press_key("2")
        self.forward()


Kiosk = Callable[..., FourKeys]


@pytest.fixture
def kiosk(qtbot: QtBot, speaker: RecordingSpeaker, stage: Stage) -> Iterator[Kiosk]:
    """A kiosk that speaks French and Arabic."""
    opened: list[Application] = []

    def come(content: Pack) -> FourKeys:
        app = kiosk_with(content, stage, speaker, replace(CONFIG, languages=("fr", "ar")))
        opened.append(app)
        app.start()
        qtbot.waitUntil(lambda: app.ready, timeout=10_000)
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        return FourKeys(app, qtbot)

    yield come
    for app in opened:
        take_down(app)


@pytest.mark.parametrize("language", ["Français", "العربية"])
def test_a_whole_visit_with_the_keys_alone(kiosk: Kiosk, language: str) -> None:
    person = kiosk(pack())
    flow = person.app.flow
    person.arrives()
    person.press_words(language)
    person.arrives()
    person.press_words(pack().text("event.naissance.title", flow.lang))
    person.arrives()
    person.press_words(person.screen.text("whom.me"))
    while flow.place is Place.ASKING:
        person.arrives()
        question = flow.question
        person.answers()
        assert (flow.place, flow.question) != (Place.ASKING, question), f"stuck at {question}"
    assert flow.place is Place.CHECK
    person.arrives()
    person.forward()
    assert flow.place is Place.PLAN
    person.arrives()
    person.forward()
    assert flow.place is Place.TAKE_AWAY
    person.arrives()


def test_every_kind_of_answer_with_the_keys_alone(kiosk: Kiosk) -> None:
    person = kiosk(city())
    flow = person.app.flow
    person.press_words("Français")
    person.press_words(city().text("event.foyer.title", "fr"))
    person.press_words("Pour moi")
    while flow.place is Place.ASKING:
        person.arrives()
        question = flow.question
        person.answers()
        assert (flow.place, flow.question) != (Place.ASKING, question), f"stuck at {question}"
    assert flow.place is Place.CHECK


def test_a_date_is_written_on_the_pad_without_leaving_it(kiosk: Kiosk) -> None:
    """The boxes take turns; the focus stays where the person is."""
    person = kiosk(pack())
    person.press_words("Français")
    person.press_words("Un enfant naît")
    person.press_words("Pour moi")
    while not person.screen.findChildren(DateField):
        person.answers()
    for digit in "01112026":
        person.press_key(digit)
        focus = QApplication.focusWidget()
        assert isinstance(focus, Key)
        assert focus.typed == digit
    assert person.screen.findChildren(DateField)[0].value() == (1, 11, 2026)


def test_a_search_is_typed_on_the_keyboard_of_the_screen(kiosk: Kiosk) -> None:
    person = kiosk(pack())
    person.press_words("Français")
    person.press_words(person.screen.text("events.search"))
    person.arrives()
    for sign in "Bebe":
        person.press_key(sign)
    said = person.screen.spoken()
    assert "Touchez ce qui vous arrive." in said
    assert "Un enfant naît." in said
    person.press_words("Un enfant naît")
    assert person.app.flow.place is Place.FOR_WHOM


def test_the_keyboard_s_own_key_gives_the_focus_back_to_the_field(kiosk: Kiosk) -> None:
    person = kiosk(pack())
    person.press_words("Français")
    person.press_words(person.screen.text("events.search"))
    keyboard = person.screen.findChildren(ScreenKeyboard)[0]
    person.press_words("Fermer")
    assert not keyboard.isVisible()
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_keys_come_in_the_order_in_which_they_stand(kiosk: Kiosk) -> None:
    """Also where a page of signs is shown with keys that were made for another."""
    person = kiosk(writing())
    person.press_words("Français")
    person.press_words(person.screen.text("events.search"))
    shown = person.screen.findChildren(ScreenKeyboard)[0]
    for page in ("123", "ABC", "É È À Ç"):
        person.press_words(page)
        keys = [one for one in person.all_stops() if isinstance(one, Key)]
        first = min(range(len(keys)), key=lambda at: (keys[at].y(), keys[at].x()))
        turned = keys[first:] + keys[:first]
        assert turned == sorted(turned, key=lambda key: (key.y(), key.x())), page
        assert shown.isVisible()
