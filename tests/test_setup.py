"""What a fresh machine relies on: the lock, the commands, and papers that say what is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kiosk.cli import COMMANDS
from kiosk.procedures import find_pack, load_pack
from kiosk.white_label import load_town
from ui.course import offered

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", ".ci/uv.txt")
TEXT = {".md", ".py", ".sh", ".toml", ".txt", ".lock", ".yaml", ".json", ".po", ".spec", ".cfg", ".ini", ""}
ADR_PARTS = ("## Context", "## Decision", "## Consequences")


def tracked() -> list[Path]:
    """Every file of the repository; in an export without git, every file that is not ignored by habit."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def entries(lock: str) -> dict[str, tuple[str, str]]:
    """``{name: (version, the whole entry)}`` of a requirements file with hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        name, version = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line).groups()  # type: ignore[union-attr]
        found[canonicalize_name(name)] = (version, line)
    return found


def ranges() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tables = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    tables += project["dependency-groups"].values()
    return [Requirement(text) for table in tables for text in table]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hash(lock: str) -> None:
    unhashed = [name for name, (_, line) in entries(lock).items() if "--hash=sha256:" not in line]
    assert entries(lock)
    assert not unhashed


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_says_where_packages_come_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"https?://|file://|--(extra-)?index-url|--find-links|^-i ", text, re.MULTILINE)


@pytest.mark.parametrize("wanted", ranges(), ids=str)
def test_the_lock_satisfies_pyproject(wanted: Requirement) -> None:
    version, _ = entries("requirements.lock")[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(version)


def test_without_a_screen_dev_run_says_what_to_do_and_installs_nothing(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    done = subprocess.run(
        [tmp_path / "dev", "run"], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "graphical session" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [".ci", "dev"]


def test_an_unknown_dev_command_is_refused() -> None:
    done = subprocess.run([ROOT / "dev", "nonsense"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: ./dev COMMAND" in done.stderr


def test_every_command_that_the_pages_name_exists() -> None:
    help_page = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    developer = set(re.findall(r"^  (\w+)", help_page, re.MULTILINE)) | {"help"}
    unknown = []
    for page in pages():
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                if (found := re.match(r"(?:\S+=\S+ )*\./dev (\w+)(?: (\w+))?", line)) is not None:
                    known = found[1] in developer and (found[1] != "kiosk" or (found[2] or "ask") in COMMANDS)
                elif (found := re.match(r"(?:\S*/)?kiosk (\w+)", line)) is not None:
                    known = found[1] in COMMANDS
                else:
                    continue
                if not known:
                    unknown.append(f"{page.name}: {line}")
    assert not unknown


def test_the_configuration_of_the_operators_guide_is_valid(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "exploitation.md").read_text("utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    file = tmp_path / "kiosk.toml"
    file.write_text(example, "utf-8")
    (tmp_path / "blason.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    config = load_town(file)
    assert config.send is not None
    pack = load_pack(find_pack(config.pack), ROOT / "data" / "test-packs")
    assert len(offered(pack, config.events)) == len(config.events or ())


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = []
    for page in pages():
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            local = not re.match(r"\w+:", target)
            if local and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_the_changelog_names_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changelog or f"## [{project['version']}]" in changelog


def test_each_decision_has_its_number_and_its_parts() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:3] for path in records]
    assert len(numbers) == len(set(numbers)) > 0
    for path in records:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:3]} "), path.name
        assert not [part for part in ADR_PARTS if part not in text], path.name


def test_no_tracked_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    homes = re.compile(rb"(?<![\w.])/(?:root|work|home/\w+)/\w")
    fine = re.compile(rb"/root/source\b|/home/kiosk\b")
    guilty = []
    for path in tracked():
        if path.suffix in TEXT and path != Path(__file__):
            content = fine.sub(b"", path.read_bytes())
            if homes.search(content):
                guilty.append(str(path.relative_to(ROOT)))
    assert not guilty


def test_nothing_is_left_for_later_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    code = [path for path in tracked() if path.suffix in {".py", ".sh", ".spec"} and path != Path(__file__)]
    assert not [str(path.relative_to(ROOT)) for path in code if marks.search(path.read_text("utf-8"))]


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text
    assert "Appendix" in text
