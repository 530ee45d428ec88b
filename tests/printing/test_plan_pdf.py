"""The printed plan: everything on it, readable, inside the page, and saying what it is."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pypdf
import pytest

from kiosk.comfort import Comfort
from kiosk.messages import messages_for
from kiosk.paper.case_code import CaseCode
from kiosk.procedures import (
    DeadlineKind,
    Errands,
    Office,
    Pack,
    Plan,
    PlanDeadline,
    PlanItem,
    Status,
    Sum,
    Trip,
    TripPaper,
    find_pack,
    load_pack,
    make_plan,
    parse_answers,
)
from kiosk.resources import asset
from printing import blocks
from printing.plan_pdf import FOOTER, HEADER, MARGIN, plan_pdf

TODAY = date(2026, 11, 23)
CODE = CaseCode(bytes(range(16))).text
LONG = "Une phrase très longue qui continue encore un peu, et qui dit quelque chose d’utile à la personne. "


@cache
def french() -> Pack:
    return load_pack(find_pack("fr"))


def birth(lang: str = "fr", **answers: Any) -> Plan:
    event = french().event("naissance")
    given = {"enfant_ne": True, "date_naissance": "2026-11-23", "lieu_naissance": "france"} | answers
    return make_plan(french(), event, parse_answers(french(), event, given), TODAY, lang)


def paper(
    plan: Plan, lang: str = "fr", town: str = "Ville de Valmerle", code: str | None = CODE, scale: float = 1.0
) -> bytes:
    return plan_pdf(
        plan, french(), lang, town=town, case_code=code, printed=TODAY, comfort=Comfort(scale=scale)
    )


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words_of(document: bytes) -> str:
    """The text without the header and footer, which are drawn first on each page."""
    edges = re.compile(r"^.*?\nPage \d+ (sur|of) \d+\n", re.DOTALL)
    return squeezed("".join(edges.sub("", page.extract_text()) for page in read(document).pages))


def texts(plan: Plan) -> Iterator[str]:
    """Every text that the plan holds for the person."""
    for item in plan.procedures:
        yield item.title
        yield item.because if item.status is not Status.MAYBE else item.decides
        if item.status is Status.NOT:
            continue
        yield from (
            item.summary,
            item.who,
            item.cost_text,
            item.amount_text,
            item.no_other_channel,
            item.form,
        )
        yield from item.law
        for document in item.documents:
            yield from (document.title, document.note)
        for office in filter(None, (item.office, *item.other_offices)):
            yield from (office.name, office.address, office.hours, office.phone, office.note)
        for channel in item.channels:
            yield from (channel.text, channel.phone)
        for source in item.sources_read:
            yield from (source.title, source.url.removeprefix("https://").removeprefix("www.").rstrip("/"))
            yield messages_for(plan.lang).short_date(source.checked)
        for due in filter(None, (item.deadline, *item.other_deadlines)):
            yield from (due.text, due.lost_if_late, *due.law)
            yield messages_for(plan.lang).date(due.date) if due.date else ""


def changed(item: PlanItem, **fields: Any) -> PlanItem:
    return msgspec.structs.replace(item, **fields)


def with_items(items: tuple[PlanItem, ...]) -> Plan:
    return msgspec.structs.replace(birth(), procedures=items)


def a_deadline(**fields: Any) -> PlanDeadline:
    plain = PlanDeadline(
        date=date(2026, 11, 30), earliest=False, at=None, precision="day", text="Dans les 5 jours.",
        kind=DeadlineKind.LEGAL, rule="P5D", lost_if_late="", passed=False, certain=True, law=(),
        confidence="A",
    )  # fmt: skip
    return msgspec.structs.replace(plain, **fields)


def an_item(**fields: Any) -> PlanItem:
    first = next(item for item in birth().procedures if item.status is Status.APPLIES)
    return changed(first, **fields)


PLANS = {
    "birth": lambda: birth(),
    "birth, all known": lambda: birth(
        declaration_faite="pas_encore", premier_enfant=True, situation_parents="maries"
    ),
    "unborn": lambda: birth(enfant_ne=False),
    "sixty": lambda: (
        with_items(birth().procedures * 4)
        if len(birth().procedures) >= 15
        else with_items(birth().procedures * 5)
    ),
    "none": lambda: with_items(()),
    "very long": lambda: with_items(
        (
            an_item(title=LONG * 3, because=LONG * 40, who=LONG * 60, summary="x" * 900, law=("CC 1",) * 300),
            an_item(status=Status.MAYBE, title="W" * 4000, decides=LONG * 30),
            an_item(status=Status.NOT, title=LONG * 5, because=LONG * 50),
        )
    ),
}


@cache
def paper_of(name: str, scale: float) -> bytes:
    return paper(PLANS[name](), scale=scale)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("name", PLANS)
def test_every_text_of_the_plan_is_on_the_paper(name: str, scale: float) -> None:
    plan = PLANS[name]()
    found = words_of(paper_of(name, scale))
    missing = [text for text in texts(plan) if squeezed(text) not in found]
    assert missing == []


def test_every_text_is_on_the_english_paper() -> None:
    plan = birth("en")
    found = words_of(paper(plan, "en"))
    assert [text for text in texts(plan) if squeezed(text) not in found] == []
    assert squeezed("My plan: ") in found
    assert "Obligatoire" not in found


def boxes(document: bytes) -> Iterator[list[tuple[float, float, float, float, str]]]:
    """The words of each page with their boxes (left, top, right, bottom), as another program sees them."""
    asked = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=document, capture_output=True, check=True)
    word = re.compile(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    )
    for page in asked.stdout.decode().split("<page ")[1:]:
        yield [(*(float(side) for side in found[:4]), found[4]) for found in word.findall(page)]  # type: ignore[misc]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("name", PLANS)
def test_no_word_leaves_the_page_or_lies_over_another(name: str, scale: float) -> None:
    for words in boxes(paper_of(name, scale)):
        for left, top, right, bottom, word in words:
            assert left >= MARGIN - 1, word
            assert right <= 595.3 - MARGIN + 1, word
            assert top >= 0, word
            assert bottom <= 842, word
        for number, (left, top, right, bottom, word) in enumerate(words):
            for other in words[number + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                assert across < 1 or down < 0.3 * (bottom - top), (word, other[4])


def sizes(document: bytes) -> set[tuple[float, bool]]:
    """(size in points, in the header or footer) of every text drawn."""
    found = set()

    def visit(text: str, current: Any, matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            y = matrix[5] + current[5]
            found.add((round(size, 1), y < FOOTER or y > 842 - HEADER))

    for page in read(document).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_the_type_is_large() -> None:
    found = sizes(paper(birth()))
    assert min(size for size, _ in found) >= 12
    assert min(size for size, edge in found if not edge) >= 14
    assert min(size for size, edge in sizes(paper(birth(), scale=1.5)) if not edge) >= 21


def test_the_first_page_stands_alone() -> None:
    first = squeezed(read(paper(birth())).pages[0].extract_text())
    for text in (
        "Ville de Valmerle",
        "Mon plan",
        "Vos 3 prochaines dates",
        "Gardez ce papier",
        CODE,
        "Page 1 sur",
    ):
        assert squeezed(text) in first


def test_a_duty_that_may_apply_is_among_the_next_dates() -> None:
    maybe = an_item(status=Status.MAYBE, title="Déclarer", deadline=a_deadline())
    first = squeezed(read(paper(with_items((maybe,)))).pages[0].extract_text())
    assert squeezed("Au plus tard le lundi 30 novembre 2026 Déclarer (à vérifier)") in first


def test_a_date_that_has_passed_is_called_so_and_says_what_to_do() -> None:
    late = an_item(title="Déclarer", deadline=a_deadline(passed=True, date=date(2026, 11, 3)))
    found = words_of(paper(with_items((late,))))
    assert squeezed("Une date est déjà passée") in found
    assert squeezed("Contactez vite l’organisme") in found


def test_a_time_of_day_is_written_where_the_rule_has_one() -> None:
    item = an_item(deadline=a_deadline(at=datetime(2026, 11, 24, 14, 32)))
    assert squeezed("14 h 32") in words_of(paper(with_items((item,))))


def test_what_is_unsure_says_so() -> None:
    for item in (an_item(confidence="D"), an_item(deadline=a_deadline(confidence="D"))):
        assert squeezed("À vérifier avec l’organisme") in words_of(paper(with_items((item,))))
    sure = an_item(confidence="A", deadline=a_deadline(), other_deadlines=())
    assert squeezed("À vérifier avec l’organisme") not in words_of(paper(with_items((sure,))))


def test_what_may_be_due_says_who_decides() -> None:
    found = words_of(paper(with_items((an_item(status=Status.MAYBE, decides="vos ressources"),))))
    assert squeezed("L’organisme décide, pas la borne.") in found
    assert squeezed("vos ressources") in found


def test_sums_are_written_in_full_and_nothing_is_called_free_by_mistake() -> None:
    item = an_item(cost=Sum(Decimal("12.50"), "EUR"), amount=Sum(Decimal("1098.57"), "EUR"), cost_text="")
    found = words_of(paper(with_items((item,))))
    assert squeezed("12,50 €") in found
    assert squeezed("1 098,57 €") in found
    assert "Gratuit" not in found
    assert "Gratuit" in words_of(paper(with_items((an_item(cost=Sum(Decimal(0), "EUR")),))))


def test_each_paper_to_bring_has_a_box_to_tick() -> None:
    item = next(item for item in birth().procedures if item.documents)
    alone = msgspec.structs.replace(with_items((changed(item, status=Status.APPLIES),)), errands=Errands())
    document = read(paper(alone))
    listed = [element for element in elements(document) if element["/S"] == "/LI"]
    assert len(listed) == len(item.documents)


def a_trip(**fields: Any) -> Trip:
    office = Office("mairie", "Mairie de Valmerle", "1 place du Puits", "Du lundi au samedi", "", "", "")
    names = tuple(item.id for item in birth().procedures[:2])
    plain = Trip(office=office, procedures=names, by=date(2026, 11, 30), bring=(), get=())
    return msgspec.structs.replace(plain, **fields)


def with_trips(*trips: Trip, lang: str = "fr", from_home: tuple[str, ...] = ()) -> Plan:
    return msgspec.structs.replace(birth(lang), errands=Errands(trips, from_home))


def test_each_trip_says_where_what_by_when_with_which_papers_and_what_to_ask_for() -> None:
    bring = (TripPaper("a", "Pièce d’identité", 1), TripPaper("b", "Justificatif", 2, certain=False))
    get = (TripPaper("c", "Acte de naissance", 3), TripPaper("d", "Carte", 1, later=True))
    plan = with_trips(a_trip(bring=bring, get=get), from_home=(birth().procedures[2].id,))
    found = words_of(paper(plan))
    titles = [item.title for item in plan.procedures]
    for text in (
        "Un seul déplacement suffit",
        "1. Mairie de Valmerle",
        "1 place du Puits",
        "Au plus tard le lundi 30 novembre 2026",
        f"À faire {titles[0]} {titles[1]} Apportez",
        "Pièce d’identité Justificatif (2 copies) (selon votre situation)",
        "Demandez Acte de naissance (3 copies) Carte (pas le jour même)",
        f"Sans vous déplacer Par courrier, par téléphone ou en ligne. À faire {titles[2]}",
    ):
        assert squeezed(text) in found, text


def test_what_others_wait_for_stands_before_the_first_trip_and_not_again_after_them() -> None:
    names = tuple(item.id for item in birth().procedures[:2])
    plan = with_trips(a_trip(procedures=()), from_home=names)
    plan = msgspec.structs.replace(plan, errands=msgspec.structs.replace(plan.errands, first=names[:1]))
    found = words_of(paper(plan))
    titles = [item.title for item in plan.procedures]
    assert squeezed(f"D’abord {titles[0]} 1. Mairie de Valmerle") in found
    assert squeezed(f"Par courrier, par téléphone ou en ligne. À faire {titles[1]}") in found


@pytest.mark.parametrize(("passed", "words"), [(True, "The date has passed: Friday"), (False, "By Friday")])
def test_trips_are_numbered_and_a_date_that_is_over_is_called_so(passed: bool, words: str) -> None:
    day = date(2026, 11, 20)
    plan = with_trips(a_trip(by=day), a_trip(by=None), lang="en")
    items = [changed(item, deadline=a_deadline(date=day, passed=passed)) for item in plan.procedures]
    found = words_of(paper(msgspec.structs.replace(plan, procedures=tuple(items)), "en"))
    assert squeezed("2 trips are enough") in found
    assert squeezed(f"1. Mairie de Valmerle {words} 20 November 2026 Where") in found
    assert squeezed("2. Mairie de Valmerle Where") in found


@pytest.mark.parametrize("from_home", [(), ("fr.naissance.caf",)])
def test_where_nobody_has_to_go_anywhere_there_is_no_section_of_trips(from_home: tuple[str, ...]) -> None:
    found = words_of(paper(with_trips(from_home=from_home)))
    assert squeezed("Vos déplacements") not in found
    assert squeezed("Sans vous déplacer") not in found


def test_without_a_code_there_is_no_code_on_the_paper() -> None:
    document = paper(birth(), code=None)
    assert squeezed("Votre code de dossier") not in words_of(document)
    assert not any(element["/S"] == "/Figure" for element in elements(read(document)))


@pytest.mark.parametrize(
    "town", ["L" + "o" * 380 + "ng", "Ville de " + "Saint-Remy-en-Bouzemont " * 15, "Ø\u202f«x» & <b>"]
)
def test_a_town_of_any_name_is_written_whole(town: str) -> None:
    assert squeezed(town) in words_of(paper(birth(), town=town))


def test_texts_are_never_taken_for_markup() -> None:
    evil = "<b>x</b> & </para> <font size=3>y</font> \x00\u202e"
    found = words_of(paper(with_items((an_item(title=evil, because=evil),))))
    assert squeezed("<b>x</b> & </para> <font size=3>y</font>") in found


def test_other_scripts_come_from_other_fonts_and_unknown_signs_are_marked() -> None:
    document = paper(with_items((an_item(who="Ганна Шевченко, 中", because="عربي"),)))
    assert squeezed("Ганна Шевченко, ?") in words_of(document)
    assert {"NotoSans", "NotoSansArabic"} <= {name.split("-")[0] for name in font_names(read(document))}


def test_titles_and_labels_are_bold_in_every_script() -> None:
    found = ""

    def visit(text: str, current: Any, matrix: Any, font: Any, size: float) -> None:
        nonlocal found
        if font and str(font["/BaseFont"]).endswith("-Bold"):
            found += text

    item = an_item(title="Ганна (mairie)", who="Тарас", summary="Ірина")
    for page in read(paper(with_items((item,)), "uk")).pages:
        page.extract_text(visitor_text=visit)
    for bold in ("Ганна (mairie)", "Хто", "Як читати цей план"):
        assert squeezed(bold) in squeezed(found), bold
    assert not re.search("Тарас|Ірина", found)


def font_names(document: pypdf.PdfReader) -> set[str]:
    names = set()
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


def test_only_our_fonts_are_used_and_all_are_embedded_as_subsets() -> None:
    document = read(paper(birth()))
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            facts = font.get_object()
            assert re.match(r"/[A-Z]{6}\+AtkinsonHyperlegibleNext", facts["/BaseFont"])
            assert "/FontFile2" in facts["/FontDescriptor"]
            assert "/ToUnicode" in facts


def elements(document: pypdf.PdfReader) -> list[Any]:
    """The structure elements in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, dict) and node.get("/Type") == "/StructElem":
            found.append(node)
            for kid in node.get("/K", []):
                walk(kid)

    walk(document.trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return found


@pytest.mark.parametrize(("lang", "title"), [("fr", "Mon plan\u00a0: "), ("en", "My plan: ")])
def test_the_document_says_its_language_title_headings_and_pictures(lang: str, title: str) -> None:
    """ACCESSIBILITY row 25: printed and exported documents keep language, headings, alternatives."""
    document = read(paper(birth(lang), lang))
    root = document.trailer["/Root"]
    assert root["/Lang"] == lang  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) in ("true", "True")  # type: ignore[index]
    assert document.metadata is not None
    assert (document.metadata.title or "").startswith(title)
    roles = [element["/S"] for element in elements(document)]
    assert roles.count("/H1") == 1
    assert roles.count("/H2") >= 4
    shown = [item for item in birth().procedures if item.status is not Status.NOT]
    assert roles.count("/H3") == len(shown) + len(birth().errands.trips)
    figures = [element for element in elements(document) if element["/S"] == "/Figure"]
    assert [CODE in figure["/Alt"] for figure in figures] == [True]


