"""A display of its own, a finger and an eye: touches through XTEST, and when the picture changed by DAMAGE.

Both contenders are seen from outside in the same way, so neither reports on itself.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
import time
import zlib
from ctypes import POINTER, c_char_p, c_int, c_long, c_short, c_uint, c_ulong, c_ushort, c_void_p
from dataclasses import dataclass

WIDTH, HEIGHT = 1080, 1920
RAW_RECTANGLES = 0
ALL_PLANES = 0xFFFFFFFF
Z_PIXMAP = 2


class _Rectangle(ctypes.Structure):
    _fields_ = [("x", c_short), ("y", c_short), ("width", c_ushort), ("height", c_ushort)]


class _DamageNotify(ctypes.Structure):
    _fields_ = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("drawable", c_ulong),
        ("damage", c_ulong),
        ("level", c_int),
        ("more", c_int),
        ("timestamp", c_ulong),
        ("area", _Rectangle),
        ("geometry", _Rectangle),
    ]


class _Event(ctypes.Union):
    _fields_ = [("type", c_int), ("damage", _DamageNotify), ("pad", c_long * 24)]


class _Image(ctypes.Structure):
    _fields_ = [
        ("width", c_int),
        ("height", c_int),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
    ]


@dataclass(frozen=True)
class Change:
    """What a touch did to the picture: seconds to the first and to the last change, and pixels drawn."""

    first: float
    last: float
    pixels: int


class Display:
    """Xvfb on a free number; ``env`` is what a program needs to be shown on it."""

    def __init__(self) -> None:
        if shutil.which("Xvfb") is None:
            raise SystemExit("bench: error: Xvfb is missing: apt-get install xvfb")
        ours, theirs = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
            pass_fds=[theirs],
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        with os.fdopen(ours) as line:
            self.name = f":{line.readline().strip()}"
        self._load()
        opened = self._x.XOpenDisplay(self.name.encode())
        if not opened:
            raise SystemExit("bench: error: Xvfb does not answer")
        self._display = c_void_p(opened)
        self._root = self._x.XDefaultRootWindow(self._display)
        base, errors = c_int(), c_int()
        self._damage.XDamageQueryExtension(self._display, ctypes.byref(base), ctypes.byref(errors))
        self._notify = base.value
        self._damage.XDamageCreate(self._display, self._root, RAW_RECTANGLES)
        self._x.XSync(self._display, 0)
        self._fd = self._x.XConnectionNumber(self._display)

    def _load(self) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._damage = ctypes.CDLL("libXdamage.so.1")
        x, test, damage = self._x, self._test, self._damage
        x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = c_ulong, [c_void_p]
        x.XConnectionNumber.argtypes = x.XFlush.argtypes = x.XPending.argtypes = [c_void_p]
        x.XSync.argtypes = [c_void_p, c_int]
        x.XNextEvent.argtypes = [c_void_p, POINTER(_Event)]
        x.XGetImage.restype = POINTER(_Image)
        x.XGetImage.argtypes = [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_ulong, c_int]
        x.XDestroyImage.argtypes = [POINTER(_Image)]
        test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        damage.XDamageQueryExtension.argtypes = [c_void_p, POINTER(c_int), POINTER(c_int)]
        damage.XDamageCreate.restype = c_ulong
        damage.XDamageCreate.argtypes = [c_void_p, c_ulong, c_int]

    @property
    def env(self) -> dict[str, str]:
        rest = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return {**rest, "DISPLAY": self.name}

    def touch(self, x: int, y: int, *, press_s: float = 0.06, watch_s: float = 0.35) -> Change | None:
        """A finger down and up at a place; what changed after it was lifted, or None if nothing did."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._test.XTestFakeButtonEvent(self._display, 1, 1, 0)
        self._x.XFlush(self._display)
        self._watch(press_s)
        lifted = time.perf_counter()
        self._test.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x.XFlush(self._display)
        seen = self._watch(watch_s)
        if not seen:
            return None
        return Change(seen[0][0] - lifted, seen[-1][0] - lifted, sum(pixels for _, pixels in seen))

    def settle(self, quiet_s: float = 0.4, limit_s: float = 10.0) -> None:
        """Wait until the picture has stood still for ``quiet_s``."""
        limit = time.monotonic() + limit_s
        while self._watch(quiet_s) and time.monotonic() < limit:
            pass

    def _watch(self, seconds: float) -> list[tuple[float, int]]:
        """Each change within ``seconds``: when it was seen, and its pixels."""
        seen: list[tuple[float, int]] = []
        event = _Event()
        end = time.perf_counter() + seconds
        while True:
            while self._x.XPending(self._display):
                self._x.XNextEvent(self._display, ctypes.byref(event))
                if event.type == self._notify:
                    area = event.damage.area
                    seen.append((time.perf_counter(), area.width * area.height))
            left = end - time.perf_counter()
            if left <= 0:
                return seen
            select.select([self._fd], [], [], left)

    def picture(self) -> int:
        """A number that differs when the middle of the screen, where the question is, looks different."""
        image = self._x.XGetImage(self._display, self._root, 0, 200, WIDTH, 700, ALL_PLANES, Z_PIXMAP)
        found = image.contents
        number = zlib.crc32(ctypes.string_at(found.data, found.bytes_per_line * found.height))
        self._x.XDestroyImage(image)
        return number

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)
        self._server.terminate()
        self._server.wait()
