"""Keep PySide6 from reading the source of every module that is imported after it.

It looks for the word "PySide6" in each, to know which modules could switch to other names of Qt's functions
(``from __feature__ import …``, which nothing here does), and Python then keeps all those sources in memory:
7 MB, and a tenth of the start. Import this before the rest of :mod:`ui`.
"""

from __future__ import annotations

import PySide6.QtCore  # noqa: F401  # brings the module that is changed here
from shibokensupport import feature


def _uses_no_feature(_module: object) -> bool:
    return False


if hasattr(feature, "_mod_uses_pyside"):
    feature._mod_uses_pyside = _uses_no_feature
