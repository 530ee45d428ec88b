"""Takes what was changed in a sheet into the files of a pack or an overlay: all of it, or nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.procedures.errors import PackError, SheetError
from kiosk.procedures.library import read_sources
from kiosk.procedures.sheets.compare import Conflict, Edits, find_edits
from kiosk.procedures.sheets.content import (
    CHECKED,
    SOURCE,
    Content,
    build_content,
    read_content,
    split_source,
)
from kiosk.procedures.sheets.entries import Written, find_entries
from kiosk.procedures.sheets.po_edit import PoFile, new_file
from kiosk.procedures.sheets.texts import OFFICE_FIELDS, OFFICE_TEXTS, State, read_po_files, translation
from kiosk.procedures.sheets.workbook import read_workbook
from kiosk.procedures.sheets.yaml_edit import CannotEdit, Value, YamlEdit, new_entry
from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar

Sources = Mapping[str, bytes]


class Merge(msgspec.Struct, frozen=True):
    """``changed``: text keys, with the language for a translation (``en:KEY``). ``stale``: translations that
    no longer fit. ``same_day``: offices that an overlay changes while the day of their source stays.
    ``files``: what is to be written. With ``conflicts`` nothing is."""

    changed: tuple[str, ...]
    stale: tuple[str, ...]
    same_day: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    files: dict[str, bytes]


def import_sheet(folder: Path, data: bytes, file: str, *, write: bool, base: Path | None = None) -> Merge:
    """The changes of a workbook for the pack in ``folder``, or for the overlay over the pack in ``base``;
    written unless there are conflicts.

    The new pack is built and compared with what the sheet says before a file is touched. Raises PackError for
    a pack that cannot be read, SheetError, OSError.
    """
    sources, content = read_content(folder, base)
    po_files = read_po_files(sources)
    edits = find_edits(read_workbook(data, file), content, po_files, file)
    if edits.conflicts:
        return Merge((), (), (), tuple(dict.fromkeys(edits.conflicts)), {})
    new = _Edited(sources, content, edits, file).sources(po_files)
    files = {name: text for name, text in new.items() if text != sources.get(name)}
    if files:
        _check(content, new, edits, file, folder.absolute().name)
    if write and files:
        if read_sources(folder) != sources:
            raise SheetError(file, "", 0, "the pack changed meanwhile: nothing was written", "import again")
        _write_all(folder, files)
    changed = [*edits.texts, *(f"body.{body}.{field}" for body, field in edits.offices)]
    stale = tuple(
        f"{lang}:{key}" for key in changed for lang, po in po_files.items() if _stale(lang, key, po, edits)
    )
    changed += [f"{lang}:{key}" for lang, key in edits.translations]
    return Merge(tuple(changed), stale, _same_day(content, edits), (), files)


def _same_day(content: Content, edits: Edits) -> tuple[str, ...]:
    bodies = dict.fromkeys(body for body, field in edits.offices if field in OFFICE_FIELDS)
    return tuple(body for body in bodies if content.below and (body, CHECKED) not in edits.offices)


def _stale(lang: str, key: str, po: PoFile, edits: Edits) -> bool:
    return key in po.entries and bool(po.entries[key].text) and (lang, key) not in edits.translations


class _Edited:
    """Applies edits to the files of a pack or an overlay."""

    def __init__(self, sources: Sources, content: Content, edits: Edits, file: str) -> None:
        self._sources = dict(sources)
        self._content = content
        self._edits = edits
        self._file = file
        self._yaml: dict[str, YamlEdit] = {}

    def sources(self, po_files: Mapping[str, PoFile]) -> dict[str, bytes]:
        """The files with the edits in them. Raises SheetError."""
        entries = find_entries(self._sources)
        for key, text in self._edits.texts.items():
            self._replace(key, entries.get(key), text)
        self._offices(entries)
        for name, edit in self._yaml.items():
            self._sources[name] = edit.result()
        self._translations(dict(po_files))
        return self._sources

    def _at(self, key: str) -> tuple[str, int]:
        return self._edits.rows[key]

    def _edit(self, name: str) -> YamlEdit:
        if name not in self._yaml:
            self._yaml[name] = YamlEdit(self._sources[name], name)
        return self._yaml[name]

    def _by_hand(self, key: str, name: str, line: int) -> SheetError:
        problem = f"{key} is written in a way that only a person should change"
        return SheetError(self._file, *self._at(key), problem, f"change {name}, line {line}, by hand")

    def _replace(self, key: str, node: Written | None, text: Value) -> None:
        if node is None:
            raise self._by_hand(key, "the pack", 0)
        try:
            self._edit(node.place.file).replace(node, text)
        except CannotEdit as reason:
            raise self._by_hand(key, node.place.file, reason.line) from None

    def _offices(self, entries: Mapping[str, Written]) -> None:
        fresh: dict[str, dict[str, Value]] = {}
        sourced = []
        for (body, field), value in self._edits.offices.items():
            key = f"body.{body}.{field}"
            if field in (SOURCE, CHECKED):
                sourced.append(body)
            elif key in entries:
                self._replace(key, entries[key], value)
            else:
                fresh.setdefault(body, {})[field] = value
        for body in dict.fromkeys(sourced):
            self._source(body, entries, fresh)
        for body, values in fresh.items():
            self._add(body, values)

    def _source(self, body: str, entries: Mapping[str, Written], fresh: dict[str, dict[str, Value]]) -> None:
        key = f"body.{body}.{SOURCE}"
        whole = _offices_with(self._content, self._edits)[body]
        title, url = split_source(whole[SOURCE])
        found = {"title": title, "url": url, CHECKED: whole[CHECKED]}
        values = {name: value for name, value in found.items() if value}
        node = entries.get(key)
        if not isinstance(node, Entries):
            fresh.setdefault(body, {})[SOURCE] = values
        elif node.items.keys() != values.keys():
            self._replace(key, node, values)
        else:
            for name, value in values.items():
                old = node.items[name]
                if isinstance(old, Scalar) and old.written.strip() != value:
                    self._replace(key, old, value)

    def _add(self, body: str, values: Mapping[str, Value]) -> None:
        name = self._content.file_of(body)
        if name not in self._sources:
            self._sources[name] = new_entry(body, values).encode()
            return
        edit = self._edit(name)
        try:
            if body in edit.entries:
                edit.add(body, values)
            else:
                edit.append(body, values)
        except CannotEdit as reason:
            raise self._by_hand(f"body.{body}.{next(iter(values))}", name, reason.line) from None

    def _translations(self, po_files: dict[str, PoFile]) -> None:
        content = self._content
        for (lang, key), (text, reviewed) in self._edits.translations.items():
            if lang not in po_files:
                po_files[lang] = PoFile(new_file(content.id, content.version, lang))
            po_files[lang].write(key, self._edits.texts.get(key, content.texts[key]), text, reviewed)
        for lang in dict.fromkeys(lang for lang, _ in self._edits.translations):
            self._sources[f"locales/{lang}.po"] = po_files[lang].result()


# -- checks and writing


def _check(old: Content, sources: Sources, edits: Edits, file: str, folder: str) -> None:
    """The new files make a pack that differs from the old one in the edits and nothing else."""
    try:
        new = build_content(sources, old.below, folder)
    except PackError as error:
        problem = f"the pack would no longer be read: {error.facts()['where']}: {error.problem}"
        raise SheetError(file, "", 0, problem, error.allowed) from error
    wrong = [
        *_wrong_texts(old, new, edits),
        *_wrong_offices(old, new, edits),
        *_wrong_translations(old, new, read_po_files(sources), edits),
    ]
    before, after = old.pack, new.pack
    rest = [(p.events, p.questions, p.parameters, p.documents) for p in (before, after)]
    if wrong or rest[0] != rest[1]:
        problem = f"{wrong[0] if wrong else 'a condition'} would not be written as the sheet says"
        raise SheetError(file, "", 0, problem, "change it in the pack's files by hand")


def _wrong_texts(old: Content, new: Content, edits: Edits) -> list[str]:
    texts = old.texts | edits.texts
    texts |= {f"body.{b}.{field}": v for (b, field), v in edits.offices.items() if field in OFFICE_TEXTS}
    return [key for key in texts.keys() | new.texts.keys() if texts.get(key) != new.texts.get(key)]


def _offices_with(content: Content, edits: Edits) -> dict[str, dict[str, str]]:
    found = {body: dict(cells) for body, cells in content.offices.items()}
    for (body, field), value in edits.offices.items():
        found[body][field] = value
    return found


def _wrong_offices(old: Content, new: Content, edits: Edits) -> list[str]:
    wanted, touched = _offices_with(old, edits), {body for body, _ in edits.offices}
    wrong = []
    for body, before in old.pack.bodies.items():
        after = new.pack.bodies[body]
        if body in touched:
            after = msgspec.structs.replace(after, phone=before.phone, url=before.url, source=before.source)
        if new.offices[body] != wanted[body] or after != before:
            wrong.append(body)
    return wrong


def _wrong_translations(old: Content, new: Content, files: Mapping[str, PoFile], edits: Edits) -> list[str]:
    wrong = []
    for (lang, key), (text, reviewed) in edits.translations.items():
        said = translation(files[lang], key, new.texts.get(key, ""))
        state = State.MISSING if not text else State.REVIEWED if reviewed else State.UNREVIEWED
        shown = new.pack.texts[lang].get(key, "")
        if (said.text, said.state) != (text, state) or (text and shown != text):
            wrong.append(f"{lang}:{key}")
    for lang, kept in old.pack.texts.items():
        touched = (
            edits.texts.keys()
            | {key for other, key in edits.translations if other == lang}
            | _office_keys(edits)
        )
        wrong += [f"{lang}:{k}" for k in kept if k not in touched and new.pack.texts[lang].get(k) != kept[k]]
    return wrong


def _office_keys(edits: Edits) -> set[str]:
    return {f"body.{body}.{field}" for body, field in edits.offices}


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file is written beside its place before the first takes it. Raises OSError."""
    parts: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            target = (folder / name).resolve()
            target.parent.mkdir(exist_ok=True)
            part = target.with_name(f".{secrets.token_hex(8)}.part")
            mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
            parts[part] = target
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for part, target in parts.items():
            part.replace(target)
    finally:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink()
