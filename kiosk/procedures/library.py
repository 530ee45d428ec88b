"""Finds packs and loads them, compiled where possible: a start pays for no parser.

A compiled pack is ``SHA-256 of the payload`` + payload (MessagePack), in a file named after the SHA-256 of
all source files and the format version. It is a cache: anything wrong with it and it is built again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from kiosk.procedures.errors import PackError, PackNotFound
from kiosk.procedures.model import Pack
from kiosk.resources import asset

FORMAT = "4"
"""Goes up with every change of the model, so that no older compiled pack is read."""
LARGEST_FILE, LARGEST_PACK, MOST_FILES = 2_000_000, 10_000_000, 500
DIGEST_SIZE = 32


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


def is_compiled(folder: Path, cache: Path) -> bool:
    """Whether :func:`load_pack` will find the pack ready: milliseconds, not seconds."""
    return _compiled(cache, hash_of(read_sources(folder))).exists()


def _compiled(cache: Path, digest: str) -> Path:
    return cache / f"{digest}-{FORMAT}.pack"


def load_pack(folder: Path, cache: Path | None = None) -> Pack:
    """The pack in ``folder``. ``cache``: a folder for compiled packs, made if missing. Raises PackError."""
    sources = read_sources(folder)
    digest = hash_of(sources)
    compiled = _compiled(cache, digest) if cache else None
    pack = _read_compiled(compiled, digest) if compiled else None
    if pack is None:
        from kiosk.procedures.loader import build_pack

        pack = build_pack(sources, digest)
        if compiled:
            _write_compiled(compiled, pack)
    return pack


def read_sources(folder: Path) -> dict[str, bytes]:
    """Relative path -> bytes of every file that makes the pack; other files are ignored. Raises PackError."""
    root = folder.resolve()
    if not root.is_dir():
        raise PackError(str(folder), 0, 0, "the pack is no folder", "a folder that holds pack.yaml")
    found: dict[str, bytes] = {}
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("events/*.yaml"), *folder.glob("locales/*.po")]):
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


def _read_compiled(path: Path, digest: str) -> Pack | None:
    try:
        data = path.read_bytes()
        payload = memoryview(data)[DIGEST_SIZE:]
        if hashlib.sha256(payload).digest() != data[:DIGEST_SIZE]:
            return None
        pack = msgspec.msgpack.decode(payload, type=Pack)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return pack if pack.hash == digest else None


def _write_compiled(path: Path, pack: Pack) -> None:
    """Whole or not at all; a full or read-only disk only costs the next start its speed."""
    payload = msgspec.msgpack.encode(pack)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(payload).digest() + payload)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
