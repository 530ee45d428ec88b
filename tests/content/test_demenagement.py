"""Households at the kiosk for a move: what their plan says, on the shipped pack."""

from __future__ import annotations

from datetime import date

ALWAYS = {"adresse-en-ligne", "impots", "cpam", "courrier", "identite"}


def test_a_tenant_leaving_for_another_town_gives_notice_three_months_before(move):
    outcome = move(
        date_demenagement="2027-03-20",
        logement_avant="locataire",
        logement_apres="locataire",
        meme_commune=False,
        nationalite="francaise",
        vehicule="a_moi",
        enfant_ecole=True,
        aide_logement="non",
        demandeur_emploi=False,
        assurance_habitation=True,
        date_cles="2027-03-20",
        conge_donne=False,
        preavis_reduit="non",
        aide_installation=False,
        logement_social="non",
    )
    assert outcome.applies == ALWAYS | {
        "conge-bailleur", "depot-garantie", "carte-grise", "listes-electorales", "ecole",
        "assurance-habitation", "energie",
    }  # fmt: skip
    assert outcome.maybe == set()
    assert outcome.last_day("conge-bailleur") == date(2026, 12, 20)
    assert outcome.last_day("carte-grise") == date(2027, 4, 20)
    assert outcome.last_day("ecole") == date(2027, 3, 28)
    assert outcome.last_day("assurance-habitation") == date(2027, 6, 20)
    assert not {"nombre_enfants", "enfant_moins_2_ans", "titre_sejour", "etat_des_lieux"} & set(outcome.asked)


def test_one_month_of_notice_never_asks_which_reason(move, pack):
    outcome = move(
        date_demenagement="2027-03-20",
        logement_avant="locataire",
        date_cles="2027-03-20",
        conge_donne=False,
        preavis_reduit="oui",
    )
    assert outcome.last_day("conge-bailleur") == date(2027, 2, 20)
    assert "preuve-preavis-reduit" in outcome.papers("conge-bailleur")
    assert [option.value for option in pack.questions["preavis_reduit"].options] == ["non", "oui"]
    assert pack.questions["preavis_reduit"].sensitive


def test_a_tenant_who_does_not_know_the_reasons_is_given_the_longer_notice(move):
    outcome = move(
        date_demenagement="2027-03-20", logement_avant="locataire", date_cles="2027-03-20", conge_donne=False
    )
    assert outcome.last_day("conge-bailleur") == date(2026, 12, 20)


def test_a_tenant_who_gave_back_the_keys_waits_for_the_deposit_one_or_two_months(move):
    same = {"date_demenagement": "2026-11-01", "logement_avant": "locataire", "date_cles": "2026-10-31"}
    clean = move(**same, etat_des_lieux="conforme")
    damaged = move(**same, etat_des_lieux="differences")
    assert "conge-bailleur" in clean.excluded
    assert [d.date for d in clean["depot-garantie"].other_deadlines] == [date(2026, 11, 30)]
    assert [d.date for d in damaged["depot-garantie"].other_deadlines] == [date(2026, 12, 31)]
    assert clean["depot-garantie"].deadline is None, "it is the landlord's time, not the person's"
    assert not {"conge_donne", "preavis_reduit"} & set(clean.asked)


def test_a_family_of_three_with_a_baby_has_six_months_for_the_moving_grant(move):
    outcome = move(
        date_demenagement="2026-10-15",
        aide_logement="recue",
        nombre_enfants=3,
        enfant_moins_2_ans=True,
    )
    assert {"prime-demenagement", "caf-aide-logement"} <= outcome.applies
    assert outcome.last_day("prime-demenagement") == date(2027, 4, 15)
    assert outcome["prime-demenagement"].amount is None


def test_a_family_of_two_is_not_asked_the_age_of_the_youngest(move):
    outcome = move(date_demenagement="2026-10-15", aide_logement="demander", nombre_enfants=2)
    assert "prime-demenagement" in outcome.excluded
    assert "enfant_moins_2_ans" not in outcome.asked


def test_new_owners_say_who_occupies_the_home_before_july_of_the_next_year(move):
    outcome = move(date_demenagement="2026-12-15", logement_avant="heberge", logement_apres="proprietaire")
    assert outcome.last_day("declaration-occupation") == date(2027, 6, 30)
    assert {"conge-bailleur", "depot-garantie", "fsl"} <= outcome.excluded
    assert "energie" in outcome.applies


def test_a_jobseeker_tells_france_travail_within_three_days_and_has_a_phone_number(move):
    outcome = move(date_demenagement="2026-11-23", demandeur_emploi=True)
    assert outcome.last_day("france-travail") == date(2026, 11, 26)
    assert outcome["france-travail"].office.phone == "3949"


def test_a_foreign_resident_declares_within_three_months_and_is_not_sent_to_vote(move):
    outcome = move(date_demenagement="2026-11-30", nationalite="autre", titre_sejour=True)
    assert outcome.last_day("titre-sejour") == date(2027, 2, 28)
    assert "listes-electorales" in outcome.excluded


def test_a_european_citizen_may_vote_and_is_not_asked_for_a_permit(move):
    outcome = move(date_demenagement="2026-11-30", nationalite="ue", meme_commune=False)
    assert "listes-electorales" in outcome.applies
    assert "titre-sejour" in outcome.excluded
    assert "titre_sejour" not in outcome.asked


def test_staying_in_the_town_only_tells_the_town_hall(move):
    outcome = move(date_demenagement="2026-11-30", nationalite="francaise", meme_commune=True)
    deadline = outcome["listes-electorales"].deadline
    assert deadline is not None
    assert deadline.kind == "advised"


def test_a_young_adult_hosted_by_friends_has_a_short_plan(move):
    outcome = move(
        date_demenagement="2026-12-01",
        logement_avant="heberge",
        logement_apres="heberge",
        nationalite="francaise",
        meme_commune=False,
        vehicule="non",
        enfant_ecole=False,
        aide_logement="non",
        demandeur_emploi=False,
        assurance_habitation=False,
        logement_social="nouvelle",
    )
    assert outcome.applies == ALWAYS | {"listes-electorales", "logement-social"}
    assert outcome.maybe == set()
    assert len(outcome.asked) == 12


def test_a_tenant_looking_for_help_has_two_months_for_the_loca_pass_advance(move):
    outcome = move(date_demenagement="2026-12-31", logement_apres="locataire", aide_installation=True)
    assert outcome.last_day("fsl") == date(2027, 2, 28)


def test_a_leased_car_is_declared_through_its_owner(move):
    outcome = move(date_demenagement="2026-12-01", vehicule="location_longue")
    assert outcome.last_day("carte-grise") == date(2027, 1, 1)
    assert "propriétaire du véhicule" in outcome["carte-grise"].deadline.text


def test_a_move_of_last_year_shows_what_is_past(move):
    outcome = move(date_demenagement="2025-06-01", vehicule="a_moi", assurance_habitation=True)
    assert outcome["carte-grise"].deadline.passed
    assert "135" in outcome["carte-grise"].deadline.lost_if_late


def test_someone_who_knows_nothing_is_told_what_decides(move):
    outcome = move()
    assert outcome.applies == ALWAYS
    assert all(
        item.decides.startswith("À vérifier") for item in outcome.plan.procedures if item.status == "maybe"
    )
