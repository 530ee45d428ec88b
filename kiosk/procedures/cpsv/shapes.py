"""Holds a CPSV-AP document against the published SHACL shapes. The only module that imports the RDF library;
nothing is fetched: the shapes are in ``assets/cpsv-ap``, the context inside the document.
"""

from __future__ import annotations

from importlib.util import find_spec

import msgspec

from kiosk.resources import asset


class Violation(msgspec.Struct, frozen=True):
    """A node that breaks a shape: its address, the property, and the shapes' own words."""

    node: str
    path: str
    message: str


def can_validate() -> bool:
    """Whether the ``authoring`` extra is installed."""
    return find_spec("pyshacl") is not None and find_spec("rdflib") is not None


def find_violations(document: str) -> tuple[Violation, ...]:
    """What the shapes refuse in a JSON-LD text whose context is embedded; empty = it conforms."""
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import SH

    found = Graph().parse(data=document, format="json-ld")
    shapes = Graph().parse(asset("cpsv-ap", "shapes.ttl"), format="turtle")
    conforms, report, _ = validate(found, shacl_graph=shapes, inference="none", do_owl_imports=False)
    if conforms or not isinstance(report, Graph):
        return ()
    rows = [
        Violation(
            *(str(report.value(row, part) or "") for part in (SH.focusNode, SH.resultPath, SH.resultMessage))
        )
        for row in report.objects(predicate=SH.result)
    ]
    return tuple(sorted(rows, key=lambda row: (row.node, row.path, row.message)))
