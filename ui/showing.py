"""What is on the screen: the view of where a visit stands. No widget, no Qt, and nothing changes here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kiosk import visit as visits
from kiosk.comfort import Comfort
from kiosk.config import Config, words
from kiosk.visit import Resumed, Visit
from ui import views
from ui.course import Course, Courses, offered
from ui.hiding import Hidden
from ui.places import Over, Place
from ui.services import Services
from ui.views import Call, Door, Feedback, Progress, View

if TYPE_CHECKING:
    from kiosk.procedures import AnswerValue, EventHead, Pack, Plan


class Showing:
    """Where a visit stands, and the view of it. Nothing here changes it."""

    def __init__(
        self, config: Config, pack: Callable[[], Pack], services: Services, changed: Callable[[], None]
    ) -> None:
        self.config = config
        self.services = services
        self._pack = pack
        self._changed = changed
        self.place = Place.ATTRACT
        self.over: Over | None = None
        self._under: Over | None = None
        self.visit: Visit | None = None
        self.lang = config.languages[0]
        self._found: Resumed | None = None
        self.first_comfort = Comfort()
        """What every visit begins with: set by the panel's size and its place on the wall."""
        self.comfort = self.first_comfort
        self.hidden: Hidden | None = None
        self._stained = False
        self._call = Call.NONE
        self._staff = views.Staff(Door.CODE)
        self._reset()

    def _reset(self) -> None:
        self._question = ""
        self._courses = Courses()
        self._changing = False
        self._changing_from = Place.CHECK
        self._news: Resumed | None = None
        self._left_for_events: Place | None = None
        self._told_about = 0
        self._added = 0
        self._plan: Plan | None = None
        self._assisted = ""
        self._feedback = Feedback.ASKED
        self._plan_shown = Place.PLAN
        self._printing = Progress.READY
        self._sending = Progress.READY
        self._kept = False
        self._received = False
        self._online = False
        self._seconds = 0

    # -- what is on the screen ----------------------------------------------------------------------------

    @property
    def pack(self) -> Pack:
        return self._pack()

    def view(self) -> View:
        """The screen to show now."""
        if self.hidden is not None and self.over is None:
            return self._attract()
        if self.over is not None:
            return self._cover(self.over)
        return {
            Place.ATTRACT: self._attract,
            Place.EVENTS: lambda: views.Events(self.events, self._left_for_events is not None),
            Place.SEARCH: self._search,
            Place.FOR_WHOM: lambda: views.ForWhom(self._visit.for_other),
            Place.UPDATED: self._updated,
            Place.TOLD: self._told,
            Place.ASKING: self._asking,
            Place.CHECK: self._check,
            Place.PLAN: self._show_plan,
            Place.ERRANDS: lambda: views.ShowErrands(self.plan(), self._visit.done),
            Place.ASSIST: self._assist,
            Place.TAKE_AWAY: self._take_away,
            Place.SEND: self._send_consent,
            Place.SAVED: self._saved,
            Place.THANKS: self._thanks,
        }[self.place]()

    def _cover(self, over: Over) -> View:
        if over is Over.LANGUAGE:
            return views.ChooseLanguage(self.config.languages, self.shown_lang)
        if over is Over.COMFORT:
            minutes = (self.config.idle_s // 60, self.config.long_idle_s // 60)
            return views.ShowComfort(self.shown_comfort, minutes)
        if over is Over.ABOUT:
            staff = bool(self.config.staff.code) and not self.begun
            return views.ShowAbout(self.config.about, self.config.town.name, staff)
        if over is Over.STAFF:
            return self._staff
        if over is Over.END:
            return views.ConfirmEnd(self.visit is not None and self.visit.has_answers, self._kept)
        if over is Over.IDLE:
            return views.StillThere(self._seconds, self.config.warning_s, self.comfort.longer)
        if over is Over.RESUME:
            return views.Resume(self._seconds)
        helping = self.config.help
        page = views.AskForHelp(
            self.config.town.place,
            helping.phone,
            words(helping.hours, self.shown_lang),
            words(helping.desk, self.shown_lang),
            self.begun and self._visit.has_answers,
            self._call,
            helping.wait_s,
        )
        return views.OutOfOrder(page) if over is Over.OUT_OF_ORDER else page

    def _attract(self) -> View:
        return views.Attract(self.config.languages)

    @property
    def shown_comfort(self) -> Comfort:
        """The look of the page that is shown: a hidden visit's own would give it away."""
        return self.hidden.comfort if self.hidden is not None else self.comfort

    @property
    def begun(self) -> bool:
        """Whether somebody's visit is on the screen: a hidden one must change nothing that can be seen."""
        return self.visit is not None and self.hidden is None

    @property
    def resuming(self) -> bool:
        """Whether it is not known yet whose the visit is that was found after a crash."""
        return Over.RESUME in (self.over, self._under)

    @property
    def shown_lang(self) -> str:
        """The language of the page that is shown."""
        return self.config.languages[0] if self.hidden is not None else self.lang

    @property
    def events(self) -> tuple[EventHead, ...]:
        """The life events that this kiosk offers."""
        return offered(self.pack, self.config.events)

    @property
    def _visit(self) -> Visit:
        if self.visit is None:
            raise RuntimeError("no visit has begun")
        return self.visit

    def _asked(self) -> tuple[str, ...]:
        """The questions answered so far that still matter."""
        return self._course(self._visit).asked

    @property
    def _sent(self) -> bool:
        return self._sending is Progress.DONE

    @property
    def under_way(self) -> bool:
        """Whether somebody's answers are in memory."""
        return self.visit is not None or self._found is not None

    @property
    def busy(self) -> bool:
        """Whether something runs that a time-out must not cut: the printer, the store, a call."""
        if self._call is Call.CALLING:
            return True
        return Progress.BUSY in (self._printing, self._sending)

    def _asking(self) -> View:
        return self._question_view(self._course(self._visit), self._question, self._added)

    def _question_view(self, course: Course, question: str, added: int) -> views.Asking:
        visit, asked = course.visit, course.asked
        step = asked.index(question) + 1 if question in asked else len(asked) + 1
        return views.Asking(
            question=self.pack.questions[question],
            answered=question in visit.answers,
            value=visit.answers.get(question),
            step=step,
            about=max(step, course.total),
            added=added,
            changing=self._changing,
            purpose=self._purpose(visit, question),
        )

    def _purpose(self, visit: Visit, question: str) -> str:
        """Why the question is asked, from the conditions that read it; empty where the pack says it."""
        if self.pack.text(f"question.{question}.why", self.lang):
            return ""
        from kiosk.procedures import explain_question

        before = {name: value for name, value in visit.answers.items() if name != question}
        event = self.pack.events[visit.event]
        return explain_question(self.pack, event, question, before, visit.today, self.lang).words

    def foresee(self, value: AnswerValue) -> View | None:
        """What « Continuer » would lead to: what follows :meth:`answer`, the plan after the check, its trips
        after the plan; None where it leads elsewhere. Changes nothing.

        Between choosing an answer, or arriving, and the next touch there is time to think ahead.
        """
        if self.over is not None:
            return None
        if self.place is Place.CHECK:
            return self._show_plan()
        if self.place is Place.PLAN:
            return views.ShowErrands(self.plan(), self._visit.done)
        if self.place is not Place.ASKING or (self._changing and self._changing_from is Place.TOLD):
            return None
        visit = visits.with_answer(self._visit, self._question, value)
        course = self._course(visit)
        added = course.left if self._changing else self._more(course.total)
        if course.following is None:
            return self._check_view(course, added)
        return self._question_view(course, course.following, added)

    def _course(self, visit: Visit) -> Course:
        return self._courses.of(visit, self.pack)

    def _more(self, total: int) -> int:
        """By how many questions an answer lengthens the way; one more or less goes unsaid (DESIGN-UI 5.6)."""
        grown = total - self._told_about if self._told_about else 0
        return grown if grown > 1 else 0

    def _updated(self) -> View:
        """What a newer version of the pack has changed for this person, in their language."""
        from kiosk.procedures import Fate, change_words

        if self._news is None:
            raise RuntimeError("nothing has changed")
        lost, before = self._news.lost, self._news.before
        sentences = tuple(change_words(before, self.pack, one, self.lang) for one in lost)
        again = sum(one.fate is Fate.ASK_AGAIN for one in lost)
        return views.Updated(again, tuple(dict.fromkeys(sentences)))

    def _search(self) -> View:
        return views.SearchEvents(self.events, words(self.config.help.urgent, self.lang))

    def _show_plan(self) -> View:
        visit = self._visit
        return views.ShowPlan(self.plan(), visit.done, visit.for_other is True, visit.answers)

    def _told(self) -> View:
        return views.Told(self._rows(self._course(self._visit).told, self._visit.answers))

    def _check(self) -> View:
        return self._check_view(self._course(self._visit), self._added)

    def _check_view(self, course: Course, added: int) -> View:
        rows = self._rows((*course.told, *course.asked), course.visit.answers)
        all_told = bool(course.told) and not course.asked
        return views.Check(rows, len(course.asked), added, all_told, course.visit.for_other is True)

    def _rows(
        self, questions: tuple[str, ...], answers: Mapping[str, AnswerValue]
    ) -> tuple[views.CheckRow, ...]:
        return tuple(views.CheckRow(self.pack.questions[name], answers[name]) for name in questions)

    def plan(self) -> Plan:
        """The plan of the visit, made once and kept until an answer or the language changes."""
        if self._plan is None:
            from kiosk.procedures import make_plan

            visit = self._visit
            event = self.pack.events[visit.event]
            self._plan = make_plan(self.pack, event, visit.answers, visit.today, self.lang)
        return self._plan

    def _assist(self) -> View:
        item = next(item for item in self.plan().procedures if item.id == self._assisted)
        return views.Assist(item, bool(self.config.help.command))

    def _thanks(self) -> View:
        printing = self._printing if self.services.can_print() else None
        return views.Thanks(self._kept, printing, self._feedback)

    def _take_away(self) -> View:
        return views.TakeAway(
            self._printing if self.services.can_print() else None,
            self._sending if self._may_send() else None,
            len(self.events) > 1,
            bool(self.config.help.command),
        )

    def _may_send(self) -> bool:
        return self.config.send is not None and self.services.recipient() is not None

    def _send_consent(self) -> View:
        send = self.config.send
        if send is None:
            raise RuntimeError("sending is not set up")
        return views.SendConsent(
            self.services.recipient() or "",
            words(send.purpose, self.lang),
            words(send.reply_time, self.lang),
            self._sending,
            self.services.can_print(),
        )

    def _saved(self) -> View:
        send = self.config.send
        return views.Saved(
            self.services.recipient() or "",
            words(send.reply_time, self.lang) if send else "",
            self._visit.case_code,
            self._received,
            self._online,
            self.services.can_print(),
        )
