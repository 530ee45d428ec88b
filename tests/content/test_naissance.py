"""Families at the kiosk for a birth: what their plan says, on the shipped pack."""

from __future__ import annotations

from datetime import date

import pytest

ALWAYS = {"declaration", "actes-et-livret", "cpam", "caf", "impots"}


@pytest.mark.parametrize(
    ("born", "last_day"),
    [
        # 23 + 5 = Saturday 28, so Monday 30.
        ("2026-11-23", date(2026, 11, 30)),
        # 20 + 5 = Christmas, then Saturday 26 and Sunday 27, so Monday 28: rolling iterates.
        ("2026-12-20", date(2026, 12, 28)),
        # 25 + 5 = Monday 30: nothing to roll.
        ("2026-11-25", date(2026, 11, 30)),
    ],
)
@pytest.mark.parametrize("place", ["france", None])
def test_a_birth_is_declared_within_five_days_moved_to_a_working_day(birth, born, last_day, place):
    outcome = birth(date.fromisoformat(born), enfant_ne=True, date_naissance=born, lieu_naissance=place)
    assert "declaration" in outcome.applies
    assert outcome.last_day("declaration") == last_day
    assert outcome["declaration"].deadline.kind == "legal"
    assert outcome["declaration"].office.name.startswith("Mairie")


def test_the_day_after_the_last_day_the_declaration_is_past_and_the_judgment_is_named(birth):
    outcome = birth(date(2026, 12, 1), enfant_ne=True, date_naissance="2026-11-23", lieu_naissance="france")
    assert outcome["declaration"].deadline.passed
    assert "jugement" in outcome["declaration"].deadline.lost_if_late


def test_a_remote_commune_has_eight_days_and_the_consulate_fifteen(birth):
    far = birth(enfant_ne=True, date_naissance="2026-11-23", lieu_naissance="eloignee")
    abroad = birth(enfant_ne=True, date_naissance="2026-11-23", lieu_naissance="etranger")
    assert far.last_day("declaration") == date(2026, 12, 1)
    assert abroad.last_day("declaration") == date(2026, 12, 8)
    assert "consulat" in abroad["declaration"].deadline.text


def test_an_unmarried_couple_with_a_first_child_recognises_names_and_takes_leave(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        lieu_naissance="france",
        declaration_faite="pas_encore",
        situation_parents="non_maries",
        deja_reconnu=False,
        premier_enfant=True,
        employeur_second=True,
        grossesse_declaree="a_temps",
        complementaire_sante=True,
        mode_garde=True,
        ressources_paje="sous_plafond",
    )
    assert outcome.applies == ALWAYS | {
        "reconnaissance", "choix-nom", "conge-naissance", "conge-paternite", "conge-supplementaire",
        "prime-naissance", "allocation-base", "mutuelle", "mode-de-garde",
    }  # fmt: skip
    assert outcome.maybe == set()
    assert outcome.excluded == {"declaration-grossesse", "reconnaissance-conjointe", "parent-isole-asf"}
    assert outcome.last_day("reconnaissance") == date(2027, 11, 23)
    assert outcome.last_day("choix-nom") == date(2026, 11, 30)
    assert outcome.last_day("conge-naissance") == date(2026, 11, 24)
    assert outcome.last_day("conge-paternite") == date(2027, 5, 23)
    assert outcome.last_day("conge-supplementaire") == date(2027, 8, 23)
    assert outcome.last_day("impots") == date(2027, 1, 22)
    assert "domicile-si-reconnaissance" in outcome.papers("declaration")
    assert "employeur_mere" not in outcome.asked


def test_a_married_couple_with_a_second_child_has_nothing_to_recognise_and_no_name_to_choose(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        declaration_faite="pas_encore",
        situation_parents="maries",
        premier_enfant=False,
        employeur_second=False,
        employeur_mere=False,
        complementaire_sante=False,
        mode_garde=False,
        grossesse_declaree="en_retard",
        ressources_paje="au_dessus",
    )
    assert outcome.applies == ALWAYS
    assert outcome.maybe == set()
    assert {"reconnaissance", "choix-nom", "conge-paternite", "prime-naissance"} <= outcome.excluded
    assert not {"deja_reconnu", "acte_notaire", "pension_enfant"} & set(outcome.asked)


def test_two_mothers_with_a_notary_deed_hand_it_in_on_the_day_of_the_declaration(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        lieu_naissance="france",
        declaration_faite="pas_encore",
        situation_parents="deux_meres",
        acte_notaire=True,
    )
    assert "reconnaissance-conjointe" in outcome.applies
    assert outcome.last_day("reconnaissance-conjointe") == date(2026, 11, 30)
    assert "acte-reconnaissance-conjointe" in outcome.papers("declaration")
    assert "reconnaissance" in outcome.excluded


