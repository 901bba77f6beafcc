"""Which files there are: those asked for, those that may explain them, and those around the code.

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

from migrate_cli.files import git, kinds, skips
from migrate_cli.model import Skip, UserError

SUFFIXES = (".py", ".pyw", ".ipynb")
BROKEN = "broken symlink"
OUTSIDE = "symlink outside the root"
TOO_LARGE = "too large (name such a file to have it read)"
TOO_LONG = "too large to be configuration or prose (name such a file to have it read)"
MONSTROUS = "too large to be read"
IGNORED = "ignored by git (name such a file to have it read)"
# Saved outputs make notebooks big; their code is not.
_NOTEBOOK_ALLOWANCE = 10
_MOST_OF_ALL = 10_000_000  # of a file that is not Python, even when it is named outright


@dataclass(frozen=True, slots=True)
class Discovery:
    """`files` were asked for; `project` also holds the Python files and notebooks that may explain them.

    `around` were asked for and are not Python; `beside` also holds those of the rest of the project, unchecked:
    some may be gone or too large. All are sorted POSIX paths relative to `root`. `skips` tells what was left out
    beneath the asked paths.
    """

    root: Path
    files: tuple[str, ...]
    project: tuple[str, ...]
    skips: tuple[Skip, ...]
    around: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    files: tuple[str, ...]
    skips: tuple[Skip, ...]
    around: tuple[str, ...] = ()


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
    named = {
        name for path, found in taken.items() if not path.is_dir() for name in (*found.files, *found.around)
    }
    rest = taken.get(root) or (_walk(root, "", packages=True) if tree is None else tree.select(root, ""))
    checks = {
        name: _check(root, name, None if name in named else max_bytes) for name in wanted.union(rest.files)
    }
    files = {real for name in wanted if isinstance(real := checks[name], str)}
    project = {real for real in checks.values() if isinstance(real, str)}
    around = {name for found in taken.values() for name in found.around}
    verdicts = [_check_around(root, name, named=name in named) for name in around]
    left = {skip for found in taken.values() for skip in found.skips if skip.reason not in skips.QUIET}
    left.update(verdict for name in wanted if isinstance(verdict := checks[name], Skip))
    left.update(verdict for verdict in verdicts if isinstance(verdict, Skip))
    if tree is not None:
        left.update(
            Skip(name, IGNORED) for name in _ignored_settings(root, tree, asked) if name not in around
        )
    ordered = sorted(left, key=lambda skip: (skip.path, skip.reason))
    read = tuple(sorted({verdict for verdict in verdicts if isinstance(verdict, str)} - files))
    beside = tuple(sorted(around.union(rest.around)))
    return Discovery(root, tuple(sorted(files)), tuple(sorted(project)), tuple(ordered), read, beside)


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
        return _Found((), (), (name,))
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
    around: tuple[str, ...]
    left: tuple[Skip, ...]
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
        files: list[str] = []
        around: list[str] = []
        left: list[Skip] = []
        for path in listing.files:
            if path.endswith(SUFFIXES):
                files.append(path)
            elif (reason := kinds.left_out(path)) is not None:
                left.append(Skip(path, reason))
            elif kinds.form_of(path) is not None:
                around.append(path)
        return _Tree(tuple(files), tuple(around), tuple(left), children, listing.links, listing.nested)

    def select(self, root: Path, base: str) -> _Found:
        """What lies beneath the directory `base`, without the directories to be left out."""
        start = f"{base}/" if base else ""
        verdicts: dict[str, Skip | None] = {base: None}

        def stays(path: str) -> bool:
            return path.startswith(start) and self._verdict(path.rpartition("/")[0], verdicts) is None

        chosen = tuple(path for path in self.files if stays(path))
        around = tuple(path for path in self.around if stays(path))
        apart = [skip for skip in self.left if stays(skip.path)]
        left = {verdict for verdict in verdicts.values() if verdict is not None}
        left.update(apart)
        left.update(Skip(p, "nested git repository") for p in self.nested if p.startswith(start))
        for link in self.links:
            if link.startswith(start):
                left.update(_linked_directory(root, link))
        return _Found(chosen, tuple(left), around)

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
    around: list[str] = []
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
            elif (reason := kinds.left_out(name)) is not None:
                left.append(Skip(name, reason))
            elif kinds.form_of(name) is not None:
                around.append(name)
            elif entry.is_symlink():
                left.extend(_linked_directory(root, name))
    return _Found(tuple(files), tuple(left), tuple(around))


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


def _check_around(root: Path, name: str, *, named: bool) -> str | Skip | None:
    """As `_check`, for a file that is not Python. Its form bounds its size; no name makes a huge one readable."""
    form = kinds.form_of(name) or kinds.TEXT
    verdict = _check(root, name, _MOST_OF_ALL if named else kinds.most_bytes(form))
    if isinstance(verdict, Skip) and verdict.reason == TOO_LARGE:
        return Skip(name, MONSTROUS if named else TOO_LONG)
    return verdict


def _ignored_settings(root: Path, tree: _Tree, asked: Sequence[Path]) -> Iterable[str]:
    """The `.env` files that git ignores at the top and in the asked directories: where real keys are kept."""
    for directory in dict.fromkeys((root, *(path for path in asked if path.is_dir()))):
        base = "" if directory == root else f"{directory.relative_to(root).as_posix()}/"
        known = tree.children.get(base.rstrip("/"), set())
        for name in (*_settings(directory), ".streamlit/secrets.toml"):
            inside = base + name
            if name not in known and inside not in tree.around and (directory / name).is_file():
                yield inside


def _settings(directory: Path) -> list[str]:
    """The names in a directory that begin with `.env`."""
    try:
        return [entry.name for entry in os.scandir(directory) if entry.name.startswith(".env")]
    except OSError:
        return []


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
