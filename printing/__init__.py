"""Documents, tickets and labels on paper. No Qt."""

import sys
from typing import Any

# reportlab imports the shaping engine wherever it is installed, and would shape with it. French needs none:
# printing.glyphs lets it in at the first Arabic line (docs/adr/064).
_modules: dict[str, Any] = sys.modules
_modules.setdefault("uharfbuzz", None)
