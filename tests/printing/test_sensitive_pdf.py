"""The paper of a sensitive life event: neutral where others can read it, exact where the person needs it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk.procedures import Pack, PartialDate, load_pack, make_plan
from printing.plan_pdf import plan_pdf

TODAY = date(2026, 11, 24)
CANARIES = ("violent", "ordonnance", "hébergement", "approcher")


@pytest.fixture(scope="module")
def city() -> Pack:
    return load_pack(Path("tests/ui/packs/cite"))


def paper(city: Pack, event: str, answers: dict[str, object]) -> PdfReader:
    plan = make_plan(city, city.event(event), answers, TODAY, "fr")  # type: ignore[arg-type]  # answers
    return PdfReader(io.BytesIO(plan_pdf(plan, city, "fr", town="Valmerle", case_code=None, printed=TODAY)))


def test_others_read_only_neutral_names(city: Pack) -> None:
    document = paper(city, "partir", {"certificat": True})
    outline = [entry.title for entry in _flat(document.outline)]
    first = document.pages[0].extract_text()
    seen = " ".join([str(document.metadata), *outline, first])
    assert not [words for words in CANARIES if words in seen]
    assert "Un autre projet de vie" in first
    assert "Démarches personnelles" in " ".join(first.split())
    assert "Un rendez-vous à la mairie" in outline
    inside = " ".join(" ".join(page.extract_text() for page in document.pages[1:]).split())
    assert "Demander une ordonnance de protection" in inside
    assert "Demander un hébergement d’urgence" in inside


def test_the_paper_tells_windows_and_which_copies_stay_there(city: Pack) -> None:
    answers = {"loge": True, "arrivee": PartialDate(2026, 3, 2), "enfants": 1}
    told = " ".join(" ".join(page.extract_text() for page in paper(city, "foyer", answers).pages).split())
    assert "Demandé le 24 novembre 2026, c’est payé à partir du 1er septembre 2026." in told
    assert "Votre pièce d’identité (à montrer)" in told
    assert "Votre bail (à laisser : 2 copies). Signé par vous deux." in told
    soon = {"loge": True, "arrivee": PartialDate(2026, 11, 2), "enfants": 1}
    told = " ".join(" ".join(page.extract_text() for page in paper(city, "foyer", soon).pages).split())
    assert "Possible à partir du samedi 2 janvier 2027." in told


def _flat(entries):
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry
