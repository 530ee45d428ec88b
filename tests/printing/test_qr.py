"""The QR code of a case code."""

from __future__ import annotations

import pytest

from kiosk.paper.case_code import CaseCode
from printing.qr import QUIET, matrix


def test_a_case_code_fits_the_second_size_in_alphanumeric_mode() -> None:
    """ISO/IEC 18004 table 7: version 2-M holds 38 alphanumeric characters, and 26 bytes only."""
    modules = matrix(CaseCode(bytes(16)).text)
    assert len(modules) == 25 + 2 * QUIET
    assert not any(any(row) for row in modules[:QUIET])
    assert not any(row[-1] for row in modules)


@pytest.mark.parametrize("text", ["", "abc", "É", "A\n", "A" * 5000])
def test_what_the_mode_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        matrix(text)
