"""Families at the kiosk after a death: what their plan says, on the shipped pack."""

from __future__ import annotations

from datetime import date, datetime

import pytest

ALWAYS = {"banque", "caisses-retraite", "assurance-vie"}
FIRST = {"constat", "declaration", "obseques"}
HEIR = {"qualite-heritier", "option-successorale", "impots-revenu"}


def dates(item, kind):
    return [d.date for d in (item.deadline, *item.other_deadlines) if d and d.kind == kind]


# ------------------------------------------------------------------ declaring


@pytest.mark.parametrize(
    ("died", "hour", "end"),
    [
        ("2026-11-24", 10, datetime(2026, 11, 25, 10)),  # Tuesday to Wednesday
        ("2026-11-20", 15, datetime(2026, 11, 23, 15)),  # Friday to Monday: the weekend does not count
        ("2026-11-21", 9, datetime(2026, 11, 23, 23, 59)),  # Saturday: all of Monday
        ("2026-12-24", 18, datetime(2026, 12, 28, 18)),  # Christmas, Saturday and Sunday do not count
    ],
)
def test_the_24_hours_leave_out_weekends_and_holidays(death, died, hour, end):
    outcome = death(
        date.fromisoformat(died), lien="parent", date_deces=died, deces_declare=False, heure_deces=hour
    )
    assert outcome["declaration"].deadline.at == end
    assert "enregistre quand même" in outcome["declaration"].deadline.lost_if_late


def test_without_the_hour_the_earliest_day_is_given_and_marked(death):
    outcome = death(date(2026, 11, 20), lien="parent", date_deces="2026-11-20", deces_declare=False)
    deadline = outcome["declaration"].deadline
    assert deadline.date == date(2026, 11, 20)
    assert deadline.earliest
    assert deadline.at is None


def test_the_declaration_gives_the_paper_that_the_others_need_and_ten_copies_are_advised(death, pack):
    outcome = death(lien="conjoint", date_deces="2026-11-23", deces_declare=False, lieu_deces="domicile")
    assert outcome.applies >= FIRST
    assert "10 copies" in outcome["declaration"].summary
    assert "certificat-deces" in outcome.papers("declaration")
    assert all("acte-deces" in outcome.papers(name) for name in ("banque", "caisses-retraite"))
    by_id = {p.id: p for p in pack.events["fr.deces"].procedures}
    assert [out.id for out in by_id["fr.deces.constat"].gives] == ["certificat-deces"]
    assert [out.id for out in by_id["fr.deces.declaration"].gives] == ["acte-deces"]
    assert [out.id for out in by_id["fr.deces.obseques"].gives] == ["facture-obseques"]
    assert [(out.id, out.later) for out in by_id["fr.deces.qualite-heritier"].gives] == [
        ("preuve-heritier", True)
    ]
    assert {"facture-obseques", "preuve-heritier"} <= outcome.papers("banque")


def test_the_doctor_who_has_no_date_comes_before_the_town_hall_that_waits_for_the_certificate(death):
    outcome = death(lien="parent", date_deces="2026-11-23", deces_declare=False, lieu_deces="domicile")
    order = [item.id.rsplit(".", 1)[1] for item in outcome.plan.procedures]
    assert outcome.last_day("constat") is None
    assert order.index("constat") < order.index("declaration") < order.index("obseques")


def test_in_a_hospital_nobody_calls_a_doctor_and_outside_the_police_is_named(death):
    hospital = death(lien="parent", date_deces="2026-11-23", deces_declare=False, lieu_deces="etablissement")
    road = death(lien="parent", date_deces="2026-11-23", deces_declare=False, lieu_deces="ailleurs")
    assert "constat" in hospital.excluded
    assert "police" in {office.id for office in road["constat"].other_offices}


def test_a_death_abroad_is_declared_there_and_the_consulate_is_named(death):
    outcome = death(lien="parent", date_deces="2026-11-23", deces_declare=False, lieu_deces="etranger")
    deadline = outcome["declaration"].deadline
    assert deadline.date is None
    assert "consulat" in deadline.text
    assert "consulat-deces" in {office.id for office in outcome["declaration"].other_offices}
    assert "heure_deces" not in outcome.asked


# ------------------------------------------------------------------ the funeral


