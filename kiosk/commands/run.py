"""``kiosk run``: the citizen's kiosk, kept running by a supervisor."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from kiosk.commands.options import config_of, folder, path_in
from kiosk.errors import FileUnwritable, KioskError, UsageError
from kiosk.libraries import load_beside


@dataclass(eq=False)
class NoScreen(KioskError):
    """There is no display to show the kiosk on."""

    code: ClassVar[str] = "run.no-screen"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")
    parser.add_argument("--size", metavar="WxH", help="size of the window, for example 1080x1920")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="kiosk.toml; else KIOSK_CONFIG, else defaults"
    )
    parser.add_argument(
        "--data", type=folder, metavar="DIR", help="where the device keeps its data; else KIOSK_DATA"
    )


def run(args: argparse.Namespace) -> int:
    if not has_screen(os.environ):
        raise NoScreen
    gc.disable()  # nothing becomes rubbish before the first screen; the bridge switches it on again
    size = window_size(args.size)
    config = config_of(args)
    libraries = load_beside()
    data = data_folder(args.data)
    # Qt and fontconfig keep their caches where the device keeps everything.
    os.environ["XDG_CACHE_HOME"] = str(data / "cache")
    from kiosk.supervisor import supervise

    def program() -> int:
        from kiosk.app import run_kiosk

        try:
            return run_kiosk(config, data, windowed=args.windowed, size=size)
        except KioskError as error:
            from kiosk.messages import complain

            return complain(error)

    libraries.join()
    return supervise(program)


def has_screen(env: os._Environ[str] | dict[str, str]) -> bool:
    """Whether Qt has something to draw on: X, Wayland, or a platform that was named on purpose."""
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")) or (
        sys.platform in ("win32", "darwin")
    )


def window_size(text: str | None) -> tuple[int, int] | None:
    """``WxH`` in pixels. Raises UsageError."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if not found or not all(320 <= int(side) <= 16384 for side in found.groups()):
        raise UsageError(
            f"--size {text[:40]!r} is not a size", "WIDTHxHEIGHT in pixels, for example 1080x1920"
        )
    return int(found[1]), int(found[2])


def data_folder(given: Path | None) -> Path:
    """The folder of everything this device keeps, made on first use for its owner only."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    named = given or path_in("KIOSK_DATA")
    place = named or Path(home) / "life-event-kiosk"
    try:
        place = named or place.expanduser()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        # RuntimeError: a « ~ » of nobody, where HOME is not set either.
        reason = getattr(error, "strerror", None) or "no such home; give --data DIR"
        raise FileUnwritable(str(place), reason) from error
    return place.resolve()
