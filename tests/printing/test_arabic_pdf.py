"""The plan on paper in Arabic and in Ukrainian: joined, in the right order, mirrored, and still readable."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from typing import Any

import pypdf
import pytest
from reportlab.lib.styles import ParagraphStyle

from kiosk.comfort import Comfort
from kiosk.messages import messages_for
from kiosk.paper.case_code import CaseCode
from kiosk.procedures import Pack, Plan, Status, find_pack, load_pack, make_plan, parse_answers
from printing import fonts, glyphs
from printing.blocks import THREAD_AT
from printing.lines import line
from printing.pieces import Pieces
from printing.plan_pdf import MARGIN, plan_pdf
from printing.right_to_left import Line, RightToLeftParagraph, one_line

TODAY = date(2026, 11, 23)
CODE = CaseCode(bytes(range(16))).text
EVENTS: dict[str, dict[str, Any]] = {
    "naissance": {"enfant_ne": True, "date_naissance": "2026-11-23", "lieu_naissance": "france"},
    "demenagement": {},
    "emploi": {},
    "deces": {},
}
EDGES = re.compile(r"^.*?ورقةشخصيةالصفحة\d+من\d+")


@cache
def french() -> Pack:
    return load_pack(find_pack("fr"))


def plan_of(event: str, lang: str) -> Plan:
    found = french().event(event)
    return make_plan(french(), found, parse_answers(french(), found, EVENTS[event]), TODAY, lang)


@cache
def paper(event: str = "naissance", lang: str = "ar", scale: float = 1.0) -> bytes:
    return plan_pdf(
        plan_of(event, lang),
        french(),
        lang,
        town="Ville de Valmerle",
        case_code=CODE,
        printed=TODAY,
        comfort=Comfort(scale=scale),
    )


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(document: bytes) -> str:
    pages = (squeezed(page.extract_text()) for page in read(document).pages)
    return "".join(EDGES.sub("", page) for page in pages)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("event", EVENTS)
def test_every_text_of_an_arabic_plan_can_be_read_out_of_the_file(event: str, scale: float) -> None:
    plan, found = plan_of(event, "ar"), words_of(paper(event, scale=scale))
    m = messages_for("ar")
    assert any(item.status is Status.APPLIES for item in plan.procedures)
    for item in plan.procedures:
        texts = [item.title, item.because if item.status is not Status.MAYBE else item.decides]
        if item.status is not Status.NOT:
            texts += [item.summary, item.who, item.cost_text, *item.law]
            texts += [document.title for document in item.documents]
            texts += [m.date(item.deadline.date)] if item.deadline and item.deadline.date else []
        assert [text for text in texts if squeezed(text) not in found] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_other_programs_read_the_words_too() -> None:
    asked = subprocess.run(["pdftotext", "-l", "1", "-", "-"], input=paper(), capture_output=True, check=True)
    text = re.sub("[\u202a-\u202e]", "", asked.stdout.decode())
    for words in ("ولادة طفل", "احتفظوا بهذه الورقة معكم", "كيف", "الاثنين", "نوفمبر 2026", CODE):
        assert words in text


def word_boxes(document: bytes, page: int) -> dict[str, tuple[float, float]]:
    """Word -> its left and right edge on ``page`` (from 1)."""
    words = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    asked = subprocess.run(words, input=document, capture_output=True, check=True).stdout.decode()
    row = re.compile(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
    return {word: (float(left), float(right)) for left, right, word in row.findall(asked)}


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_the_page_is_mirrored() -> None:
    arabic, german = word_boxes(paper(), 1), word_boxes(paper(lang="fr"), 1)
    assert arabic["Valmerle"][1] == pytest.approx(595.3 - MARGIN, abs=1)
    assert german["Ville"][0] == pytest.approx(MARGIN, abs=1)
    assert arabic[CODE][1] < 430  # the QR code stands at the right of its words
    assert german[CODE][0] > 160


def test_nothing_is_drawn_outside_the_margins() -> None:
    for page in read(paper("deces")).pages:
        for x in re.findall(rb"BT 1 0 0 1 (-?[\d.]+) [\d.]+ Tm", page.get_contents().get_data()):  # type: ignore[union-attr]
            assert -5 <= float(x) <= 595.3 - MARGIN  # at -5 there is the space that ends a line


def test_the_thread_is_at_the_right() -> None:
    found: set[float] = set()
    for page in read(paper()).pages:
        data = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
        found |= {float(x) for x in re.findall(r"2\.4 w\s+n ([\d.]+) 0 m", data)}
    assert sorted(found) == [pytest.approx(595.28 - 2 * MARGIN - THREAD_AT, abs=0.1)]


def test_the_document_says_its_language_and_direction_and_where_french_is_spoken() -> None:
    document = read(paper())
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"
    assert document.metadata is not None
    assert document.metadata.title == "خطتي: ولادة طفل"
    page = document.pages[0].get_contents().get_data()  # type: ignore[union-attr]
    assert b"/Span <</Lang (fr)>> BDC" in page
    assert "/Direction" not in read(paper(lang="fr")).trailer["/Root"].get("/ViewerPreferences", {})  # type: ignore[index]


def test_each_font_is_embedded_as_a_subset_that_knows_its_letters() -> None:
    names = set()
    for page in read(paper()).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            facts = font.get_object()
            names.add(str(facts["/BaseFont"]).split("+")[-1])
            assert "/FontFile2" in facts["/FontDescriptor"]
            table = facts["/ToUnicode"].get_data().decode("latin-1")
            codes = re.findall(r"^<\w\w> <(\w{4,})>$", table, re.MULTILINE)
            texts = [bytes.fromhex(code).decode("utf-16-be") for code in codes]
            assert len(texts) == facts["/LastChar"] + 1
            assert not re.search("[\ue000-\uf8ff\U000f0000-\U000fffff]", "".join(texts))
    assert any("Arabic" in name and "Bold" in name for name in names)
    assert any("Arabic" in name and "Bold" not in name for name in names)


def test_the_same_plan_gives_the_same_bytes() -> None:
    first = paper("emploi")
    paper.cache_clear()
    assert paper("emploi") == first


def test_letters_are_joined() -> None:
    fonts.register(fonts.ARABIC)
    joined = glyphs.shape("بب", fonts.ARABIC, True)
    apart = glyphs.shape("ب", fonts.ARABIC, True)
    assert joined.advance < 2 * apart.advance
    assert len(joined.dots) == 2
    assert {letter.code for letter in joined.letters}.isdisjoint({letter.code for letter in apart.letters})


def test_a_ligature_and_a_vowel_sign_keep_their_letters() -> None:
    fonts.register(fonts.ARABIC)
    font = glyphs._engine(fonts.ARABIC)[0]
    for text in ("لا", "شخصًا", "الأول", "محمّد"):
        letters = glyphs.shape(text, fonts.ARABIC, True).letters
        assert "".join(font._text(ord(letter.code)) for letter in reversed(letters)) == text


def paragraph(text: str, width: float, **style: Any) -> RightToLeftParagraph:
    made = RightToLeftParagraph(
        fonts.markup(text), ParagraphStyle("", fontName=fonts.REGULAR, fontSize=14, leading=21, **style)
    )
    made.wrap(width, 1000)
    return made


def lines(made: RightToLeftParagraph) -> list[str]:
    return [line.text for line in made._lines or []]


def test_lines_are_broken_between_words_and_none_is_too_wide() -> None:
    text = "شهادة الميلاد (acte de naissance) أو دفتر العائلة (livret de famille)، للطلب بالبريد " * 6
    made = paragraph(text, 200)
    assert " ".join(lines(made)) == text.strip()
    assert max(found.width(14) for found in made._lines or []) <= 200


def test_a_word_wider_than_the_column_is_cut_after_a_sign() -> None:
    address = "service-public.fr/particuliers/vosdroits/F1234567890123456789"
    made = paragraph(f"انظروا {address}", 180)
    assert "".join(lines(made)[1:]) == address
    assert all(found.width(14) <= 180 for found in made._lines or [])
    assert lines(made)[1].endswith("/")


def test_a_paragraph_cut_between_pages_leaves_no_line_alone_and_loses_none() -> None:
    made = paragraph("كلمة " * 100, 200)
    count = len(lines(made))
    assert made.split(200, 30) == []
    first, rest = made.split(200, 3 * 21)
    assert len(lines(first)) == 3
    assert lines(first) + lines(rest) == lines(made)
    assert rest.wrap(200, 1000)[1] == (count - 3) * 21
    assert made.split(200, count * 21) == [made]


def test_a_long_label_moves_the_first_line_only() -> None:
    style = ParagraphStyle("", fontName=fonts.REGULAR, fontSize=14, leading=21, leftIndent=40)
    made = RightToLeftParagraph(fonts.markup("كلمة " * 20), style, "عنوان طويل جدا")
    made.wrap(300, 1000)
    assert made._indent(0) > made._indent(1) == 40
    assert (made._lines or [])[0].width(14) <= 300 - made._indent(0)


def test_bold_words_are_bold_in_every_script() -> None:
    text = "Ville Київ بلدية"
    assert {name for name, _ in line(text, bold=True).parts} >= {"Paper-Bold", "PaperCyrillic-Bold"}  # type: ignore[attr-defined]
    assert set(one_line(text, bold=True).names) == {"Paper-Bold", "PaperCyrillic-Bold", "PaperArabic-Bold"}
    made = Pieces(messages_for("ar"), 1.0).row("أين", "البلدية", bold=True).inner
    made.wrap(400, 100)
    assert set(made._lines[0].names) == {"PaperArabic-Bold"}


def test_a_line_ends_with_a_space_in_the_file_and_stays_at_its_edge() -> None:
    end: Line = one_line("نهاية", bold=False)
    assert end.trimmed() == end
    assert one_line("نهاية  ", bold=False).trimmed().width(14) == end.width(14)


UKRAINIAN = "Свідоцтво про народження: їжак, ґанок, об’єкт, Єва, № 5"


def test_ukrainian_letters_come_from_noto_sans_in_labels_too() -> None:
    made = fonts.markup(UKRAINIAN, bold=True)
    assert fonts.MISSING not in made
    assert "PaperCyrillic-Bold" in made
    pieces = Pieces(messages_for("uk"), 1.0)
    row = pieces.row("Куди", UKRAINIAN).inner
    assert row.bulletText is not None or row.frags
    names = {frag.fontName for frag in row.bulletText}
    assert "PaperCyrillic-Bold" in names
    assert "Paper-Bold" in names  # the space after it


LAZY = """
import sys
from datetime import date
sys.path[:0] = {path!r}
from tests_paper import plan_of, french
from printing.plan_pdf import plan_pdf
def made(lang):
    plan = plan_of("naissance", lang)
    plan_pdf(plan, french(), lang, town="V", case_code=None, printed=date(2026, 11, 23))
    return [name for name in ("uharfbuzz", "printing.right_to_left") if sys.modules.get(name)]
print(made("fr"), made("ar"))
"""


def test_french_is_printed_without_the_shaping_engine(tmp_path: Any) -> None:
    shutil.copy(__file__, tmp_path / "tests_paper.py")
    # The copy imports what it tests at its head: that must not count.
    text = (tmp_path / "tests_paper.py").read_text()
    text = text.replace("from printing.right_to_left import Line, RightToLeftParagraph, one_line", "")
    text = re.sub(r"(?ms)^def paragraph.*?(?=^def test_lines)", "", text)
    (tmp_path / "tests_paper.py").write_text(text.replace("end: Line", "end"))
    code = LAZY.format(path=[str(tmp_path), *sys.path])
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert asked.stdout.strip() == "[] ['uharfbuzz', 'printing.right_to_left']", asked.stderr
