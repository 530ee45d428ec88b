"""Keep what PySide6 has for developers out of the start of a kiosk, which every visitor waits for.

Import this before anything else of :mod:`ui`. Two parts of PySide6 cost a third of the start and 7 MB:

- the signatures of Qt's functions, for messages about wrong arguments: here they are read when one is asked
  for;
- ``from __feature__ import …``, which would switch to other names of Qt's functions and which nothing here
  does: for it, PySide6 stands between Python and each import, and reads the source of every module.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_FEATURE = "shibokensupport.feature"
_SIGNATURES = "shibokensupport.signature."
_LATE = {_SIGNATURES + name for name in ("layout", "parser", "lib.tool", "lib.enum_sig", "lib.pyi_generator")}


class _LateModule(ModuleType):
    """A module that is run when something in it is first asked for. (That of ``importlib.util`` would be run
    as soon as PySide6 asks for its name.)"""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_late" not in self.__dict__:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        exec(self.__dict__.pop("_late"), self.__dict__)  # noqa: S102  # PySide6's own code
        return getattr(self, name)


class _LateLoader:
    """Finds the code of a module, and leaves it for later."""

    def __init__(self, real: SourceFileLoader) -> None:
        self._real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _LateModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_late"] = self._real.get_code(module.__name__)


class _FeatureLoader(SourceFileLoader):
    """``from __feature__ import …`` finds no module that uses it, without a look at their sources."""

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        module.__dict__["_mod_uses_pyside"] = lambda _module: False


class _LateFinder:
    """Finds the modules of signatures where PySide6 keeps them as files (``SBK_EMBED=0``)."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, _target: object = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path) if name in (*_LATE, _FEATURE) else None
        if found is None or not isinstance(found.loader, SourceFileLoader):
            return None
        if name == _FEATURE:
            found.loader = _FeatureLoader(name, found.loader.path)
        else:
            found.loader = _LateLoader(found.loader)  # type: ignore[assignment]
        return found


@contextmanager
def _in_brief() -> Iterator[None]:
    """While PySide6 is imported: its signatures stay unread, and what it needs only to unpack itself is not
    brought along where it lies unpacked."""
    spec = find_spec("shiboken6")
    unpacked = spec is not None and spec.origin and (Path(spec.origin).parent / "files.dir").is_dir()
    spared = [name for name in ("zipfile", "tempfile") if unpacked and name not in sys.modules]
    sys.modules.update({name: ModuleType(name) for name in spared})
    sys.meta_path.insert(0, _LateFinder())
    try:
        yield
    finally:
        sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _LateFinder)]
        for name in spared:
            del sys.modules[name]


with _in_brief():
    import PySide6.QtCore  # noqa: F401
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
