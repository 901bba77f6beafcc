"""Which files there are: those asked for, and those that may explain them.

In a git work tree git lists the files (tracked, and untracked but not ignored). Elsewhere, or without git,
the directories are walked. Directory symlinks are never followed; a linked file counts once, as the real
file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.files import git, skips
from migrate_cli.model import Skip, UserError

SUFFIXES = (".py", ".pyw", ".ipynb")
BROKEN = "broken symlink"
OUTSIDE = "symlink outside the root"
TOO_LARGE = "too large (name such a file to have it read)"
# Saved outputs make notebooks big; their code is not.
_NOTEBOOK_ALLOWANCE = 10


@dataclass(frozen=True, slots=True)
class Discovery:
    """`files` were asked for; `project` also holds the Python files and notebooks that may explain them.

    Both are sorted POSIX paths relative to `root`. `skips` tells what was left out beneath the asked paths.
    """

    root: Path
    files: tuple[str, ...]
    project: tuple[str, ...]
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    files: tuple[str, ...]
    skips: tuple[Skip, ...]


def discover(paths: Sequence[Path], *, max_bytes: int = 2_000_000) -> Discovery:
    """Find the files under `paths` (the current directory without any).

    `max_bytes` bounds a file's size; notebooks may be ten times as big. A file named outright is taken even
    when it is bigger, is ignored or lies in a skipped directory. Raises UserError for a path that does not exist.
    """
    asked = [_real(path) for path in paths or (Path(),)]
    common = _common(asked)
    top = git.top_level(common)
    listing = git.listing(top) if top is not None else None
    root = _real(top) if top is not None else _import_root(common)
    tree = None if listing is None else _Tree.of(listing)
    taken = {path: _beneath(root, path, tree) for path in asked}
    wanted = {name for found in taken.values() for name in found.files}
    named = {name for path, found in taken.items() if not path.is_dir() for name in found.files}
    around = taken.get(root) or (_walk(root, "", packages=True) if tree is None else tree.select(root, ""))
    checks = {
        name: _check(root, name, None if name in named else max_bytes) for name in wanted.union(around.files)
    }
    files = {real for name in wanted if isinstance(real := checks[name], str)}
    project = {real for real in checks.values() if isinstance(real, str)}
    left = {skip for found in taken.values() for skip in found.skips if skip.reason not in skips.QUIET}
    left.update(verdict for name in wanted if isinstance(verdict := checks[name], Skip))
    ordered = sorted(left, key=lambda skip: (skip.path, skip.reason))
    return Discovery(root, tuple(sorted(files)), tuple(sorted(project)), tuple(ordered))


def _real(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except PermissionError:
        raise UserError(f"no permission to look at {path}") from None
    except (OSError, RuntimeError):  # RuntimeError: a symlink loop, before Python 3.13
        if path.is_symlink():
            raise UserError(f"{path} is a symlink that leads nowhere, or in a circle") from None
        raise UserError(f"path does not exist: {path}") from None


def _common(asked: Sequence[Path]) -> Path:
    """The deepest directory that holds all asked paths."""
    try:
        common = Path(os.path.commonpath(asked))
    except ValueError:
        raise UserError("the paths lie on different drives: run once for each drive") from None
    return common if common.is_dir() else common.parent


def _import_root(directory: Path) -> Path:
    """Out of the package that `directory` may be in, so that its absolute imports can be followed."""
    while (directory / "__init__.py").is_file() and directory.parent != directory:
        directory = directory.parent
    return directory


def _beneath(root: Path, path: Path, tree: _Tree | None) -> _Found:
    """What one asked path stands for."""
    name = "" if path == root else path.relative_to(root).as_posix()
    if not path.is_dir():
        if name.endswith(SUFFIXES) or _is_script(path):
            return _Found((name,), ())
        return _Found((), (Skip(name, "not a Python file or notebook"),))
    if tree is None or (name and name not in tree.children):
        return _walk(root, name)  # no git, or a directory that git ignores and the user asked for
    return tree.select(root, name)


def _is_script(path: Path) -> bool:
    """Whether a file without a Python suffix starts with a line that names Python as its interpreter."""
    if not stat.S_ISREG(path.stat().st_mode):
        return True  # so that the check names what it is
    try:
        with path.open("rb") as stream:
            first = stream.readline(200)
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first


# --- the git way ---


@dataclass(frozen=True, slots=True)
class _Tree:
    """A listing by directory: `children` holds the names directly in each, "" being the root."""

    files: tuple[str, ...]
    children: dict[str, set[str]]
    links: tuple[str, ...]
    nested: tuple[str, ...]

    @staticmethod
    def of(listing: git.Listing) -> _Tree:
        children: dict[str, set[str]] = {"": set()}
        for path in listing.files:
            directory, _, name = path.rpartition("/")
            while directory not in children:
                children[directory] = {name}
                directory, _, name = directory.rpartition("/")
            children[directory].add(name)
        files = tuple(path for path in listing.files if path.endswith(SUFFIXES))
        return _Tree(files, children, listing.links, listing.nested)

    def select(self, root: Path, base: str) -> _Found:
        """The Python files beneath the directory `base`, without those in directories to be left out."""
        start = f"{base}/" if base else ""
        verdicts: dict[str, Skip | None] = {base: None}
        chosen: list[str] = []
        for path in self.files:
            if path.startswith(start) and self._verdict(path.rpartition("/")[0], verdicts) is None:
                chosen.append(path)
        left = {verdict for verdict in verdicts.values() if verdict is not None}
        left.update(Skip(p, "nested git repository") for p in self.nested if p.startswith(start))
        for link in self.links:
            if link.startswith(start):
                left.update(_linked_directory(root, link))
        return _Found(tuple(chosen), tuple(left))

    def _verdict(self, directory: str, verdicts: dict[str, Skip | None]) -> Skip | None:
        if directory in verdicts:
            return verdicts[directory]
        parent, _, name = directory.rpartition("/")
        verdict = self._verdict(parent, verdicts)
        if verdict is None:
            reason = skips.by_name(name, walking=False) or skips.by_content(name, self.children[directory])
            verdict = Skip(directory, reason) if reason else None
        verdicts[directory] = verdict
        return verdict


# --- the walk ---


def _walk(root: Path, base: str, *, packages: bool = False) -> _Found:
    """Walk the directory `base` of `root`; with `packages` go down only into what can be imported."""
    files: list[str] = []
    left: list[Skip] = []
    pending = [base]
    while pending:
        directory = pending.pop()
        try:
            entries = list(os.scandir(root / directory))
        except OSError as error:
            left.append(Skip(directory or ".", f"unreadable directory: {error.strerror}", problem=True))
            continue
        if directory != base:
            children = {entry.name for entry in entries}
            if packages and "__init__.py" not in children:
                continue
            if reason := skips.by_content(directory.rpartition("/")[2], children):
                left.append(Skip(directory, reason))
                continue
        for entry in entries:
            name = f"{directory}/{entry.name}" if directory else entry.name
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                if reason := skips.by_name(entry.name, walking=True):
                    left.append(Skip(name, reason))
                else:
                    pending.append(name)
            elif entry.name.endswith(SUFFIXES):
                files.append(name)
            elif entry.is_symlink():
                left.extend(_linked_directory(root, name))
    return _Found(tuple(files), tuple(left))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Windows' other directory link, known to Python since 3.12."""
    probe = getattr(entry, "is_junction", None)
    return bool(probe and probe())


