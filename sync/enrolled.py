"""A glance that costs nothing: whether this device has joined a hub."""

from __future__ import annotations

from pathlib import Path


def identity_folder(data: Path) -> Path:
    """Where a device keeps who it is."""
    return data / "identity"


def is_enrolled(data: Path) -> bool:
    """Whether the device has joined a hub. ``enrolment.json`` is written last, so the rest is there too."""
    return (identity_folder(data) / "enrolment.json").exists()