@pytest.mark.parametrize(
    ("died", "first", "last"),
    [
        ("2026-11-23", date(2026, 11, 24), date(2026, 12, 7)),
        ("2026-12-19", date(2026, 12, 20), date(2027, 1, 2)),  # a Saturday: no roll, no working days
        ("2026-12-18", date(2026, 12, 19), date(2027, 1, 1)),  # a public holiday: no roll either
    ],
)
def test_the_funeral_is_within_fourteen_calendar_days_the_day_after_being_day_one(death, died, first, last):
    outcome = death(
        date.fromisoformat(died),
        lien="parent",
        date_deces=died,
        lieu_deces="domicile",
        obseques="a_organiser",
    )
    deadline = outcome["obseques"].deadline
    assert (deadline.opens, deadline.date) == (first, last)
    assert "21 jours" in deadline.text
    assert "ouvrables" not in deadline.text


@pytest.mark.parametrize("place", ["etranger", "outre_mer"])
def test_from_abroad_or_overseas_the_fourteen_days_start_when_the_coffin_arrives(death, place):
    same = {"lien": "parent", "date_deces": "2026-11-10", "lieu_deces": place, "obseques": "a_organiser"}
    assert death(**same, date_arrivee_corps="2026-11-22").last_day("obseques") == date(2026, 12, 6)
    waiting = death(**same)["obseques"].deadline
    assert waiting.date is None
    assert "arrivée du cercueil" in waiting.text


def test_after_an_inquiry_the_fourteen_days_start_when_the_prosecutor_agrees(death):
    same = {"lien": "parent", "date_deces": "2026-11-10", "lieu_deces": "ailleurs", "obseques": "justice"}
    assert death(**same, date_accord_justice="2026-11-20").last_day("obseques") == date(2026, 12, 4)
    assert death(**same)["obseques"].deadline.date is None


# ------------------------------------------------------------------ leave


@pytest.mark.parametrize("link", ["conjoint", "pacs", "concubin", "parent", "frere"])
def test_three_days_of_leave_for_a_partner_a_parent_or_a_sibling(death, link):
    outcome = death(lien=link, date_deces="2026-11-20", employeur_moi=True)
    assert outcome["employeur-conge"].deadline.text.startswith("3 jours")


@pytest.mark.parametrize(
    ("age", "days"), [("mineur", "14 jours"), ("jeune", "14 jours"), ("adulte", "12 jours")]
)
def test_a_parent_has_twelve_or_fourteen_days_and_eight_more_within_the_year(death, age, days):
    outcome = death(lien="enfant", date_deces="2026-11-20", age_enfant_defunt=age, employeur_moi=True)
    texts = [
        d.text for d in (outcome["employeur-conge"].deadline, *outcome["employeur-conge"].other_deadlines)
    ]
    assert any(text.startswith(days) for text in texts)
    assert any("8 jours de plus" in text for text in texts)
    assert outcome.last_day("employeur-conge") == date(2027, 11, 20)


# ------------------------------------------------------------------ the inheritance


@pytest.mark.parametrize(
    ("died", "last"),
    [
        ("2026-08-31", date(2027, 2, 28)),
        ("2027-08-31", date(2028, 2, 29)),
        ("2026-11-24", date(2027, 5, 24)),
    ],
)
def test_the_inheritance_return_is_due_in_six_months_or_at_the_end_of_a_short_month(death, died, last):
    outcome = death(
        date.fromisoformat(died), lien="parent", date_deces=died, lieu_deces="domicile", montant_biens="plus"
    )
    assert outcome.last_day("declaration-succession") == last


def test_a_death_abroad_gives_twelve_months_for_the_return(death):
    outcome = death(lien="parent", date_deces="2026-08-31", lieu_deces="etranger", montant_biens="plus")
    assert outcome.last_day("declaration-succession") == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("link", "total", "due"),
    [
        ("parent", "moins_3000", False),
        ("parent", "moins_50000", False),
        ("parent", "plus", True),
        ("frere", "moins_3000", False),
        ("frere", "moins_50000", True),
    ],
)
def test_close_family_declares_from_fifty_thousand_euros_and_others_from_three_thousand(
    death, link, total, due
):
    heir = {} if link == "parent" else {"heritier": True}
    outcome = death(lien=link, date_deces="2026-11-01", montant_biens=total, **heir)
    assert ("declaration-succession" in outcome.applies) is due
    assert ("declaration-succession" in outcome.excluded) is not due


