"""A guard against a reference-count fault of PySide6 6.12 on Python 3.11.

Measured with PySide6_Essentials 6.12.0 and CPython 3.11.7: each call of a Qt method that returns nothing
takes one reference off ``None`` (1,000 ``setObjectName`` calls: -1,000), and others off ``True`` and
``False``, until the interpreter aborts with ``none_dealloc`` or ``bool_dealloc``, after a few screens. From
Python 3.12 these objects are immortal (PEP 683) and nothing happens; older interpreters get the same from a
count that is never used up.
"""

from __future__ import annotations

import ctypes
import sys

_NEVER_REACHED = 1 << 60


def guard_singletons() -> None:
    """Make ``None``, ``True``, ``False``, ``...`` and ``NotImplemented`` outlive the process. Harmless
    twice."""
    if sys.version_info < (3, 12):
        for kept in (None, True, False, ..., NotImplemented):
            ctypes.c_ssize_t.from_address(id(kept)).value = _NEVER_REACHED


guard_singletons()
