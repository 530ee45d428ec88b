"""Tables of texts to an XLSX file and back. The only module that imports openpyxl.

What comes back is hostile until shown otherwise: its size is bounded before anything is unpacked, its XML
before anything is parsed, and every cell must be a text.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import msgspec

from kiosk.messages import right_to_left
from kiosk.procedures.errors import SheetError
from kiosk.procedures.fields import UNWANTED

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE, LARGEST_WHOLE, MOST_PARTS = 10_000_000, 50_000_000, 200
LARGEST_CELLS, LARGEST_OTHER = 30_000_000, 1_000_000
"""Bytes of a part that holds cells or their texts, and of any other."""
MOST_TAGS, MOST_ATTRIBUTES = 1_500_000, 600_000
"""In the whole file. 629 texts in two languages have 45,000 and 31,000."""
MOST_ROWS, MOST_COLUMNS = 20_000, 60
LONGEST_CELL = 32_767
"""Characters; the limit of the format."""
HEADS = 2
"""Rows of a sheet before its first entry: the names of the columns, and what they mean in words."""
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


class Column(msgspec.Struct, frozen=True):
    """``name``: the machine's; ``words``: the person's; ``width`` in characters, 0 = hidden; ``choices``:
    words to choose from; ``lang``: of its texts."""

    name: str
    words: str
    width: int
    editable: bool = False
    choices: tuple[str, ...] = ()
    lang: str = ""


class Table(msgspec.Struct, frozen=True):
    """One sheet: rows of texts, one for each column. ``locked``: (row, column name) that cannot be edited
    although its column can, rows counted from 0."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    locked: frozenset[tuple[int, str]] = frozenset()


class Row(msgspec.Struct, frozen=True):
    """A row that was read: its number in the sheet, and the texts by column name."""

    number: int
    cells: dict[str, str]


def write_workbook(tables: tuple[Table, ...], file: str) -> bytes:
    """The tables as XLSX. Raises SheetError for a text that no spreadsheet holds; ``file`` names it."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        _head(sheet, table)
        for n, row in enumerate(table.rows):
            _check_row(row, n, table, file)
            for column, (facts, text) in enumerate(zip(table.columns, row, strict=True), 1):
                editable = facts.editable and (n, facts.name) not in table.locked
                _put(sheet, n + HEADS + 1, column, text, editable=editable, lang=facts.lang)
            sheet.row_dimensions[n + HEADS + 1].height = _height(row, table.columns)
        _choices(sheet, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check_row(row: tuple[str, ...], n: int, table: Table, file: str) -> None:
    for text in row:
        if len(text) > LONGEST_CELL or UNWANTED.search(text) or {"\ufffe", "\uffff"} & set(text):
            raise SheetError(
                file, table.name, n + HEADS + 1, f"{row[0]} has a text that no spreadsheet holds",
                f"at most {LONGEST_CELL} printable characters",
            )  # fmt: skip


def _height(row: tuple[str, ...], columns: tuple[Column, ...]) -> int:
    """In points: programs do not make a row higher for the text that is already in it."""
    lines = [
        sum(1 + len(line) // column.width for line in text.split("\n"))
        for column, text in zip(columns, row, strict=True)
        if column.width
    ]
    return min(409, 15 * max(lines))


def _head(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for n, column in enumerate(table.columns, 1):
        for row, text in ((1, column.name), (2, column.words)):
            cell = _put(sheet, row, n, text)
            cell.font = Font(bold=row == 2, color="FF000000" if row == 2 else "FF666666")
            cell.fill = PatternFill("solid", fgColor="FFE8EEF4")
        shape = sheet.column_dimensions[get_column_letter(n)]
        shape.width, shape.hidden = column.width or 2, not column.width
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = "C3" if len(table.columns) > 2 else "A3"
    sheet.auto_filter.ref = f"A{HEADS}:{last}{HEADS + len(table.rows)}"
    sheet.protection.sheet = True
    sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False


def _put(
    sheet: Worksheet, row: int, column: int, text: str, *, editable: bool = False, lang: str = ""
) -> Cell:
    """A cell that holds ``text`` as text, whatever it begins with."""
    from openpyxl.styles import Alignment, Font, Protection

    cell = sheet.cell(row, column)
    if text:
        cell.value = ESCAPED.sub("_x005F_", text)
        cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
    cell.number_format, cell.quotePrefix = "@", True
    order = 2 if right_to_left(lang) else 0
    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=order)
    cell.protection = Protection(locked=not editable)
    cell.font = Font(color="FF000000" if editable else "FF555555")
    return cell


def _choices(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for n, column in enumerate(table.columns, 1):
        if column.choices:
            choice = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            letter = get_column_letter(n)
            choice.add(f"{letter}{HEADS + 1}:{letter}{HEADS + max(1, len(table.rows))}")
            sheet.add_data_validation(choice)


class Sheet(msgspec.Struct, frozen=True):
    """A sheet that was read: the names of its columns, and its rows but for empty ones."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


