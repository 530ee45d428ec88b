"""Turns the translators' PO files into the .mo tables that the product reads.

Translators see ``msgctxt`` = the id and ``msgid`` = the French sentence. At run time only the id matters, so
the compiled table is keyed by id. An entry that is fuzzy, empty, or whose French has changed since it was
translated is left out: the reader then sees French, never a stale translation.

Run ``python -m kiosk.catalogues`` to compile everything that is out of date.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk.resources import asset

SOURCE = "fr"


def locales() -> Path:
    """Where the PO folders (one a domain) and the compiled tables (one a language) are."""
    return asset("locales")


def languages() -> tuple[str, ...]:
    """The languages that a kiosk may offer, French first: those that every domain is translated to."""
    domains = [path.parent for path in locales().glob(f"*/{SOURCE}.po")]
    return tuple(lang for lang in begun() if all((domain / f"{lang}.po").exists() for domain in domains))


def begun() -> tuple[str, ...]:
    """Every language that some domain is translated to, French first."""
    found = {path.stem for path in locales().glob("*/*.po")}
    return (SOURCE, *sorted(found - {SOURCE}))


def compile_all(*, force: bool = False) -> list[Path]:
    """Compile each language whose PO files are newer than its table; the paths that were written."""
    written = []
    for lang in begun():
        target = locales() / f"{lang}.mo"
        sources = [*locales().glob("*/fr.po"), *locales().glob(f"*/{lang}.po")]
        newest = max(path.stat().st_mtime for path in sources)
        if force or not target.exists() or target.stat().st_mtime < newest:
            _compile(lang, target)
            written.append(target)
    return written


def entries(lang: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each (id, domain, texts) that holds in ``lang``; several texts where the entry has plurals."""
    for folder in sorted(path.parent for path in locales().glob("*/fr.po")):
        source = _read(folder / "fr.po", SOURCE)
        translated = _read(folder / f"{lang}.po", lang) if lang != SOURCE else source
        for key, (msgid, _) in source.items():
            found = translated.get(key)
            if lang == SOURCE:
                yield key, folder.name, msgid
            elif found and found[0] == msgid and all(found[1]):
                yield key, folder.name, found[1]


def _read(path: Path, lang: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    from babel.messages.pofile import read_po

    if not path.exists():
        return {}
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=lang, abort_invalid=True)
    table: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy or not message.context:
            continue
        msgid = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        text = message.string
        table[message.context] = (msgid, (text,) if isinstance(text, str) else tuple(text or ()))
    return table


def _compile(lang: str, target: Path) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale=lang, charset="utf-8")
    for key, _, texts in entries(lang):
        if len(texts) == 1:
            catalogue.add(key, string=texts[0])
        else:
            catalogue.add((key, key), string=texts)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        write_mo(stream, catalogue)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)


if __name__ == "__main__":
    compile_all()
