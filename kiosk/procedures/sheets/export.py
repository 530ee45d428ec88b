"""The texts and offices of a pack or an overlay as a workbook that an editor can fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.messages import Messages, messages_for
from kiosk.procedures.errors import SheetError
from kiosk.procedures.loader import LANG
from kiosk.procedures.model import Pack
from kiosk.procedures.sheets.content import Content, read_content, said_of
from kiosk.procedures.sheets.po_edit import PoFile
from kiosk.procedures.sheets.texts import (
    State,
    is_office_text,
    mark_of,
    read_po_files,
    translation,
)
from kiosk.procedures.sheets.workbook import Column, Table, write_workbook

SCHEMA = "kiosk-sheet/1"
TEXTS, OFFICES, ABOUT = "texts", "offices", "about"
COLUMNS = ("key", "where", "easy", "was")
"""Of the sheet of texts, beside the languages and their states."""
CHOICES = (State.REVIEWED.value, State.UNREVIEWED.value)


def export_sheet(folder: Path, languages: Sequence[str], file: str, base: Path | None = None) -> bytes:
    """The pack in ``folder``, or the overlay over the pack in ``base``, as XLSX, with a column for each of
    ``languages`` (all that it has where none is named). ``file`` names the sheet in errors. Raises PackError,
    SheetError."""
    sources, content = read_content(folder, base)
    pack, found = content.pack, read_po_files(sources)
    others = pack.languages[1:]
    wanted = tuple(dict.fromkeys(languages)) or others
    for lang in wanted:
        if not LANG.match(lang) or lang in (pack.source_lang, *COLUMNS):
            raise SheetError(file, TEXTS, 0, f"{lang!r} is no language to translate to", "en, ar, de…")
        if content.below and lang not in others:
            problem = f"{lang!r} is no other language of the pack below"
            raise SheetError(file, TEXTS, 0, problem, ", ".join(others) or "none")
    say = messages_for("fr" if pack.source_lang == "fr" else "en")
    tables = (
        _texts(content, {lang: found.get(lang) for lang in wanted}, say),
        _offices(content, say),
        _about(content, say),
    )
    return write_workbook(tables, file)


def _texts(content: Content, found: dict[str, PoFile | None], say: Messages) -> Table:
    pack, source = content.pack, content.pack.source_lang
    columns = [
        Column("key", say.text("sheet.head.key"), 34),
        Column("where", say.text("sheet.head.where"), 40),
        Column(source, say.text("sheet.head.text", lang=source), 60, editable=True, lang=source),
        Column("easy", say.text("sheet.head.easy"), 30, lang=source),
    ]
    for lang in found:
        columns += [
            Column(lang, say.text("sheet.head.lang", lang=lang), 60, editable=True, lang=lang),
            Column(
                f"{lang}.state", say.text("sheet.head.state", lang=lang), 14, editable=True, choices=CHOICES
            ),
        ]
    rows, locked = [], set()
    for n, (key, text) in enumerate(content.texts.items()):
        if is_office_text(key):
            locked.add((n, source))  # on the other sheet
        easy = content.texts.get(key.removesuffix(".text") + ".easy", "") if key.endswith(".text") else ""
        cells = {source: text, "easy": easy}
        for lang, po in found.items():
            said = translation(po, key, text)
            cells |= {lang: said.text, f"{lang}.state": said.state.value}
        rows.append((key, _where(pack, key, say), *cells.values(), mark_of(cells)))
    return Table(TEXTS, (*columns, Column("was", "", 0)), tuple(rows), frozenset(locked))


def _offices(content: Content, say: Messages) -> Table:
    pack, below = content.pack, content.below
    columns = [Column("id", say.text("sheet.head.key"), 24), Column("name", say.text("sheet.head.name"), 40)]
    if below:
        columns.append(Column("below", say.text("sheet.head.below"), 40))
    widths = {"address": 50, "hours": 50, "phone": 20, "url": 40, "source": 40, "checked": 20}
    columns += [
        Column(name, say.text(f"sheet.head.{name}"), widths[name], editable=True) for name in content.fields
    ]
    rows = []
    for body, cells in content.offices.items():
        name = pack.text(f"body.{body}.name", pack.source_lang)
        hint = [_hint(below, body, name, say)] if below else []
        rows.append((body, name, *hint, *cells.values(), mark_of(cells)))
    return Table(OFFICES, (*columns, Column("was", "", 0)), tuple(rows))


def _hint(below: Pack, body: str, name: str, say: Messages) -> str:
    """What holds where the overlay says nothing: « Téléphone : 3646 »; the name where ``name`` is another."""
    if body not in below.bodies:
        return ""
    said = {"name": below.text(f"body.{body}.name", below.source_lang), **said_of(below, body)}
    said["name"] = "" if said["name"] == name else said["name"]
    return "\n".join(
        say.text("sheet.where", what=say.text(f"sheet.head.{field}"), part=value)
        for field, value in said.items()
        if value
    )


def _about(content: Content, say: Messages) -> Table:
    facts = {
        "schema": SCHEMA, "pack": content.id, "version": content.version, "sha256": content.pack.hash,
    }  # fmt: skip
    names = ["texts", "state", "offices", *(["below"] if content.below else []), "formulas", "back"]
    hints = [("", say.text(f"sheet.about.{name}")) for name in names]
    columns = (Column("name", "", 14), Column("value", "", 100))
    return Table(ABOUT, columns, (*facts.items(), *hints))


def _where(pack: Pack, key: str, say: Messages) -> str:
    """Where a person meets the text, in words: « Question « … » : version facile »."""
    lang = pack.source_lang
    kind, _, rest = key.partition(".")
    if kind == "pack":
        what, part = say.text("sheet.kind.pack"), rest
    elif kind == "option":
        question, value, part = rest.split(".", 2)
        names = {"name": pack.text(f"option.{question}.{value}.text", lang)}
        what = say.text("sheet.kind.option", **names, question=pack.text(f"question.{question}.text", lang))
    else:
        owner = _owner(pack, kind, rest)
        name = {"question": "text", "body": "name", "overlay": "name"}.get(kind, "title")
        what = say.text(f"sheet.kind.{kind}", name=pack.text(f"{kind}.{owner}.{name}", lang))
        part = rest.removeprefix(f"{owner}.")
    words = [word for word in part.split(".") if not word.isdigit()]
    number = next((int(word) + 1 for word in part.split(".") if word.isdigit()), 0)
    return say.text("sheet.where", what=what, part=say.text(f"sheet.part.{'.'.join(words)}", n=number))


def _owner(pack: Pack, kind: str, rest: str) -> str:
    """The id that the key begins with: a procedure's has dots."""
    if kind != "procedure":
        return rest.partition(".")[0]
    names = (one.id for event in pack.events.values() for one in event.procedures)
    return max((name for name in names if rest.startswith(f"{name}.")), key=len)