def test_the_two_silences_of_an_heir_mean_the_opposite_and_both_are_said(death):
    outcome = death(lien="parent", date_deces="2026-06-01", sommation=True, date_sommation="2026-11-02")
    item = outcome["option-successorale"]
    assert dates(item, "legal") == [date(2027, 1, 2)]
    assert dates(item, "option") == [date(2036, 6, 1)]
    by_kind = {d.kind: d.lost_if_late for d in (item.deadline, *item.other_deadlines)}
    assert "vous acceptez tout, même les dettes" in by_kind["legal"]
    assert "comme un refus" in by_kind["option"]


@pytest.mark.parametrize(
    ("today", "free"), [(date(2026, 11, 30), True), (date(2026, 12, 1), True), (date(2026, 12, 2), False)]
)
def test_for_four_months_nobody_can_force_an_heir_to_choose(death, today, free):
    outcome = death(today, lien="parent", date_deces="2026-08-01")
    item = outcome["option-successorale"]
    texts = " ".join(d.text for d in (item.deadline, *item.other_deadlines))
    assert ("personne ne peut vous obliger" in texts) is free
    assert ("sommation" not in outcome.asked) is free


def test_paying_the_funeral_is_not_accepting_and_the_town_hall_makes_no_heir_certificate(death):
    outcome = death(lien="parent", date_deces="2026-11-01")
    assert "n’oblige pas à accepter" in outcome["option-successorale"].because
    assert "La mairie ne fait plus" in outcome["qualite-heritier"].deadline.text


def test_a_house_a_will_or_a_large_estate_lead_to_the_notary(death):
    house = death(lien="parent", date_deces="2026-11-01", biens_defunt=["proprietaire"])
    will = death(lien="parent", date_deces="2026-11-01", biens_defunt=["aucun"], volontes_defunt=True)
    small = death(
        lien="parent",
        date_deces="2026-11-01",
        biens_defunt=["aucun"],
        volontes_defunt=False,
        montant_biens="moins_3000",
    )
    assert house["notaire"].deadline.kind == will["notaire"].deadline.kind == "legal"
    assert "notaire" in small.excluded
    assert house["qualite-heritier"].office.id == "notaire"
    assert small["qualite-heritier"].office.id == "heritiers"


# ------------------------------------------------------------------ taxes and benefits


def test_a_couple_tells_the_tax_office_in_sixty_days_and_the_return_waits_for_spring(death):
    outcome = death(lien="pacs", date_deces="2026-11-24", situation_defunt="salarie", heritier=False)
    assert outcome.last_day("impots-revenu") == date(2027, 1, 23)
    texts = [d.text for d in outcome["impots-revenu"].other_deadlines]
    assert any("printemps" in text for text in texts)
    assert not any("6 mois" in text for text in texts)


def test_only_an_own_business_is_declared_in_six_months(death):
    outcome = death(lien="parent", date_deces="2026-11-24", situation_defunt="independant")
    item = outcome["impots-revenu"]
    assert any("6 mois" in d.text for d in (item.deadline, *item.other_deadlines))


@pytest.mark.parametrize(
    ("today", "supported", "last"),
    [
        (date(2026, 11, 24), True, date(2026, 11, 30)),  # 31 October + 1 month: the last day of November
        (date(2026, 11, 30), True, date(2026, 11, 30)),
        (date(2026, 12, 1), True, date(2028, 10, 31)),  # the priority is over, the sum is not
        (date(2026, 11, 24), False, date(2028, 10, 31)),
    ],
)
def test_the_death_grant_is_first_for_one_month_and_open_for_two_years(death, today, supported, last):
    more = {} if today > date(2026, 11, 30) else {"a_charge": supported}
    outcome = death(today, lien="conjoint", date_deces="2026-10-31", situation_defunt="salarie", **more)
    assert outcome.last_day("capital-deces") == last
    assert outcome["capital-deces"].amount is None


def test_after_two_years_the_death_grant_is_gone_and_its_questions_too(death):
    outcome = death(lien="conjoint", date_deces="2024-11-01")
    assert "capital-deces" in outcome.excluded
    assert "a_charge" not in outcome.asked


@pytest.mark.parametrize("state", ["retraite", "public", "autre"])
def test_no_death_grant_after_a_retired_person_or_a_civil_servant(death, state):
    assert "capital-deces" in death(lien="conjoint", date_deces="2026-11-01", situation_defunt=state).excluded


