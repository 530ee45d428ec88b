"""Which screen shows which view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from kiosk.config import Config
from ui import views
from ui.flow import Flow
from ui.screens.screen import Look, Screen

if TYPE_CHECKING:
    from kiosk.procedures import Plan


class Host(Protocol):
    """What the window lends to the screens."""

    flow: Flow
    config: Config
    voices: frozenset[str]
    demonstration: bool

    @property
    def opened(self) -> frozenset[str] | None: ...


def build_screen(look: Look, view: views.View, host: Host) -> Screen:
    """The widget for ``view``. Each screen is imported when it is first built, or by :func:`warm`."""
    match view:
        case views.Attract():
            from ui.screens.attract import AttractScreen

            notice = look.words.text("frame.demo") if host.demonstration else ""
            return AttractScreen(look, view, host.config.town, host.voices, notice)
        case views.Events():
            from ui.screens.events import EventsScreen

            return EventsScreen(look, view)
        case views.SearchEvents():
            from ui.screens.search_events import SearchEventsScreen

            return SearchEventsScreen(look, view)
        case views.ForWhom():
            from ui.screens.for_whom import ForWhomScreen

            return ForWhomScreen(look, view)
        case views.Asking():
            from ui.screens.question import question_screen

            return question_screen(look, view)
        case views.Check() | views.Told():
            from ui.screens.check import CheckScreen, ToldScreen

            return CheckScreen(look, view) if isinstance(view, views.Check) else ToldScreen(look, view)
        case views.Updated():
            from ui.screens.updated import UpdatedScreen

            return UpdatedScreen(look, view)
        case views.ShowPlan():
            from ui.screens.plan import PlanScreen

            return PlanScreen(look, view, host.opened)
        case views.ShowErrands():
            from ui.screens.errands import ErrandsScreen

            return ErrandsScreen(look, view)
        case views.Assist():
            from ui.screens.assist import AssistScreen

            return AssistScreen(look, view)
        case views.TakeAway() | views.SendConsent() | views.Saved() | views.Thanks():
            return _ending(look, view, host)
        case _:
            return _cover(look, view)


def _ending(
    look: Look, view: views.TakeAway | views.SendConsent | views.Saved | views.Thanks, host: Host
) -> Screen:
    match view:
        case views.TakeAway():
            from ui.screens.take_away import TakeAwayScreen

            recipient = host.flow.services.recipient() or ""
            return TakeAwayScreen(look, view, recipient, whole_plan(look, host.flow.plan()))
        case views.SendConsent():
            from ui.screens.send import SendScreen

            return SendScreen(look, view)
        case views.Saved():
            from ui.screens.send import SavedScreen

            return SavedScreen(look, view)
        case views.Thanks():
            from ui.screens.thanks import ThanksScreen

            return ThanksScreen(look, view)


def _cover(look: Look, view: views.View) -> Screen:
    if isinstance(view, views.ShowComfort):
        from ui.screens.comfort import ComfortScreen

        return ComfortScreen(look, view)
    if isinstance(view, views.Staff):
        from ui.screens.staff import StaffScreen

        return StaffScreen(look, view)
    if isinstance(view, views.ShowAbout):
        from ui.screens.about import AboutScreen

        return AboutScreen(look, view)
    from ui.screens import covers
    from ui.screens import help as helping

    kinds = {
        views.ChooseLanguage: covers.LanguageScreen,
        views.AskForHelp: helping.HelpScreen,
        views.ConfirmEnd: covers.EndScreen,
        views.StillThere: covers.IdleScreen,
        views.Resume: covers.ResumeScreen,
        views.OutOfOrder: helping.OutOfOrderScreen,
    }
    return kinds[type(view)](look, view)


def warm() -> Iterator[None]:
    """Import the screens one after another, so that no visitor waits for one."""
    from ui.screens import events, for_whom

    yield
    from ui.screens import question

    yield
    from ui.screens import date_question

    yield
    from ui.screens import number_question, text_question

    yield
    from ui.screens import address_question, country_question, group_question, name_question

    yield
    from ui.screens import about, check, comfort, covers, updated

    yield
    from ui.screens import assist, errands, plan

    yield
    from ui.screens import send, take_away, thanks

    del address_question, country_question, group_question, name_question
    del about, assist, check, comfort, covers, date_question, errands, events
    del for_whom, number_question, plan, question, send, take_away, text_question, thanks, updated


def same_question(before: views.View, now: views.View) -> bool:
    """Whether both views ask the same question, whatever the language."""
    both = isinstance(before, views.Asking) and isinstance(now, views.Asking)
    return both and before.question.id == now.question.id


def whole_plan(look: Look, plan: Plan) -> str:
    """The plan read from beginning to end."""
    from kiosk.procedures import Status
    from ui import plan_words

    items = [item for item in plan.procedures if item.status is not Status.NOT]
    title = look.words.text("plan.title")
    hush, veils = plan_words.hushed(look.pack(), plan), plan_words.veils(look.pack(), plan)
    said = [
        plan_words.said_veiled(look.words, veils[item.id])
        if item.id in veils
        else plan_words.said(look.words, item, look.today, hush)
        for item in items
    ]
    return "\n".join([f"{title}.", *said])
