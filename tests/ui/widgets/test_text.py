"""No word cut, no line wider than its column, at any size and direction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from kiosk.comfort import TEXT_SCALES as SCALES
from ui.theme import Theme
from ui.widgets.text import TextLabel
from ui.widgets.text_block import SMALLEST, Run, TextBlock, lead_in

LONG = "Rechtsschutzversicherungsgesellschaften"
SAMPLES = (
    "Qui était cette personne pour vous\u00a0?",
    "Je ne sais pas, ou je préfère passer",
    f"Ein {LONG} im Satz",
    "أو شريك بعقد PACS أو المساكنة",
    "Це моя мати чи мій батько",
    "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
)


def lines(block: TextBlock, width: int) -> list[tuple[str, float]]:
    block.height(width)
    layout = next(iter(block._layouts.values()))
    found = []
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        found.append((layout.text()[line.textStart() :][: line.textLength()], line.naturalTextWidth()))
    return found


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("width", [300, 480, 984])
@pytest.mark.parametrize("balanced", [False, True])
def test_no_line_is_wider_than_its_column_and_no_word_is_cut(
    scale: float, text: str, width: int, balanced: bool
) -> None:
    block = TextBlock(Theme(scale=scale), text, "option", balanced=balanced)
    drawn = lines(block, width)
    for part, natural in drawn:
        # Qt counts the space at the end of a right-to-left line, and draws it outside the column.
        hanging = QFontMetricsF(block.font).horizontalAdvance(" ") if part.endswith(" ") else 0
        assert natural - hanging <= width + 1
    if width >= 480:
        for part, _natural in drawn[:-1]:
            assert part.endswith((" ", "-")), drawn


@pytest.mark.parametrize("text", ["العربية", "استماع", "Українська", "Слухати", "Écouter", "Lecture et son"])
@pytest.mark.parametrize("role", ["option", "listen_label", "caption", "h1"])
def test_a_text_fits_on_one_line_in_its_natural_width(text: str, role: str) -> None:
    block = TextBlock(Theme(), text, role)
    assert len(lines(block, block.natural_width())) == 1


def test_a_word_wider_than_the_column_is_drawn_smaller_not_cut() -> None:
    block = TextBlock(Theme(), LONG, "h1")
    assert [part for part, _ in lines(block, 700)] == [LONG]


def test_a_word_is_broken_only_below_the_smallest_size() -> None:
    assert SMALLEST == 24
    assert len(lines(TextBlock(Theme(), LONG * 2, "caption"), 300)) > 1


def test_the_question_mark_stays_with_its_word() -> None:
    drawn = lines(TextBlock(Theme(), SAMPLES[0], "h1"), 420)
    assert not any(part.strip().startswith("?") for part, _ in drawn)


def test_height_grows_when_the_column_shrinks() -> None:
    block = TextBlock(Theme(), SAMPLES[1], "body")
    heights = [block.height(width) for width in (1000, 400, 200)]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_bold_parts_are_laid_out_with_the_rest() -> None:
    block = TextBlock(Theme(), [Run("Vos droits en dépendent. ", 700), Run("Par exemple.")], "body")
    assert block.text == "Vos droits en dépendent. Par exemple."
    plain = TextBlock(Theme(), block.text, "body")
    assert block.natural_width() > plain.natural_width()


def test_arabic_takes_more_height_than_latin() -> None:
    right = Qt.LayoutDirection.RightToLeft
    arabic = TextBlock(Theme(), "ابني", "body", direction=right)
    assert arabic.height(500) > TextBlock(Theme(), "abc", "body").height(500)


def test_a_label_asks_for_the_height_that_its_words_need(theme: Theme) -> None:
    label = TextLabel(theme, "un deux trois quatre cinq six sept huit neuf dix", "body")
    assert label.hasHeightForWidth()
    assert label.heightForWidth(200) > 3 * label.heightForWidth(2000)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(60, 1000), st.sampled_from(SCALES))
def test_any_text_has_a_height(text: str, width: int, scale: float) -> None:
    block = TextBlock(Theme(scale=scale), text, "body")
    assert block.height(width) >= 0
    assert block.natural_width() >= 0


@pytest.mark.parametrize("width", range(240, 700, 20))
def test_a_verb_and_its_subject_stay_on_one_line(width: int) -> None:
    block = TextBlock(Theme(), "Le père, ou l’autre parent, a-t-il un employeur, est-ce vrai\u00a0?", "h2")
    drawn = [part.replace("\u2060", "") for part, _ in lines(block, width)]
    assert any("a-t-il" in part for part in drawn)
    assert any("est-ce" in part for part in drawn)
    assert block.text.startswith("Le père, ou l’autre parent, a-t-il")


def test_no_word_of_a_balanced_text_is_left_alone_under_a_full_line() -> None:
    words = "Que se passe-t-il dans votre vie\u00a0?"
    block = TextBlock(Theme(), words, "h1", balanced=True)
    width = block.natural_width() - 60
    (_, first), (_, second) = lines(block, width)
    assert second > first / 2
    assert block.height(width) == TextBlock(Theme(), words, "h1").height(width)
    assert block.width(width) < width


def test_the_first_sentence_is_told_from_the_rest() -> None:
    assert lead_in("Enregistré ici. L’envoi est en cours.") == ("Enregistré ici.", "L’envoi est en cours.")
    assert lead_in("Réponse\u00a0: sous 5 jours") == ("Réponse\u00a0:", "sous 5 jours")
    assert lead_in("Bien reçu.") == ("", "Bien reçu.")
