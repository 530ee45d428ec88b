"""The way through a visit, without a widget: what is asked, what is kept, what is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from kiosk.config import Config, Send
from kiosk.procedures import Pack, PartialDate, Status, find_pack, load_pack
from kiosk.visit import Resumed
from tests.ui.stage import Recorder
from ui import views
from ui.flow import Flow
from ui.places import Over
from ui.views import Progress

SEND = Send("agency", {"": "Préparer votre rendez-vous"}, {"": "Sous 5 jours"})


@cache
def pack() -> Pack:
    return load_pack(find_pack("fr"))


def begun(services: Recorder | None = None, config: Config | None = None) -> Flow:
    flow = Flow(config or Config(), pack, services or Recorder(), lambda: None)
    flow.choose_language("fr")
    flow.choose_event("fr.naissance")
    flow.for_whom(other=False)
    return flow


def asking(flow: Flow) -> views.Asking:
    view = flow.view()
    assert isinstance(view, views.Asking)
    return view


def answer_all(flow: Flow) -> list[str]:
    asked = []
    while isinstance(view := flow.view(), views.Asking):
        question = view.question
        asked.append(question.id)
        if question.id == "date_naissance":
            flow.answer(PartialDate(2026, 11, 23))
        elif question.type == "yes-no":
            flow.answer(True)
        elif question.options:
            flow.answer(question.options[0].value)
        else:
            flow.answer(None)
    return asked


def test_a_visit_goes_from_language_to_plan_and_asks_nothing_twice() -> None:
    flow = begun()
    asked = answer_all(flow)
    assert len(asked) == len(set(asked)) > 5
    assert isinstance(flow.view(), views.Check)
    flow.show_plan()
    view = flow.view()
    assert isinstance(view, views.ShowPlan)
    declare = next(item for item in view.plan.procedures if item.id == "fr.naissance.declaration")
    assert declare.status is Status.APPLIES
    assert declare.deadline is not None
    assert declare.deadline.date == date(2026, 11, 30)


def test_back_goes_through_the_answers_and_keeps_each_of_them() -> None:
    flow = begun()
    first = asking(flow).question.id
    flow.answer(True)
    second = asking(flow).question.id
    flow.answer(PartialDate(2026, 11, 23))
    flow.back()
    assert asking(flow).question.id == second
    assert asking(flow).value == PartialDate(2026, 11, 23)
    flow.back()
    assert asking(flow).question.id == first
    assert asking(flow).value is True
    flow.back()
    assert isinstance(flow.view(), views.ForWhom)
    flow.back()
    assert isinstance(flow.view(), views.Events)
    flow.choose_event("fr.naissance")
    assert asking(flow).question.id not in (first, second)


def test_a_changed_answer_comes_straight_back_to_the_check() -> None:
    flow = begun()
    answer_all(flow)
    flow.change("date_naissance")
    assert asking(flow).changing
    flow.answer(PartialDate(2026, 11, 20))
    view = flow.view()
    assert isinstance(view, views.Check)
    assert PartialDate(2026, 11, 20) in [row.value for row in view.rows]


def test_an_answer_that_stops_mattering_is_not_shown_and_comes_back_when_it_matters_again() -> None:
    flow = begun()
    answer_all(flow)
    flow.change("enfant_ne")
    flow.answer(False)
    while isinstance(flow.view(), views.Asking):
        flow.answer(None)
    view = flow.view()
    assert isinstance(view, views.Check)
    assert "date_naissance" not in [row.question.id for row in view.rows]
    flow.change("enfant_ne")
    flow.answer(True)
    while isinstance(flow.view(), views.Asking):
        flow.answer(None)
    view = flow.view()
    assert isinstance(view, views.Check)
    assert PartialDate(2026, 11, 23) in [row.value for row in view.rows]


def test_a_change_that_opens_questions_says_how_many() -> None:
    flow = begun()
    answer_all(flow)
    flow.change("enfant_ne")
    flow.answer(False)
    assert asking(flow).added > 0


def test_back_from_a_change_leaves_the_answer_as_it_was() -> None:
    flow = begun()
    answer_all(flow)
    before = flow.view()
    flow.change("date_naissance")
    flow.back()
    assert flow.view() == before


def test_the_language_changes_at_any_moment_and_no_answer_is_lost() -> None:
    flow = begun()
    flow.answer(True)
    question = asking(flow).question.id
    flow.cover(Over.LANGUAGE)
    flow.choose_language("en")
    assert asking(flow).question.id == question
    assert flow.lang == "en"
    assert flow.visit is not None
    assert flow.visit.answers["enfant_ne"] is True


def test_the_step_never_passes_the_number_of_steps() -> None:
    flow = begun()
    while isinstance(view := flow.view(), views.Asking):
        assert 1 <= view.step <= view.about
        flow.answer(PartialDate(2026, 11, 23) if view.question.type == "date" else None)


def test_nothing_can_be_sent_without_recipient_purpose_and_reply_time() -> None:
    for config, recipient in ((Config(), "Mairie"), (Config(send=SEND), None)):
        services = Recorder(recipient)
        flow = begun(services, config)
        answer_all(flow)
        flow.show_plan()
        flow.take_away()
        view = flow.view()
        assert isinstance(view, views.TakeAway)
        assert view.sending is None
        flow.open_send()
        flow.send()
        assert services.sent == []
        assert isinstance(flow.view(), views.TakeAway)


def test_a_second_touch_while_sending_sends_nothing_twice() -> None:
    services = Recorder("Mairie")
    flow = begun(services, Config(send=SEND))
    answer_all(flow)
    flow.take_away()
    flow.open_send()
    flow.send()
    flow.send()
    assert len(services.sent) == 1
    flow.saved(True)
    assert isinstance(flow.view(), views.Saved)
    flow.send()
    assert len(services.sent) == 1


def test_a_dossier_that_is_not_kept_is_never_called_saved_and_can_be_tried_again() -> None:
    services = Recorder("Mairie")
    flow = begun(services, Config(send=SEND))
    answer_all(flow)
    flow.take_away()
    flow.open_send()
    flow.send()
    flow.saved(False)
    view = flow.view()
    assert isinstance(view, views.SendConsent)
    assert view.progress is Progress.FAILED
    flow.send()
    assert len(services.sent) == 2


def test_after_a_change_the_plan_can_be_printed_and_sent_anew() -> None:
    services = Recorder("Mairie")
    flow = begun(services, Config(send=SEND))
    answer_all(flow)
    flow.take_away()
    flow.print_plan()
    flow.printed(True)
    flow.open_send()
    flow.send()
    flow.saved(True)
    flow.change("date_naissance")
    flow.answer(PartialDate(2026, 11, 20))
    flow.take_away()
    assert flow.view() == views.TakeAway(Progress.READY, Progress.READY, others=True)


def test_without_a_printer_there_is_no_print_card() -> None:
    flow = begun(Recorder(printer=False))
    answer_all(flow)
    flow.take_away()
    assert flow.view() == views.TakeAway(None, None, others=True)


def test_the_end_wipes_and_restarts_the_kiosk_once_a_question_was_asked() -> None:
    services = Recorder()
    flow = Flow(Config(), pack, services, lambda: None)
    flow.choose_language("en")
    flow.choose_event("fr.naissance")
    flow.end()
    assert services.ends == [False]
    flow.choose_language("en")
    flow.choose_event("fr.naissance")
    flow.for_whom(other=False)  # something may be typed now that is never confirmed
    flow.end()
    assert services.ends == [False, True]
    flow.choose_language("en")
    flow.search()
    flow.end()
    assert services.ends == [False, True, True]
    assert flow.visit is None
    assert flow.lang == "fr"
    assert flow.view() == views.Attract(("fr", "en"))


def test_every_answer_is_kept_as_a_draft_at_once() -> None:
    services = Recorder()
    flow = begun(services)
    answer_all(flow)
    assert flow.visit is not None
    assert services.drafts[-1].answers == flow.visit.answers


def test_after_a_crash_the_visit_goes_on_where_it_was_only_when_the_person_says_so() -> None:
    flow = begun()
    flow.answer(True)
    flow.answer(PartialDate(2026, 11, 23))
    question = asking(flow).question.id
    assert flow.visit is not None
    draft = Resumed(replace(flow.visit, lang="en"))

    services = Recorder()
    restarted = Flow(Config(), pack, services, lambda: None)
    restarted.offer_resume(draft, 30)
    assert restarted.view() == views.Resume(30)
    assert restarted.visit is None
    restarted.resume()
    assert asking(restarted).question.id == question
    assert restarted.lang == "en"

    other = Flow(Config(), pack, services, lambda: None)
    other.offer_resume(draft, 30)
    other.end()
    assert other.visit is None
    assert services.ends[-1] is True


def test_help_and_language_cover_the_visit_and_give_it_back() -> None:
    flow = begun()
    flow.answer(True)
    before = flow.view()
    for over in (Over.HELP, Over.LANGUAGE, Over.END):
        flow.cover(over)
        assert flow.view() != before
        flow.back()
        assert flow.view() == before


def test_help_promises_only_what_the_town_has_set_up() -> None:
    flow = begun()
    flow.cover(Over.HELP)
    view = flow.view()
    assert isinstance(view, views.AskForHelp)
    assert (view.phone, view.hours, view.desk) == ("", "", "")


def test_nothing_covers_a_kiosk_that_is_out_of_order() -> None:
    flow = Flow(Config(), pack, Recorder(), lambda: None)
    flow.cover(Over.OUT_OF_ORDER)
    flow.cover(Over.HELP)
    assert flow.over is Over.OUT_OF_ORDER


def test_help_over_the_question_whose_answers_these_are_comes_back_to_it() -> None:
    before = begun()
    before.answer(True)
    assert before.visit is not None
    flow = Flow(Config(), pack, Recorder(), lambda: None)
    flow.offer_resume(Resumed(before.visit), 30)
    flow.cover(Over.HELP)
    flow.go_on()
    assert flow.over is Over.RESUME
    assert flow.visit is None


def test_the_last_page_knows_whether_the_plan_is_on_paper() -> None:
    flow = begun()
    assert flow.visit is not None
    while isinstance(flow.view(), views.Asking):
        flow.answer(None)
    flow.show_plan()
    flow.take_away()
    flow.thanks()
    assert flow.view() == views.Thanks(False, Progress.READY, views.Feedback.ASKED)
    flow.back()
    flow.print_plan()
    flow.thanks()
    assert flow.view() == views.Thanks(False, Progress.BUSY, views.Feedback.ASKED)