def test_a_widow_who_waits_more_than_a_year_is_told_that_nothing_is_paid_back(death):
    answers = {"lien": "conjoint", "age": "plus_55", "carriere_defunt": ["prive"]}
    early = death(date_deces="2026-08-31", **answers)
    late = death(date_deces="2025-08-31", **answers)
    assert early.last_day("reversion-base") == early.last_day("reversion-agirc-arrco") == date(2027, 8, 31)
    assert "à vérifier" in early["reversion-base"].deadline.text
    assert late["reversion-base"].deadline.date is None
    assert late["reversion-base"].deadline.paid_from is None, "the pension starts after the claim"
    assert "le mois qui suit la demande" in late["reversion-base"].deadline.text


@pytest.mark.parametrize("link", ["pacs", "concubin"])
def test_without_marriage_there_is_no_survivors_pension(death, link):
    outcome = death(lien=link, date_deces="2026-11-01")
    assert {"reversion-base", "reversion-agirc-arrco", "reversion-fonctionnaire"} <= outcome.excluded
    assert not {"age", "carriere_defunt"} & set(outcome.asked)


def test_a_divorced_person_keeps_a_right_unless_married_again_for_agirc_arrco(death):
    same = {
        "lien": "ex",
        "date_deces": "2026-11-01",
        "age": "plus_55",
        "carriere_defunt": ["prive"],
    }
    alone, married = death(**same, couple_actuel="seul"), death(**same, couple_actuel="remarie")
    assert {"reversion-base", "reversion-agirc-arrco"} <= alone.applies
    assert "reversion-base" in married.applies
    assert "reversion-agirc-arrco" in married.excluded


def test_before_fifty_five_agirc_arrco_pays_with_two_children_and_the_widowhood_benefit_is_to_check(death):
    outcome = death(
        lien="conjoint",
        date_deces="2026-11-01",
        age="de_25_a_54",
        carriere_defunt=["prive"],
        invalide_ou_deux_enfants=True,
    )
    assert {"reversion-agirc-arrco", "allocation-veuvage"} <= outcome.applies
    assert "reversion-base" in outcome.excluded
    assert outcome["allocation-veuvage"].confidence == "D"


def test_the_public_service_pays_half_without_an_age(death):
    outcome = death(
        lien="conjoint",
        date_deces="2026-11-01",
        age="de_25_a_54",
        carriere_defunt=["public"],
        mariage_condition=True,
    )
    assert "reversion-fonctionnaire" in outcome.applies
    assert "moitié" in outcome["reversion-fonctionnaire"].summary


def test_a_spouse_in_need_asks_within_the_year(death):
    outcome = death(lien="conjoint", date_deces="2026-02-28", besoin_conjoint=True)
    assert outcome.last_day("pension-conjoint-besoin") == date(2027, 2, 28)
    assert outcome["pension-conjoint-besoin"].deadline.kind == "option"
    late = death(lien="conjoint", date_deces="2025-11-23")
    assert "pension-conjoint-besoin" in late.excluded
    assert "besoin_conjoint" not in late.asked


def test_farming_families_go_to_the_msa_and_others_to_the_caf(death):
    same = {"lien": "conjoint", "date_deces": "2026-11-01", "enfants_defunt": "autre_parent"}
    assert death(**same, regime_agricole=True)["asf"].office.id == "msa"
    assert death(**same, regime_agricole=False)["asf"].office.id == "caf"


# ------------------------------------------------------------------ whole visits


def test_a_widow_of_seventy_with_a_house(death):
    outcome = death(
        lien="conjoint",
        date_deces="2026-11-20",
        deces_declare=True,
        lieu_deces="domicile",
        obseques="a_organiser",
        employeur_moi=False,
        situation_defunt="retraite",
        enfants_defunt="aucun",
        age="plus_55",
        carriere_defunt=["prive"],
        biens_defunt=["proprietaire", "vehicule"],
        montant_biens="plus",
        besoin_conjoint=False,
    )
    assert outcome.applies == ALWAYS | HEIR | {
        "obseques", "notaire", "declaration-succession", "reversion-base", "reversion-agirc-arrco",
        "carte-grise", "pacs-mariage",
    }  # fmt: skip
    assert outcome.maybe == set()
    assert outcome.last_day("obseques") == date(2026, 12, 4)
    assert outcome.last_day("declaration-succession") == date(2027, 5, 20)
    assert outcome["caisses-retraite"].office.id == "retraite-defunt"
    assert "volontes_defunt" not in outcome.asked, "the house already leads to the notary"
    assert len(outcome.asked) == 13


