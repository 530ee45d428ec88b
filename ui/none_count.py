"""A guard against a reference-count fault of PySide6 6.12 on Python 3.11.

Measured with PySide6_Essentials 6.12.0 and CPython 3.11.7: each call of a Qt method that returns nothing takes one
reference off ``None`` (1,000 ``setObjectName`` calls: -1,000) until the interpreter aborts with ``none_dealloc``,
after a few screens. From Python 3.12 ``None`` is immortal (PEP 683) and nothing happens; older interpreters get the
same effect from a count that a kiosk cannot use up in a thousand years.
"""

from __future__ import annotations

import ctypes
import sys

_NEVER_REACHED = 1 << 60


def guard_none() -> None:
    """Make ``None`` outlive the process; harmless to call twice."""
    if sys.version_info < (3, 12):
        ctypes.c_ssize_t.from_address(id(None)).value = _NEVER_REACHED


guard_none()
