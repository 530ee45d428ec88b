"""The table of sentences says what the standard library's reader says, and refuses what is no table."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from kiosk.catalogues import entries, languages, locales
from kiosk.mo import Table


@pytest.mark.parametrize("lang", languages())
def test_every_sentence_is_what_gettext_reads(lang: str) -> None:
    path = locales() / f"{lang}.mo"
    table = Table(path)
    with path.open("rb") as stream:
        known = gettext.GNUTranslations(stream)
    for key, _, texts in entries(lang):
        if len(texts) == 1:
            assert table.text(key) == known.gettext(key)
        else:
            for n in (0, 1, 2, 3, 5, 11, 21, 100, 101, 111):
                assert table.count(key, n) == known.ngettext(key, key, n), (key, n)


def test_what_is_not_there_is_none() -> None:
    table = Table(locales() / "fr.mo")
    for key in ("", "a", "no.such.id", "zzzz", "frame.bac", "frame.backk"):
        assert table.count(key, 1) is None
        assert key == "" or table.text(key) is None


@pytest.mark.parametrize("content", [b"x", b"\0" * 40, b"no table of sentences, but long enough for one"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fr.mo"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="table"):
        Table(path)
