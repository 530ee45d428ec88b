"""Finds packs and loads them, compiled where possible: a start pays for no parser.

A compiled pack (:mod:`kiosk.procedures.stored`) is a file named after the SHA-256 of all source files and the
format version. It is a cache: anything wrong with it and it is built again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence, Sized
from pathlib import Path

from kiosk.procedures.errors import PackError, PackNotFound, inside
from kiosk.procedures.model import Pack
from kiosk.procedures.stored import StoredPackDamaged, read_pack, write_pack
from kiosk.resources import asset

FORMAT = "6"
"""Goes up with every change of the model, so that no older compiled pack is read."""
KEPT = 8
"""Compiled packs in one cache: the present one and those before it."""
_HASH = re.compile("[0-9a-f]{64}")
FILES = ("*.yaml", "events/*.yaml", "aids/*.yaml", "locales/*.po")
"""What makes a pack or an overlay; other files of the folder are ignored."""
LARGEST_FILE, LARGEST_PACK, MOST_FILES = 2_000_000, 10_000_000, 500


def find_pack(ref: str) -> Path:
    """The folder of a pack: an installed id (``fr``), or a path. Raises PackNotFound."""
    shipped = asset("packs")
    with contextlib.suppress(OSError, ValueError):
        if ref.replace("-", "").isalnum() and (shipped / ref / "pack.yaml").is_file():
            return shipped / ref
        if ref and Path(ref).is_dir():
            return Path(ref)
    installed = sorted(path.parent.name for path in shipped.glob("*/pack.yaml"))
    raise PackNotFound(ref=ref, allowed=", ".join([*installed, "a folder that holds pack.yaml"]))


def is_compiled(folder: Path, cache: Path, overlays: Sequence[Path] = ()) -> bool:
    """Whether :func:`load_pack` will find the pack ready: milliseconds, not seconds."""
    return _compiled(cache, composed_hash(_digests(folder, overlays, cache))).exists()


def named(overlays: Sequence[Path]) -> dict[str, Path]:
    """The overlays by what their files are called in refusals: the folder's name, numbered where two have the
    same."""
    found: dict[str, Path] = {}
    for n, folder in enumerate(overlays, 1):
        name = folder.absolute().name
        found[f"{n}/{name}" if name in found else name] = folder
    return found


def composed_hash(digests: Sequence[str]) -> str:
    """The hash of a pack and its overlays: that of the pack alone, or one over those of all, in order."""
    found = digests[0]
    for digest in digests[1:]:
        found = hashlib.sha256(f"{found}\0{digest}".encode()).hexdigest()
    return found


def _digests(folder: Path, overlays: Sequence[Path], cache: Path | None) -> list[str]:
    found = [digest_of(folder, cache)]
    for name, overlay in named(overlays).items():
        with inside(name):
            found.append(digest_of(overlay, cache))
    return found


def digest_of(folder: Path, cache: Path | None = None) -> str:
    """SHA-256 in hex of the pack's sources. With ``cache`` they are read only where their names, sizes or
    times are not those of the last time. Raises PackError."""
    if cache is None:
        return hash_of(read_sources(folder))
    stamp = cache / f"{hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()}.stamp"
    now = _marks(folder)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(stamp.read_bytes())
        if known["files"] == now and _HASH.fullmatch(known["digest"]):
            return str(known["digest"])
    digest = hash_of(read_sources(folder))
    if now == _marks(folder):
        _write(stamp, json.dumps({"files": now, "digest": digest}).encode())
    return digest


def _marks(folder: Path) -> list[list[str | int]]:
    """What tells that a file was changed, for each file of the pack. Links are followed."""
    found: list[list[str | int]] = []
    for path in _files(folder):
        with contextlib.suppress(OSError):
            facts = path.stat()
            found.append(
                [str(path), facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_dev]
            )
    return found


def _files(folder: Path) -> list[Path]:
    return sorted([path for pattern in FILES for path in folder.glob(pattern)])


def _compiled(cache: Path, digest: str) -> Path:
    return cache / f"{digest}-{FORMAT}.pack"


def load_pack(folder: Path, cache: Path | None = None, overlays: Sequence[Path] = ()) -> Pack:
    """The pack in ``folder``, with these overlays over it in order. ``cache``: a folder for compiled packs,
    made if missing. Raises PackError."""
    digests = _digests(folder, overlays, cache)
    digest = composed_hash(digests)
    compiled = _compiled(cache, digest) if cache else None
    pack = _read_compiled(compiled, digest, lambda: _built(folder, overlays, digests)) if compiled else None
    if pack is None:
        pack = _built(folder, overlays, digests)
        if cache and compiled:
            _write(compiled, write_pack(pack))
            _forget_oldest(cache)
    return pack


def _forget_oldest(cache: Path) -> None:
    """Keep the compiled packs that a draft may still need; older ones only fill the disk."""
    with contextlib.suppress(OSError):
        packs = sorted(cache.glob("*.pack"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in packs[KEPT:]:
            path.unlink(missing_ok=True)


def load_compiled(cache: Path, digest: str) -> Pack | None:
    """The pack of this hash, whole, if it was compiled here: an earlier version."""

    def gone() -> Pack:
        raise StoredPackDamaged

    pack = _read_compiled(_compiled(cache, digest), digest, gone) if _HASH.fullmatch(digest) else None
    if pack is not None:
        try:
            parts: tuple[Sized, ...] = (pack.events, pack.questions, *pack.texts.values())
            for part in parts:
                len(part)
        except (OSError, StoredPackDamaged):
            return None
    return pack


def read_sources(folder: Path) -> dict[str, bytes]:
    """Relative path -> bytes of every file that makes the pack; other files are ignored. Raises PackError."""
    root = folder.resolve()
    if not root.is_dir():
        raise PackError(
            str(folder), 0, 0, "this is no folder", "a folder that holds pack.yaml or overlay.yaml"
        )
    found: dict[str, bytes] = {}
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        found[name] = _read(path, name, root)
        if len(found) > MOST_FILES or sum(map(len, found.values())) > LARGEST_PACK:
            raise PackError(name, 0, 0, "the pack is too large", f"{MOST_FILES} files, {LARGEST_PACK} bytes")
    return found


def _read(path: Path, name: str, root: Path) -> bytes:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            raise PackError(name, 0, 0, "the link leaves the pack's folder", "files inside the folder")
        if not real.is_file():
            raise PackError(name, 0, 0, "this is no file", "a text file")
        with real.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a link that leads nowhere"
        raise PackError(name, 0, 0, f"cannot be read: {reason}", "a readable file") from None
    if len(data) > LARGEST_FILE:
        raise PackError(name, 0, 0, "the file is too large", f"at most {LARGEST_FILE} bytes")
    return data


def hash_of(sources: dict[str, bytes]) -> str:
    """SHA-256 in hex of names, sizes and contents, in order of names."""
    digest = hashlib.sha256()
    for name in sorted(sources):
        digest.update(f"{name}\0{len(sources[name])}\0".encode())
        digest.update(sources[name])
    return digest.hexdigest()


def _built(folder: Path, overlays: Sequence[Path], digests: Sequence[str]) -> Pack:
    """The pack with its overlays, from the sources of these hashes. Raises PackError."""
    from kiosk.procedures.loader import build_pack

    pack = build_pack(_unchanged(folder, digests[0]), digests[0])
    if overlays:
        from kiosk.procedures.overlay import compose

        for (name, overlay), digest in zip(named(overlays).items(), digests[1:], strict=True):
            with inside(name):
                sources = _unchanged(overlay, digest)
            pack = compose(pack, sources, digest, name)
    return pack


def _unchanged(folder: Path, digest: str) -> dict[str, bytes]:
    sources = read_sources(folder)
    if hash_of(sources) != digest:
        raise PackError(str(folder), 0, 0, "the pack changed while it was read", "load it again")
    return sources


def _read_compiled(path: Path, digest: str, again: Callable[[], Pack]) -> Pack | None:
    try:
        pack = read_pack(path, again)
    except (OSError, StoredPackDamaged):
        return None
    return pack if pack.hash == digest else None


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; a full or read-only disk only costs the next start its speed."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
