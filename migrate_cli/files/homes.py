"""Where a new module has to lie so that a given file can import it, and under which name."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate_cli.files.prefilter import read_bytes

_IMPORT = re.compile(rb"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import\b|import[ \t]+([\w.]+))", re.MULTILINE)
_MOST = 2000  # files that are asked how they import
_PASSED_OVER = {"node_modules", "site-packages", "__pycache__", "build", "dist"}


@dataclass(frozen=True, slots=True)
class Home:
    """The file of a module, the dotted name that it is imported by, and what it holds now (None: it is new)."""

    path: str
    module: str
    present: str | None


def home_beside(root: Path, importer: str, name: str) -> Home:
    """The home of a module `name` for the file `importer` (a POSIX path below `root`).

    A package gets it inside its outermost folder, so that it is installed with it; a script, or a package's file that
    imports its neighbours by their bare names, gets it beside itself. A folder without `__init__.py` is imported as
    others, or the file itself, import from it.
    """
    folder = PurePosixPath(importer).parent
    own = _imported(_bytes(root / importer))
    top = _outermost(root, folder)
    if top is not None and _inside(root, folder, top, own, PurePosixPath(importer).stem):
        return _home(root, top, f"{top.name}.{name}", name)
    dotted = None if _is_package(root, folder) else _as_namespace(root, folder, importer, own)
    return _home(root, folder, f"{dotted}.{name}" if dotted else name, name)


def _home(root: Path, folder: PurePosixPath, module: str, name: str) -> Home:
    path = (folder / f"{name}.py").as_posix()
    file = root / path
    present = _bytes(file).decode("utf-8", "replace") if file.is_file() else None
    return Home(path, module, present)


def _is_package(root: Path, folder: PurePosixPath) -> bool:
    return bool(folder.name) and (root / folder / "__init__.py").is_file()


def _outermost(root: Path, folder: PurePosixPath) -> PurePosixPath | None:
    """The highest folder of the package that a folder belongs to; those in between may lack their `__init__.py`."""
    packages = [p for p in (folder, *folder.parents) if _is_package(root, p) and p.name.isidentifier()]
    return packages[-1] if packages else None


def _inside(root: Path, folder: PurePosixPath, top: PurePosixPath, own: set[str], stem: str) -> bool:
    """Whether a file is imported as a part of the package `top`, and not run or imported by its bare name."""
    if any(name.startswith((".", f"{top.name}.")) or name == top.name for name in own):
        return True
    return _is_package(root, folder) and not any(_beside(root, folder, name, stem) for name in own)


def _imported(data: bytes) -> set[str]:
    """The dotted names after `from` and `import`."""
    return {(a or b).decode("ascii", "ignore") for a, b in _IMPORT.findall(data)}


def _as_namespace(root: Path, folder: PurePosixPath, importer: str, own: set[str]) -> str | None:
    """The dotted name of a folder without `__init__.py`, None when its files are scripts or import each other bare."""
    stem = PurePosixPath(importer).stem
    above = [p for p in folder.parents if folder.name]
    dotted = {".".join(folder.relative_to(top).parts): top for top in above}
    usable = [
        name
        for name in reversed(dotted)
        if all(p.isidentifier() for p in name.split(".")) and name != "openai"
    ]
    if not usable or any(_beside(root, folder, name, stem) for name in own):
        return None
    for names in (own, *(_imported(_bytes(file)) for file in _python_files(root))):
        for name in usable:
            if name in names or any(n.startswith(f"{name}.") for n in names):
                return name
        if stem in names:
            return None
    return next((name for name in usable if any(n.startswith(".") for n in own)), None)


def _beside(root: Path, folder: PurePosixPath, name: str, stem: str) -> bool:
    """Whether an import by a bare name means a neighbour: a package of that name may be installed just as well."""
    first = name.split(".")[0]
    if first in ("", stem, "openai") or first in sys.stdlib_module_names:
        return False
    return (root / folder / f"{first}.py").is_file()


def _python_files(root: Path) -> Iterator[Path]:
    found = 0
    for place, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _PASSED_OVER)
        for file in sorted(f for f in files if f.endswith(".py")):
            found += 1
            if found > _MOST:
                return
            yield Path(place, file)


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except OSError:
        return b""
