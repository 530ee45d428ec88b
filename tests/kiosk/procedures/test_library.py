"""Compiled packs: fast, rebuilt when anything is wrong with them, and free of every parser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.procedures import Pack, PackError, PackNotFound, find_pack, load_compiled, load_pack
from kiosk.procedures.library import KEPT
from kiosk.procedures.stored import read_pack, write_pack
from kiosk.resources import root
from tests.kiosk.procedures.edited import edited_pack


def same(a: Pack, b: Pack) -> bool:
    return all(getattr(a, name) == getattr(b, name) for name in a.__struct_fields__)


def test_a_compiled_pack_equals_its_sources(small_folder: Path, small: Pack, tmp_path: Path) -> None:
    load_pack(small_folder, tmp_path / "cache")
    assert len(list((tmp_path / "cache").glob("*.pack"))) == 1
    assert same(load_pack(small_folder, tmp_path / "cache"), small)


def test_a_compiled_pack_needs_no_parser(small_folder: Path, tmp_path: Path) -> None:
    load_pack(small_folder, tmp_path)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from datetime import date\n"
        "from kiosk.procedures import load_pack, next_question, make_plan\n"
        f"pack = load_pack(Path({str(small_folder)!r}), Path({str(tmp_path)!r}))\n"
        "event = pack.event('bebe')\n"
        "next_question(pack, event, {}, date(2026, 11, 24))\n"
        "make_plan(pack, event, {}, date(2026, 11, 24), 'fr')\n"
        "heavy = {'ruamel', 'lark', 'babel', 'holidays'} & {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 5000])
def test_a_damaged_compiled_pack_is_built_again(
    small_folder: Path, small: Pack, tmp_path: Path, damage: bytes
) -> None:
    load_pack(small_folder, tmp_path)
    (file,) = tmp_path.glob("*.pack")
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert same(load_pack(small_folder, tmp_path), small)
    assert file.read_bytes() == whole


def test_one_flipped_bit_is_noticed(small_folder: Path, small: Pack, tmp_path: Path) -> None:
    load_pack(small_folder, tmp_path)
    (file,) = tmp_path.glob("*.pack")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert same(load_pack(small_folder, tmp_path), small)


def test_an_event_that_is_not_opened_costs_nothing_and_need_not_even_be_readable(
    small_folder: Path, small: Pack, tmp_path: Path
) -> None:
    file = tmp_path / "xx.pack"
    file.write_bytes(damaged_in(write_pack(small), "tout"))
    built: list[str] = []

    def again() -> Pack:
        built.append("again")
        return small

    pack = read_pack(file, again)
    assert {head.id for head in pack.heads} == set(small.events)
    assert pack.event("bebe") == small.event("bebe")
    assert pack.questions["lieu"] == small.questions["lieu"]
    assert pack.text("option.lieu.france.sub", "en") == small.text("option.lieu.france.sub", "en")
    assert pack.text("body.caf.name", "fr") == small.text("body.caf.name", "fr")
    assert not built
    assert pack.event("tout") == small.event("tout")
    assert same(pack, small)
    assert built == ["again"]


def damaged_in(data: bytes, slug: str) -> bytes:
    """The bytes with one of the section of this event changed: it stands after the head, its id first."""
    place = data.rindex(f"xx.{slug}.".encode())
    return data[:place] + b"?" + data[place + 1 :]


def test_a_text_that_is_not_there_is_not_there_in_a_compiled_pack_either(
    small_folder: Path, tmp_path: Path
) -> None:
    load_pack(small_folder, tmp_path)
    pack = load_pack(small_folder, tmp_path)
    assert pack.text("question.nobody.text", "fr") == ""
    assert not pack.has_text("procedure.xx.nothing.at.all.title", "fr")
    assert "nobody" not in pack.questions
    assert pack.questions.get("nobody") is None


def test_a_changed_source_is_compiled_anew(small_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    shutil.copytree(small_folder, folder)
    before = load_pack(folder, tmp_path / "cache")
    bodies = folder / "bodies.yaml"
    bodies.write_text(bodies.read_text("utf-8").replace('"CAF"', '"Caisse"'), "utf-8")
    after = load_pack(folder, tmp_path / "cache")
    assert before.hash != after.hash
    assert after.text("body.caf.name", "fr") == "Caisse"


def test_old_compiled_packs_do_not_fill_the_disk(small_folder: Path, tmp_path: Path) -> None:
    folder, cache = tmp_path / "xx", tmp_path / "cache"
    shutil.copytree(small_folder, folder)
    bodies = folder / "bodies.yaml"
    for n in range(KEPT + 3):
        bodies.write_text(bodies.read_text("utf-8") + f"# {n}\n", "utf-8")
        last = load_pack(folder, cache)
    assert len(list(cache.glob("*.pack"))) == KEPT
    assert load_compiled(cache, last.hash) is not None


def test_a_cache_that_cannot_be_written_only_costs_time(
    small_folder: Path, small: Pack, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    assert same(load_pack(small_folder, tmp_path / "file" / "cache"), small)


def test_other_files_in_the_folder_do_not_count(small_folder: Path, small: Pack, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/README.md").write_text("hello")
    assert load_pack(tmp_path / "xx").hash == small.hash


def test_a_pack_is_found_by_id_or_folder(small_folder: Path) -> None:
    assert find_pack("fr") == root() / "assets/packs/fr"
    assert find_pack(str(small_folder)) == small_folder


@pytest.mark.parametrize("ref", ["zz", "", "../../no-such-folder", "no\x00thing", "x" * 5000])
def test_a_pack_that_is_not_there_is_named(ref: str) -> None:
    with pytest.raises(PackNotFound) as refused:
        find_pack(ref)
    assert "fr" in refused.value.allowed


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        load_pack(tmp_path)


def test_an_earlier_version_is_found_by_its_hash_although_its_sources_are_gone(
    small_folder: Path, tmp_path: Path
) -> None:
    folder, cache = tmp_path / "xx", tmp_path / "cache"
    before = edited_pack(small_folder, folder, cache=cache)
    shutil.rmtree(folder)
    found = load_compiled(cache, before.hash)
    assert found is not None
    assert same(found, before)
    for digest in ("0" * 64, "", f"../{before.hash}", before.hash.upper()):
        assert load_compiled(cache, digest) is None


def test_an_earlier_version_with_one_flipped_bit_is_no_version(small_folder: Path, tmp_path: Path) -> None:
    before = edited_pack(small_folder, tmp_path / "xx", cache=tmp_path)
    (file,) = tmp_path.glob("*.pack")
    data = bytearray(file.read_bytes())
    for at in (20, len(data) // 2, len(data) - 1):
        damaged = bytearray(data)
        damaged[at] ^= 1
        file.write_bytes(damaged)
        assert load_compiled(tmp_path, before.hash) is None
