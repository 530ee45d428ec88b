"""Answers that are written: names, places, each child in turn, and every keyboard. Part of the catalogue."""

from __future__ import annotations

from kiosk.procedures import Address, Member, Name, PartialDate
from tests.ui.stage import writing
from tests.ui.sweep.catalogue import screen
from tests.ui.sweep.scene import Scene

EVENT = "saisie.saisir"
LEA = Member(
    (("prenom", "Léa"), ("naissance", PartialDate(2019, 3, 12)), ("ecole", True), ("garde", "famille"))
)
TOM = Member(
    (("prenom", None), ("naissance", PartialDate(2024, 1, 2)), ("ecole", False), ("garde", "creche"))
)
LONG = "Rakotomalala-Ramanantsoa-Razafindrakoto"
GIVEN = {
    "nom": Name(LONG, "Andrianampoinimerina Marie-Françoise"),
    "adresse": Address(("12 rue de la Paix", "Bâtiment B"), "", "Alger", "DZ"),
    "siege": Address(("3 place du Marché",), "26320", "Saint-Marcel-lès-Valence", "FR"),
    "pays": "FR",
    "foyer": (LEA, TOM),
    "commune": "Metz",
}


def asks(scene: Scene, question: str) -> None:
    scene.asks(writing(), EVENT, question, GIVEN)
    scene.show()


@screen("question-nom")
def name(scene: Scene) -> None:
    asks(scene, "nom")


@screen("question-nom-refuse")
def name_missing(scene: Scene) -> None:
    name(scene)
    scene.window.act("forward", None)


@screen("question-nom-long")
def name_long(scene: Scene) -> None:
    name(scene)
    scene.screen.restore((LONG, "Andrianampoinimerina"))
    scene.screen.keyboard._toggle_digits()


@screen("question-adresse")
def address(scene: Scene) -> None:
    asks(scene, "adresse")


@screen("question-adresse-trouvee")
def address_found(scene: Scene) -> None:
    address(scene)
    scene.screen.search.field.edit.setText("Saint-Mar")


@screen("question-adresse-choisie")
def address_chosen(scene: Scene) -> None:
    address_found(scene)
    scene.screen.search.cards.cards[0].mark.click()


@screen("question-adresse-introuvable")
def address_unknown(scene: Scene) -> None:
    address(scene)
    scene.screen.search.field.edit.setText("Trou-la-Ville")
    scene.window.act("forward", None)


@screen("question-adresse-libre")
def address_free(scene: Scene) -> None:
    address(scene)
    scene.screen.search.field.edit.setText("Trou-la-Ville")
    scene.screen.unlisted.click()
    scene.window.act("forward", None)


@screen("question-adresse-pays")
def address_country(scene: Scene) -> None:
    address(scene)
    scene.screen._leave_list("country")


@screen("question-adresse-rue")
def address_street(scene: Scene) -> None:
    address(scene)
    scene.screen.search.field.edit.setText("saint remy en bouzemont")
    scene.window.act("forward", None)
    scene.window.act("forward", None)


@screen("question-pays")
def country(scene: Scene) -> None:
    asks(scene, "pays")
    scene.screen.why.toggle()


@screen("question-pays-inconnu")
def country_unknown(scene: Scene) -> None:
    asks(scene, "pays")
    scene.screen.search.field.edit.setText("Xyz")


@screen("question-enfants-vide")
def nobody(scene: Scene) -> None:
    asks(scene, "foyer")
    scene.window.act("forward", None)


@screen("question-enfants")
def children(scene: Scene) -> None:
    scene.answered(writing(), EVENT, GIVEN).change("foyer")
    scene.show()


@screen("question-enfants-retire")
def child_removed(scene: Scene) -> None:
    children(scene)
    scene.screen.page.acted.emit("remove", 0)


@screen("question-enfant-date")
def child_date(scene: Scene) -> None:
    children(scene)
    scene.screen.page.acted.emit("change_member", 0)
    scene.window.act("forward", None)


@screen("question-enfant-prenom")
def child_name(scene: Scene) -> None:
    children(scene)
    scene.screen.page.acted.emit("add", None)


@screen("verifier-ecrites")
def check_written(scene: Scene) -> None:
    scene.answered(writing(), EVENT, GIVEN)
    scene.show()
