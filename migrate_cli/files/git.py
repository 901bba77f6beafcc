"""What git knows of a work tree. A scanned repository's own settings must not start programs or pagers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from migrate_cli.model import UserError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_GIT = ("git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
# Git hooks run with these set; they would answer for another repository than the one asked about.
_LOCAL = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)
_ARGUMENTS = 200  # more paths than this and the whole tree is asked about, to keep the command line short


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths relative to the top level.

    `files` are tracked, or untracked and not ignored; some may be gone from the disk. `links` are tracked
    symlinks without a Python suffix, `nested` are submodules and other repositories inside.
    """

    files: tuple[str, ...]
    links: tuple[str, ...]
    nested: tuple[str, ...]


def top_level(path: Path) -> Path | None:
    """Top directory of the work tree that holds `path`; None outside of one or without a git to ask."""
    directory = path if path.is_dir() else path.parent
    if not _has_repository(directory):
        return None
    answer = _run(directory, "rev-parse", "--show-toplevel")
    if answer is None or answer.returncode != 0:
        return None
    return Path(os.fsdecode(answer.stdout.removesuffix(b"\n")))


def listing(root: Path) -> Listing | None:
    """Everything git would consider part of the work tree at `root`; None when git cannot say."""
    answer = _run(root, "ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard")
    if answer is None or answer.returncode != 0:
        return None
    files: list[str] = []
    links: list[str] = []
    nested: list[str] = []
    for entry in os.fsdecode(answer.stdout).split("\0"):
        if entry.startswith("? "):  # untracked: the path alone; a repository inside ends with a slash
            path = entry[2:]
            if path.endswith("/"):
                nested.append(path.rstrip("/"))
            else:
                files.append(path)
            continue
        head, _, path = entry.partition("\t")  # tracked: "H mode object stage<TAB>path"
        if " 160000 " in head:
            nested.append(path)
        elif " 120000 " in head and not path.endswith((".py", ".pyw", ".ipynb")):
            links.append(path)
        elif path:
            files.append(path)
    return Listing(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(links)), tuple(dict.fromkeys(nested)))


def dirty_files(root: Path, paths: Iterable[str]) -> frozenset[str] | None:
    """Those of `paths` (POSIX, relative to `root`) whose present content git could not give back.

    Modified, staged, untracked and ignored files all count. None when `root` is in no repository. Raises
    UserError when there is one but git is missing or refuses: its silence must not pass for "clean".
    """
    if not _has_repository(root):
        return None
    groups: dict[str, list[str]] = {}
    nearest: dict[str, str] = {"": ""}
    for path in sorted(set(paths)):
        groups.setdefault(_repository_of(root, path.rpartition("/")[0], nearest), []).append(path)
    dirty: set[str] = set()
    for inner, members in groups.items():
        start = f"{inner}/" if inner else ""
        dirty.update(start + path for path in _dirty(root / inner, [m.removeprefix(start) for m in members]))
    return frozenset(dirty)


def _repository_of(root: Path, directory: str, nearest: dict[str, str]) -> str:
    """The repository below `root` that a directory lies in, "" for the one of `root`.

    A status of the outer repository says nothing of files in a submodule.
    """
    if directory not in nearest:
        own = _exists(root / directory / ".git")
        nearest[directory] = directory if own else _repository_of(root, directory.rpartition("/")[0], nearest)
    return nearest[directory]


def archive(top: Path, revision: str) -> bytes | None:
    """The tree of `revision` as a tar archive, None when there is no such revision."""
    if revision.startswith("-"):
        return None
    answer = _run(top, "archive", "--format=tar", revision)
    return answer.stdout if answer is not None and answer.returncode == 0 else None


def prefix(directory: Path) -> str:
    """`directory` relative to the top level of its work tree, with a slash at the end; empty at the top."""
    return _prefix(directory)


def _dirty(root: Path, asked: list[str]) -> Iterable[str]:
    """Those of `asked` with uncommitted content in the one repository of `root`."""
    prefix = _prefix(root)
    command = (
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--ignored=matching",
    )
    named = ("--", *asked) if len(asked) <= _ARGUMENTS else ()
    answer = _checked(_run(root, *command, *named), root)
    entries = {entry[3:].rstrip("/") for entry in os.fsdecode(answer.stdout).split("\0") if entry}
    return (path for path in asked if _touched(prefix + path, entries))


def _touched(path: str, entries: set[str]) -> bool:
    """Whether the path or a directory above it was reported: git collapses ignored directories."""
    while path:
        if path in entries:
            return True
        path = path.rpartition("/")[0]
    return False


def _prefix(root: Path) -> str:
    """`root` relative to the top level, with a slash at the end; empty when it is the top level."""
    answer = _checked(_run(root, "rev-parse", "--show-prefix"), root)
    return os.fsdecode(answer.stdout.removesuffix(b"\n"))


def _checked(answer: CompletedProcess[bytes] | None, root: Path) -> CompletedProcess[bytes]:
    """The answer, or UserError when git is missing or failed."""
    if answer is not None and answer.returncode == 0:
        return answer
    said = "git was not found"
    if answer is not None:
        said = next(iter(os.fsdecode(answer.stderr).splitlines()), "no reason given")
    raise UserError(
        f"cannot ask git for uncommitted changes in {root} ({said}): mend that, or use --allow-dirty"
    )


def _has_repository(directory: Path) -> bool:
    """Whether a `.git` lies here or above: cheaper than starting git to hear "no"."""
    absolute = directory.absolute()
    return any(_exists(place / ".git") for place in (absolute, *absolute.parents))


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _run(directory: Path, *arguments: str) -> CompletedProcess[bytes] | None:
    """Run git in `directory`; None when there is no git."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    environment.update(GIT_OPTIONAL_LOCKS="0", LC_ALL="C")
    try:
        return subprocess.run(
            [*_GIT, "-C", str(directory), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            check=False,
        )
    except OSError:
        return None