def test_every_mark_on_a_page_belongs_to_one_element() -> None:
    document = read(paper(birth()))
    tree = document.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]  # type: ignore[index]
    for number, page in enumerate(document.pages):
        marked = re.findall(rb"/MCID (\d+)>> BDC", page.get_contents().get_data())  # type: ignore[union-attr]
        assert page["/StructParents"] == tree[2 * number] == number
        assert [int(mark) for mark in marked] == list(range(len(tree[2 * number + 1])))
        data = page.get_contents().get_data()  # type: ignore[union-attr]
        assert data.count(b"BDC") + data.count(b"BMC") == data.count(b"EMC")


def test_the_headings_are_bookmarks() -> None:
    titles: list[str] = []

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry)
            else:
                titles.append(entry.title)

    walk(read(paper(birth())).outline)
    for item in birth().procedures:
        assert item.status is Status.NOT or (item.title in titles) is not item.sensitive


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert paper(birth()) == paper(birth())


def test_the_paper_never_says_that_something_is_done() -> None:
    for lang in ("fr", "en"):
        own = json.dumps(
            [messages_for(lang).text(f"paper.{key}") for key in ("not_done", "keep.text", "code.text")]
        )
        assert not re.search(r"\b(terminé|enregistré|validé|completed|submitted)\b", own)