def test_the_son_of_a_tenant(death):
    outcome = death(
        lien="parent",
        date_deces="2026-11-10",
        deces_declare=True,
        obseques="organisees",
        employeur_moi=True,
        situation_defunt="retraite",
        enfants_defunt="aucun",
        biens_defunt=["location"],
        volontes_defunt=False,
        montant_biens="moins_3000",
    )
    assert outcome.applies == ALWAYS | HEIR | {"employeur-conge", "bail"}
    assert outcome.maybe == set()
    assert not {"age", "carriere_defunt", "heritier", "heure_deces"} & set(outcome.asked)


def test_the_unmarried_partner_of_an_employee_with_children(death):
    outcome = death(
        lien="concubin",
        date_deces="2026-11-10",
        deces_declare=True,
        obseques="organisees",
        employeur_moi=True,
        situation_defunt="salarie",
        a_charge=True,
        enfants_defunt="autre_parent",
        regime_agricole=False,
        heritier=False,
        biens_defunt=["location"],
    )
    assert outcome.applies == ALWAYS | {
        "employeur-conge", "capital-deces", "asf", "orphelin-protection", "employeur", "bail",
    }  # fmt: skip
    assert outcome.maybe == set()
    assert outcome.last_day("capital-deces") == date(2026, 12, 10)
    assert {"pacs-mariage", "reversion-base", "option-successorale", "impots-revenu"} <= outcome.excluded


def test_after_the_undertaker_did_everything_the_first_steps_are_not_asked_again(death):
    outcome = death(lien="parent", date_deces="2026-11-10", deces_declare=True, obseques="organisees")
    assert outcome.excluded >= FIRST
    assert not {"heure_deces", "date_accord_justice", "date_arrivee_corps"} & set(outcome.asked)
    assert "déjà déclaré" in outcome["declaration"].because


def test_parents_of_a_small_child_are_asked_nothing_about_work_money_or_heirs(death):
    outcome = death(
        lien="enfant",
        date_deces="2026-11-20",
        age_enfant_defunt="mineur",
        deces_declare=True,
        obseques="organisees",
        employeur_moi=True,
    )
    assert outcome.asked == (
        "lien", "date_deces", "age_enfant_defunt", "deces_declare", "obseques", "employeur_moi",
    )  # fmt: skip
    assert outcome.applies == {"banque", "caisses-retraite", "employeur-conge"}
    assert outcome.maybe == set()


def test_a_neighbour_who_knows_nothing_is_told_what_decides(death):
    outcome = death(lien="autre")
    assert outcome.applies == ALWAYS | FIRST
    assert all(
        item.decides.startswith("À vérifier") for item in outcome.plan.procedures if item.status == "maybe"
    )
    assert "14 jours" in outcome["obseques"].deadline.text


def test_the_event_and_what_is_private_in_it_are_marked(pack):
    event = pack.events["fr.deces"]
    assert event.sensitive
    assert (event.icon, event.tint) == ("candle", "lilac")
    shown = {"deces_declare", "obseques", "age"}
    assert {name for name in event.questions if not pack.questions[name].private} == shown


def test_a_widow_calls_a_doctor_makes_six_trips_asks_for_ten_certificates_and_writes_the_rest(death):
    outcome = death(
        lien="conjoint",
        date_deces="2026-11-23",
        deces_declare=False,
        obseques="a_organiser",
        lieu_deces="domicile",
        employeur_moi=False,
        situation_defunt="retraite",
        enfants_defunt="aucun",
        age="plus_55",
        carriere_defunt=["prive"],
        biens_defunt=["proprietaire", "vehicule"],
        montant_biens="plus",
        besoin_conjoint=False,
    )
    errands = outcome.plan.errands
    offices = [trip.office.id for trip in errands.trips]
    assert offices[:2] == ["mairie-deces", "pompes-funebres"]
    assert len(offices) == 6
    assert errands.from_home[0] == "fr.deces.constat", "the doctor comes to the place: no one goes there"
    assert errands.first == ("fr.deces.constat",), "the town hall wants the doctor's certificate"
    assert next(paper.copies for paper in errands.papers if paper.id == "acte-deces") == 10
    assert {"fr.deces.caisses-retraite", "fr.deces.pacs-mariage"} <= set(errands.from_home)
