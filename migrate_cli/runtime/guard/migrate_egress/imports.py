"""Patches a module right after its own import, so that nothing is imported for the guard's sake."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a program may run on a Python that cannot subscript these
    from collections.abc import Callable, Mapping, Sequence

    Patch = Callable[[ModuleType], None]


class _Patching(importlib.abc.Loader):
    def __init__(self, loader: importlib.abc.Loader, patch: Patch) -> None:
        self._loader = loader
        self._patch = patch

    def __getattr__(self, name: str) -> object:
        """What else a loader can do (`get_data`, `get_source`) is that of the module's own."""
        return getattr(self._loader, name)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._patch(module)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules that have a patch, as Python itself would, and no other."""

    def __init__(self, patches: Mapping[str, Patch]) -> None:
        self._patches = patches

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The usual spec, with a loader that patches; None for every other module."""
        patch = self._patches.get(fullname)
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target) if patch else None
        if patch is None or spec is None or spec.loader is None:
            return None
        spec.loader = _Patching(spec.loader, patch)
        return spec


def patch_imports(patches: Mapping[str, Patch]) -> None:
    """Patch each module of `patches` when it is imported, or at once where it already is."""
    for name, patch in patches.items():
        if name in sys.modules:
            patch(sys.modules[name])
    sys.meta_path.insert(0, Finder({n: p for n, p in patches.items() if n not in sys.modules}))
