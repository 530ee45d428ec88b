"""What every page offers: help, comfort, hiding, the end; and before a visit, the page of the staff.

No widget, no Qt: as :mod:`ui.flow`, whose base this is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.comfort import Comfort
from ui import views
from ui.hiding import CHOOSE_S, Hidden
from ui.places import Over, Place
from ui.showing import Showing
from ui.views import Call, Door

if TYPE_CHECKING:
    from kiosk.checkup import CheckedPart
    from kiosk.staff import StaffCheck


class Asides(Showing):
    """Pages that cover a visit and give it back, and what ends it or puts it out of sight."""

    def _go(self, place: Place) -> None:
        self.place = place
        self._changed()

    def _save(self) -> None:
        if self.visit is not None and self.visit.has_answers:
            self.services.save_draft(self.visit)

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
        if self.hidden is not None:
            self.hidden = replace(self.hidden, comfort=comfort)
            self._changed()
        elif comfort != self.comfort:
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
        if self.config.staff.code and not self.begun:
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
        self.hidden = Hidden(now, self.first_comfort)
        self.over, self._under, self._call = None, None, Call.NONE
        self.services.silence_and_cancel()
        self.services.end_visit(wipe=False)  # the draft on the disk goes; no crash may offer it
        self._changed()

    def touch_picture(self, picture: str, now: float) -> None:
        """A picture on the welcome page. The first one after hiding is chosen; the same brings the visit
        back; another one ends it. Where nothing is hidden, nothing happens; all look alike."""
        hidden = self.hidden
        if hidden is not None and hidden.picture is None and now - hidden.at <= CHOOSE_S:
            self.hidden = replace(hidden, picture=picture)
        elif hidden is not None and hidden.picture == picture:
            self.hidden = None
            self._save()
        elif hidden is not None:
            self.end()
            return
        self._changed()

    def _give_up_hidden(self) -> None:
        """Somebody else begins: what was hidden goes now, the process when their visit ends."""
        self._stained = self._stained or self._visit.has_answers
        self.visit, self.hidden, self.comfort = None, None, self.first_comfort
        self._reset()
