"""Composition root: builds the parts of a kiosk and hands them to the screens. No logic."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import load_config

if TYPE_CHECKING:
    from kiosk.procedures import Pack


def run_kiosk(config_file: Path | None, data: Path, *, windowed: bool, size: tuple[int, int] | None) -> int:
    """The citizen's kiosk, until its window closes or a visit with answers is over; the exit status."""
    from kiosk.procedures import find_pack, is_compiled, load_pack

    config = load_config(config_file)
    folder, compiled = find_pack(config.pack), data / "cache" / "packs"

    @cache
    def pack() -> Pack:
        return load_pack(folder, compiled)

    if not is_compiled(folder, compiled):
        # Once for each version of a pack: a mistake in it is told before anything appears on the screen.
        pack()

    from accessibility.speech import open_speaker
    from kiosk.backstage import KioskBackstage
    from ui.application import Application

    backstage = KioskBackstage(config, data, pack)
    return Application(config, pack, backstage, open_speaker(), windowed=windowed, size=size).run()
