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

    def end_visit(self, *, wipe: bool) -> None: ...
