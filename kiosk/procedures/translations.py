"""Reads a pack's PO files. The only module here that imports babel."""

from __future__ import annotations

from collections.abc import Mapping

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser

from kiosk.procedures.errors import PackError
from kiosk.procedures.fields import UNWANTED
from kiosk.procedures.model import Flaw


class _Catalogue(Catalog):
    """Has as many plural forms as any language, whatever the file says: babel makes a list of that length."""

    @property
    def num_plurals(self) -> int:
        return 6


def read_catalogue(data: bytes, lang: str) -> Catalog:
    """The entries of a PO file. Raises PoFileError, and what babel raises for odd headers."""
    catalogue = _Catalogue(locale=lang)
    # As text: the charset that a file claims to have is not believed.
    lines = data.decode("utf-8-sig").split("\n")
    PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(lines)
    return catalogue


def read_translation(
    data: bytes, file: str, lang: str, source: Mapping[str, str]
) -> tuple[dict[str, str], list[Flaw]]:
    """(text key -> translation, what an editor should know). Stale, fuzzy and unknown entries are left out.

    Raises PackError for a file that is no PO file.
    """
    try:
        catalogue = read_catalogue(data, lang)
    except PoFileError as error:
        raise PackError(
            file, getattr(error, "lineno", 0) or 0, 0, "not a PO file", "gettext PO, UTF-8"
        ) from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise PackError(
            file, 0, 0, "not a PO file", "gettext PO, UTF-8, plural rules of its language"
        ) from None
    texts: dict[str, str] = {}
    flaws: list[Flaw] = []
    for message in catalogue:
        if not message.id:
            continue
        problem = _problem(message.context, message.id, message.string, message.fuzzy, source)
        if problem:
            flaws.append(Flaw(file, message.lineno or 0, problem))
        elif isinstance(message.string, str) and message.context and message.string.strip():
            texts[message.context] = message.string.strip()
    return texts, flaws


def _problem(context: str | None, msgid: object, text: object, fuzzy: bool, source: Mapping[str, str]) -> str:
    if not context:
        return "an entry has no msgctxt"
    if context not in source:
        return f"{context} is no text of this pack"
    if not isinstance(text, str):
        return f"{context} has plural forms"
    if source[context] != str(msgid).strip():
        return f"{context} is stale: its msgid is no longer the source text"
    if fuzzy:
        return f"{context} is fuzzy"
    if UNWANTED.search(text):
        return f"{context} has a control character"
    return ""
