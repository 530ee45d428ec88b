"""A pack as CPSV-AP 3.2 JSON-LD, and the published SHACL shapes that it is held against."""

from __future__ import annotations

from kiosk.procedures.cpsv.export import Export, dump_export, export_pack

__all__ = ["Export", "dump_export", "export_pack"]
