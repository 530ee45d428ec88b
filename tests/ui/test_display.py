"""The display's size is known before Qt starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.display import remember_size, remembered_size, same_size


def test_the_size_of_the_last_start_is_known(tmp_path: Path) -> None:
    file = tmp_path / "data" / "display"
    assert remembered_size(file) is None
    assert remember_size(file, (1366, 768))
    assert remembered_size(file) == (1366, 768)


@pytest.mark.parametrize("content", [b"", b"0x0", b"1920", b"1920x1080\n", b"x" * 100, b"999999x2", b"\xff"])
def test_a_damaged_file_is_no_size(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "display"
    file.write_bytes(content)
    assert remembered_size(file) is None


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "display").mkdir()
    assert not remember_size(tmp_path / "display", (1080, 1920))


def test_sizes_that_differ_by_rounding_are_one() -> None:
    assert same_size((1366, 768), (1367, 768))
    assert not same_size((1366, 768), (1920, 1080))
    assert not same_size(None, (1080, 1920))
