"""Tagged PDF (ISO 32000-1, 14.7 and 14.8) on a reportlab canvas, which has none of its own.

What is drawn inside :meth:`TaggedCanvas.tagged` belongs to a structure element with a role (H1, P, LI,
Figure...), in the order of drawing, which is the reading order; what is drawn inside
:meth:`TaggedCanvas.decoration` is an artifact that readers skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

Path = tuple[tuple[str, str], ...]
"""From the document down to the element: (role, key) each. Equal neighbours are one element."""


@dataclass
class _Element:
    role: str
    key: str
    alt: str = ""
    kids: list[_Element | tuple[int, int]] = field(default_factory=list)  # elements, or (page, MCID)


class _Spaced(PDFTextObject):  # type: ignore[misc]  # reportlab has no types
    """Ends each line of a paragraph with a space: in the structure a line end alone joins two words."""

    def _textOut(self, text: Any, TStar: int = 0) -> None:  # noqa: N803  # reportlab's own names
        super()._textOut(text + " " if TStar and text and not text.endswith(" ") else text, TStar)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that writes the structure of what it shows. ``rtl``: its pages run from right to left."""

    def __init__(self, *args: Any, rtl: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rtl = rtl
        self._document_element = _Element("Document", "")
        self._marked: list[list[_Element]] = [[]]  # for each page, the element of each MCID

    @contextmanager
    def tagged(self, path: Path, alt: str = "") -> Iterator[None]:
        """Draw the content of the element at ``path``; ``alt`` is what is said of a picture."""
        element = self._document_element
        for role, key in path:
            element = _below(element, role, key)
        element.alt = element.alt or alt
        page = self._marked[-1]
        element.kids.append((len(self._marked) - 1, len(page)))
        self._code.append(f"/{element.role} <</MCID {len(page)}>> BDC")
        page.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Draw what carries nothing that is not also in words."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> _Spaced:
        return _Spaced(self, x, y, direction=direction)

    def showPage(self) -> None:
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marked) - 1
        page.Tabs = PDFName("S")
        self._marked.append([])

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        if self.rtl:
            self.setViewerPreference("Direction", "R2L")
        self._write_structure()
        super().save()

    def _write_structure(self) -> None:
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_ref = self._doc.Reference(root)
        refs: dict[int, Any] = {}
        root["K"] = self._written(self._document_element, root_ref, refs)
        rows: list[Any] = []
        for number, elements in enumerate(self._marked[:-1]):
            rows += [number, PDFArray([refs[id(element)] for element in elements])]
        root["ParentTree"] = self._doc.Reference(PDFDictionary({"Nums": PDFArray(rows)}))
        root["ParentTreeNextKey"] = len(self._marked) - 1
        self._doc.Catalog.StructTreeRoot = root
        self._doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _written(self, element: _Element, parent: Any, refs: dict[int, Any]) -> Any:
        facts = {"Type": PDFName("StructElem"), "S": PDFName(element.role), "P": parent}
        if element.alt:
            facts["Alt"] = PDFString(element.alt)
        struct = PDFDictionary(facts)
        ref = refs[id(element)] = self._doc.Reference(struct)
        kids = [
            self._written(kid, ref, refs) if isinstance(kid, _Element) else self._content(*kid)
            for kid in element.kids
        ]
        struct["K"] = PDFArray(kids)
        return ref

    def _content(self, page: int, mcid: int) -> PDFDictionary:
        shown = self._doc.Reference(self._doc.Pages.pages[page])
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": shown, "MCID": mcid})


def _below(parent: _Element, role: str, key: str) -> _Element:
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, _Element) and (last.role, last.key) == (role, key):
        return last
    child = _Element(role, key)
    parent.kids.append(child)
    return child
