"""The design's colours and measures, ``assets/themes/tokens.json``, as they stand there."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from kiosk.resources import asset


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The token file, read once: to be looked at, never changed."""
    loaded: dict[str, Any] = json.loads(asset("themes", "tokens.json").read_text(encoding="utf-8"))
    return loaded
