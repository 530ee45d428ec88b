"""Every screen that a citizen can see, in every state that looks different: one function each.

A new screen joins the sweep, the monkey's neighbours and ``./dev shots`` by one function here::

    @screen("merci")
    def thanks(scene: Scene) -> None:
        planned(scene).thanks()
        scene.show()

``scene.flow`` is walked unseen; ``scene.show()`` draws where it stands; what is done to the screen
afterwards (a card opened, a letter typed) is part of the state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.checkup import CheckedPart
from kiosk.config import Staff
from kiosk.procedures import Fate, Fated, Pack
from kiosk.procedures.changes import Reason
from kiosk.staff import Outcome, StaffCheck
from kiosk.visit import Resumed, Visit, begin_event
from tests.ui.stage import TODAY, city, pack
from tests.ui.sweep.scene import CONFIG, Scene
from ui.flow import Flow
from ui.places import Over
from ui.screens.question import QuestionScreen
from ui.widgets.opener import Opener

State = Callable[[Scene], None]
SCREENS: dict[str, State] = {}
"""By name: in the order of a visit."""


def screen(name: str) -> Callable[[State], State]:
    """Put a function into the catalogue under this name."""

    def keep(make: State) -> State:
        assert name not in SCREENS, name
        SCREENS[name] = make
        return make

    return keep


BIRTH, MOVE, JOB, DEATH = "fr.naissance", "fr.demenagement", "fr.emploi", "fr.deces"
PARTS = (
    CheckedPart(True, "L’imprimante marche.", ""),
    CheckedPart(False, "Aucune voix en ukrainien n’est installée.", "Installez le paquet espeak-ng."),
)
HOME, LEAVING = "cite.foyer", "cite.partir"


def planned(scene: Scene, content: Pack | None = None, event: str = BIRTH) -> Flow:
    """A visitor with a plan on the screen."""
    flow = scene.answered(content or pack(), event)
    flow.show_plan()
    return flow


# -- before the questions ------------------------------------------------------------------------------------


@screen("accueil")
def attract(scene: Scene) -> None:
    scene.begin()
    scene.show()


@screen("accueil-demonstration")
def attract_demonstration(scene: Scene) -> None:
    scene.begin()
    scene.window.demonstration = True
    scene.show()
    scene.window.demonstration = False


@screen("evenements")
def events(scene: Scene) -> None:
    scene.visitor()
    scene.show()


@screen("evenements-autre-situation")
def events_again(scene: Scene) -> None:
    planned(scene).other_event()
    scene.show()


@screen("chercher")
def search(scene: Scene) -> None:
    scene.visitor().search()
    scene.show()


@screen("chercher-encore")
def search_again(scene: Scene) -> None:
    """From the list of life events that somebody came back to."""
    flow = scene.visitor()
    flow.choose_event(BIRTH)
    flow.back()
    flow.search()
    scene.show()


@screen("chercher-trouve")
def search_found(scene: Scene) -> None:
    search(scene)
    scene.app.window.screen_widget.field.edit.setText("mon père est mort")


@screen("chercher-danger")
def search_danger(scene: Scene) -> None:
    search(scene)
    scene.app.window.screen_widget.field.edit.setText("suicide")


@screen("pour-qui")
def for_whom(scene: Scene) -> None:
    scene.visitor().choose_event(JOB)
    scene.show()


@screen("deja-dit")
def told(scene: Scene) -> None:
    flow = scene.answered(pack(), MOVE)
    flow.other_event()
    flow.choose_event(JOB)
    scene.show()


# -- questions -----------------------------------------------------------------------------------------------


@screen("question-choix")
def choice(scene: Scene) -> None:
    scene.asks(pack(), BIRTH, first_of(pack(), BIRTH, "choice"))
    scene.show()


@screen("question-choix-choisi")
def choice_chosen(scene: Scene) -> None:
    choice(scene)
    scene.screen.group.cards[-1].mark.click()


@screen("question-choix-erreur")
def choice_missing(scene: Scene) -> None:
    choice(scene)
    scene.window.act("forward", None)


@screen("question-choix-pourquoi")
def choice_why(scene: Scene) -> None:
    choice(scene)
    opens_why(scene)


@screen("question-plusieurs")
def choices(scene: Scene) -> None:
    scene.asks(city(), HOME, "aides")
    scene.show()


@screen("question-plusieurs-choisis")
def choices_chosen(scene: Scene) -> None:
    scene.asks(pack(), DEATH, first_of(pack(), DEATH, "choices"))
    scene.show()
    for card in scene.screen.group.cards[:3]:
        card.mark.click()


@screen("question-oui-non")
def yes_no(scene: Scene) -> None:
    scene.asks(pack(), BIRTH, first_of(pack(), BIRTH, "yes-no"))
    scene.show()


@screen("question-oui-non-choisi")
def yes_no_chosen(scene: Scene) -> None:
    yes_no(scene)
    scene.screen.group.cards[0].mark.click()


@screen("question-date")
def date_empty(scene: Scene) -> None:
    scene.asks(pack(), BIRTH, "date_naissance")
    scene.show()


@screen("question-date-ecrite")
def date_written(scene: Scene) -> None:
    date_empty(scene)
    scene.screen.field.set_value((23, 11, 2026))


@screen("question-date-impossible")
def date_wrong(scene: Scene) -> None:
    date_empty(scene)
    scene.screen.field.set_value((31, 11, 2026))
    scene.window.act("forward", None)


@screen("question-date-mois")
def date_month(scene: Scene) -> None:
    date_empty(scene)
    scene.screen.pressed_skip()
    opens_why(scene)


@screen("question-nombre")
def number(scene: Scene) -> None:
    scene.asks(pack(), MOVE, "nombre_enfants")
    scene.show()


@screen("question-nombre-autre")
def number_other(scene: Scene) -> None:
    scene.asks(city(), HOME, "enfants")
    scene.show()
    scene.screen.about.cards[-1].mark.click()


@screen("question-nombre-refuse")
def number_refused(scene: Scene) -> None:
    number_other(scene)
    scene.screen.write("99")
    scene.window.act("forward", None)


@screen("question-somme")
def money(scene: Scene) -> None:
    scene.asks(city(), HOME, "loyer", {"enfants": 0})
    scene.show()


@screen("question-somme-ecrite")
def money_written(scene: Scene) -> None:
    money(scene)
    scene.screen.about.cards[-1].mark.click()
    scene.screen.write("1234,56")


@screen("question-texte")
def text(scene: Scene) -> None:
    scene.asks(city(), HOME, "postal")
    scene.show()


@screen("question-texte-ecrit")
def text_written(scene: Scene) -> None:
    text(scene)
    scene.screen.about.cards[-1].mark.click()
    scene.settle()
    scene.screen.write("Saint-Remy-en-Bouzemont")


@screen("question-texte-accents")
def text_accents(scene: Scene) -> None:
    text_written(scene)
    scene.screen.keyboard._toggle_accents()


@screen("question-texte-refuse")
def text_refused(scene: Scene) -> None:
    text_written(scene)
    scene.window.act("forward", None)


@screen("question-texte-clavier-ferme")
def text_without_keyboard(scene: Scene) -> None:
    text_written(scene)
    scene.screen.keyboard.close_pressed.emit()
    opens_why(scene)


@screen("question-changee")
def changed(scene: Scene) -> None:
    flow = scene.answered(pack(), BIRTH)
    flow.change("date_naissance")
    scene.show()


@screen("question-de-plus")
def more_questions(scene: Scene) -> None:
    """The answer before has made the way longer."""
    flow = scene.asks(pack(), MOVE, first_of(pack(), MOVE, "choice"))
    flow._added = 3
    scene.show()


# -- the plan ------------------------------------------------------------------------------------------------


@screen("verifier")
def check(scene: Scene) -> None:
    scene.answered(pack(), MOVE)
    scene.show()


@screen("verifier-passees")
def check_skipped(scene: Scene) -> None:
    """Everything that may be skipped was."""
    skipped = {question.id: None for question in pack().questions.values() if question.unknown_allowed}
    scene.answered(pack(), DEATH, skipped)
    scene.show()


@screen("plan-naissance")
def plan_birth(scene: Scene) -> None:
    planned(scene)
    scene.show()


@screen("plan-demenagement")
def plan_move(scene: Scene) -> None:
    planned(scene, event=MOVE)
    scene.show()


@screen("plan-emploi")
def plan_job(scene: Scene) -> None:
    planned(scene, event=JOB)
    scene.show()


@screen("plan-deces")
def plan_death(scene: Scene) -> None:
    planned(scene, event=DEATH)
    scene.show()


@screen("plan-tout-ouvert")
def plan_opened(scene: Scene) -> None:
    planned(scene)
    scene.show()
    for opener in scene.screen.findChildren(Opener):
        if not opener.opened:
            opener.click()


@screen("plan-fait")
def plan_done(scene: Scene) -> None:
    flow = planned(scene)
    for item in flow.plan().procedures[:2]:
        flow.says_done(item.id, True)
    scene.show()


@screen("plan-sensible")
def plan_sensitive(scene: Scene) -> None:
    scene.answered(city(), LEAVING, {"loge": False, "certificat": True}).show_plan()
    scene.show()


@screen("plan-depliees")
def plan_unfolded(scene: Scene) -> None:
    """What may also be due, and what is not for the person."""
    flow = scene.answered(pack(), BIRTH, {"employeur_second": None, "enfant_ne": None})
    flow.show_plan()
    scene.show()
    for opener in scene.screen.findChildren(Opener)[-3:]:
        opener.click()


@screen("deplacements")
def errands(scene: Scene) -> None:
    planned(scene, event=DEATH).show_errands()
    scene.show()
    for opener in scene.screen.findChildren(Opener):
        opener.click()


@screen("deplacements-sensibles")
def errands_sensitive(scene: Scene) -> None:
    scene.answered(city(), LEAVING, {"loge": False, "certificat": True}).show_errands()
    scene.show()


@screen("aider-a-faire")
def assist(scene: Scene) -> None:
    flow = planned(scene)
    flow.assist(flow.plan().procedures[0].id)
    scene.show()


@screen("plan-vide")
def plan_empty(scene: Scene) -> None:
    nothing = {"loge": True, "certificat": False, "enfants": 0, "biens": ("aucun",)}
    scene.answered(city(), LEAVING, nothing).show_plan()
    scene.show()


# -- taking it home ------------------------------------------------------------------------------------------


@screen("emporter")
def take_away(scene: Scene) -> None:
    planned(scene).take_away()
    scene.show()


@screen("emporter-impression")
def printing(scene: Scene) -> None:
    take_away(scene)
    scene.flow.print_plan()


@screen("emporter-imprime")
def printed(scene: Scene) -> None:
    printing(scene)
    scene.flow.printed(True)


@screen("emporter-panne")
def print_failed(scene: Scene) -> None:
    printing(scene)
    scene.flow.printed(False)


@screen("emporter-sans-imprimante")
def no_printer(scene: Scene) -> None:
    flow = planned(scene)
    flow.services.printer = False
    flow.take_away()
    scene.show()


@screen("envoyer")
def send(scene: Scene) -> None:
    flow = planned(scene)
    flow.take_away()
    flow.open_send()
    scene.show()


@screen("envoyer-en-cours")
def sending(scene: Scene) -> None:
    send(scene)
    scene.flow.send()


@screen("envoyer-panne")
def send_failed(scene: Scene) -> None:
    sending(scene)
    scene.flow.saved(False)


@screen("enregistre")
def saved(scene: Scene) -> None:
    sending(scene)
    scene.flow.saved(True)


@screen("enregistre-recu")
def received(scene: Scene) -> None:
    saved(scene)
    scene.flow.online(True)
    scene.flow.received()


@screen("emporter-envoye")
def take_away_sent(scene: Scene) -> None:
    saved(scene)
    scene.flow.back()


@screen("merci")
def thanks(scene: Scene) -> None:
    flow = planned(scene)
    flow.take_away()
    flow.thanks()
    scene.show()


@screen("merci-repondu")
def thanks_answered(scene: Scene) -> None:
    thanks(scene)
    scene.flow.give_feedback("good")


@screen("merci-deces")
def thanks_death(scene: Scene) -> None:
    planned(scene, event=DEATH).thanks()
    scene.show()


@screen("merci-envoye")
def thanks_sent(scene: Scene) -> None:
    saved(scene)
    scene.flow.thanks()


# -- what covers a visit -------------------------------------------------------------------------------------


@screen("langue")
def language(scene: Scene) -> None:
    covered(scene, Over.LANGUAGE)


@screen("aide")
def help_page(scene: Scene) -> None:
    covered(scene, Over.HELP)


@screen("aide-accueil")
def help_at_welcome(scene: Scene) -> None:
    scene.begin()
    scene.flow.lang = scene.look.lang
    scene.flow.cover(Over.HELP)
    scene.show()


@screen("terminer")
def end(scene: Scene) -> None:
    covered(scene, Over.END)


@screen("terminer-envoye")
def end_sent(scene: Scene) -> None:
    saved(scene)
    scene.flow.cover(Over.END)


@screen("lecture-et-son")
def comfort(scene: Scene) -> None:
    covered(scene, Over.COMFORT)


@screen("a-propos")
def about(scene: Scene) -> None:
    covered(scene, Over.ABOUT)


@screen("cache")
def hidden(scene: Scene) -> None:
    """Somebody has hidden their visit: what passers-by see."""
    choice(scene)
    scene.window.act("hide", None)


@screen("aide-a-appeler")
def help_to_call(scene: Scene) -> None:
    """Where a person can be called."""
    scene.begin(config=scene.set_up(help=replace(CONFIG.help, command=("/bin/true",))))
    scene.flow.choose_language(scene.look.lang)
    scene.flow.cover(Over.HELP)
    scene.show()


@screen("aide-appel")
def help_called(scene: Scene) -> None:
    scene.visitor()
    scene.flow.services.callable = True
    scene.flow.ask_for_help()
    scene.show()


@screen("aide-quelqu-un-vient")
def help_comes(scene: Scene) -> None:
    help_called(scene)
    scene.flow.help_answered(True)


@screen("aide-personne")
def help_nobody(scene: Scene) -> None:
    help_called(scene)
    scene.flow.help_answered(False)


@screen("personnel")
def staff_door(scene: Scene) -> None:
    scene.begin(config=scene.set_up(staff=Staff("sealed")))
    scene.flow.lang = scene.look.lang
    scene.flow.open_staff()
    scene.show()


@screen("personnel-etat")
def staff_state(scene: Scene) -> None:
    staff_door(scene)
    scene.flow.staff_code("739146")
    scene.flow.staff_checked(StaffCheck(Outcome.RIGHT))
    scene.flow.checked_up(PARTS)


@screen("etes-vous-la")
def idle(scene: Scene) -> None:
    choice(scene)
    scene.flow.warn_idle(82)


@screen("mise-a-jour")
def updated(scene: Scene) -> None:
    """After a crash, under newer content."""
    answered = pack().events[BIRTH].questions
    lost = (
        Fated(answered[0], Fate.ASK_AGAIN, Reason.OPTION_GONE),
        Fated(answered[1], Fate.WITHDRAWN, Reason.QUESTION_GONE),
    )
    scene.begin()
    scene.flow.offer_resume(Resumed(begin_event(visit_of(scene), BIRTH), lost, pack()), 30)
    scene.flow.resume()
    scene.show()


@screen("reprise")
def resume(scene: Scene) -> None:
    scene.begin()
    scene.flow.offer_resume(Resumed(visit_of(scene)), 30)
    scene.show()


@screen("hors-service")
def out_of_order(scene: Scene) -> None:
    scene.begin()
    scene.flow.lang = scene.look.lang
    scene.flow.cover(Over.OUT_OF_ORDER)
    scene.show()


# -- words that the states above share -----------------------------------------------------------------------


def covered(scene: Scene, over: Over) -> None:
    """A page over a question."""
    scene.asks(pack(), BIRTH, "date_naissance")
    scene.flow.cover(over)
    scene.show()


def opens_why(scene: Scene) -> None:
    shown = scene.screen
    assert isinstance(shown, QuestionScreen)
    assert shown.why is not None
    shown.why.toggle()


def first_of(content: Pack, event: str, kind: str) -> str:
    """The first question of this kind that a likely visitor of the event is asked."""
    for question in content.events[event].questions:
        if content.questions[question].type == kind:
            return question
    raise LookupError(kind)


def visit_of(scene: Scene) -> Visit:
    return Visit(lang=scene.look.lang, today=TODAY, case_code="0000-1111-2222-3333-4444-5555-6666")


from tests.ui.sweep import written  # noqa: E402, F401  (it adds its screens, and needs those above)