def test_two_mothers_who_do_not_know_of_a_deed_are_told_what_decides(birth):
    outcome = birth(enfant_ne=True, date_naissance="2026-11-23", situation_parents="deux_meres")
    assert "reconnaissance-conjointe" in outcome.maybe
    assert outcome["reconnaissance-conjointe"].decides.startswith("À vérifier")


def test_a_mother_alone_without_recognition_has_the_support_allowance_and_no_leave_of_another(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        situation_parents="seul",
        role="mere",
        deja_reconnu=False,
        employeur_mere=True,
    )
    assert {"parent-isole-asf", "conge-supplementaire"} <= outcome.applies
    assert {"reconnaissance", "choix-nom", "conge-naissance", "conge-paternite"} <= outcome.excluded
    assert not {"pension_enfant", "employeur_second", "premier_enfant"} & set(outcome.asked)


def test_a_mother_alone_who_receives_full_maintenance_is_refused_softly(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        situation_parents="seul",
        role="mere",
        deja_reconnu=True,
        pension_enfant="complete",
    )
    assert "parent-isole-asf" in outcome.excluded
    assert "La CAF peut vérifier" in outcome["parent-isole-asf"].because


def test_a_father_alone_recognises_the_child_and_may_have_the_support_allowance(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2026-11-23",
        situation_parents="seul",
        role="autre_parent",
        deja_reconnu=False,
        pension_enfant="aucune",
        employeur_second=True,
    )
    assert {"reconnaissance", "parent-isole-asf", "conge-paternite"} <= outcome.applies


def test_a_grandmother_who_raises_the_child_is_told_of_the_support_allowance(birth):
    outcome = birth(
        enfant_ne=True, date_naissance="2025-03-01", situation_parents="recueilli", pension_enfant="aucune"
    )
    assert "parent-isole-asf" in outcome.applies
    assert {"reconnaissance", "choix-nom"} <= outcome.excluded


def test_a_pregnant_woman_declares_the_pregnancy_before_the_end_of_the_fourteenth_week(birth):
    outcome = birth(
        enfant_ne=False,
        situation_parents="non_maries",
        deja_reconnu=False,
        premier_enfant=True,
        employeur_second=True,
        date_prevue="2027-07-01",
        grossesse_declaree="non",
        debut_grossesse="2026-10-01",
    )
    assert outcome.last_day("declaration-grossesse") == date(2027, 1, 7)
    assert outcome.last_day("conge-paternite") == date(2027, 6, 1)
    assert {"declaration", "reconnaissance", "choix-nom"} <= outcome.applies
    assert outcome.last_day("declaration") is None
    assert "5 jours" in outcome["declaration"].deadline.text
    assert outcome["declaration-grossesse"].deadline.kind == "benefit"
    assert "fr.naissance.declaration-grossesse" in outcome.plan.errands.from_home
    assert not {"date_naissance", "lieu_naissance", "declaration_faite"} & set(outcome.asked)


def test_a_birth_declared_last_year_leaves_the_rights_that_are_still_open(birth):
    outcome = birth(
        enfant_ne=True,
        date_naissance="2025-10-10",
        declaration_faite="faite",
        situation_parents="non_maries",
        deja_reconnu=False,
        employeur_second=True,
        grossesse_declaree="a_temps",
        ressources_paje="sous_plafond",
    )
    assert {"declaration", "choix-nom", "conge-naissance", "conge-supplementaire"} <= outcome.excluded
    assert {"reconnaissance", "allocation-base", "prime-naissance"} <= outcome.applies
    assert outcome["reconnaissance"].deadline.passed
    assert outcome["conge-paternite"].deadline.passed
    assert not {"lieu_naissance", "premier_enfant"} & set(outcome.asked)


def test_a_child_born_in_march_2026_has_the_extra_leave_until_the_end_of_the_year_in_words(birth):
    outcome = birth(enfant_ne=True, date_naissance="2026-03-10", employeur_second=True)
    assert "conge-supplementaire" in outcome.applies
    assert outcome.last_day("conge-supplementaire") is None
    assert "fin 2026" in outcome["conge-supplementaire"].deadline.text


def test_a_child_of_three_ends_the_basic_allowance(birth):
    outcome = birth(
        enfant_ne=True, date_naissance="2023-11-24", ressources_paje=None, grossesse_declaree=None
    )
    assert "allocation-base" in outcome.excluded


def test_someone_who_knows_nothing_but_the_birth_still_gets_the_duties_and_what_decides(birth):
    outcome = birth(enfant_ne=True)
    assert outcome.applies == ALWAYS
    assert outcome.last_day("declaration") is None
    assert all(
        item.decides.startswith("À vérifier") for item in outcome.plan.procedures if item.status == "maybe"
    )


def test_resources_unknown_leave_the_two_benefits_to_the_caf(birth):
    outcome = birth(enfant_ne=True, date_naissance="2026-11-23", grossesse_declaree="a_temps")
    assert {"prime-naissance", "allocation-base"} <= outcome.maybe
    assert all(outcome[name].amount is None for name in ("prime-naissance", "allocation-base"))
