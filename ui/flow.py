"""Which screen comes next. No widget, no Qt: values in, a view out, and the few effects a visit has.

The flow owns the visit. Whatever takes time (saving, sending, printing) goes through
:class:`ui.services.Services` and comes back as a call of the flow on the same thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk import visit as visits
from kiosk.comfort import Comfort
from kiosk.visit import Resumed, Visit
from ui import views
from ui.course import Courses
from ui.hiding import CHOOSE_S, Hidden
from ui.places import Over, Place
from ui.showing import Showing
from ui.views import Call, Door, Feedback, Progress

if TYPE_CHECKING:
    from kiosk.checkup import CheckedPart
    from kiosk.procedures import AnswerValue
    from kiosk.staff import StaffCheck


class Flow(Showing):
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
        """One step back; answers stay."""
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
        found = self._found is not None
        wipe = found or self._stained or (self.visit is not None and self.visit.has_answers)
        self.visit, self._found, self.over, self._under = None, None, None, None
        self.hidden, self._stained, self.comfort = None, False, self.first_comfort
        self._call = Call.NONE
        self.place = Place.ATTRACT
        self.lang = self.config.languages[0]
        self._reset()
        self.services.end_visit(wipe=wipe)
        self._changed()

    def set_comfort(self, comfort: Comfort) -> None:
        """The person wants to read, hear or reach it otherwise; seen at once, on every page."""
        if comfort != self.comfort:
            self.comfort = comfort
            if self.visit is not None:
                self.visit = replace(self.visit, comfort=comfort)
                self._save()
            self._changed()

    # -- a person -----------------------------------------------------------------------------------------

    def ask_for_help(self) -> None:
        """« Appeler une personne »: the page with what is known, and the call, where one is set up."""
        self.cover(Over.HELP)
        if self.over is Over.HELP and self._call in (Call.NONE, Call.NOBODY):
            self.call_again()

    def call_again(self) -> None:
        """Call a person now; :meth:`help_answered` brings the outcome."""
        if self.services.can_call():
            self._call = Call.CALLING
            self.services.call_help()
            self._changed()

    def help_answered(self, somebody: bool) -> None:
        """Whether somebody has acknowledged the call; nothing more is claimed."""
        if self._call is Call.CALLING:
            self._call = Call.COMING if somebody else Call.NOBODY
            self._changed()

    # -- the staff ----------------------------------------------------------------------------------------

    def open_staff(self) -> None:
        """The staff's page, before any visit: a code first."""
        if self.config.staff.code and self.visit is None:
            self._staff = views.Staff(Door.CODE)
            self.cover(Over.STAFF)

    def staff_code(self, code: str) -> None:
        """A code was typed; :meth:`staff_checked` brings the outcome."""
        if self.over is Over.STAFF and self._staff.door is not Door.CHECKING:
            self._staff = views.Staff(Door.CHECKING)
            self.services.staff_code(code)
            self._changed()

    def staff_checked(self, check: StaffCheck) -> None:
        """What became of the code. Whoever has left the page meanwhile finds it closed."""
        if self.over is not Over.STAFF or self._staff.door is not Door.CHECKING:
            return
        from kiosk.staff import Outcome

        doors = {Outcome.RIGHT: Door.OPEN, Outcome.WRONG: Door.WRONG, Outcome.WAIT: Door.WAIT}
        self._staff = views.Staff(doors[check.outcome], check.wait_s)
        if self._staff.door is Door.OPEN:
            self.services.check_up(self.lang)
        self._changed()

    def checked_up(self, parts: tuple[CheckedPart, ...] | None) -> None:
        """The state of the machine; None where it could not be found out."""
        if self.staff_inside:
            self._staff = replace(self._staff, parts=parts or (), known=parts is not None)
            self._changed()

    @property
    def staff_inside(self) -> bool:
        """Whether the staff has opened its page with the right code."""
        return self.over is Over.STAFF and self._staff.door is Door.OPEN

    # -- quick hide ---------------------------------------------------------------------------------------

    def hide(self, now: float) -> None:
        """The public home, at once and unasked. The visit stays in memory only, for as long as the idle
        time, and comes back with the picture that is touched first."""
        if self.visit is None or self.hidden is not None:
            return
        self.hidden, self.over, self._under, self._call = Hidden(now), None, None, Call.NONE
        self.services.silence_and_cancel()
        self.services.end_visit(wipe=False)  # the draft on the disk goes; no crash may offer it
        self._changed()

    def touch_picture(self, picture: str, now: float) -> None:
        """A picture on the welcome page. The first one after hiding is chosen; the same brings the visit
        back; another one ends it. Where nothing is hidden, nothing happens; all look alike."""
        self._touched += 1
        hidden = self.hidden
        if hidden is not None and hidden.picture is None and now - hidden.at <= CHOOSE_S:
            self.hidden = replace(hidden, picture=picture)
        elif hidden is not None and hidden.picture == picture:
            self.hidden, self._touched = None, 0
            self._save()
        elif hidden is not None:
            self.end()
            return
        self._changed()

    def _give_up_hidden(self) -> None:
        """Somebody else begins: what was hidden goes now, the process when their visit ends."""
        self._stained = self._visit.has_answers
        self.visit, self.hidden, self.comfort = None, None, self.first_comfort
        self._reset()

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
