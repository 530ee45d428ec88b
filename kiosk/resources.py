"""The only way to the data that ships with the product: from source, installed, or frozen."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds ``assets/``."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """The path of a shipped file or folder below ``assets/``."""
    return root().joinpath("assets", *parts)
