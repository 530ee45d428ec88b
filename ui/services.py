"""What a visit asks of the rest of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.visit import Visit

if TYPE_CHECKING:
    from kiosk.procedures import Plan


class Services(Protocol):
    """The effects of a visit. Each returns at once; the flow is told of the outcome later."""

    def start_visit(self, lang: str) -> Visit: ...

    def save_draft(self, visit: Visit) -> None: ...

    def print_plan(self, visit: Visit, plan: Plan) -> None: ...

    def send(self, visit: Visit, plan: Plan) -> None: ...

    def recipient(self) -> str | None:
        """The name of who would receive a dossier; None where nothing may be sent."""
        ...

    def can_print(self) -> bool: ...

    def can_call(self) -> bool:
        """Whether a person can be called from the screen: the town has set a command, and it is there."""
        ...

    def call_help(self) -> None:
        """Call a person; ``Bridge.help_answered`` says whether somebody acknowledged. One call at a time:
        asked again while one runs, nothing changes."""
        ...

    def cancel_help(self) -> None:
        """Call off the call that runs: no answer comes any more."""
        ...

    def feedback(self, event: str, value: str) -> None:
        """What the person said at the end: "good", "middle" or "bad", kept as a sum by month and life event
        and nothing else. Never asked, and so never called, after a sensitive event (a death)."""
        ...

    def staff_code(self, code: str) -> None:
        """Look at a code for the staff menu; ``Bridge.staff_checked`` gives a ``kiosk.staff.StaffCheck``."""
        ...

    def check_up(self, lang: str) -> None:
        """Find out the state of this machine for the staff; ``Bridge.checked_up`` gives the
        ``kiosk.checkup.CheckedPart``s, or None."""
        ...

    def silence_and_cancel(self) -> None:
        """Quick hide: what is being printed is taken back (``printed`` then says False), and the call for a
        person is called off (no answer comes). Nothing is wiped. The end of a visit does the same."""
        ...

    def end_visit(self, *, wipe: bool) -> None:
        """Forget the visit. ``wipe``: its answers were in this process, which then has to end."""
        ...
