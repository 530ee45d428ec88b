"""The spool without a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from printing.spool import LARGEST_DOCUMENT, LpPrinter, PrinterState, PrintOutcome, printer_state


def test_without_cups_there_is_no_printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printer_state("plan") is PrinterState.NO_CUPS
    assert LpPrinter("plan").print(b"%PDF", "Plan", 1).outcome is PrintOutcome.NO_PRINTER


def test_a_cups_that_does_not_answer_is_no_cups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    assert printer_state("plan") is PrinterState.NO_CUPS


@pytest.mark.parametrize("name", ["", "-d", "a b", "a/b", "é", "x" * 200, "a\nb"])
def test_a_name_that_is_no_queue_never_reaches_a_command(name: str) -> None:
    assert printer_state(name) is PrinterState.MISSING
    with pytest.raises(ValueError, match="queue"):
        LpPrinter(name)


def test_a_huge_document_is_refused() -> None:
    with pytest.raises(ValueError, match="large"):
        LpPrinter("plan").print(bytes(LARGEST_DOCUMENT + 1), "Plan", 1)
