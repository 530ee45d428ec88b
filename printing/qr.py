"""QR codes as vectors: sharp on any printer, no picture file, no picture library."""

from __future__ import annotations

import re
from typing import Any

ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+./:-]+")
QUIET = 4
"""Modules of white around the code (ISO/IEC 18004, 9.1)."""


def matrix(text: str) -> list[list[bool]]:
    """The modules of ``text`` in alphanumeric mode, level M (15 % may be soiled), with the quiet zone.

    Raises ValueError for a character that this mode does not have.
    """
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode
    from qrcode.util import MODE_ALPHA_NUM, QRData

    if not ALPHANUMERIC.fullmatch(text):
        raise ValueError("not alphanumeric")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(QRData(text.encode("ascii"), mode=MODE_ALPHA_NUM, check_data=False))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def draw(canvas: Any, text: str, x: float, y: float, side: float) -> None:
    """Draw the code in a square of ``side`` points whose lower left corner is (x, y), black on white."""
    modules = matrix(text)
    size = side / len(modules)
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        start = None
        for column, dark in enumerate([*line, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * size, y + side - (row + 1) * size, (column - start) * size, size)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
