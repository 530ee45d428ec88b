"""Whatever is written, a screen answers with a sentence or with an answer that the engine takes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from kiosk.messages import messages_for
from kiosk.procedures import dump_answer, parse_answer
from tests.ui.stage import writing
from ui.screens.address_question import AddressScreen
from ui.screens.country_question import CountryScreen
from ui.screens.form import FormScreen
from ui.screens.name_question import NameScreen
from ui.screens.screen import Look
from ui.theme import Theme
from ui.views import Asking

SCREENS = [(NameScreen, "nom"), (CountryScreen, "pays"), (AddressScreen, "adresse")]
STEPS = 4
TEXTS = st.lists(
    st.one_of(st.text(max_size=130), st.sampled_from(["57000", "Metz", "abbeville", "الجزائر", "x" * 500])),
    min_size=6,
    max_size=6,
)


def shown(kind: type[FormScreen], question: str, lang: str) -> FormScreen:
    pack = writing()
    look = Look(Theme(), messages_for(lang), date(2026, 11, 24), lambda: pack, True)
    made = kind(look, Asking(pack.questions[question], False, None, 1, 3))
    made.resize(1080, 1390)
    made.show()
    return made


@pytest.mark.parametrize(("kind", "question"), SCREENS)
@given(TEXTS, st.sampled_from(["fr", "ar"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_taken_or_told_in_words(
    qtbot: QtBot, kind: type[FormScreen], question: str, texts: list[str], lang: str
) -> None:
    made = shown(kind, question, lang)
    got: list[object] = []
    made.acted.connect(lambda name, value: got.append(value) if name == "answer" else None)
    for form, text in zip(made.forms, texts, strict=False):
        form.field.edit.setText(text)
    for _ in range(STEPS):
        made.forward()
    if got:
        taken = dump_answer(got[-1])
        assert parse_answer(made.question, taken, writing().questions) == got[-1]
    else:
        assert any(form.refused for form in made.forms) or made._complaint is not None
        assert made.spoken()
    made.deleteLater()


@pytest.mark.parametrize(("kind", "question"), SCREENS)
@given(TEXTS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_half_written_is_put_back_as_it_was(
    qtbot: QtBot, kind: type[FormScreen], question: str, texts: list[str]
) -> None:
    made = shown(kind, question, "fr")
    for form, text in zip(made.forms, texts, strict=False):
        form.field.edit.setText(text)
    made.forward()
    again = shown(kind, question, "fr")
    again.restore(made.state())
    assert again.state() == made.state()
    for one in (made, again):
        one.deleteLater()
