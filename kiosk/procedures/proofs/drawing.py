"""A life event as a drawing: its questions, its procedures, and which decides which. SVG, read aloud too."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kiosk.procedures.interview import facts_of
from kiosk.procedures.model import Event, Pack

ROW, BOX, GAP, MARGIN, HEAD = 44, 430, 260, 24, 64
LONGEST = 44
"""Characters of a label; the whole text is its title."""
STYLE = (
    "text{font:15px sans-serif;fill:#1b1b1f}.head{font-size:22px;font-weight:bold}"
    "rect{fill:#fff;stroke:#44474e;stroke-width:1}"
    ".procedure rect{fill:#eaf1ff}.decides{fill:none;stroke:#44474e;stroke-width:1.4}"
    ".dates{fill:none;stroke:#44474e;stroke-width:1.4;stroke-dasharray:5 4}"
)


def draw_event(pack: Pack, event: Event, lang: str) -> str:
    """The SVG text. Full line: the answer decides; dashed: it moves a date or a paper only."""
    title = pack.text(f"event.{event.slug}.title", lang)
    height = HEAD + ROW * max(len(event.questions), len(event.procedures)) + MARGIN
    width = 2 * MARGIN + 2 * BOX + GAP
    edges = _edges(pack, event)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title desc" xml:lang="{lang}">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_described(pack, event, edges, lang))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" stroke="none"/>',
        f'<text class="head" x="{MARGIN}" y="40">{escape(title)}</text>',
        *_lines(event, edges),
        *(
            _box("question", MARGIN, n, pack.text(f"question.{name}.text", lang))
            for n, name in enumerate(event.questions)
        ),
        *(
            _box("procedure", MARGIN + BOX + GAP, n, pack.text(f"procedure.{procedure.id}.title", lang))
            for n, procedure in enumerate(event.procedures)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


Edges = dict[str, dict[str, str]]
"""Procedure id -> question id -> ``decides`` or ``dates``."""


def _edges(pack: Pack, event: Event) -> Edges:
    facts = facts_of(pack, event)
    found: Edges = {}
    for n, procedure in enumerate(event.procedures):
        row = found[procedure.id] = dict.fromkeys(facts.statuses[n].support, "decides")
        for fact in (*facts.deadlines[n], *facts.papers[n]):
            for name in (*fact.support, *fact.moved_by):
                row.setdefault(name, "dates")
    return found


def _described(pack: Pack, event: Event, edges: Edges, lang: str) -> str:
    """The same in words, for who cannot see it."""
    lines = []
    for procedure in event.procedures:
        names = [
            pack.text(f"question.{name}.text", lang)
            for name in event.questions
            if name in edges[procedure.id]
        ]
        lines.append(f"{pack.text(f'procedure.{procedure.id}.title', lang)} ← {' / '.join(names) or '—'}")
    return "\n".join(lines)


def _lines(event: Event, edges: Edges) -> list[str]:
    places = {name: n for n, name in enumerate(event.questions)}
    left, right = MARGIN + BOX, MARGIN + BOX + GAP
    found = []
    for n, procedure in enumerate(event.procedures):
        for name, kind in edges[procedure.id].items():
            start, end = _middle(places[name]), _middle(n)
            bend = f"C {left + GAP // 2} {start}, {right - GAP // 2} {end},"
            found.append(f'<path class="{kind}" d="M {left} {start} {bend} {right} {end}"/>')
    return found


def _middle(row: int) -> int:
    return HEAD + ROW * row + ROW // 2


def _box(kind: str, x: int, row: int, text: str) -> str:
    label = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
    top = HEAD + ROW * row + 4
    return (
        f'<g class="{kind}"><title>{escape(text)}</title>'
        f'<rect x="{x}" y="{top}" width="{BOX}" height="{ROW - 8}" rx="6"/>'
        f'<text x="{x + 10}" y="{top + 23}">{escape(label)}</text></g>'
    )
