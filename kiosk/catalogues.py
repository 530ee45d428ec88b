"""Turns the translators' PO files into the .mo tables that the product reads.

Translators see ``msgctxt`` = the id and ``msgid`` = the French sentence. At run time only the id matters, so
the compiled table is keyed by id. An entry that is fuzzy, empty, or whose French has changed since it was
translated is left out: the reader then sees French, never a stale translation. A language is offered to
citizens once nothing that they read is left out; the compiled table says how much is.

Run ``python -m kiosk.catalogues`` to compile everything that is out of date, and to see what is missing.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.mo import Table
from kiosk.resources import asset

SOURCE = "fr"
CITIZENS = ("ui", "paper", "procedures")
"""The domains that citizens read. The others are for the terminal, which speaks French and English."""
MISSING = "catalogue.missing"
"""The id under which a table says how many of the citizens' sentences it lacks."""


def locales() -> Path:
    """Where the PO folders (one a domain) and the compiled tables (one a language) are."""
    return asset("locales")


def languages() -> tuple[str, ...]:
    """The languages that a kiosk may offer, French first: those in which nothing is missing that citizens
    read."""
    tables = sorted(path.stem for path in locales().glob("*.mo"))
    return (SOURCE, *(lang for lang in tables if lang != SOURCE and is_offered(lang)))


def is_offered(lang: object) -> bool:
    """Whether ``lang`` is one of :func:`languages`, without a look at the others."""
    if not isinstance(lang, str) or not re.fullmatch("[a-z]{2,3}", lang):
        return False
    table = locales() / f"{lang}.mo"
    return lang == SOURCE or (table.exists() and _told(table) == "0")


def _told(table: Path) -> str | None:
    """What a compiled table says of itself under :data:`MISSING`."""
    return Table(table).text(MISSING)


def missing(lang: str) -> list[str]:
    """The ids of the citizens' sentences that ``lang`` does not have."""
    found = {key for key, _, _ in entries(lang)}
    return [key for key, domain, _ in entries(SOURCE) if domain in CITIZENS and key not in found]


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
        old = not target.exists() or target.stat().st_mtime < newest or _told(target) is None
        if force or old:
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
    import tempfile

    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale=lang, charset="utf-8")
    for key, _, texts in entries(lang):
        if len(texts) == 1:
            catalogue.add(key, string=texts[0])
        else:
            catalogue.add((key, key), string=texts)
    catalogue.add(MISSING, string=str(len(missing(lang))))
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        write_mo(stream, catalogue)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)


if __name__ == "__main__":
    compile_all()
    for language in begun():
        if lacks := missing(language):
            few = ", ".join(lacks[:5])
            sys.stdout.write(f"{language}: {len(lacks)} missing ({few}{', …' if len(lacks) > 5 else ''})\n")
