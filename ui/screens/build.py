"""Which screen shows which view."""

from __future__ import annotations

from typing import Protocol

from kiosk.config import Config
from kiosk.procedures import Plan
from ui import plan_words, views
from ui.flow import Flow
from ui.screens import covers
from ui.screens.attract import AttractScreen
from ui.screens.check import CheckScreen
from ui.screens.events import EventsScreen
from ui.screens.plan import PlanScreen
from ui.screens.question import question_screen
from ui.screens.screen import Look, Screen
from ui.screens.send import SavedScreen, SendScreen
from ui.screens.take_away import TakeAwayScreen
from ui.screens.thanks import ThanksScreen


class Host(Protocol):
    """What the window lends to the screens."""

    flow: Flow
    config: Config
    voices: frozenset[str]
    demonstration: bool

    @property
    def opened(self) -> frozenset[str] | None: ...


def build_screen(look: Look, view: views.View, host: Host) -> Screen:
    """The widget for ``view``."""
    match view:
        case views.Attract():
            notice = look.words.text("frame.demo") if host.demonstration else ""
            return AttractScreen(look, view, host.config.town, host.voices, notice)
        case views.Events():
            return EventsScreen(look, view)
        case views.Asking():
            return question_screen(look, view)
        case views.Check():
            return CheckScreen(look, view)
        case views.ShowPlan():
            return PlanScreen(look, view, host.opened)
        case views.TakeAway():
            recipient = host.flow.services.recipient() or ""
            return TakeAwayScreen(look, view, recipient, whole_plan(look, host.flow.plan()))
        case views.SendConsent():
            return SendScreen(look, view)
        case views.Saved():
            return SavedScreen(look, view)
        case views.Thanks():
            return ThanksScreen(look, view)
        case views.ChooseLanguage():
            return covers.LanguageScreen(look, view)
        case views.AskForHelp():
            return covers.HelpScreen(look, view)
        case views.ConfirmEnd():
            return covers.EndScreen(look, view)
        case views.StillThere():
            return covers.IdleScreen(look, view)
        case views.Resume():
            return covers.ResumeScreen(look, view)
        case views.OutOfOrder():
            return covers.OutOfOrderScreen(look, view)


def same_question(before: views.View, now: views.View) -> bool:
    """Whether both views ask the same question, whatever the language."""
    both = isinstance(before, views.Asking) and isinstance(now, views.Asking)
    return both and before.question.id == now.question.id


def whole_plan(look: Look, plan: Plan) -> str:
    """The plan read from beginning to end."""
    from kiosk.procedures import Status

    items = [item for item in plan.procedures if item.status is not Status.NOT]
    title = look.words.text("plan.title")
    hush = plan_words.hushed(look.pack(), plan)
    return "\n".join([f"{title}.", *(plan_words.said(look.words, item, look.today, hush) for item in items)])
