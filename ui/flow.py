"""Which screen comes next. No widget, no Qt: values in, a view out, and the few effects a visit has.

The flow owns the visit. Whatever takes time (saving, sending, printing) goes through
:class:`ui.services.Services` and comes back as a call of the flow on the same thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import visit as visits
from kiosk.config import Config, words
from kiosk.visit import Resumed, Visit
from ui import views
from ui.course import Course, Courses, offered
from ui.places import Over, Place
from ui.services import Services
from ui.views import Progress, View

if TYPE_CHECKING:
    from kiosk.procedures import AnswerValue, Pack, Plan


class Flow:
    """One kiosk's way through a visit. ``changed`` is called after every step that alters the screen."""

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
        if self.over is not None:
            return self._cover(self.over)
        return {
            Place.ATTRACT: lambda: views.Attract(self.config.languages),
            Place.EVENTS: lambda: views.Events(offered(self.pack), self._left_for_events is not None),
            Place.UPDATED: self._updated,
            Place.TOLD: lambda: views.Told(self._rows(self._course(self._visit).told)),
            Place.ASKING: self._asking,
            Place.CHECK: self._check,
            Place.PLAN: lambda: views.ShowPlan(self.plan(), self._visit.done),
            Place.TAKE_AWAY: self._take_away,
            Place.SEND: self._send_consent,
            Place.SAVED: self._saved,
            Place.THANKS: lambda: views.Thanks(
                self._kept, self._printing if self.services.can_print() else None
            ),
        }[self.place]()

    def _cover(self, over: Over) -> View:
        if over is Over.LANGUAGE:
            return views.ChooseLanguage(self.config.languages, self.lang)
        if over is Over.END:
            return views.ConfirmEnd(self.visit is not None and self.visit.has_answers, self._kept)
        if over is Over.IDLE:
            return views.StillThere(self._seconds, self.config.warning_s)
        if over is Over.RESUME:
            return views.Resume(self._seconds)
        helping = self.config.help
        page = views.AskForHelp(
            self.config.town.place,
            helping.phone,
            words(helping.hours, self.lang),
            words(helping.desk, self.lang),
            self.visit is not None and self.visit.has_answers,
        )
        return views.OutOfOrder(page) if over is Over.OUT_OF_ORDER else page

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
        """Whether something runs that a time-out must not cut: the printer, the store."""
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
        """The question that :meth:`answer` would lead to, None where it leads elsewhere. Changes nothing.

        Between choosing an answer and « Continuer » there is time to think ahead.
        """
        if self.place is not Place.ASKING or self._changing or self.over is not None:
            return None
        visit = visits.with_answer(self._visit, self._question, value)
        course = self._course(visit)
        if course.following is None:
            return None
        return self._question_view(course, course.following, self._more(course.total))

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

    def _check(self) -> View:
        course = self._course(self._visit)
        rows = self._rows((*course.told, *course.asked))
        return views.Check(rows, len(course.asked), self._added, bool(course.told) and not course.asked)

    def _rows(self, questions: tuple[str, ...]) -> tuple[views.CheckRow, ...]:
        answers = self._visit.answers
        return tuple(views.CheckRow(self.pack.questions[name], answers[name]) for name in questions)

    def plan(self) -> Plan:
        """The plan of the visit, made once and kept until an answer or the language changes."""
        if self._plan is None:
            from kiosk.procedures import make_plan

            visit = self._visit
            event = self.pack.events[visit.event]
            self._plan = make_plan(self.pack, event, visit.answers, visit.today, self.lang)
        return self._plan

    def _take_away(self) -> View:
        return views.TakeAway(
            self._printing if self.services.can_print() else None,
            self._sending if self._may_send() else None,
            len(offered(self.pack)) > 1,
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

    # -- the way through ----------------------------------------------------------------------------------

    def choose_language(self, lang: str) -> None:
        """Start a visit from the attract screen, or change the language of the one that is running."""
        self.lang = lang
        self._plan = None
        if self.visit is None:
            self.visit = self.services.start_visit(lang)
            self.place = Place.EVENTS
        else:
            self.visit = replace(self.visit, lang=lang)
            self._save()
        self._uncover()

    def choose_event(self, event: str) -> None:
        self.visit = visits.begin_event(self._visit, event)
        self._told_about, self._added, self._left_for_events = 0, 0, None
        self._another_plan()
        self._save()
        course = self._course(self.visit)
        if course.told and course.following is not None:
            self._go(Place.TOLD)
        else:
            self._ask_next()

    def other_event(self) -> None:
        """« Une autre situation »: another life event in the same visit; every answer stays."""
        self._left_for_events = self.place
        self._go(Place.EVENTS)

    def proceed(self) -> None:
        """The person has read what was kept, or what has changed: on to the questions."""
        self._news = None
        self._ask_next()

    def _another_plan(self) -> None:
        """What was printed or sent is no longer this plan: both can be done again."""
        self._plan, self._printing, self._sending = None, Progress.READY, Progress.READY
        self._received = False

    def answer(self, value: AnswerValue) -> None:
        """The person's answer to the question on the screen; None = they do not know."""
        self.visit = visits.with_answer(self._visit, self._question, value)
        self._another_plan()
        self._save()
        if self._changing and self._changing_from is Place.TOLD:
            self._changing = False
            self._go(Place.TOLD)
        else:
            self._ask_next()

    def change(self, question: str) -> None:
        """From a list of answers: ask one question again and come straight back."""
        self._question, self._changing, self._added = question, True, 0
        self._changing_from = self.place
        self.place = Place.ASKING
        self._changed()

    def _ask_next(self) -> None:
        course = self._course(self._visit)
        following = course.following
        self._added = course.left if self._changing else self._more(course.total)
        self._told_about = course.total
        if following is None:
            self.place, self._changing = Place.CHECK, False
        else:
            self.place, self._question = Place.ASKING, following
        self._changed()

    def show_plan(self) -> None:
        self._added = 0
        self._go(Place.PLAN)

    def take_away(self) -> None:
        self._go(Place.TAKE_AWAY)

    def says_done(self, procedure: str, done: bool) -> None:
        """The person says that a procedure is (not) done; nothing is struck from the plan."""
        self.visit = visits.says_done(self._visit, procedure, done)
        self._save()
        self._changed()

    def print_plan(self) -> None:
        if self._printing is not Progress.BUSY:
            self._printing = Progress.BUSY
            self.services.print_plan(self._visit, self.plan())
            self._changed()

    def printed(self, ok: bool) -> None:
        """The printer's word: the paper is out, or the job was cancelled. A plan that the person has left
        behind is not the one on the screen."""
        if self._printing is not Progress.BUSY:
            return
        self._printing = Progress.DONE if ok else Progress.FAILED
        self._changed()

    def open_send(self) -> None:
        if self._may_send():
            self._go(Place.SAVED if self._sent else Place.SEND)

    def send(self) -> None:
        """The person agreed: seal and keep. A second touch while it runs does nothing."""
        if self._sending in (Progress.READY, Progress.FAILED) and self._may_send():
            self._sending = Progress.BUSY
            self.services.send(self._visit, self.plan())
            self._changed()

    def saved(self, ok: bool) -> None:
        """The store's word: the sealed dossier is durable, or it is not kept at all."""
        self._kept = self._kept or ok
        if self._sending is not Progress.BUSY:
            return
        self._sending = Progress.DONE if ok else Progress.FAILED
        if ok and self.place is Place.SEND:
            self.place = Place.SAVED
        self._changed()

    def received(self) -> None:
        """The hub's signed receipt for this visit's dossier is in the store."""
        self._received = True
        if self.place is Place.SAVED:
            self._changed()

    def online(self, online: bool) -> None:
        if online != self._online:
            self._online = online
            if self.place is Place.SAVED and self.over is None:
                self._changed()

    def thanks(self) -> None:
        self._go(Place.THANKS)

    def back(self) -> None:
        """One step back; answers stay."""
        if self.over is not None:
            self._uncover()
        elif self.place is Place.ASKING:
            self._back_from_question()
        elif self.place is Place.CHECK:
            self._ask_again_last()
        elif self.place is Place.EVENTS:
            self._leave_events()
        else:
            self._go(
                {
                    Place.TOLD: Place.EVENTS,
                    Place.PLAN: Place.CHECK,
                    Place.TAKE_AWAY: Place.PLAN,
                    Place.SEND: Place.TAKE_AWAY,
                    Place.SAVED: Place.TAKE_AWAY,
                    Place.THANKS: Place.TAKE_AWAY,
                }.get(self.place, Place.ATTRACT)
            )

    def _back_from_question(self) -> None:
        if self._changing:
            self._changing = False
            self._go(self._changing_from)
            return
        asked = self._asked()
        position = asked.index(self._question) if self._question in asked else len(asked)
        self._added = 0
        if position == 0:
            self._go(self._before_questions())
        else:
            self._question = asked[position - 1]
            self._changed()

    def _before_questions(self) -> Place:
        return Place.TOLD if self._course(self._visit).told else Place.EVENTS

    def _leave_events(self) -> None:
        """Back to where the person came from; else out of the visit, but no answer is wiped unasked."""
        if self._left_for_events is not None:
            place, self._left_for_events = self._left_for_events, None
            self._go(place)
        elif self._visit.has_answers:
            self.cover(Over.END)
        else:
            self.end()

    def _ask_again_last(self) -> None:
        asked = self._asked()
        self._added = 0
        if not asked:
            self._go(Place.EVENTS)
            return
        self._question = asked[-1]
        self._go(Place.ASKING)

    def _go(self, place: Place) -> None:
        self.place = place
        self._changed()

    def _save(self) -> None:
        if self.visit is not None and self.visit.has_answers:
            self.services.save_draft(self.visit)

    def renew(self, visit: Visit, question: str) -> None:
        """The pack has a new version: go on with ``visit`` as it was carried over, where the person is if
        that place is still there. ``question``: the one on the screen, as the new version calls it."""
        self.visit, self._plan, self._courses, self._added = visit, None, Courses(), 0
        if visit.event not in {event.id for event in offered(self.pack)}:
            self.place = Place.EVENTS
        elif self.place is not Place.EVENTS:
            course = self._course(visit)
            self._question = question
            still_asked = question in (*course.told, *course.asked, course.following)
            if course.following is not None and not (self.place is Place.ASKING and still_asked):
                self.place, self._question = Place.ASKING, course.following
            elif not still_asked:
                self.place = Place.CHECK
        self._changed()

    @property
    def question(self) -> str:
        """The question that is, or was last, on the screen."""
        return self._question

    # -- the frame ----------------------------------------------------------------------------------------

    def cover(self, over: Over) -> None:
        """Show a page over the visit. Nothing covers a kiosk that is out of order."""
        if self.over is Over.OUT_OF_ORDER:
            return
        if self.over is Over.RESUME:
            self._under = Over.RESUME
        self.over = over
        self._changed()

    def _uncover(self) -> None:
        """What lay beneath: the visit, or the question of whose it is."""
        self.over, self._under = self._under, None
        self._changed()

    def go_on(self) -> None:
        """« Non, je continue », « Je suis encore là »: the visit as it was."""
        if self.over is not None:
            self._uncover()

    def warn_idle(self, seconds: int) -> None:
        """Nobody has touched for a while: ``seconds`` are left to answer."""
        first = self.over is not Over.IDLE
        self._seconds = seconds
        self.over = Over.IDLE
        if first:
            self._changed()

    def end(self) -> None:
        """Wipe at once: the person said so, or the time is over."""
        # A draft that was found has been read into memory too.
        wipe = self._found is not None or (self.visit is not None and self.visit.has_answers)
        self.visit, self._found, self.over, self._under = None, None, None, None
        self.place = Place.ATTRACT
        self.lang = self.config.languages[0]
        self._reset()
        self.services.end_visit(wipe=wipe)
        self._changed()

    # -- after a crash ------------------------------------------------------------------------------------

    def offer_resume(self, found: Resumed, seconds: int) -> None:
        """A visit of a moment ago is here: ask whose it is, and show nothing of it."""
        self._found = found
        self._seconds = seconds
        self.lang = found.visit.lang
        self.cover(Over.RESUME)

    def resume(self) -> None:
        """« Continue »: the visit goes on where it was; first, what has changed meanwhile."""
        if self._found is None:
            return
        found, self._found = self._found, None
        self.visit, self.over = found.visit, None
        if found.lost:
            self._news = found
            self._save()
            self._go(Place.UPDATED)
        else:
            self._ask_next()
