"""What PySide6 has for developers stays out of the start, and is there when it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys

START = """
import linecache, sys
import ui.lean, ui.application, ui.screens.attract
late = [name for name, module in sys.modules.items() if "_late" in vars(module)]
print(len(late) > 0, "tempfile" in sys.modules, len(linecache.cache))
from PySide6.QtCore import QTimer
try:
    QTimer().setInterval("soon")
except TypeError as error:
    print("called with wrong argument types" in str(error), "msec: int" in str(error))
import tempfile, zipfile
print(callable(tempfile.mkdtemp), callable(zipfile.ZipFile))
"""


def test_signatures_are_read_when_one_is_needed_and_not_before() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == ["True False 0", "True True", "True True"], done.stderr
