"""A pack as an editor would change it."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.procedures import Pack, load_pack


def edited_pack(source: Path, folder: Path, *edits: tuple[str, str], cache: Path | None = None) -> Pack:
    """The pack of ``source`` with each (old, new) replaced in its YAML files; without translations, which
    would be stale."""
    shutil.copytree(source, folder)
    shutil.rmtree(folder / "locales", ignore_errors=True)
    for old, new in edits:
        hit = False
        for file in folder.rglob("*.yaml"):
            text = file.read_text("utf-8")
            hit = hit or old in text
            file.write_text(text.replace(old, new), "utf-8")
        assert hit, old
    return load_pack(folder, cache)
