"""One line in whatever fonts it needs: the labels, the chips, the edges of the page."""

from __future__ import annotations

from typing import Any, Protocol

from reportlab.pdfbase.pdfmetrics import stringWidth

from printing import fonts


class Drawn(Protocol):
    """A line that knows its width."""

    def width(self, size: float) -> float: ...
    def draw(self, canvas: Any, x: float, y: float, size: float) -> None: ...


class Line:
    """A line that runs from the left."""

    def __init__(self, text: str, *, bold: bool) -> None:
        pieces = fonts.pieces(text.replace("\n", " "))
        self.parts = [(fonts.name_of(family, bold=bold), letters) for family, letters in pieces]

    def width(self, size: float) -> float:
        return sum(float(stringWidth(letters, name, size)) for name, letters in self.parts)

    def draw(self, canvas: Any, x: float, y: float, size: float) -> None:
        """Draw from the left edge ``x`` on, in the fill colour."""
        text = canvas.beginText(x, y)
        for name, letters in self.parts:
            text.setFont(name, size)
            text.textOut(letters)
        text.textLine()  # readers of the file keep what follows apart
        canvas.drawText(text)


def line(text: str, *, bold: bool = False, rtl: bool = False) -> Drawn:
    """``text`` on one line, whatever its length."""
    if rtl:
        from printing.right_to_left import one_line

        return one_line(text, bold=bold)
    return Line(text, bold=bold)