def _linked_directory(root: Path, name: str) -> Iterable[Skip]:
    """A symlinked directory is worth a word only when its files are not met elsewhere in the tree."""
    verdict = _resolve(root, name)
    if isinstance(verdict, str) or verdict.reason == BROKEN:
        return ()
    if verdict.reason == OUTSIDE and not (root / name).is_dir():
        return ()
    return (verdict,)


# --- single files ---


def _check(root: Path, name: str, max_bytes: int | None) -> str | Skip | None:
    """The real path of a usable file, the reason against it, or None when it is gone from the disk.

    `max_bytes` is None for a file of any size.
    """
    place = f"{root}/{name}"  # a string: joining paths costs more than asking the file system
    try:
        state = os.lstat(place)
        if stat.S_ISLNK(state.st_mode):
            resolved = _resolve(root, name)
            if isinstance(resolved, Skip):
                return resolved
            name = resolved
            state = os.lstat(root / name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Skip(name, f"unreadable: {error.strerror}", problem=True)
    if not stat.S_ISREG(state.st_mode):
        return Skip(name, "not a regular file")
    if max_bytes is None:
        return name
    allowed = max_bytes * _NOTEBOOK_ALLOWANCE if name.endswith(".ipynb") else max_bytes
    return Skip(name, TOO_LARGE) if state.st_size > allowed else name


def _resolve(root: Path, name: str) -> str | Skip:
    """Where a symlink leads, relative to `root`, or why it is not followed."""
    try:
        target = (root / name).resolve(strict=True)
    except FileNotFoundError:
        return Skip(name, BROKEN)
    except RuntimeError:  # before Python 3.13
        return Skip(name, "symlink loop")
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Skip(name, "symlink loop")
        return Skip(name, f"unreadable: {error.strerror}", problem=True)
    if not target.is_relative_to(root):
        return Skip(name, OUTSIDE)
    return target.relative_to(root).as_posix()
