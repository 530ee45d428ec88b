"""The texts and offices of a pack as a spreadsheet, and what was changed in it back into the pack's files."""

from __future__ import annotations

from kiosk.procedures.sheets.export import export_sheet
from kiosk.procedures.sheets.merge import Merge, import_sheet

__all__ = ["Merge", "export_sheet", "import_sheet"]
