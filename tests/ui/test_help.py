"""A call for a person: acknowledged, or « personne ne répond »; and nothing is claimed that nobody said."""

from __future__ import annotations

import pytest

from kiosk.config import Config
from tests.ui.citizen import Citizen
from tests.ui.stage import Recorder, Time, pack
from ui.flow import Flow
from ui.places import Over
from ui.views import AskForHelp, Call


@pytest.fixture
def services() -> Recorder:
    found = Recorder()
    found.callable = True
    return found


@pytest.fixture
def flow(services: Recorder) -> Flow:
    made = Flow(Config(), pack, services, lambda: None)
    made.choose_language("fr")
    return made


def call_of(flow: Flow) -> Call:
    view = flow.view()
    assert isinstance(view, AskForHelp)
    return view.call


def test_touching_it_calls_once_and_says_so(flow: Flow, services: Recorder) -> None:
    flow.ask_for_help()
    assert (call_of(flow), services.calls) == (Call.CALLING, 1)
    flow.go_on()
    flow.ask_for_help()
    assert services.calls == 1, "one call at a time"


def test_an_acknowledgement_is_shown_even_if_the_page_was_closed_meanwhile(flow: Flow) -> None:
    flow.ask_for_help()
    flow.go_on()
    flow.help_answered(True)
    flow.ask_for_help()
    assert call_of(flow) is Call.COMING


def test_nobody_answering_is_said_and_one_can_call_again(flow: Flow, services: Recorder) -> None:
    flow.ask_for_help()
    flow.help_answered(False)
    assert call_of(flow) is Call.NOBODY
    flow.call_again()
    assert (call_of(flow), services.calls) == (Call.CALLING, 2)


def test_the_clock_waits_while_somebody_is_called(flow: Flow) -> None:
    assert not flow.busy
    flow.ask_for_help()
    assert flow.busy
    flow.help_answered(False)
    assert not flow.busy


def test_hiding_calls_it_off_and_a_late_answer_shows_nothing(flow: Flow, services: Recorder) -> None:
    flow.ask_for_help()
    flow.hide(0.0)
    assert services.cancelled == 1
    flow.help_answered(True)
    assert flow.hidden is not None
    flow.end()
    flow.cover(Over.HELP)
    assert call_of(flow) is Call.NONE


def test_where_nobody_can_be_called_the_page_says_where_to_go(citizen: Citizen, clock: Time) -> None:
    citizen.touch("Français")
    citizen.touch("Demander de l’aide")
    seen = citizen.reads()
    assert "Nous appelons" not in seen
    assert "01 99 00 00 00" in seen
    assert "Appeler une personne" not in seen


def test_the_words_of_each_state(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citizen.app.bridge, "_can_call", True)
    answers: list[bool] = []
    monkeypatch.setattr(citizen.app.bridge, "call_help", lambda: answers.append(True))
    citizen.touch("Français")
    citizen.touch("Appeler une personne")
    assert "Nous appelons une personne" in citizen.reads()
    citizen.app.flow.help_answered(False)
    assert "Personne ne répond" in citizen.reads()
    assert "01 99 00 00 00" in citizen.reads()
    citizen.touch("Rappeler")
    citizen.app.flow.help_answered(True)
    assert "Une personne a répondu" in citizen.reads()
    assert len(answers) == 2