# -- reading


def read_workbook(data: bytes, file: str) -> dict[str, Sheet]:
    """The sheets by name. Raises SheetError."""
    from openpyxl import load_workbook

    _check_archive(data, file)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        return {sheet.title: _sheet(sheet, file) for sheet in book.worksheets}
    except SheetError:
        raise
    except Exception as error:  # openpyxl has no error of its own for a file that lies about its parts
        raise _unreadable(file) from error


def _unreadable(file: str) -> SheetError:
    return SheetError(file, "", 0, "this is no spreadsheet that can be read", "an .xlsx file saved anew")


def _check_archive(data: bytes, file: str) -> None:
    """Bounds on what unpacking and parsing can cost. A part never unpacks to more than it declares."""
    if len(data) > LARGEST_FILE:
        raise SheetError(file, "", 0, "the file is too large", f"at most {LARGEST_FILE} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > LARGEST_WHOLE
                or any(part.file_size > _largest(part.filename) for part in parts)
            ):
                raise SheetError(
                    file, "", 0, "the file unpacks to too much", f"at most {LARGEST_WHOLE} bytes in all"
                )
            if len({part.filename for part in parts}) < len(parts):
                raise _unreadable(file)
            tags = attributes = 0
            for part in parts:
                data = archive.read(part)
                _check_part(data, part.filename, file)
                tags, attributes = tags + data.count(b"<"), attributes + data.count(b"=")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _unreadable(file) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # zipfile passes zlib's errors on
        raise _unreadable(file) from error
    if tags > MOST_TAGS or attributes > MOST_ATTRIBUTES:
        raise SheetError(file, "", 0, "the file has too many cells", "the sheets that were exported")


def _largest(name: str) -> int:
    return LARGEST_CELLS if name.startswith(("xl/worksheets/", "xl/sharedStrings")) else LARGEST_OTHER


def _check_part(data: bytes, name: str, file: str) -> None:
    """Spreadsheet programs write no entities, and UTF-8 only."""
    if name.endswith((".xml", ".rels", ".vml")) and any(
        odd in data for odd in (b"<!DOCTYPE", b"<!ENTITY", b"\0")
    ):
        raise SheetError(file, "", 0, f"{name} holds what no spreadsheet needs", "an .xlsx file saved anew")


def _sheet(sheet: Worksheet, file: str) -> Sheet:
    names: dict[int, str] = {}
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise SheetError(file, sheet.title, number, "too many rows", f"at most {MOST_ROWS}")
        if number == 1:
            texts = [_text(cell, file, sheet.title, number) for cell in cells]
            names = {n: text for n, text in enumerate(texts) if text}
            if len(set(names.values())) < len(names):
                raise SheetError(file, sheet.title, 1, "a column stands twice", "row 1 as exported")
        elif number > HEADS:
            texts = [_text(cell, file, sheet.title, number) for cell in cells]
            row = {name: texts[n] if n < len(texts) else "" for n, name in names.items()}
            if any(texts):
                rows.append(Row(number, row))
    return Sheet(tuple(names.values()), tuple(rows))


def _text(cell: object, file: str, sheet: str, row: int) -> str:
    """The text of a cell without spaces at its ends; empty for an empty one. Raises SheetError."""
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        raise SheetError(file, sheet, row, "a cell holds a formula", "write its text")
    if not isinstance(value, str):
        raise SheetError(
            file, sheet, row, "a cell holds a number or a date", "format it as text, write it again"
        )
    text = UNESCAPED.sub("_", value).replace("\r\n", "\n").strip()
    if UNWANTED.search(text):
        raise SheetError(file, sheet, row, "a cell holds a control character", "printable characters")
    return text
