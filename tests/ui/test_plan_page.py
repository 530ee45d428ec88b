"""The plan as a page: what is open, what is folded, what is taken back, what helps to get it done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from accessibility.speech import RecordingSpeaker
from kiosk.messages import messages_for
from kiosk.procedures import AnswerValue, PartialDate, Plan, Status, make_plan
from tests.ui.citizen import Citizen
from tests.ui.stage import TODAY, pack
from ui import plan_words
from ui.places import Over, Place
from ui.screens.plan import PlanScreen
from ui.screens.screen import Look
from ui.theme import Theme
from ui.views import ShowPlan
from ui.widgets.plan import PlanItem
from ui.widgets.right import RightItem
from ui.widgets.text import TextLabel

BORN: dict[str, AnswerValue] = {"enfant_ne": True, "date_naissance": PartialDate(2026, 11, 23)}


def to_plan(citizen: Citizen, event: str = "Un enfant naît", answers: dict[str, AnswerValue] = BORN) -> None:
    """Whatever is not in ``answers`` the person does not know."""
    citizen.touch("Français")
    citizen.begin(event)
    flow = citizen.app.flow
    while flow.place is Place.ASKING:
        flow.answer(answers.get(flow.question))
    citizen.touch("Voir mon plan")


def has_the_keyboard(citizen: Citizen) -> None:
    citizen.window.activateWindow()
    citizen.waits_for(citizen.window.isActiveWindow)


def cards(citizen: Citizen) -> list[PlanItem]:
    assert isinstance(citizen.screen, PlanScreen)
    return citizen.screen.thread_view.items


# -- done, they say ----------------------------------------------------------------------------------------


def test_what_is_done_folds_and_is_taken_back_in_one_touch(citizen: Citizen) -> None:
    to_plan(citizen)
    citizen.touch("C’est déjà fait")
    assert "Fait, dites-vous" in citizen.reads()
    assert not cards(citizen)[0].opened
    citizen.touch("Ce n’est pas fait")
    assert "Fait, dites-vous" not in citizen.reads()
    assert citizen.app.flow.visit is not None
    assert citizen.app.flow.visit.done == frozenset()


def test_marking_one_card_builds_no_other_card_anew(citizen: Citizen) -> None:
    to_plan(citizen)
    page, before = citizen.screen, cards(citizen)[1:]
    citizen.touch("C’est déjà fait")
    assert citizen.screen is page
    assert cards(citizen)[1:] == before


def test_after_marking_the_focus_is_on_what_takes_it_back(citizen: Citizen) -> None:
    to_plan(citizen)
    has_the_keyboard(citizen)
    citizen.touch("C’est déjà fait")
    focus = citizen.app.qt.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == f"Ce n’est pas fait, {cards(citizen)[0].entry.title}"


def test_marking_is_spoken_once_reading_aloud_is_on(citizen: Citizen, speaker: RecordingSpeaker) -> None:
    to_plan(citizen)
    citizen.app.flow.comfort = replace(citizen.app.flow.comfort, aloud=True)
    title = cards(citizen)[0].entry.title
    citizen.touch("C’est déjà fait")
    assert speaker.said[-1].text == f"{title}. Fait, dites-vous."
    citizen.touch("Ce n’est pas fait")
    assert speaker.said[-1].text.startswith(f"{title}. ")
    assert "Fait" not in speaker.said[-1].text


def test_what_to_do_with_a_card_stands_before_its_proofs(citizen: Citizen) -> None:
    to_plan(citizen)
    card = cards(citizen)[0]
    source = next(label for label in card.findChildren(TextLabel) if "Source" in label.text())
    assert card.buttons["done"].mapTo(card, QPoint()).y() < source.mapTo(card, QPoint()).y()


def test_the_keys_find_a_card_that_was_made_anew_where_it_stands(citizen: Citizen) -> None:
    to_plan(citizen)
    has_the_keyboard(citizen)
    first, second = (card.entry.title for card in cards(citizen)[:2])
    citizen.touch("C’est déjà fait")
    names = []
    for _ in range(6):
        citizen.key(Qt.Key.Key_Tab)
        names.append(citizen.app.qt.focusWidget().accessibleName())
    assert names[names.index(f"Voir le détail, {first}") + 1] == f"Écouter, {second}"


def test_a_folded_card_stays_folded_when_the_person_comes_back(citizen: Citizen) -> None:
    to_plan(citizen)
    citizen.touch("C’est déjà fait")
    citizen.touch("Emporter mon plan")
    citizen.touch("Retour")
    assert not cards(citizen)[0].opened
    assert "Fait, dites-vous" in citizen.reads()


# -- what a card says --------------------------------------------------------------------------------------


def test_a_closed_card_says_what_being_late_costs(citizen: Citizen) -> None:
    to_plan(citizen)
    declare = next(card for card in cards(citizen) if card.entry.title == "Déclarer la naissance")
    if declare.opened:
        citizen.touch_at(declare.opener)
    told = [label.text() for label in declare.findChildren(TextLabel) if label.isVisible()]
    late = "Si vous êtes en retard\u00a0: après le délai, il faut un jugement du tribunal"
    assert any(text.startswith(late) for text in told)


def test_the_reason_names_its_source_and_the_day_it_was_read(citizen: Citizen) -> None:
    to_plan(citizen)
    citizen.touch("Voir le détail, Déclarer la naissance")
    assert "Code civil, version du 3 avril 2026" in citizen.reads()
    assert "Vérifiée le 23 novembre 2026." in citizen.reads()


def test_the_reason_quotes_the_answer_and_a_private_one_is_not_repeated(citizen: Citizen) -> None:
    given: dict[str, AnswerValue] = {
        **BORN,
        "ressources_paje": "sous_plafond",
        "grossesse_declaree": "a_temps",
        "naissance_declaree": False,
    }
    to_plan(citizen, answers=given)
    plan = citizen.app.flow.plan()
    hush = plan_words.hushed(pack(), plan)
    sure = [item for item in plan.procedures if item.status is Status.APPLIES and not item.sensitive]
    open_now = {card.entry.key for card in cards(citizen) if card.opened}
    quoting = []
    for item in sure:
        if item.id not in open_now:
            citizen.touch(f"Voir le détail, {item.title}")
        card = next(card for card in cards(citizen) if card.entry.key == item.id)
        shown = "\n".join(label.text() for label in card.findChildren(TextLabel))
        quoting += [item.id] if "Vous avez répondu\u00a0:\n«\u00a0" in shown else []
    assert "fr.naissance.declaration" in quoting
    assert any(item.id in hush for item in sure)
    assert not hush.intersection(quoting)


def test_what_may_be_due_is_folded_to_what_decides_and_whom_to_ask(citizen: Citizen) -> None:
    to_plan(citizen)
    card = next(
        card for card in citizen.screen.findChildren(RightItem) if card.entry.title == "Prime à la naissance"
    )
    seen = [label.text() for label in card.findChildren(TextLabel) if label.isVisible()]
    assert any(text.startswith("À vérifier\u00a0: vos ressources") for text in seen)
    assert "À qui demander\u00a0: Votre CAF (allocations familiales) ou votre MSA (régime agricole)" in seen
    assert len(seen) == 3
    citizen.touch("Voir le détail, Prime à la naissance")
    more = [label.text() for label in card.findChildren(TextLabel) if label.isVisible()]
    assert "Questions à poser au guichet" in more
    assert any("OpenFisca" in text for text in more)


def test_what_is_not_for_the_person_says_why_and_can_be_heard_one_by_one(
    citizen: Citizen, speaker: RecordingSpeaker
) -> None:
    to_plan(citizen)
    flow = citizen.app.flow
    not_for = next(
        item for item in flow.plan().procedures if item.status is Status.NOT and not item.sensitive
    )
    assert not_for.because not in citizen.reads()
    citizen.touch("Voir le détail, Pas pour vous")
    assert not_for.because in citizen.reads()
    citizen.touch(f"Écouter, {not_for.title}")
    assert speaker.said[-1].text == f"{not_for.title}. {not_for.because}"


def test_every_card_has_its_listen_button_and_is_large_enough(citizen: Citizen) -> None:
    to_plan(citizen)
    for card in cards(citizen):
        assert card.listen is not None
        assert card.card.height() >= 88
    for right in citizen.screen.findChildren(RightItem):
        assert right.listen is not None
        assert right.height() >= 88


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "aujourd’hui"),
        (date(2026, 11, 25), "demain"),
        (date(2026, 12, 23), "dans 29 jours"),
        (date(2027, 1, 25), "dans 62 jours"),
        (date(2027, 1, 26), "plus de 2 mois"),
        (date(2027, 11, 23), "plus de 11 mois"),
        (date(2027, 11, 25), ""),
    ],
)
def test_how_long_it_is_until_a_date_is_never_more_than_there_is(day: date, said: str) -> None:
    plan = make_plan(pack(), pack().events["fr.naissance"], BORN, TODAY, "fr")
    item = next(item for item in plan.procedures if item.deadline is not None and item.deadline.date)
    assert item.deadline is not None
    due = msgspec.structs.replace(item.deadline, date=day, passed=False)
    moved = msgspec.structs.replace(item, deadline=due)
    assert plan_words.entry(messages_for("fr"), moved, TODAY, done=False).length == said


def test_the_voice_says_the_kind_of_deadline_and_what_is_done(
    citizen: Citizen, speaker: RecordingSpeaker
) -> None:
    to_plan(citizen)
    title = "Signaler la naissance aux impôts"
    citizen.touch(f"Écouter, {title}")
    assert speaker.said[-1].text.startswith(f"{title}.\nObligatoire.\n")
    citizen.touch(f"Voir le détail, {title}")
    citizen.touch(f"C’est déjà fait, {title}")
    citizen.touch(f"Écouter, {title}")
    assert speaker.said[-1].text.startswith(f"{title}.\nFait, dites-vous.\n")


def test_the_law_and_the_source_are_heard_where_they_are_shown(
    citizen: Citizen, speaker: RecordingSpeaker
) -> None:
    to_plan(citizen)
    citizen.touch("Écouter, Déclarer la naissance")
    assert "Code civil" not in speaker.said[-1].text
    citizen.touch("Voir le détail, Déclarer la naissance")
    citizen.touch("Écouter, Déclarer la naissance")
    assert "Loi\u00a0: CC 55" in speaker.said[-1].text
    assert "Code civil, version du 3 avril 2026" in speaker.said[-1].text


# -- help with one procedure -------------------------------------------------------------------------------


def test_help_with_a_procedure_goes_from_the_papers_to_a_person_and_back(citizen: Citizen) -> None:
    to_plan(citizen)
    titles = [card.entry.title for card in cards(citizen)]
    title = "Inscrire l’enfant à l’assurance maladie"
    assert title in titles
    citizen.touch(f"Voir le détail, {title}")
    citizen.touch(f"M’aider à le faire, {title}")
    assert citizen.title() == title
    read = citizen.reads()
    assert "Acte de naissance ou livret de famille, pour une demande par courrier" in read
    assert "Votre CPAM (assurance maladie)" in read
    assert "Est-ce bien ici que je dois le faire\u00a0?" in read
    citizen.touch("Demander de l’aide. Pour en parler")
    assert citizen.app.flow.over is Over.HELP
    citizen.touch("Revenir à ma page")
    citizen.touch("Revenir à mon plan")
    assert citizen.title() == "Votre plan, dans l’ordre"


def test_back_from_the_help_is_the_plan_too(citizen: Citizen) -> None:
    to_plan(citizen)
    citizen.touch("M’aider à le faire")
    citizen.touch("Retour")
    assert citizen.title() == "Votre plan, dans l’ordre"


# -- how fast ----------------------------------------------------------------------------------------------


def test_the_plan_is_ready_before_the_touch_that_asks_for_it(citizen: Citizen) -> None:
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    while citizen.app.flow.place is Place.ASKING:
        citizen.app.flow.answer(BORN.get(citizen.app.flow.question))
    citizen.waits_for(lambda: citizen.window.findChild(PlanScreen) is not None)
    built = citizen.window.findChild(PlanScreen)
    assert not built.isVisible()
    citizen.touch("Voir mon plan")
    assert citizen.screen is built


# -- much to do, long names, large letters -----------------------------------------------------------------

LONG = (
    "Déclaration-de-changement-de-situation-auprès-de-la-caisse d’assurance-retraite-et-de-santé-au-travail"
)


def crowded() -> Plan:
    """Thirty procedures with names as long as a page is wide."""
    plan = make_plan(pack(), pack().events["fr.naissance"], BORN, TODAY, "fr")
    some = [item for item in plan.procedures if item.status is not Status.NOT]
    many = [
        msgspec.structs.replace(some[n % len(some)], id=f"x.{n}", title=f"{LONG} {n}", status=Status.APPLIES)
        for n in range(30)
    ]
    return msgspec.structs.replace(plan, procedures=tuple(many))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_thirty_procedures_with_long_names_stay_inside_the_page(
    qtbot: QtBot, qapp: QApplication, scale: float, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    look = Look(Theme(scale=scale), messages_for("fr"), TODAY, pack, voiced=True)
    page = PlanScreen(look, ShowPlan(crowded(), frozenset()), None)
    qtbot.addWidget(page)
    page.resize(1080, 1390)
    page.show()
    assert page.width() == 1080
    assert len(page.thread_view.items) == 30
    for widget in page.thread_view.findChildren(QWidget):
        if widget.isVisible():
            left = widget.mapTo(page, QPoint(0, 0)).x()
            assert left >= 0
            assert left + widget.width() <= 1080, widget
    assert [item.opened for item in page.thread_view.items] == [True] + [False] * 29


def test_an_empty_plan_says_so_and_offers_no_other_way_to_see_it(qtbot: QtBot) -> None:
    plan = make_plan(pack(), pack().events["fr.naissance"], BORN, TODAY, "fr")
    nothing = msgspec.structs.replace(plan, procedures=())
    page = PlanScreen(
        Look(Theme(), messages_for("fr"), TODAY, pack, voiced=False), ShowPlan(nothing, frozenset()), None
    )
    qtbot.addWidget(page)
    page.resize(1080, 1390)
    page.show()
    read = [label.text() for label in page.findChildren(TextLabel)]
    assert any("aucune démarche ne vous concerne" in text for text in read)
    assert "Par déplacement" not in [button.accessibleName() for button in page.findChildren(QWidget)]
