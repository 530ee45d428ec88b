"""Taking the plan home: what can be asked again, what is told when it fails, and where the focus is then."""

from __future__ import annotations

import pytest

from accessibility.speech import RecordingSpeaker
from tests.ui.citizen import Citizen
from tests.ui.stage import Stage
from ui.places import Over, Place
from ui.widgets.text import Heading


@pytest.fixture
def home(citizen: Citizen) -> Citizen:
    """A person who may take the plan home."""
    citizen.touch("Français")
    citizen.begin("Un enfant naît")
    while citizen.app.flow.place is Place.ASKING:
        citizen.app.flow.answer(None)
    citizen.touch("Voir mon plan")
    citizen.touch("Emporter mon plan")
    return citizen


def test_a_finished_print_can_be_asked_for_again(home: Citizen, stage: Stage) -> None:
    home.touch("Imprimer")
    home.sees("Imprimé. Prenez vos feuilles.")
    stage.prints = False
    home.touch("Imprimer encore une fois")
    home.sees("Nous n’avons pas pu imprimer")


def test_the_focus_tells_that_the_paper_is_out(home: Citizen) -> None:
    home.window.activateWindow()
    home.waits_for(home.window.isActiveWindow)
    home.touch("Imprimer")
    home.sees("Imprimé. Prenez vos feuilles.")
    focus = home.app.qt.focusWidget()
    assert isinstance(focus, Heading)
    assert focus.text() == "Imprimé. Prenez vos feuilles."


def test_when_printing_fails_the_page_says_what_is_kept_and_every_way_on(
    home: Citizen, stage: Stage, speaker: RecordingSpeaker
) -> None:
    stage.prints = False
    home.touch("Imprimer")
    home.sees("Ce n’est pas votre faute.")
    assert "Votre plan est toujours là." in home.reads()
    names = [button.accessibleName() for button in home.buttons()]
    for way in ("Essayer encore.", "Envoyer.", "Demander de l’aide.", "Écouter, Mon plan"):
        assert any(name.startswith(way) for name in names), way
    home.touch("Écouter, Nous n’avons pas pu imprimer")
    assert "Votre plan est toujours là." in speaker.said[-1].text
    home.touch("Demander de l’aide. ")
    assert home.app.flow.over is Over.HELP
    home.touch("Revenir à ma page")
    home.touch("Continuer sans imprimer")
    assert "Votre plan n’est pas imprimé." in home.reads()


def test_back_from_a_failed_print_is_the_plan(home: Citizen, stage: Stage) -> None:
    stage.prints = False
    home.touch("Imprimer")
    home.sees("Nous n’avons pas pu imprimer")
    home.touch("Retour")
    assert home.title() == "Votre plan, dans l’ordre"


def test_a_dossier_that_is_kept_can_be_looked_at_again(home: Citizen) -> None:
    home.touch("Voir ce qui serait envoyé")
    assert "Rien n’est envoyé sans votre accord." in home.reads()
    home.touch("J’accepte, envoyer")
    home.sees("C’est enregistré.")
    assert "Enregistré ici." in home.reads()
    home.touch("Suite")
    assert "Enregistré. Qui le reçoit\u00a0: Service de l’état civil." in home.reads()
    home.touch("Revoir")
    assert home.title() == "C’est enregistré."
