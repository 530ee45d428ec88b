"""What an editor changed in a sheet, held against the files as they are and as they were at the export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from kiosk.procedures.errors import PackError, SheetError
from kiosk.procedures.fields import LONGEST_TEXT, LONGEST_URL, LONGEST_WORD, read_day
from kiosk.procedures.loader import LANG
from kiosk.procedures.sheets.content import CHECKED, SOURCE, URL, Content, source_words, split_source
from kiosk.procedures.sheets.export import ABOUT, CHOICES, COLUMNS, OFFICES, SCHEMA, TEXTS
from kiosk.procedures.sheets.po_edit import PoFile
from kiosk.procedures.sheets.texts import (
    OFFICE_FIELDS,
    State,
    is_office_text,
    read_mark,
    short_hash,
    translation,
)
from kiosk.procedures.sheets.workbook import Row, Sheet
from kiosk.procedures.yaml_text import Place


class Conflict(msgspec.Struct, frozen=True):
    """Sheet and pack both changed a text since the export."""

    sheet: str
    row: int
    key: str
    column: str


class Edits(msgspec.Struct):
    """``texts``: key -> source text. ``translations``: (language, key) -> text and whether a person has read
    it. ``offices``: (body, field) -> value. ``rows``: where each came from."""

    texts: dict[str, str] = {}
    translations: dict[tuple[str, str], tuple[str, bool]] = {}
    offices: dict[tuple[str, str], str] = {}
    conflicts: list[Conflict] = []
    rows: dict[str, tuple[str, int]] = {}


def find_edits(book: Mapping[str, Sheet], content: Content, files: Mapping[str, PoFile], file: str) -> Edits:
    """The edits of a workbook. Raises SheetError for what cannot be an edit of this content."""
    for name in (ABOUT, TEXTS, OFFICES):
        if name not in book:
            raise SheetError(file, "", 0, f"the sheet {name!r} is missing", "the three sheets as exported")
    about = {row.cells.get("name"): row.cells.get("value") for row in book[ABOUT].rows}
    if (about.get("schema"), about.get("pack")) != (SCHEMA, content.id):
        raise SheetError(
            file, ABOUT, 0, f"this is no sheet of the pack {content.id!r}", "export it from this pack"
        )
    comparison = _Comparison(content, files, file)
    comparison.texts(book[TEXTS])
    comparison.offices(book[OFFICES])
    return comparison.edits


class _Comparison:
    def __init__(self, content: Content, files: Mapping[str, PoFile], file: str) -> None:
        self.edits = Edits()
        self._content = content
        self._texts = content.texts
        self._lang = content.pack.source_lang
        self._files = files
        self._file = file

    def _error(self, sheet: str, row: int, problem: str, allowed: str) -> SheetError:
        return SheetError(self._file, sheet, row, problem, allowed)

    # -- texts

    def texts(self, sheet: Sheet) -> None:
        source = self._lang
        known = (*COLUMNS, source)
        languages = [name for name in sheet.columns if LANG.match(name) and name not in known]
        allowed = (*known, *languages, *(f"{lang}.state" for lang in languages))
        self._columns(TEXTS, sheet, set(allowed) - {"where"}, allowed)
        for row, key in self._rows(TEXTS, sheet, "key", self._texts):
            self._text_row(row, key)
            for lang in languages:
                self._translation(row, key, lang)

    def _columns(self, name: str, sheet: Sheet, needed: set[str], allowed: tuple[str, ...]) -> None:
        for column in sheet.columns:
            if column not in allowed:
                raise self._error(name, 1, f"unknown column {column!r}", ", ".join(allowed))
        missing = sorted(needed - set(sheet.columns))
        if missing:
            raise self._error(name, 1, f"the column {missing[0]!r} is missing", "the columns as exported")

    def _rows(
        self, name: str, sheet: Sheet, column: str, known: Mapping[str, object]
    ) -> Iterator[tuple[Row, str]]:
        seen: set[str] = set()
        for row in sheet.rows:
            key = row.cells[column]
            if key not in known:
                raise self._error(name, row.number, f"the pack has no {key[:80]!r}", "the ids as exported")
            if key in seen:
                raise self._error(name, row.number, f"{key!r} stands twice", "each row once")
            seen.add(key)
            yield row, key

    def _text_row(self, row: Row, key: str) -> None:
        source = self._lang
        now = self._texts[key]
        if self._differs(TEXTS, row, "easy"):
            raise self._error(
                TEXTS, row.number, "the easy version was changed here", "change it in its own row"
            )
        changed = self._changed(TEXTS, row, source, now, key)
        if changed and is_office_text(key):
            raise self._error(
                TEXTS, row.number, f"{key} was changed here", f"change it on the sheet {OFFICES}"
            )
        if not changed:
            return
        text = row.cells[source]
        if not text or len(text) > LONGEST_TEXT:
            raise self._error(
                TEXTS, row.number, f"{key} is empty or too long", f"1 to {LONGEST_TEXT} characters"
            )
        self.edits.texts[key] = text
        self.edits.rows[key] = (TEXTS, row.number)

    def _translation(self, row: Row, key: str, lang: str) -> None:
        now = translation(self._files.get(lang), key, self._texts[key])
        column = f"{lang}.state"
        new_text = self._changed(TEXTS, row, lang, now.text, key)
        new_state = self._changed(TEXTS, row, column, now.state.value, key)
        if not (new_text or new_state):
            return
        text, state = row.cells[lang] if new_text else now.text, row.cells[column]
        if new_state and state not in CHOICES:
            raise self._error(TEXTS, row.number, f"the state is {state[:40]!r}", ", ".join(CHOICES))
        if (new_state and not text) or len(text) > 2 * LONGEST_TEXT:
            raise self._error(
                TEXTS, row.number, f"the translation ({lang}) is empty or too long",
                f"1 to {2 * LONGEST_TEXT} characters",
            )  # fmt: skip
        if short_hash(self._texts[key]) != self._was(TEXTS, row, self._lang):
            self.edits.conflicts.append(Conflict(TEXTS, row.number, key, self._lang))
            return
        if key in self._twice(lang):
            raise self._error(
                TEXTS, row.number, f"{key} stands twice in locales/{lang}.po", "each entry once"
            )
        reviewed = state == State.REVIEWED.value
        self.edits.translations[lang, key] = (text, reviewed and bool(text))
        self.edits.rows.setdefault(key, (TEXTS, row.number))

    def _twice(self, lang: str) -> set[str]:
        return self._files[lang].twice if lang in self._files else set()

    # -- offices

    def offices(self, sheet: Sheet) -> None:
        fields, below = self._content.fields, ("below",) if self._content.below else ()
        allowed = ("id", "name", *below, *fields, "was")
        self._columns(OFFICES, sheet, set(allowed) - {"name", *below}, allowed)
        for row, body in self._rows(OFFICES, sheet, "id", self._content.offices):
            found = {}
            for field, now in self._content.offices[body].items():
                if self._changed(OFFICES, row, field, now, f"body.{body}.{field}"):
                    found[field] = self._office_value(row, body, field)
                    self.edits.offices[body, field] = found[field]
                    self.edits.rows[f"body.{body}.{field}"] = (OFFICES, row.number)
            if found and self._content.below:
                self._check_source(row, body, found)

    def _office_value(self, row: Row, body: str, field: str) -> str:
        text = row.cells[field]
        longest = {"phone": LONGEST_WORD, "url": LONGEST_URL}.get(field, LONGEST_TEXT)
        if not text:
            raise self._error(
                OFFICES, row.number, f"the {field} of {body} was emptied",
                f"write another one, or take it out of {self._content.file_of(body)} by hand",
            )  # fmt: skip
        if len(text) > longest or (field == "url" and not URL.match(text)):
            raise self._error(
                OFFICES, row.number, f"the {field} of {body} cannot be that",
                "https://…" if field == "url" else f"at most {longest} characters",
            )  # fmt: skip
        if field == SOURCE:
            return self._source(row, body, text)
        if field == CHECKED:
            try:
                read_day(text, Place(self._file, row.number, 0))
            except PackError as error:
                problem = f"the source of {body} was checked on {text[:40]!r}"
                raise self._error(OFFICES, row.number, problem, error.allowed) from None
        return text

    def _source(self, row: Row, body: str, text: str) -> str:
        """A source as it is written: its title comes first."""
        title, url = split_source(text)
        too_long = len(title) > LONGEST_WORD or len(url) > LONGEST_URL
        if too_long or "\n" in title or URL.match(title):
            raise self._error(
                OFFICES, row.number, f"the source of {body} cannot be that",
                "its title, its address https://…, or both on two lines",
            )  # fmt: skip
        return source_words(title, url)

    def _check_source(self, row: Row, body: str, found: Mapping[str, str]) -> None:
        """What a town says of an office has a source with a day, and a source says something."""
        before = self._content.offices[body]
        whole = {**before, **found}
        self.edits.rows.setdefault(f"body.{body}.{SOURCE}", (OFFICES, row.number))
        if not (whole[SOURCE] and whole[CHECKED]):
            field = next(iter(found))
            raise self._error(
                OFFICES, row.number, f"the {field} of {body} is new, and has no dated source",
                f"write {SOURCE} and {CHECKED} (2026-11-23) in the same row",
            )  # fmt: skip
        if not before[SOURCE] and not any(whole[field] for field in OFFICE_FIELDS):
            raise self._error(
                OFFICES, row.number, f"{body} has a source and nothing from it",
                f"write {', '.join(OFFICE_FIELDS)}, or empty {SOURCE} and {CHECKED}",
            )  # fmt: skip

    # -- what was, what is

    def _was(self, sheet: str, row: Row, column: str) -> str:
        found = read_mark(row.cells["was"]).get(column)
        if found is None:
            raise self._error(sheet, row.number, "the hidden column 'was' is damaged", "export anew")
        return found

    def _differs(self, sheet: str, row: Row, column: str) -> bool:
        return short_hash(row.cells[column]) != self._was(sheet, row, column)

    def _changed(self, sheet: str, row: Row, column: str, now: str, key: str) -> bool:
        """Whether the sheet changes this cell. What sheet and pack both changed becomes a conflict."""
        if not self._differs(sheet, row, column) or row.cells[column] == now:
            return False
        if short_hash(now) != self._was(sheet, row, column):
            self.edits.conflicts.append(Conflict(sheet, row.number, key, column))
            return False
        return True
