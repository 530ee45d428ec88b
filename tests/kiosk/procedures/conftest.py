"""The small pack that most tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.procedures import Pack, load_pack

PACKS = Path(__file__).parent / "packs"


@pytest.fixture(scope="session")
def small_folder() -> Path:
    return PACKS / "small"


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Pack:
    return load_pack(small_folder)
