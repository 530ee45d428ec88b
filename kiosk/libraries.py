"""Loads Qt's libraries beside the first steps of the start, on a core of their own.

They are only mapped and linked: no part of Qt runs before the process that shows the screens, which is forked
from this one and finds the work done, after each visit again.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

_LIBRARIES = ("lib/libQt6Widgets.so.6", "plugins/platforms/libqxcb.so")
"""Below PySide6's folder ``Qt``; each brings those that it needs."""


def load_beside() -> Thread:
    """Begin; join the thread before a fork, for a library must not be half linked then."""
    thread = Thread(target=_load, name="libraries")
    thread.start()
    return thread


def _load() -> None:
    spec = find_spec("PySide6") if sys.platform == "linux" else None
    if spec is None or spec.origin is None:
        return
    import ctypes
    import os

    # By the C function: unlike ctypes.CDLL, its caller lets other threads run meanwhile.
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for name in _LIBRARIES:
        # A library that is not there is loaded by Qt itself, or is missed by it, in its own words.
        load(bytes(Path(spec.origin).parent / "Qt" / name), os.RTLD_LAZY)
