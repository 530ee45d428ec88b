"""The staff code: how it is sealed for ``kiosk.toml``, checked, and guarded against guessing.

A sealed code reads ``$scrypt$ln=15,r=8,p=1$SALT$KEY`` (the PHC string format; SALT is 16 bytes and KEY 32, in
base64 without padding; N = 2^ln, RFC 7914): 32 MiB and about a tenth of a second for one try. Six digits are
still few, so wrong codes make the next try wait, and ``kiosk.toml`` is for the kiosk's account only.

Guessing is measured on the clock that counts from boot, which nobody can set and which every process of the
machine shares. After a restart of the machine it begins again at 0: at least the time since then has passed.

Every start looks at the form of the sealed code: what seals and opens it is imported when it is first used.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

SHORTEST, LONGEST = 6, 12
"""Digits of a code: the screen has a pad of ten keys."""
FREE_TRIES = 3
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 900
_LN, _R, _P = 15, 8, 1
_SEALED = re.compile(r"\$scrypt\$ln=(1[4-7]),r=8,p=([1-4])\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})")
_MOST_TRIES = 99


class Outcome(Enum):
    """What became of a code that somebody typed."""

    RIGHT = auto()
    WRONG = auto()
    WAIT = auto()
    """It was not looked at: the time to wait is not over."""


@dataclass(frozen=True)
class StaffCheck:
    """``wait_s``: seconds before the next code is looked at; 0 = at once."""

    outcome: Outcome
    wait_s: int = 0


@dataclass(frozen=True)
class Tries:
    """How many wrong codes came in a row, and when the last one did (seconds since boot)."""

    wrong: int = 0
    at: float = 0.0

    def wait_s(self, now: float) -> int:
        """Seconds to wait before the next try: none for the first three, then 30, 60, … up to 900."""
        if self.wrong <= FREE_TRIES:
            return 0
        doublings = min(self.wrong - FREE_TRIES - 1, 10)  # the longest wait is reached long before
        whole = min(LONGEST_WAIT_S, FIRST_WAIT_S << doublings)
        passed = now - self.at if now >= self.at else now
        return max(0, math.ceil(whole - passed))

    def one_more(self, now: float) -> Tries:
        """The tries after another wrong code."""
        return Tries(min(self.wrong + 1, _MOST_TRIES), now)


def is_acceptable(code: str) -> bool:
    """Six to twelve digits, neither one digit again and again nor a run such as 123456."""
    if not (SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isdigit()):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(code)}
    return steps not in ({0}, {1}, {-1})


def seal(code: str) -> str:
    """The code as it stands in ``kiosk.toml``, with a new salt. Raises ValueError."""
    import secrets

    if not is_acceptable(code):
        raise ValueError("not an acceptable code")
    salt = secrets.token_bytes(16)
    return f"$scrypt$ln={_LN},r={_R},p={_P}${_base64(salt)}${_base64(_key(code, salt, _LN, _P))}"


def is_sealed(text: str) -> bool:
    """Whether ``text`` is a sealed code, within the bounds of memory and time that a kiosk spends on it."""
    return _SEALED.fullmatch(text) is not None


def opens(code: str, sealed: str) -> bool:
    """Whether ``code`` is the sealed one. Takes about 0.1 s; the comparison takes the same time for all."""
    import hmac

    found = _SEALED.fullmatch(sealed)
    if found is None or len(code) > LONGEST:
        return False
    ln, p, salt, key = found.groups()
    return hmac.compare_digest(_key(code, _bytes(salt), int(ln), int(p)), _bytes(key))


def dump_tries(tries: Tries) -> bytes:
    """The tries as a small file keeps them."""
    return json.dumps({"wrong": tries.wrong, "at": tries.at}).encode()


def load_tries(raw: bytes, now: float) -> Tries:
    """What :func:`dump_tries` wrote. Anything else was tampered with: the longest wait, from now."""
    try:
        table = json.loads(raw)
        wrong, at = table["wrong"], table["at"]
        if type(wrong) is int and 0 <= wrong <= _MOST_TRIES and type(at) is float and 0 <= at < 1e12:
            return Tries(wrong, at)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return Tries(_MOST_TRIES, now)


def _key(code: str, salt: bytes, ln: int, p: int) -> bytes:
    import hashlib

    n = 2**ln
    return hashlib.scrypt(
        code.encode("utf-8", "replace"), salt=salt, n=n, r=_R, p=p, maxmem=2 * 128 * n * _R, dklen=32
    )


def _base64(raw: bytes) -> str:
    import base64

    return base64.b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    import base64

    return base64.b64decode(text + "=" * (-len(text) % 4))
