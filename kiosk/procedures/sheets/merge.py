"""Takes what was changed in a sheet into the files of a pack: all of it, or nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.procedures.errors import PackError, SheetError
from kiosk.procedures.library import hash_of, read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.model import Pack
from kiosk.procedures.sheets.compare import Conflict, Edits, find_edits
from kiosk.procedures.sheets.entries import Written, find_entries
from kiosk.procedures.sheets.po_edit import PoFile, new_file
from kiosk.procedures.sheets.texts import OFFICE_TEXTS, State, office_fields, read_po_files, translation
from kiosk.procedures.sheets.workbook import read_workbook
from kiosk.procedures.sheets.yaml_edit import CannotEdit, YamlEdit

Sources = Mapping[str, bytes]


class Merge(msgspec.Struct, frozen=True):
    """``changed``: text keys, with the language for a translation (``en:KEY``). ``stale``: translations that
    no longer fit. ``files``: what is to be written. With ``conflicts`` nothing is."""

    changed: tuple[str, ...]
    stale: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    files: dict[str, bytes]


def import_sheet(folder: Path, data: bytes, file: str, *, write: bool) -> Merge:
    """The changes of a workbook for the pack in ``folder``; written unless there are conflicts.

    The new pack is built and compared with what the sheet says before a file is touched. Raises PackError for
    a pack that cannot be read, SheetError, OSError.
    """
    sources = read_sources(folder)
    pack = build_pack(sources, hash_of(sources))
    po_files = read_po_files(sources)
    edits = find_edits(read_workbook(data, file), pack, po_files, file)
    if edits.conflicts:
        return Merge((), (), tuple(dict.fromkeys(edits.conflicts)), {})
    new = _Edited(sources, pack, edits, file).sources(po_files)
    files = {name: content for name, content in new.items() if content != sources.get(name)}
    if files:
        _check(pack, new, edits, file)
    if write and files:
        if read_sources(folder) != sources:
            raise SheetError(file, "", 0, "the pack changed meanwhile: nothing was written", "import again")
        _write_all(folder, files)
    changed = [*edits.texts, *(f"body.{body}.{field}" for body, field in edits.offices)]
    stale = tuple(
        f"{lang}:{key}" for key in changed for lang, po in po_files.items() if _stale(lang, key, po, edits)
    )
    return Merge((*changed, *(f"{lang}:{key}" for lang, key in edits.translations)), stale, (), files)


def _stale(lang: str, key: str, po: PoFile, edits: Edits) -> bool:
    return key in po.entries and bool(po.entries[key].text) and (lang, key) not in edits.translations


class _Edited:
    """Applies edits to the sources of a pack."""

    def __init__(self, sources: Sources, pack: Pack, edits: Edits, file: str) -> None:
        self._sources = dict(sources)
        self._pack = pack
        self._edits = edits
        self._file = file
        self._yaml: dict[str, YamlEdit] = {}

    def sources(self, po_files: Mapping[str, PoFile]) -> dict[str, bytes]:
        """The pack's files with the edits in them. Raises SheetError."""
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

    def _replace(self, key: str, node: Written | None, text: str) -> None:
        if node is None:
            raise self._by_hand(key, "the pack", 0)
        try:
            self._edit(node.place.file).replace(node, text)
        except CannotEdit as reason:
            raise self._by_hand(key, node.place.file, reason.line) from None

    def _offices(self, entries: Mapping[str, Written]) -> None:
        fresh: dict[str, dict[str, str]] = {}
        for (body, field), value in self._edits.offices.items():
            key = f"body.{body}.{field}"
            if key in entries:
                self._replace(key, entries[key], value)
            else:
                fresh.setdefault(body, {})[field] = value
        for body, values in fresh.items():
            try:
                self._edit("bodies.yaml").add(body, "name", values)
            except CannotEdit as reason:
                key = f"body.{body}.{next(iter(values))}"
                raise self._by_hand(key, "bodies.yaml", reason.line) from None

    def _translations(self, po_files: dict[str, PoFile]) -> None:
        pack, source = self._pack, self._pack.texts[self._pack.source_lang]
        for (lang, key), (text, reviewed) in self._edits.translations.items():
            if lang not in po_files:
                po_files[lang] = PoFile(new_file(pack.id, pack.version, lang))
            po_files[lang].write(key, self._edits.texts.get(key, source[key]), text, reviewed)
        for lang in dict.fromkeys(lang for lang, _ in self._edits.translations):
            self._sources[f"locales/{lang}.po"] = po_files[lang].result()


# -- checks and writing


def _check(old: Pack, sources: Sources, edits: Edits, file: str) -> None:
    """The new files make a pack that differs from the old one in the edits and nothing else."""
    try:
        new = build_pack(sources, hash_of(dict(sources)))
    except PackError as error:
        problem = f"the pack would no longer be read: {error.facts()['where']}: {error.problem}"
        raise SheetError(file, "", 0, problem, error.allowed) from error
    texts = dict(old.texts[old.source_lang]) | edits.texts
    texts |= {f"body.{b}.{field}": v for (b, field), v in edits.offices.items() if field in OFFICE_TEXTS}
    found = new.texts[new.source_lang]
    wrong = [key for key in texts.keys() | found.keys() if texts.get(key) != found.get(key)]
    for body in old.bodies:
        wanted = office_fields(old, body) | {f: v for (b, f), v in edits.offices.items() if b == body}
        wrong += [body] if office_fields(new, body) != wanted else []
    po_files = read_po_files(sources)
    for (lang, key), (text, reviewed) in edits.translations.items():
        said = translation(po_files[lang], key, found.get(key, ""))
        state = State.MISSING if not text else State.REVIEWED if reviewed else State.UNREVIEWED
        if (said.text, said.state) != (text, state) or new.texts[lang].get(key, "") != text:
            wrong.append(f"{lang}:{key}")
    for lang, kept in old.texts.items():
        touched = (
            edits.texts.keys()
            | {key for other, key in edits.translations if other == lang}
            | _office_keys(edits)
        )
        wrong += [f"{lang}:{k}" for k in kept if k not in touched and new.texts[lang].get(k) != kept[k]]
    if wrong or (old.events, old.questions, old.parameters) != (new.events, new.questions, new.parameters):
        problem = f"{wrong[0] if wrong else 'a condition'} would not be written as the sheet says"
        raise SheetError(file, "", 0, problem, "change it in the pack's files by hand")


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
