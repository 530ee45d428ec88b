"""The staff's page: behind a code, before any visit, and never with anybody's answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from accessibility.speech import RecordingSpeaker
from kiosk.checkup import CheckedPart, check_up
from kiosk.config import Staff
from kiosk.procedures import Pack
from kiosk.staff import Outcome, StaffCheck
from kiosk.supervisor import WIPED
from tests.ui.citizen import Citizen
from tests.ui.stage import STAFF_CODE, Stage, Time, pack


@pytest.fixture
def staff(visitor: Callable[[Pack], Citizen], stage: Stage) -> Citizen:
    stage.parts = (
        CheckedPart(True, "L’imprimante marche.", ""),
        CheckedPart(False, "Aucune voix.", "Installez espeak-ng."),
    )
    citizen = visitor(pack())
    citizen.app.flow.config = replace(citizen.app.config, staff=Staff("sealed"))
    return citizen


def at_the_door(citizen: Citizen) -> None:
    citizen.touch("Cette borne, vos données")
    citizen.touch("Accès du personnel")


def enters(citizen: Citizen, code: str) -> None:
    for digit in code:
        citizen.touch(digit)
    citizen.touch("Entrer")


def test_without_a_code_in_the_configuration_there_is_no_door(citizen: Citizen) -> None:
    citizen.touch("Cette borne, vos données")
    assert "Accès du personnel" not in citizen.reads()


def test_the_right_code_shows_the_state_of_the_kiosk(staff: Citizen) -> None:
    at_the_door(staff)
    enters(staff, STAFF_CODE)
    staff.sees("Aucune voix.")
    assert "L’imprimante marche." in staff.reads()
    assert "Installez espeak-ng." in staff.reads()


def test_the_digits_are_dots_and_are_not_read_aloud(staff: Citizen, speaker: RecordingSpeaker) -> None:
    at_the_door(staff)
    for digit in "73":
        staff.touch(digit)
    box = staff.window.findChild(QLineEdit)
    assert box.text() == "73"
    assert "7" not in box.displayText()
    staff.touch("Écouter, Personnel")
    assert "73" not in speaker.said[-1].text


def test_a_wrong_code_is_told_and_opens_nothing(staff: Citizen) -> None:
    at_the_door(staff)
    enters(staff, "111111")
    staff.sees("Ce n’est pas le bon code")
    assert "Quitter l’application" not in staff.reads()


def test_after_many_wrong_codes_the_wait_is_told(staff: Citizen) -> None:
    at_the_door(staff)
    staff.touch("1")
    flow = staff.app.flow
    flow.services.staff_code = lambda _code: None  # type: ignore[method-assign]
    staff.touch("Entrer")
    flow.staff_checked(StaffCheck(Outcome.WAIT, 30))
    assert "Attendez 30\u00a0secondes" in staff.reads() or "Attendez 30 secondes" in staff.reads()


@pytest.mark.parametrize(("button", "status"), [("Redémarrer la borne", WIPED), ("Quitter l’application", 0)])
def test_the_staff_restarts_or_ends_the_kiosk(staff: Citizen, button: str, status: int) -> None:
    ends: list[int] = []
    staff.app.over.connect(ends.append)
    at_the_door(staff)
    enters(staff, STAFF_CODE)
    staff.sees("Quitter l’application")
    staff.touch(button)
    assert ends == [status]


def test_nobody_leaves_without_the_code(staff: Citizen) -> None:
    ends: list[int] = []
    staff.app.over.connect(ends.append)
    at_the_door(staff)
    staff.window.act("staff_leave", False)
    assert ends == []


def test_the_page_is_not_reached_from_a_visit(staff: Citizen) -> None:
    staff.touch("Français")
    staff.window.act("about", None)
    assert "Accès du personnel" not in staff.reads()
    staff.window.act("staff", None)
    assert staff.title() != "Personnel"


def test_a_page_that_was_left_open_closes_and_asks_for_the_code_again(staff: Citizen, clock: Time) -> None:
    at_the_door(staff)
    enters(staff, STAFF_CODE)
    staff.sees("Quitter l’application")
    clock.now += staff.app.config.idle_s + 1
    staff.window._second()
    assert "Faisons le point ensemble" in staff.reads()
    at_the_door(staff)
    assert "Quitter l’application" not in staff.reads()


def test_a_machine_whose_state_is_not_known_says_so(staff: Citizen, stage: Stage) -> None:
    stage.parts = None
    at_the_door(staff)
    enters(staff, STAFF_CODE)
    staff.sees("L’état de la borne n’est pas connu.")


def test_the_state_is_what_kiosk_doctor_says(tmp_path_factory: pytest.TempPathFactory) -> None:
    parts = check_up(None, tmp_path_factory.mktemp("data"), "fr")
    assert parts
    assert any(part.works for part in parts)
    assert all(part.do for part in parts if not part.works)
