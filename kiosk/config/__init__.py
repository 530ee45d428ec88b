"""``kiosk.toml``: what a town sets for its kiosks. A mistake is told with file, line and what is valid."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.model import (
    About,
    Colours,
    Config,
    ConfigError,
    Help,
    Screen,
    Send,
    Staff,
    Town,
    Words,
    words,
)

__all__ = [
    "About",
    "Colours",
    "Config",
    "ConfigError",
    "Help",
    "Screen",
    "Send",
    "Staff",
    "Town",
    "Words",
    "load_config",
    "words",
]


def load_config(path: Path | None) -> Config:
    """Read ``path``; the embedded defaults when it is None. Raises ConfigError or FileUnreadable."""
    if path is None:
        return Config()
    from kiosk.config.reader import read_config

    return read_config(path)
