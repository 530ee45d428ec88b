"""A picture of every screen: `./dev shots [FOLDER]`, in French, in Arabic and at 300 %, without a display.

The screens are those of the sweep (``tests/ui/sweep``): the real window, flow and content. Nothing is sent or
printed.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from kiosk.comfort import TEXT_SCALES, THEMES
from tests.ui.sweep.catalogue import SCREENS
from tests.ui.sweep.scene import LANGUAGES, Look, Scene

LOOKS = (Look(), Look(lang="ar"), Look(scale=3.0))


def chosen(options: argparse.Namespace) -> list[Look]:
    """The looks asked for: the three, or the one that the options describe."""
    width, height = map(int, options.size.split("x"))
    asked = {
        name: value
        for name, value in (("lang", options.lang), ("scale", options.scale), ("theme", options.theme))
        if value is not None
    }
    looks = (Look(),) if asked else LOOKS
    return [replace(look, size=(width, height), low=options.low, **asked) for look in looks]


def main() -> int:
    """Write ``LANG-SCALE-NNN-SCREEN.png`` for each screen into the folder."""
    parser = argparse.ArgumentParser("./dev shots", description="A picture of every screen.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out/shots"))
    parser.add_argument("--size", default="1080x1920", metavar="WxH", help="in pixels of the design")
    parser.add_argument("--low", action="store_true", help="the low layout")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--scale", type=float, choices=TEXT_SCALES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--only", default="", metavar="WORD", help="screens with this in their name")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    scene = Scene()
    count = 0
    for look in chosen(options):
        scene.wear(look)
        for number, (name, make) in enumerate(SCREENS.items(), 1):
            if options.only in name:
                make(scene)
                scene.settle()
                file = f"{look.lang}-{round(look.scale * 100)}-{number:03}-{name}.png"
                count += scene.window.grab().save(str(options.folder / file))
    scene.close()
    print(f"{count} pictures in {options.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
