"""A picture of every screen, in every language: `./dev shots [FOLDER] [--size WxH]`.

The real window, flow and content, without a display. Only what lies behind the screens is told to have a
recipient and a printer, so that the pages of sending are seen too; nothing is sent or printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEventLoop

from accessibility.speech import RecordingSpeaker
from kiosk.backstage import KioskBackstage
from kiosk.config import Config, Help, Send
from kiosk.procedures import (
    AnswerValue,
    Pack,
    PartialDate,
    Plan,
    Question,
    QuestionType,
    find_pack,
    load_pack,
)
from kiosk.visit import Visit
from ui.application import Application
from ui.places import Over, Place

PATIENCE_S = 10.0
ROOT = Path(__file__).resolve().parent.parent
CONFIG = Config(
    help=Help(
        "01 23 45 67 89", {"fr": "du lundi au vendredi, de 9 h à 17 h", "en": "Monday to Friday, 9 to 5"}
    ),
    send=Send(
        "agency",
        {"fr": "Préparer votre rendez-vous", "en": "To prepare your appointment"},
        {"fr": "Réponse sous cinq jours ouvrés", "en": "Answer within five working days"},
    ),
)


class Shown(KioskBackstage):
    """An enrolled device with a printer, as far as the screens can tell."""

    demonstration = False  # type: ignore[assignment]  # a property in a real one

    def recipient(self) -> str | None:
        return "Ville de Valmerle"

    def can_print(self) -> bool:
        return True

    def send(self, visit: Visit, _plan: Plan) -> str:
        return visit.case_code


def settle(until: Callable[[], bool] = lambda: True) -> None:
    """Let Qt work until ``until`` holds and nothing is left to paint."""
    limit = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > limit:
            raise SystemExit("shots: error: a screen did not come")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    for _ in range(3):
        QCoreApplication.processEvents()


def answer(question: Question, visit: Visit) -> AnswerValue:
    """A likely answer: born yesterday, the first option, two."""
    yesterday = visit.today - timedelta(days=1)
    return {
        QuestionType.YES_NO: True,
        QuestionType.DATE: PartialDate(yesterday.year, yesterday.month, yesterday.day),
        QuestionType.NUMBER: 2,
        QuestionType.CHOICE: question.options[0].value if question.options else "",
        QuestionType.CHOICES: tuple(option.value for option in question.options[:1]),
    }.get(question.type, "Valmerle")


def walk(app: Application, lang: str, event: str) -> Iterator[str]:
    """Go through one visit; yields a name whenever a new screen stands."""
    flow = app.flow
    flow.choose_language(lang)
    yield "evenements"
    for over in (Over.LANGUAGE, Over.HELP, Over.END):
        flow.cover(over)
        yield f"par-dessus-{over.name.lower()}"
        flow.go_on()
    flow.choose_event(event)
    if flow.place is Place.FOR_WHOM:
        yield "pour-qui"
        flow.for_whom(other=False)
    while flow.place is Place.ASKING:
        question = flow.view().question
        yield f"question-{question.id}"
        flow.answer(answer(question, flow.visit))
    yield "verifier"
    flow.show_plan()
    yield "plan"
    flow.take_away()
    yield "emporter"
    flow.open_send()
    yield "envoyer"
    flow.send()
    settle(lambda: flow.place is Place.SAVED)
    yield "enregistre"
    flow.thanks()
    yield "merci"


def main() -> int:
    """Write ``LANG-EVENT-NN-SCREEN.png`` for each screen into the folder."""
    parser = argparse.ArgumentParser("./dev shots", description="A picture of every screen.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out/shots"))
    parser.add_argument("--size", default="1080x1920", metavar="WxH")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        loaded: Callable[[], Pack] = cache(lambda: load_pack(find_pack(CONFIG.pack), Path(data)))
        backstage = Shown(CONFIG, Path(data), loaded)
        app = Application(
            CONFIG,
            loaded,
            lambda: backstage,
            RecordingSpeaker,
            demonstration=False,
            windowed=True,
            size=(width, height),
        )
        app.start()
        settle(lambda: app.window.demonstration is False)
        count = int(app.window.grab().save(str(options.folder / "accueil.png")))
        for lang in CONFIG.languages:
            for event in loaded().events.values():
                for number, name in enumerate(walk(app, lang, event.id), 1):
                    settle()
                    file = options.folder / f"{lang}-{event.slug}-{number:02}-{name}.png"
                    count += app.window.grab().save(str(file))
                app.flow.visit = None
                app.flow.place = Place.ATTRACT
                app.window.show_current()
        app.close()
    print(f"{count} pictures in {options.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
