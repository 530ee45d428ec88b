"""Composition root: builds the parts of a kiosk and hands them to the screens. No logic.

Every visitor waits for what is imported before the first screen is painted, so a part is imported when it is
first needed (docs/adr/041-speed.md).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.procedures import Pack
    from ui.bridge import Backstage


def run_kiosk(config_file: Path | None, data: Path, *, windowed: bool, size: tuple[int, int] | None) -> int:
    """The citizen's kiosk, until its window closes or a visit with answers is over; the exit status.

    Raises ConfigError before anything is shown; PackError, and ConfigError for a life event that the pack
    does not have, soon after.
    """
    from kiosk.white_label import check_events, load_town

    config = load_town(config_file)

    @cache
    def pack() -> Pack:
        from kiosk.procedures import find_pack, load_pack

        found = load_pack(find_pack(config.pack), data / "cache" / "packs", config.overlays)
        check_events(config, config_file, found)
        return found

    def backstage() -> Backstage:
        from kiosk.backstage import KioskBackstage

        return KioskBackstage(config, data, pack, config_file)

    import ui.lean  # noqa: F401  # before anything else of ui
    from accessibility.speech import open_speaker
    from sync.enrolled import is_enrolled
    from ui.application import Application

    demonstration = not is_enrolled(data)
    application = Application(
        config,
        pack,
        backstage,
        open_speaker,
        demonstration=demonstration,
        windowed=windowed,
        size=size,
        display=data / "display",
    )
    return application.run()
