"""``kiosk pack preview``: a pack live in the real interface, while it is being written."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.options import BASE
from kiosk.commands.run import NoScreen, has_screen, window_size
from kiosk.errors import UsageError

if TYPE_CHECKING:
    from kiosk.procedures import Pack
    from ui.preview import Preview


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--event", metavar="EVENT", help="go to this life event at once: naissance")
    parser.add_argument("--base", **BASE)  # type: ignore[arg-type]  # keywords
    parser.add_argument("--lang", metavar="L", help="the language of the screen; default: the pack's own")
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")
    parser.add_argument("--size", metavar="WxH", help="size of the window, for example 1080x1920")


def run(args: argparse.Namespace, folder: Path, overlays: tuple[Path, ...]) -> int:
    """Show the pack in ``folder``, with overlays over it, until the window is closed. Nothing is kept: the
    device's own data is not touched."""
    if not has_screen(os.environ):
        raise NoScreen
    size = window_size(args.size)
    from kiosk.procedures import load_pack

    pack = load_pack(folder, overlays=overlays)
    languages = spoken_by(pack)
    lang = args.lang or languages[0]
    if lang not in languages:
        raise UsageError(f"nothing can be shown in {lang!a}", ", ".join(languages))
    event = _event(pack, args.event)
    with tempfile.TemporaryDirectory(prefix="kiosk-preview-") as data:
        # Qt and fontconfig keep caches: here, and gone with the window.
        os.environ["XDG_CACHE_HOME"] = str(Path(data) / "cache")
        spoken = (lang, *(other for other in languages if other != lang))
        preview = _preview((folder, *overlays), pack, spoken, windowed=args.windowed, size=size)
        return preview.run(event, lang)


def spoken_by(pack: Pack) -> tuple[str, ...]:
    """The languages that pack and interface share, the pack's own first; French where there is none."""
    from kiosk.catalogues import languages

    return tuple(lang for lang in pack.languages if lang in languages()) or ("fr",)


def _event(pack: Pack, name: str | None) -> str:
    """The id of the life event to begin with; empty = none. Raises EventNotFound, UsageError."""
    if name is None:
        return ""
    return pack.event(name).id


def _preview(
    folders: tuple[Path, ...],
    pack: Pack,
    languages: tuple[str, ...],
    *,
    windowed: bool,
    size: tuple[int, int] | None,
) -> Preview:
    from accessibility.speech import open_speaker
    from kiosk.clock import SystemClock, today
    from kiosk.config import Config, Town
    from ui.preview import Preview

    # An editor thinks longer than a citizen waits: no idle clock within a day.
    config = Config(town=Town(timezone=pack.timezone), languages=languages, idle_s=86_400)
    return Preview(
        folders,
        pack,
        config,
        open_speaker,
        lambda: today(SystemClock(), pack.timezone),
        windowed=windowed,
        size=size,
    )
