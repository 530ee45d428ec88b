"""One real kiosk window, offscreen, that can be put into any state of a visit and into any look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent

from accessibility.speech import RecordingSpeaker
from kiosk.comfort import Comfort
from kiosk.config import Config, Help, Send
from kiosk.procedures import AnswerValue, Pack, PartialDate, Question, QuestionType
from tests.ui.stage import TODAY, Recorder, Stage, pack
from ui.application import Application
from ui.flow import Flow
from ui.places import Place
from ui.screens.screen import Screen

LANGUAGES = ("fr", "en", "nl", "de", "ar", "uk")
RECIPIENT = "Service de l’état civil de la Ville de Valmerle"
CONFIG = Config(
    languages=LANGUAGES,
    send=Send("agency", {"": "Préparer votre rendez-vous"}, {"": "Sous cinq jours ouvrés"}),
    help=Help(
        "01 99 00 00 00",
        {"": "Du lundi au vendredi, de 9 h à 12 h et de 13 h 30 à 17 h"},
        {"": "Au guichet 3, au fond du hall, à gauche de l’escalier"},
    ),
    printer="accueil",
)
Answers = Mapping[str, AnswerValue]


@dataclass(frozen=True)
class Look:
    """One combination of everything that changes where things stand. ``size`` in pixels."""

    size: tuple[int, int] = (1080, 1920)
    scale: float = 1.0
    theme: str = "light"
    lang: str = "fr"
    low: bool = False

    def __str__(self) -> str:
        size = "x".join(map(str, self.size))
        low = " low" if self.low else ""
        return f"{size} {round(self.scale * 100)}% {self.theme} {self.lang}{low}"


def likely(question: Question) -> AnswerValue:
    """A likely answer: yes, yesterday, two, the first option."""
    yesterday = TODAY - timedelta(days=1)
    return {
        QuestionType.YES_NO: True,
        QuestionType.DATE: PartialDate(yesterday.year, yesterday.month, yesterday.day),
        QuestionType.NUMBER: 2,
        QuestionType.CHOICE: question.options[0].value if question.options else "",
        QuestionType.CHOICES: tuple(option.value for option in question.options[:1]),
    }.get(question.type)


class Scene:
    """A kiosk that can :meth:`wear` any look: :meth:`begin` a visit, walk its flow, :meth:`show` it."""

    def __init__(self, config: Config = CONFIG) -> None:
        self.look = Look()
        self._config = config
        self._content: Pack = pack()
        self._quiet = True
        self.app = Application(
            config,
            lambda: self._content,
            Stage,
            lambda: RecordingSpeaker(frozenset(LANGUAGES)),
            demonstration=False,
            windowed=True,
            size=self.look.size,
        )
        self.window = self.app.window
        self.begin()
        self.app.start()

    def wear(self, look: Look) -> None:
        """From the next visit on, the kiosk has this look."""
        self.look = look
        self.begin()
        self.window.resize(*look.size)
        self.show()

    # -- the way to a state -------------------------------------------------------------------------------

    def begin(self, content: Pack | None = None, config: Config | None = None) -> Flow:
        """A new visitor, before the welcome screen; nothing is shown until :meth:`show`."""
        self._quiet = True
        self._content = content or pack()
        self.window._opened = None  # the cards that the visitor before has opened
        self.window._thinking.stop()  # what the visitor before leaned to is no answer to another question
        set_up = config or self._config
        flow = Flow(set_up, lambda: self._content, Recorder(RECIPIENT), self._changed)
        flow.first_comfort = flow.comfort = Comfort(self.look.scale, self.look.theme, low=self.look.low)
        self.flow = self.app.flow = self.window.flow = flow
        self.window.config = set_up
        return flow

    def _changed(self) -> None:
        if not self._quiet:
            self.window.show_current()

    def visitor(self, content: Pack | None = None) -> Flow:
        """A visitor who has touched their language."""
        flow = self.begin(content)
        flow.choose_language(self.look.lang)
        return flow

    def asks(self, content: Pack, event: str, question: str, answers: Answers = {}) -> Flow:  # noqa: B006
        """A visitor in front of ``question``; what comes before gets ``answers`` or likely ones."""
        flow = self.visitor(content)
        begin_event(flow, event)
        while flow.place is Place.ASKING and flow.question != question:
            before = content.questions[flow.question]
            flow.answer(answers.get(before.id, likely(before)))
        assert flow.question == question, f"{event} never asks {question}"
        return flow

    def answered(self, content: Pack, event: str, answers: Answers = {}) -> Flow:  # noqa: B006
        """A visitor who has answered everything and checks."""
        flow = self.visitor(content)
        begin_event(flow, event)
        self.answer_all(answers)
        return flow

    def answer_all(self, answers: Answers = {}) -> None:  # noqa: B006
        """The rest of this life event's questions."""
        while self.flow.place is Place.ASKING:
            question = self._content.questions[self.flow.question]
            self.flow.answer(answers.get(question.id, likely(question)))

    # -- showing ------------------------------------------------------------------------------------------

    def show(self) -> Screen:
        """Draw where the visit stands, laid out; what is done from now on is seen at once."""
        self._quiet = False
        self.window.forget_pages()
        self.window.show_current()
        self.settle()
        return self.screen

    @property
    def screen(self) -> Screen:
        shown = self.window.screen_widget
        assert shown is not None
        return shown

    def settle(self) -> None:
        """Until nothing waits to be laid out or taken down."""
        self.app.qt.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.qt.processEvents()

    def close(self) -> None:
        self.app.close()
        self.window.close()
        self.window.deleteLater()
        self.settle()

    def set_up(self, **changes: object) -> Config:
        """This kiosk's configuration, but for some values."""
        return replace(self._config, **changes)


def begin_event(flow: Flow, event: str) -> None:
    """Choose a life event, for oneself."""
    flow.choose_event(event)
    if flow.place is Place.FOR_WHOM:
        flow.for_whom(other=False)


@cache
def walks(content: Pack, event: str) -> dict[str, dict[str, AnswerValue]]:
    """For each question that somebody is asked: the answers before it, on the shortest way found."""
    found: dict[str, dict[str, AnswerValue]] = {}
    dice = Random(event)
    for _ in range(250):
        flow = Flow(CONFIG, lambda: content, Recorder(), lambda: None)
        flow.choose_language("fr")
        begin_event(flow, event)
        given: dict[str, AnswerValue] = {}
        while flow.place is Place.ASKING:
            question = content.questions[flow.question]
            if question.id not in found or len(given) < len(found[question.id]):
                found[question.id] = dict(given)
            given[question.id] = any_answer(question, dice)
            flow.answer(given[question.id])
    return found


def any_answer(question: Question, dice: Random) -> AnswerValue:
    """An answer by chance; sometimes « I do not know »."""
    choose = dice.choice
    options = [option.value for option in question.options]
    day = TODAY - timedelta(days=choose([0, 1, 20, 40, 100, 400, 800]))
    value: AnswerValue = {
        QuestionType.YES_NO: choose([True, False]),
        QuestionType.DATE: PartialDate(day.year, day.month, day.day),
        QuestionType.NUMBER: choose([0, 1, 2, 12]),
        QuestionType.CHOICE: choose(options) if options else None,
        QuestionType.CHOICES: tuple(option for option in options if choose([True, False])),
    }.get(question.type)
    return None if question.unknown_allowed and choose(range(6)) == 0 else value
