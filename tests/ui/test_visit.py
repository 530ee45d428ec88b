"""A visit at the real window, offscreen: what a person sees, touches, hears and is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from accessibility.speech import RecordingSpeaker
from kiosk.visit import Resumed
from tests.ui.citizen import Citizen
from tests.ui.stage import CONFIG, Stage, Time
from ui.places import Over
from ui.views import Progress


def at_date(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    citizen.touch("Oui")
    citizen.touch("Continuer")
    assert "Quel jour" in citizen.title()


# -- the attract screen ------------------------------------------------------------------------------------


def test_touching_the_picture_starts_nothing(citizen: Citizen) -> None:
    heading = citizen.screen.heading
    assert heading is not None
    citizen.touch_at(heading)
    assert citizen.app.flow.visit is None


def test_each_language_is_written_in_its_own_words(citizen: Citizen) -> None:
    assert "Toucher pour commencer" in citizen.reads()
    assert "Touch to start" in citizen.reads()
    citizen.touch("English")
    assert citizen.title() == "What is happening in your life?"


# -- questions ---------------------------------------------------------------------------------------------


def test_continue_without_an_answer_says_what_is_missing_and_stays(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    title = citizen.title()
    citizen.touch("Continuer")
    assert citizen.title() == title
    assert "Choisissez d’abord une réponse." in citizen.reads()


WRONG_DATES = [
    ((31, 11, 2026), "Le 31 novembre n’existe pas. Ce mois a 30 jours."),
    ((29, 2, 2025), "Le 29 février n’existe pas. Ce mois a 28 jours."),
    ((25, 11, 2026), "Cette date est trop tardive. Au plus tard\u00a0: 24 novembre 2026."),
    ((1, 1, 2020), "Cette date est trop ancienne. Au plus tôt\u00a0: 24 novembre 2023."),
]


@pytest.mark.parametrize(("day", "sentence"), WRONG_DATES)
def test_a_date_that_cannot_be_is_told_in_words_and_not_taken(
    citizen: Citizen, day: tuple[int, int, int], sentence: str
) -> None:
    at_date(citizen)
    citizen.type_date(*day)
    assert sentence in citizen.reads()
    citizen.touch("Continuer")
    assert "Quel jour" in citizen.title()
    citizen.touch("Hier")
    assert "Le lundi 23 novembre 2026" in citizen.reads()
    citizen.touch("Continuer")
    assert "Quel jour" not in citizen.title()


def test_who_does_not_know_the_day_gives_the_month_then_the_year_then_passes(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.touch("Je ne connais pas la date exacte")
    assert "Écrivez le mois et l’année." in citizen.reads()
    citizen.touch("Je ne connais pas le mois")
    assert "Écrivez l’année." in citizen.reads()
    citizen.touch("Je ne sais pas, ou je préfère passer")
    assert "Quel jour" not in citizen.title()
    assert citizen.app.flow.visit is not None
    assert citizen.app.flow.visit.answers["date_naissance"] is None


def test_help_and_back_give_back_a_half_typed_date(citizen: Citizen) -> None:
    at_date(citizen)
    for digit in "2311":
        citizen.touch(digit)
    citizen.touch("Demander de l’aide")
    assert citizen.title() == "Demander de l’aide"
    assert "01 99 00 00 00" in citizen.reads()
    citizen.touch("Revenir à ma page")
    for digit in "2026":
        citizen.touch(digit)
    assert "Le lundi 23 novembre 2026" in citizen.reads()


def test_another_language_keeps_a_half_typed_date(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.touch("Hier")
    citizen.touch("Langue\u00a0: Français")
    citizen.touch("English")
    assert citizen.title() == "On what day was the child born?"
    assert "Monday 23 November 2026" in citizen.reads()


@pytest.mark.parametrize("button", ["Demander de l’aide", "Terminer ma session"])
def test_a_second_touch_on_the_same_button_of_the_frame_closes_its_page(
    citizen: Citizen, button: str
) -> None:
    at_date(citizen)
    citizen.touch(button)
    assert "Quel jour" not in citizen.title()
    citizen.touch(button)
    assert "Quel jour" in citizen.title()


# -- the end -----------------------------------------------------------------------------------------------


def test_end_my_session_asks_once_and_no_keeps_everything(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.touch("Terminer ma session")
    assert citizen.title() == "Tout effacer et terminer\u00a0?"
    citizen.touch("Non, je continue")
    assert "Quel jour" in citizen.title()


def test_end_my_session_wipes_and_shows_nobody_s_screen(citizen: Citizen, stage: Stage) -> None:
    at_date(citizen)
    citizen.touch("Terminer ma session")
    with citizen.qtbot.waitSignal(citizen.app.over, timeout=5000):
        citizen.touch("Tout effacer et terminer")
    assert stage.forgotten == 1
    assert "Un changement dans" in citizen.title()


# -- time --------------------------------------------------------------------------------------------------


def tick(citizen: Citizen, clock: Time, seconds: float) -> None:
    clock.now += seconds
    citizen.window._tick.timeout.emit()


def test_a_silent_person_is_asked_and_any_touch_gives_everything_back(citizen: Citizen, clock: Time) -> None:
    at_date(citizen)
    citizen.touch("Hier")
    tick(citizen, clock, CONFIG.idle_s + 1)
    assert citizen.title() == "Êtes-vous toujours là\u00a0?"
    assert "naissance" not in citizen.reads()
    assert "enfant" not in citizen.reads()
    citizen.touch("Je suis encore là")
    assert "Le lundi 23 novembre 2026" in citizen.reads()


def test_any_key_means_i_am_here_and_presses_nothing_else(citizen: Citizen, clock: Time) -> None:
    at_date(citizen)
    tick(citizen, clock, CONFIG.idle_s + 1)
    citizen.key(Qt.Key.Key_Return)
    assert "Quel jour" in citizen.title()


def test_the_time_can_be_extended_more_than_ten_times(citizen: Citizen, clock: Time) -> None:
    at_date(citizen)
    for _ in range(12):
        tick(citizen, clock, CONFIG.idle_s + CONFIG.warning_s - 2)
        citizen.touch("Je suis encore là")
        assert "Quel jour" in citizen.title()


def test_when_the_time_is_over_the_visit_is_wiped(citizen: Citizen, clock: Time, stage: Stage) -> None:
    at_date(citizen)
    tick(citizen, clock, CONFIG.idle_s + 1)
    with citizen.qtbot.waitSignal(citizen.app.over, timeout=5000):
        tick(citizen, clock, CONFIG.warning_s)
    assert stage.forgotten == 1
    assert citizen.app.flow.visit is None


def test_the_person_has_at_least_twenty_seconds_to_answer() -> None:
    assert CONFIG.warning_s >= 20


# -- listening ---------------------------------------------------------------------------------------------


def test_every_screen_of_a_visit_can_be_heard_from_its_title_on(
    citizen: Citizen, speaker: RecordingSpeaker
) -> None:
    at_date(citizen)
    citizen.touch("Écouter, Quel jour l’enfant est-il né\u00a0?")
    assert speaker.said[-1].text.startswith("Quel jour l’enfant est-il né")
    assert speaker.said[-1].lang == "fr"


def test_the_voice_stops_at_any_touch(citizen: Citizen, speaker: RecordingSpeaker) -> None:
    at_date(citizen)
    citizen.touch("Écouter, Quel jour l’enfant est-il né\u00a0?")
    assert citizen.app.voice.speaking
    heading = citizen.screen.heading
    assert heading is not None
    citizen.touch_at(heading)
    assert not citizen.app.voice.speaking
    assert speaker.stops >= 1


def test_a_second_touch_on_listen_only_stops(citizen: Citizen, speaker: RecordingSpeaker) -> None:
    at_date(citizen)
    listen = "Écouter, Quel jour l’enfant est-il né\u00a0?"
    citizen.touch(listen)
    said = len(speaker.said)
    citizen.touch_at(citizen.screen.heading.parentWidget().listen)
    assert not citizen.app.voice.speaking
    assert len(speaker.said) == said
    citizen.touch(listen)
    assert citizen.app.voice.speaking


# -- taking away -------------------------------------------------------------------------------------------


def to_take_away(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.touch("Hier")
    citizen.touch("Continuer")
    while "Tout est juste" not in citizen.title():
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")


def test_a_dead_printer_is_nobody_s_fault_and_can_be_tried_again(citizen: Citizen, stage: Stage) -> None:
    stage.prints = False
    to_take_away(citizen)
    citizen.touch("Imprimer")
    citizen.sees("Ce n’est pas votre faute.")
    stage.prints = True
    citizen.touch("Essayer encore")
    citizen.sees("Imprimé. Prenez vos feuilles.")


def test_the_clock_waits_while_the_printer_works(citizen: Citizen, clock: Time) -> None:
    to_take_away(citizen)
    citizen.app.flow._printing = Progress.BUSY
    tick(citizen, clock, CONFIG.idle_s + CONFIG.warning_s + 5)
    assert citizen.app.flow.over is None
    citizen.app.flow.printed(True)
    tick(citizen, clock, 1)
    assert citizen.app.flow.over is None


def test_a_plan_card_marked_as_done_keeps_its_place_and_its_date(citizen: Citizen) -> None:
    to_take_away(citizen)
    citizen.touch("Retour")
    before = citizen.reads()
    citizen.touch("C’est déjà fait")
    assert "Fait, dites-vous" in citizen.reads()
    assert "lundi 30 novembre 2026" in before
    assert "lundi 30 novembre 2026" in citizen.reads()


# -- keys --------------------------------------------------------------------------------------------------


def test_a_new_screen_puts_the_focus_on_its_title(citizen: Citizen) -> None:
    at_date(citizen)
    assert citizen.app.qt.focusWidget() is citizen.screen.heading


def test_the_keyboard_goes_round_every_control_and_comes_back(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    seen: list[str] = []
    for _ in range(40):
        citizen.key(Qt.Key.Key_Tab)
        seen.append(citizen.app.qt.focusWidget().accessibleName())
    controls = {"Oui", "Non", "Retour", "Continuer", "Demander de l’aide", "Terminer ma session"}
    assert controls <= set(seen)
    assert seen.count("Continuer") >= 2
    order = [name for name in dict.fromkeys(seen) if name in controls]
    assert order[-4:] == ["Retour", "Continuer", "Demander de l’aide", "Terminer ma session"]


def test_escape_is_back_and_f1_is_help(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.key(Qt.Key.Key_F1)
    assert citizen.app.flow.over is Over.HELP
    citizen.key(Qt.Key.Key_Escape)
    assert citizen.app.flow.over is None
    citizen.key(Qt.Key.Key_Escape)
    assert "déjà né" in citizen.title()


# -- after a crash -----------------------------------------------------------------------------------------


def test_after_a_crash_the_screen_shows_nothing_of_the_visit(citizen: Citizen) -> None:
    at_date(citizen)
    assert citizen.app.flow.visit is not None
    draft = Resumed(citizen.app.flow.visit)
    citizen.app.flow.end()
    citizen.window.offer_resume(draft)
    assert citizen.title() == "La borne s’est arrêtée un instant."
    for word in ("enfant", "naissance", "Oui"):
        assert word not in citizen.reads()
    citizen.touch("Continuer")
    assert "Quel jour" in citizen.title()


def test_an_untouched_resume_wipes_after_thirty_seconds(citizen: Citizen, stage: Stage) -> None:
    at_date(citizen)
    assert citizen.app.flow.visit is not None
    draft = Resumed(citizen.app.flow.visit)
    citizen.app.flow.end()
    citizen.window.offer_resume(draft)
    before = stage.forgotten
    for _ in range(30):
        citizen.window._tick.timeout.emit()
    citizen.waits_for(lambda: stage.forgotten == before + 1)
    assert citizen.app.flow.over is None


def test_a_store_that_does_not_open_says_where_to_go(citizen: Citizen) -> None:
    citizen.app.bridge.opened.emit(False)
    assert citizen.title() == "La borne ne peut pas vous aider maintenant."
    assert "01 99 00 00 00" in citizen.reads()


def test_who_knows_nothing_still_sees_what_may_be_a_duty_at_its_earliest_date(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.touch("Hier")
    citizen.touch("Continuer")
    while "Tout est juste" not in citizen.title():
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    entries = {shown.entry.title: shown.entry for shown in citizen.screen.thread_view.items}
    assert "lundi 30 novembre 2026" in entries["Déclarer la naissance"].date
    assert entries["Déclarer la naissance"].tag == "Obligatoire"
    assert "mardi 24 novembre 2026" in entries["Congé de naissance"].date
    assert entries["Congé de naissance"].tag == "Peut-être obligatoire"


def test_a_wrong_date_is_told_in_one_place_and_by_the_listen_button(citizen: Citizen) -> None:
    at_date(citizen)
    citizen.type_date(31, 11, 2026)
    citizen.touch("Continuer")
    assert citizen.reads().count("Le 31 novembre n’existe pas") == 1
    assert "Le 31 novembre n’existe pas" in citizen.screen.spoken()


def test_what_was_missing_is_no_longer_asked_for_once_it_is_there(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    citizen.touch("Continuer")
    assert "Choisissez d’abord une réponse." in citizen.reads()
    assert "Choisissez d’abord une réponse." in citizen.screen.spoken()
    citizen.touch("Oui")
    assert "Choisissez d’abord une réponse." not in citizen.reads()
