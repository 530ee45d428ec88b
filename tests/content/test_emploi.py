"""People whose job ends or changes: what their plan says, on the shipped pack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

FIXED_TERM = {
    "fin_contrat": "fin_cdd",
    "date_fin_contrat": "2026-11-23",
    "papiers_fin_contrat": False,
    "nouvel_emploi": "non",
    "demandeur_emploi": False,
    "travail_24_mois": True,
    "mutuelle_entreprise": True,
    "ressources_faibles": False,
    "aides_caf": "non",
    "logement_quitte": False,
}


def test_the_end_of_a_fixed_term_contract_says_register_today_and_keep_the_health_cover(job):
    outcome = job(**FIXED_TERM)
    assert outcome.applies == {
        "documents-fin-contrat", "inscription", "actualisation", "changement-situation", "portabilite",
        "impots",
    }  # fmt: skip
    assert outcome.maybe == set()
    assert outcome.last_day("inscription") == date(2026, 11, 24), "the day after the last day of work"
    assert next(iter(outcome.plan.procedures)).id == "fr.emploi.inscription"
    forclusion = next(d for d in outcome["inscription"].other_deadlines if d.kind == "benefit")
    assert forclusion.date == date(2027, 11, 23)
    assert "perdue" in forclusion.lost_if_late
    assert not {"contester", "date_csp", "demission_reconnue", "regime_agricole", "age"} & set(outcome.asked)
    assert len(outcome.asked) == 10


def test_a_contract_that_has_not_ended_yet_has_its_dates_ahead_and_is_not_asked_for_papers(job):
    coming = {k: v for k, v in FIXED_TERM.items() if k != "papiers_fin_contrat"}
    outcome = job(**{**coming, "date_fin_contrat": "2027-01-31"})
    assert "papiers_fin_contrat" not in outcome.asked
    assert "documents-fin-contrat" in outcome.applies
    assert outcome.last_day("inscription") == date(2027, 2, 1)
    assert outcome.last_day("portabilite") == date(2027, 1, 31)
    assert outcome.last_day("actualisation") is None, "the window starts once registered"
    assert "28" in outcome["actualisation"].deadline.text


def test_twelve_months_after_the_contract_the_benefit_is_past_but_more_time_is_possible(job):
    answers = {k: v for k, v in FIXED_TERM.items() if k != "mutuelle_entreprise"}
    in_time = job(date(2027, 11, 23), **answers)
    late = job(date(2027, 11, 24), **answers)
    assert "portabilite" in in_time.excluded

    def forclusion(outcome):
        return next(d for d in outcome["inscription"].other_deadlines if d.kind == "benefit")

    assert not forclusion(in_time).passed
    assert forclusion(late).passed
    assert "Maladie" in forclusion(late).text


@pytest.mark.parametrize(
    ("today", "opens", "last"),
    [
        (date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 15)),
        (date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 15)),
        (date(2027, 2, 10), date(2027, 2, 26), date(2027, 3, 15)),
        (date(2028, 2, 10), date(2028, 2, 26), date(2028, 3, 15)),
    ],
)
def test_the_monthly_window_goes_from_the_28th_to_the_15th_and_from_the_26th_in_february(
    job, today, opens, last
):
    deadline = job(today, demandeur_emploi=True)["actualisation"].deadline
    assert (deadline.opens, deadline.date, deadline.kind) == (opens, last, "legal")
    assert "paiement s’arrête" in deadline.lost_if_late
    assert "15" in deadline.text, "before the 16th the window of last month is open too: words say it"


def test_the_employers_lateness_is_never_shown_as_the_persons_own(job):
    item = job(**FIXED_TERM)["documents-fin-contrat"]
    employer = next(d for d in item.other_deadlines if d.kind == "admin")
    assert employer.date == date(2026, 11, 23)
    assert "L’employeur" in employer.text
    assert item.deadline.kind == "advised"


def test_someone_who_resigns_is_never_asked_why_and_still_told_to_register(job, pack):
    outcome = job(
        fin_contrat="demission",
        date_fin_contrat="2026-11-30",
        nouvel_emploi="non",
        demandeur_emploi=False,
        demission_reconnue=False,
        ressources_faibles=False,
        aides_caf="non",
    )
    assert {"inscription", "actualisation", "documents-fin-contrat", "impots"} <= outcome.applies
    assert {"portabilite", "preavis-logement", "contester-licenciement", "csp"} <= outcome.excluded
    assert not any(d.kind == "benefit" for d in outcome["inscription"].other_deadlines)
    texts = [d.text for d in outcome["inscription"].other_deadlines]
    assert any("quand même" in text for text in texts)
    assert "démission" in outcome["preavis-logement"].because
    assert pack.questions["demission_reconnue"].sensitive
    assert "n’avez pas à dire" in pack.text("question.demission_reconnue.lead", "fr")


def test_a_resignation_that_france_travail_accepts_opens_the_same_rights(job):
    outcome = job(
        fin_contrat="demission",
        date_fin_contrat="2026-11-20",
        nouvel_emploi="non",
        demandeur_emploi=False,
        demission_reconnue=True,
        travail_24_mois=True,
        mutuelle_entreprise=True,
    )
    assert {"inscription", "portabilite"} <= outcome.applies
    assert any(d.date == date(2027, 11, 20) for d in outcome["inscription"].other_deadlines)


def test_an_economic_dismissal_at_56_counts_three_years_and_has_21_days_for_the_csp(job):
    outcome = job(
        fin_contrat="economique",
        date_fin_contrat="2026-12-15",
        nouvel_emploi="non",
        demandeur_emploi=False,
        travail_24_mois=False,
        age="plus_55",
        travail_36_mois=True,
        date_csp="2026-11-16",
        mutuelle_entreprise=True,
        contester=True,
        date_notification="2026-11-16",
        ressources_faibles=False,
        aides_caf="non",
        logement_quitte=False,
    )
    assert {"csp", "portabilite", "contester-licenciement", "inscription"} <= outcome.applies
    assert outcome.last_day("csp") == date(2026, 12, 7)
    assert outcome["csp"].deadline.confidence == "D"
    assert "à vérifier" in outcome["csp"].deadline.text
    assert any("12 mois après l’adhésion" in d.text for d in outcome["csp"].other_deadlines)
    assert outcome.last_day("contester-licenciement") == date(2027, 11, 16)
    assert outcome["contester-licenciement"].confidence == "D"
    assert outcome["contester-licenciement"].sensitive
    assert outcome["contester-licenciement"].cost_text == "", "legal aid is known from memory only"


def test_under_55_only_two_years_count(job):
    outcome = job(**{**FIXED_TERM, "travail_24_mois": False, "age": "de_25_a_54"})
    assert "portabilite" in outcome.excluded
    assert "travail_36_mois" not in outcome.asked
    assert any("n’est pas sûre" in d.text for d in outcome["inscription"].other_deadlines)


def test_a_seasonal_worker_of_the_land_needs_five_months_and_goes_to_the_msa(job):
    outcome = job(
        fin_contrat="saisonnier",
        date_fin_contrat="2026-10-31",
        papiers_fin_contrat=True,
        nouvel_emploi="non",
        demandeur_emploi=False,
        travail_24_mois=False,
        travail_saisonnier=True,
        mutuelle_entreprise=True,
        age="moins_25",
        ressources_faibles=True,
        aides_caf="autre",
        nombre_enfants=1,
        regime_agricole=True,
        logement_quitte=False,
    )
    assert {"inscription", "portabilite", "rsa", "c2s", "caf"} <= outcome.applies
    assert "documents-fin-contrat" in outcome.excluded
    for name in ("rsa", "c2s", "caf"):
        assert outcome[name].office.id == "msa", name
    assert any(d.date == date(2027, 10, 31) for d in outcome["inscription"].other_deadlines)


def test_who_starts_a_new_job_at_once_is_not_sent_to_register(job):
    outcome = job(
        fin_contrat="rupture_conventionnelle",
        date_fin_contrat="2026-11-20",
        papiers_fin_contrat=True,
        nouvel_emploi="commence",
        demandeur_emploi=False,
        ressources_faibles=False,
        aides_caf="non",
        logement_quitte=False,
        contester=False,
    )
    assert outcome.applies == {"impots"}
    assert outcome.maybe == set()


def test_a_modest_new_job_opens_the_in_work_benefit_and_is_told_within_72_hours(job):
    outcome = job(
        fin_contrat="fin_cdd",
        date_fin_contrat="2026-09-30",
        papiers_fin_contrat=True,
        nouvel_emploi="commence",
        demandeur_emploi=True,
        date_nouvel_emploi="2026-11-23",
        ressources_faibles=True,
        age="de_25_a_54",
        aides_caf="autre",
        regime_agricole=False,
    )
    assert {"prime-activite", "changement-situation", "caf"} <= outcome.applies
    assert "inscription" in outcome.excluded
    assert outcome.last_day("changement-situation") == date(2026, 11, 26)
    assert outcome["changement-situation"].confidence == "D"
    assert outcome["prime-activite"].office.id == "caf"
    assert "mois de la demande" in outcome["prime-activite"].deadline.text


def test_when_unemployment_benefit_runs_out_the_ass_and_the_rsa_are_told_with_their_amounts(job):
    outcome = job(
        fin_contrat="licenciement",
        date_fin_contrat="2025-01-15",
        papiers_fin_contrat=True,
        nouvel_emploi="non",
        demandeur_emploi=True,
        age="plus_55",
        ressources_faibles=True,
        allocation_finie=True,
        aides_caf="non",
        regime_agricole=False,
        contester=False,
    )
    assert {"ass", "rsa", "c2s", "actualisation"} <= outcome.applies
    assert "portabilite" in outcome.excluded, "it lasts twelve months at most"
    assert outcome["ass"].amount.amount == Decimal("19.48")
    assert outcome["rsa"].amount.amount == Decimal("651.69")
    assert all(outcome[name].sensitive for name in ("ass", "rsa", "c2s"))


def test_an_amount_is_not_shown_before_it_is_valid(job):
    before = job(date(2026, 3, 31), demandeur_emploi=True, nouvel_emploi="non")
    assert before["rsa"].amount is None
    assert before["ass"].amount is None
    assert job(demandeur_emploi=False)["inscription"].amount.amount == Decimal("32.13")


def test_who_has_the_rsa_is_not_sent_to_ask_for_it_nor_for_the_free_health_cover(job):
    outcome = job(ressources_faibles=True, aides_caf="rsa", regime_agricole=False)
    assert {"rsa", "c2s"} <= outcome.excluded
    assert "d’office" in outcome["c2s"].because
    assert "caf" in outcome.applies


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"nombre_enfants": 0, "jeune_actif": False}, "not"),
        ({"nombre_enfants": 0, "jeune_actif": True}, "applies"),
        ({"nombre_enfants": 1}, "applies"),
        ({"nombre_enfants": 0}, "maybe"),
    ],
)
def test_before_25_the_rsa_is_for_parents_and_those_who_worked_long(job, answers, status):
    outcome = job(age="moins_25", ressources_faibles=True, aides_caf="non", **answers)
    assert outcome["rsa"].status == status
    if status == "not":
        assert "La CAF peut vérifier" in outcome["rsa"].because


def test_losing_a_job_shortens_the_notice_of_a_tenant_to_a_month_before_the_keys(job):
    outcome = job(fin_contrat="licenciement", logement_quitte=True, date_cles="2027-03-31")
    assert "preavis-logement" in outcome.applies
    assert outcome.last_day("preavis-logement") == date(2027, 2, 28)
    assert "preuve-preavis-reduit" in outcome.papers("preavis-logement")
    assert "à vérifier" in outcome["preavis-logement"].deadline.text


def test_registering_needs_the_paper_of_the_employer_and_the_health_cover_needs_both(pack):
    procedures = {p.id.rsplit(".", 1)[1]: p for p in pack.events["fr.emploi"].procedures}
    given = {out.id for out in procedures["documents-fin-contrat"].gives}
    assert given == {"certificat-travail", "recu-solde", "attestation-employeur"}
    assert given & {paper.id for paper in procedures["inscription"].documents}
    assert {prior.id for prior in procedures["portabilite"].after} == {
        "fr.emploi.documents-fin-contrat",
        "fr.emploi.inscription",
    }
    assert procedures["portabilite"].every_body


def test_someone_who_knows_nothing_is_told_to_register_and_whom_to_ask_for_the_rest(job):
    outcome = job()
    assert outcome.applies == {"inscription", "impots"}
    assert outcome.excluded == set()
    assert all(outcome[name].decides.startswith("À vérifier") for name in outcome.maybe)
    assert len(outcome.asked) <= 17
    assert not {"nombre_enfants", "jeune_actif", "travail_36_mois", "demission_reconnue"} & set(outcome.asked)


def test_nothing_is_said_of_what_was_agreed_but_not_in_force(pack):
    assert not any("rupture conventionnelle" in t and "15" in t for t in pack.texts["fr"].values())
