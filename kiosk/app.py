"""Composition root: builds the parts of a kiosk and hands them to the screens. No logic."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kiosk.config import load_config


def run_kiosk(config_file: Path | None, data: Path, *, windowed: bool, size: tuple[int, int] | None) -> int:
    """The citizen's kiosk, until its window closes or a visit with answers is over; the exit status."""
    # Qt first: its import is the longest of the start, and everything else waits behind the first screen.
    from ui.application import Application

    config = load_config(config_file)

    @cache
    def pack() -> object:
        from kiosk.procedures import find_pack, load_pack

        return load_pack(find_pack(config.pack), data / "cache" / "packs")

    from accessibility.speech import open_speaker
    from kiosk.backstage import KioskBackstage

    backstage = KioskBackstage(config, data, pack)
    return Application(config, pack, backstage, open_speaker(), windowed=windowed, size=size).run()