def test_the_colours_are_those_of_the_light_theme() -> None:
    tokens = json.loads(asset("themes", "tokens.json").read_text())["colours"]
    for name, colour in {
        "ink": blocks.INK, "inkSoft": blocks.INK_SOFT, "line": blocks.LINE, "brand": blocks.BRAND,
        "panel": blocks.PANEL, "thread": blocks.THREAD, "clay": blocks.CLAY, "caution": blocks.CAUTION,
        "cautionSoft": blocks.CAUTION_SOFT,
    }.items():  # fmt: skip
        assert colour.hexval()[2:].upper() == tokens[name]["light"][1:].upper(), name


def test_numbers_of_pages_are_right() -> None:
    document = read(paper(birth()))
    total = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        assert squeezed(f"Page {number} sur {total}") in squeezed(page.extract_text())


def test_offices_that_all_have_to_be_seen_are_not_a_choice_on_paper() -> None:
    office = Office("b", "Votre mutuelle", "", "", "", "", "")
    item = an_item(other_offices=(office,), every_office=True)
    text = words_of(paper(with_items((item,))))
    assert squeezed("Et aussi Votre mutuelle") in text
    assert squeezed("Ou bien") not in text


def test_a_trip_says_which_papers_are_only_shown() -> None:
    plan = with_trips(a_trip(bring=(TripPaper("id", "Pièce d’identité", 1, shown=True),)))
    assert squeezed("Pièce d’identité (à montrer)") in words_of(paper(plan))


def test_a_monthly_sum_says_so() -> None:
    item = an_item(amount=Sum(Decimal("201.78"), "EUR/month"))
    assert squeezed("201,78 € par mois") in words_of(paper(with_items((item,))))
