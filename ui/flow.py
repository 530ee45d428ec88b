"""Which screen comes next. No widget, no Qt: values in, a view out, and the few effects a visit has.

The flow owns the visit. Whatever takes time (saving, sending, printing) goes through
:class:`ui.services.Services` and comes back as a call of the flow on the same thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import visit as visits
from kiosk.visit import Resumed, Visit
from ui.asides import Asides
from ui.course import Courses
from ui.places import Over, Place
from ui.views import Feedback, Progress

if TYPE_CHECKING:
    from kiosk.procedures import AnswerValue


class Flow(Asides):
    """One kiosk's way through a visit. ``changed`` is called after every step that alters the screen."""

    # -- the way through ----------------------------------------------------------------------------------

    def choose_language(self, lang: str) -> None:
        """Start a visit from the attract screen, or change the language of the one that is running."""
        if self.hidden is not None:
            self._give_up_hidden()
        self.lang = lang
        self._plan = None
        if self.visit is None:
            self.visit = replace(self.services.start_visit(lang), comfort=self.comfort)
            self.place = Place.EVENTS
        else:
            self.visit = replace(self.visit, lang=lang)
            self._save()
        self._uncover()

    def choose_event(self, event: str) -> None:
        self.visit = visits.begin_event(self._visit, event)
        self._spare(event)
        self._told_about, self._added, self._left_for_events = 0, 0, None
        self._another_plan()
        self._save()
        if self.visit.for_other is None:
            self._go(Place.FOR_WHOM)
        else:
            self._begin_questions()

    def search(self) -> None:
        """« Chercher avec vos mots »."""
        self._stained = True
        self._go(Place.SEARCH)

    def for_whom(self, *, other: bool) -> None:
        """« Pour moi » or « Pour quelqu’un d’autre »; asked once in a visit, and changed from the check."""
        changing = self._visit.for_other is not None and self._changing
        self.visit = replace(self._visit, for_other=other)
        self._save()
        if changing:
            self._changing = False
            self._go(Place.CHECK)
        else:
            self._begin_questions()

    def change_for_whom(self) -> None:
        """From the check page: say anew for whom the plan is."""
        self._changing, self._changing_from = True, Place.CHECK
        self._go(Place.FOR_WHOM)

    def _begin_questions(self) -> None:
        course = self._course(self._visit)
        if course.told and course.following is not None:
            self._go(Place.TOLD)
        else:
            self._ask_next()

    def _spare(self, event: str, *, unsure: bool = False) -> None:
        """Once a visit has been about a sensitive event, nobody is asked at its end how it was."""
        if unsure or (event in self.pack.events and self.pack.events[event].sensitive):
            self._feedback = Feedback.NONE

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
            self._stained = True  # what is typed and never confirmed is in memory too
        self._changed()

    def show_plan(self) -> None:
        self._added = 0
        self._go(Place.PLAN)

    def show_errands(self) -> None:
        """The plan by trip instead of by date."""
        self._go(Place.ERRANDS)

    def assist(self, procedure: str) -> None:
        """« M’aider à le faire »: one procedure of the plan, step by step."""
        self._assisted = procedure
        self._go(Place.ASSIST)

    def take_away(self) -> None:
        if self.place in (Place.PLAN, Place.ERRANDS):
            self._plan_shown = self.place
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

    def give_feedback(self, value: str) -> None:
        """« Est-ce que cela vous a aidé ? »: "good", "middle" or "bad", once a visit, kept as a sum only."""
        if self._feedback is Feedback.ASKED:
            self._feedback = Feedback.GIVEN
            self.services.feedback(self._visit.event, value)
            self._changed()

    def back(self) -> None:
        """One step back; answers stay. A hidden visit stays where it is."""
        if self.hidden is not None and self.over is None:
            return
        if self.over is not None:
            self._uncover()
        elif self.place is Place.ASKING:
            self._back_from_question()
        elif self.place is Place.CHECK:
            self._ask_again_last()
        elif self.place is Place.EVENTS:
            self._leave_events()
        elif self.place is Place.FOR_WHOM and self._changing:
            self._changing = False
            self._go(Place.CHECK)
        elif self.place is Place.UPDATED:
            self.proceed()  # there is nothing before it
        else:
            self._go(
                {
                    Place.SEARCH: Place.EVENTS,
                    Place.FOR_WHOM: Place.EVENTS,
                    Place.TOLD: Place.FOR_WHOM,
                    Place.PLAN: Place.CHECK,
                    Place.ERRANDS: Place.PLAN,
                    Place.ASSIST: Place.PLAN,
                    Place.TAKE_AWAY: self._plan_shown,
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
        return Place.TOLD if self._course(self._visit).told else Place.FOR_WHOM

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

    def renew(self, visit: Visit, question: str) -> None:
        """The pack has a new version: go on with ``visit`` as it was carried over, where the person is if
        that place is still there. ``question``: the one on the screen, as the new version calls it."""
        self.visit, self._plan, self._courses, self._added = visit, None, Courses(), 0
        if self.place is Place.ASSIST:  # the procedure may be gone
            self.place = Place.PLAN
        if visit.event not in {event.id for event in self.events}:
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

    # -- after a crash ------------------------------------------------------------------------------------

    def offer_resume(self, found: Resumed, seconds: int) -> None:
        """A visit of a moment ago is here: ask whose it is, and show nothing of it."""
        self._found = found
        self._seconds = seconds
        self.lang, self.comfort = found.visit.lang, found.visit.comfort
        self.cover(Over.RESUME)

    def resume(self) -> None:
        """« Continue »: the visit goes on where it was; first, what has changed meanwhile."""
        if self._found is None:
            return
        found, self._found = self._found, None
        self.visit, self.over = found.visit, None
        # Which events came before the crash is not known.
        self._spare(found.visit.event, unsure=bool(found.visit.told))
        if found.lost:
            self._news = found
            self._save()
            self._go(Place.UPDATED)
        else:
            self._ask_next()
