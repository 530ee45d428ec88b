"""The plan on paper: A4, large type, in the order of the dates, with everything the person needs to act.

The first page stands alone: the next dates, how to read the signs, the case code. Then each procedure in
full, then what may also be due, then what is not. Nothing here says that an act is done.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from kiosk.comfort import Comfort
from kiosk.messages import Messages, messages_for, right_to_left
from kiosk.procedures import Pack, Plan, shown_event
from printing import fonts
from printing.blocks import INK_SOFT, LINE, mirrored
from printing.lines import line
from printing.plan_story import Story
from printing.tags import TaggedCanvas

MARGIN = 48.0
HEADER, FOOTER = 46.0, 44.0
SMALL = 12.0
SMALLEST = 8.0
LARGEST = 1.5


def plan_pdf(
    plan: Plan,
    pack: Pack,
    lang: str,
    *,
    town: str,
    case_code: str | None,
    printed: date,
    comfort: Comfort | None = None,
    for_other: bool = False,
) -> bytes:
    """The PDF. ``for_other``: whoever had it made did so for another person.

    ``case_code``: as printed on screen (``4A7K-…``), None = no code on the paper.

    ``comfort.scale`` enlarges the type: 14 pt at 1, 21 pt from 1.5 on (a plan of 12 pages then has 24; at
    28 pt it had 44). Pages are numbered "x of y", so the document is laid out twice. The bytes depend on the
    arguments alone: no clock, no random id.
    """
    messages = messages_for(lang)
    # Viewers, printers and folders show the title: that of a sensitive event is neutral.
    title = messages.text("paper.title", event=fonts.plain(shown_event(pack, plan.event, lang)))
    fonts.register()
    story = Story(
        plan, pack, messages, title, min((comfort or Comfort()).scale, LARGEST), for_other=for_other
    )
    total, data = 0, b""
    for _ in range(2):
        flowables = story.flowables(town, case_code, printed)
        total, data = _lay_out(flowables, messages, title, town, total)
    return data


def _lay_out(
    flowables: Iterator[Any], messages: Messages, title: str, town: str, total: int
) -> tuple[int, bytes]:
    """The number of pages, and the document with ``total`` written as that number."""
    out = io.BytesIO()
    width, height = A4
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author=town,
        subject=title,
        lang=messages.lang,
        invariant=1,  # no clock: the paper says itself when it was printed
        pageCompression=1,
        initialFontName=fonts.REGULAR,  # else Helvetica is named, and not embedded
    )
    frame = Frame(
        MARGIN, FOOTER, width - 2 * MARGIN, height - HEADER - FOOTER, *(0, 0, 0, 0), id="page", showBoundary=0
    )
    edges = partial(_edges, messages=messages, town=town, total=total)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=edges))
    maker = partial(TaggedCanvas, rtl=right_to_left(messages.lang))
    rl_config.useA85 = 0  # text for streams: a quarter larger, and slow
    document.build(list(flowables), canvasmaker=maker)
    return document.page, out.getvalue()


def _edges(canvas: Any, _: Any, *, messages: Messages, town: str, total: int) -> None:
    """The header (not on the first page, which has the town in full) and the footer."""
    number, (width, height) = canvas.getPageNumber(), A4
    canvas.setViewerPreference("DisplayDocTitle", "true")
    with canvas.decoration():
        canvas.saveState()
        canvas.setFillColor(INK_SOFT)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        if number > 1:
            _fitted(canvas, town, height - 30)
        canvas.line(MARGIN, FOOTER - 8, width - MARGIN, FOOTER - 8)
        _edge(canvas, messages.text("paper.footer"), FOOTER - 24, near=True)
        page = messages.text("paper.page", n=number, total=total or number)
        _edge(canvas, page, FOOTER - 24, near=False)
        canvas.restoreState()


def _edge(canvas: Any, text: str, y: float, *, near: bool) -> None:
    """One line at an edge; ``near``: where lines begin."""
    drawn = line(text, rtl=canvas.rtl)
    left = near != canvas.rtl
    drawn.draw(canvas, MARGIN if left else A4[0] - MARGIN - drawn.width(SMALL), y, SMALL)


def _fitted(canvas: Any, text: str, y: float) -> None:
    """The town's name on one line, smaller if need be; then cut, as the first page has it whole."""
    room, size = A4[0] - 2 * MARGIN, SMALL
    drawn = line(text, bold=True, rtl=canvas.rtl)
    while drawn.width(size) > room and size > SMALLEST:
        size -= 0.5
    while drawn.width(size) > room:
        text = text[:-2] + "…"
        drawn = line(text, bold=True, rtl=canvas.rtl)
    drawn.draw(canvas, mirrored(canvas, MARGIN, A4[0], drawn.width(size)), y, size)
