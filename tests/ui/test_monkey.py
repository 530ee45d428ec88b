"""A monkey over all packs: no crash, no dead end, no unnamed control, no way out (tests/ui/monkey.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.comfort import Comfort
from kiosk.config import About, Staff
from kiosk.procedures import Pack, find_pack, load_pack
from tests.ui.monkey import Backroom, Ears, Later, Monkey, listening
from tests.ui.stage import Time, city, kiosk_with, pack, take_down, writing
from tests.ui.sweep.scene import CONFIG, LANGUAGES
from ui import views

SEED = 20261124
HOME_EVERY = 250
TESTS = Path(__file__).parents[1]
SETTING = replace(
    CONFIG,
    help=replace(CONFIG.help, command=("/bin/true",), urgent={"": "En danger\u00a0: 112"}),
    staff=Staff("sealed"),
    about=About("Ville de Valmerle", "dpo@example.org", "dpo@example.org", "acces@example.org"),
)


def town() -> Pack:
    return load_pack(find_pack("fr"), overlays=[TESTS / "packs" / "town"])


def of(*folders: str) -> Callable[[], Pack]:
    first, *over = (TESTS / folder for folder in folders)
    return cache(lambda: load_pack(first, overlays=over))


LARGE = "in Arabic, 300 %, within low reach"
ENGINE = "kiosk/procedures/packs"
PACKS: dict[str, tuple[Callable[[], Pack], tuple[int, int], int]] = {
    "fr": (pack, (1080, 1920), 2000),
    "fr with a town": (town, (1920, 1080), 1000),
    "cite": (city, (1080, 1920), 1500),
    "saisie": (writing, (1080, 1920), 1500),
    LARGE: (writing, (1080, 1920), 500),
    "be": (of("packs/be"), (768, 1366), 500),
    "de": (of("packs/de"), (1280, 1024), 500),
    "good": (of("packs/good"), (1080, 1920), 500),
    "small": (of(f"{ENGINE}/small"), (1920, 1080), 500),
    "whole": (of(f"{ENGINE}/whole"), (1366, 768), 500),
    "whole with a town": (of(f"{ENGINE}/whole", f"{ENGINE}/over"), (1080, 1920), 1000),
}
"""Each with the size of a display and its share of ten thousand steps."""

Run = Callable[[str, int], Monkey]


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    with listening(monkeypatch) as found:
        yield found


@pytest.fixture
def run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ears: Ears) -> Run:
    """So many steps at a kiosk with this pack, going home now and then; the monkey, for what it has met."""
    monkeypatch.setattr("ui.widgets.press.DEBOUNCE_S", 0)
    monkeypatch.setattr("ui.bridge.ThreadPoolExecutor", Later)
    monkeypatch.setattr("ui.bridge.AFTER_PAINT_MS", 0)
    monkeypatch.setattr("ui.pages.AFTER_PAINT_MS", 0)

    def come(name: str, steps: int) -> Monkey:
        load, size, _ = PACKS[name]
        dice, clock, content = Random(f"{SEED} {name}"), Time(), load()
        backroom, speaker = (
            Backroom(dice, content),
            RecordingSpeaker(frozenset(LANGUAGES) - {"uk"}, hold=True),
        )
        config = replace(SETTING, languages=("ar", "fr")) if name == LARGE else SETTING
        app = kiosk_with(content, backroom, speaker, config, now=clock)
        if name == LARGE:
            app.flow.first_comfort = app.flow.comfort = Comfort(scale=3, low=True)
        app.start()
        app.window.resize(QSize(*size))
        qtbot.waitUntil(lambda: app.ready and "uk" not in app.window.voices)
        monkey = Monkey(app, ears, clock, backroom, speaker, dice)
        QGuiApplication.clipboard().setText("pasted from elsewhere")
        for number in range(1, steps + 1):
            monkey.step()
            if number % HOME_EVERY == 0:
                monkey.goes_home()
        monkey.goes_home()
        monkey.breaks()
        for _ in range(20):
            monkey.step()
        take_down(app)
        return monkey

    return come


@pytest.mark.parametrize("name", ["fr", "cite", "saisie"])
def test_a_monkey_finds_no_crash_no_dead_end_and_no_way_out(run: Run, name: str) -> None:
    met = run(name, 500).met
    assert {"Attract", "Events", "Asking", "AskForHelp", "ChooseLanguage", "OutOfOrder"} <= set(met)


VIEWS = {view.__name__ for view in get_args(views.View)}
MANNERS = {
    *(f"in {lang}" for lang in LANGUAGES),
    *("300 %", "300 % low in ar", "contrast", "aloud", "easy", "private", "longer"),
    *("hidden behind a picture", "call NOBODY", "call COMING", "door WRONG", "sent"),
}
"""What the monkey must have come to besides every view."""


@pytest.mark.crowd
@pytest.mark.slow
def test_ten_thousand_steps_over_all_packs(run: Run) -> None:
    met: Counter[str] = Counter()
    for name, (*_, steps) in PACKS.items():
        met += run(name, steps).met
    assert sum(steps for *_, steps in PACKS.values()) == 10_000
    assert set(met) >= VIEWS | MANNERS
