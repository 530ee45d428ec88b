"""The last page: what it asks, of whom, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.procedures import Pack
from kiosk.visit import Resumed
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Recorder, Stage, city, pack
from ui.flow import Flow
from ui.places import Place
from ui.views import Feedback, Thanks
from ui.widgets.text import Heading

QUESTION = "Est-ce que cela vous a aidé\u00a0?"
Visitor = Callable[[Pack], Citizen]


def to_the_end(citizen: Citizen, event: str) -> None:
    citizen.touch("Français")
    citizen.begin(event)
    while citizen.app.flow.place is Place.ASKING:
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")
    citizen.touch("J’ai terminé")


@pytest.mark.parametrize(("word", "value"), [("Oui", "good"), ("Un peu", "middle"), ("Non", "bad")])
def test_one_touch_answers_and_says_thank_you(citizen: Citizen, stage: Stage, word: str, value: str) -> None:
    to_the_end(citizen, "Un enfant naît")
    assert QUESTION in citizen.reads()
    citizen.touch(word)
    citizen.waits_for(lambda: stage.said == [("fr.naissance", value)])
    assert "Votre réponse est comptée. Merci." in citizen.reads()
    assert QUESTION not in citizen.reads()


def test_after_the_answer_the_focus_is_on_the_thank_you(citizen: Citizen) -> None:
    to_the_end(citizen, "Un enfant naît")
    citizen.window.activateWindow()
    citizen.waits_for(citizen.window.isActiveWindow)
    citizen.touch("Un peu")
    focus = citizen.app.qt.focusWidget()
    assert isinstance(focus, Heading)
    assert focus.text() == "Votre réponse est comptée. Merci."


def test_the_answer_is_given_once(citizen: Citizen, stage: Stage) -> None:
    to_the_end(citizen, "Un enfant naît")
    citizen.touch("Oui")
    citizen.touch("Retour")
    citizen.touch("J’ai terminé")
    assert QUESTION not in citizen.reads()


def test_who_does_not_answer_ends_as_well(citizen: Citizen, stage: Stage) -> None:
    to_the_end(citizen, "Un enfant naît")
    with citizen.qtbot.waitSignal(citizen.app.over, timeout=5000):
        citizen.touch("Tout effacer et terminer")
    assert stage.said == []


def test_nobody_is_asked_after_a_death(citizen: Citizen) -> None:
    to_the_end(citizen, "Une personne proche est décédée")
    assert QUESTION not in citizen.reads()


# -- without a widget --------------------------------------------------------------------------------------


def finished(flow: Flow, *events: str) -> Thanks:
    for event in events:
        flow.choose_event(event)
        while flow.place is not Place.CHECK:
            if flow.place is Place.ASKING:
                flow.answer(None)
            else:
                flow.proceed()
        flow.show_plan()
        flow.take_away()
    flow.thanks()
    view = flow.view()
    assert isinstance(view, Thanks)
    return view


def begun(content: Pack) -> Flow:
    flow = Flow(CONFIG, lambda: content, Recorder(), lambda: None)
    flow.choose_language("fr")
    return flow


def test_a_visit_that_has_also_been_about_a_death_asks_nobody() -> None:
    assert finished(begun(pack()), "fr.naissance").feedback is Feedback.ASKED
    assert finished(begun(pack()), "fr.deces", "fr.naissance").feedback is Feedback.NONE
    assert finished(begun(pack()), "fr.naissance", "fr.deces").feedback is Feedback.NONE


def test_the_next_visitor_is_asked_again() -> None:
    flow = begun(pack())
    assert finished(flow, "fr.deces").feedback is Feedback.NONE
    flow.end()
    flow.choose_language("fr")
    assert finished(flow, "fr.naissance").feedback is Feedback.ASKED


def test_nobody_is_asked_after_any_sensitive_event() -> None:
    assert finished(begun(city()), "cite.partir").feedback is Feedback.NONE


def test_after_a_crash_in_a_second_event_nobody_knows_what_came_before() -> None:
    flow = begun(pack())
    finished(flow, "fr.deces", "fr.naissance")
    assert flow.visit is not None
    again = begun(pack())
    again.end()
    again.offer_resume(Resumed(flow.visit), 30)
    again.resume()
    while again.place is Place.ASKING:
        again.answer(None)
    again.show_plan()
    again.thanks()
    view = again.view()
    assert isinstance(view, Thanks)
    assert view.feedback is Feedback.NONE
