"""The only way to the data that ships with the product: from source, installed, or frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds ``assets/``."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """The path of a shipped file or folder below ``assets/``."""
    return root().joinpath("assets", *parts)


def system_environment() -> dict[str, str]:
    """The environment for a program of the system: a frozen bundle puts its own libraries first."""
    environment = dict(os.environ)
    original = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        environment["LD_LIBRARY_PATH"] = original
    elif "_PYI_APPLICATION_HOME_DIR" in environment:
        environment.pop("LD_LIBRARY_PATH", None)
    return environment
