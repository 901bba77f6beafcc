"""Names of files: joined from literals, `__file__` and folders, and looked up among the project's files."""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.values import HOLE, Constant, Found, PathName, Text, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_JOINS = {"os.path.join", "posixpath.join"}
_MAKERS = {
    f"pathlib.{name}" for name in ("Path", "PurePath", "PosixPath", "PurePosixPath")
} | {"anyio.Path", "aiopath.AsyncPath", "upath.UPath"}  # fmt: skip
_SAME = {
    "os.path.abspath", "os.path.realpath", "os.path.normpath", "os.path.expanduser", "os.path.expandvars",
    "os.fspath", "builtins.str", "hydra.utils.to_absolute_path",
}  # fmt: skip
_PACKAGE_FILES = {"pkg_resources.resource_filename", "importlib.resources.files", "importlib_resources.files"}
_HERE = {"os.getcwd", "pathlib.Path.cwd"}
_SAME_METHODS = {"resolve", "absolute", "expanduser", "as_posix", "__str__", "__fspath__"}
_UNKNOWN = PathName("", "unknown")
_MOST = 24  # names that one expression can stand for


def of(found: Found) -> PathName | None:
    """The file name that a value is: a path, or a plain string."""
    if isinstance(found.value, PathName):
        return found.value
    if isinstance(found.value, Constant) and isinstance(found.value.value, str):
        return PathName(found.value.value, "cwd")
    if isinstance(found.value, Text):
        tail = found.value.pattern.rpartition(HOLE)[2]
        return PathName(tail.lstrip("/"), "unknown") if tail.startswith("/") else None
    return None


def called(resolver: Resolver, module: Module, use: Use, path: str) -> tuple[Found, ...] | None:
    """What `os.path.join(…)`, `Path(…)` and their relatives give, None when the call is none of them."""
    call = use.node
    assert isinstance(call, ast.Call)
    if path in _HERE:
        return (Found(PathName("", "cwd")),)
    if path == "pathlib.Path" and not call.args:
        return (Found(PathName("", "cwd")),)
    if path in _JOINS or path in _MAKERS:
        parts = [resolver.eval(module, use.scope, use.block, part) for part in call.args]
        return joined(parts) if path in _MAKERS or _any_path(parts) or _ends_in_file(parts) else None
    if path == "os.path.dirname" and call.args:
        return _each(resolver, module, use, call.args[0], 1)
    if path in _SAME and call.args:
        return _each(resolver, module, use, call.args[0], 0)
    if path in _PACKAGE_FILES:
        tail = [resolver.eval(module, use.scope, use.block, part) for part in call.args[1:]]
        return joined([(Found(_UNKNOWN),), *tail])
    return None


def method(
    resolver: Resolver, module: Module, use: Use, receiver: PathName, name: str
) -> tuple[Found, ...] | None:
    """What a method of a path gives that is a path again."""
    call = use.node
    assert isinstance(call, ast.Call)
    if name in _SAME_METHODS:
        return (Found(receiver),)
    if name in ("joinpath", "with_name"):
        base = receiver if name == "joinpath" else up(receiver, 1)
        parts = [resolver.eval(module, use.scope, use.block, part) for part in call.args]
        return joined([(Found(base),), *parts])
    return None


def divided(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.BinOp
) -> tuple[Found, ...]:
    """`folder / "name"`; empty when the left side is no path."""
    left = resolver.eval(module, scope, block, node.left)
    if not any(isinstance(found.value, PathName) for found in left):
        return ()
    return joined([left, resolver.eval(module, scope, block, node.right)])


def joined(parts: list[tuple[Found, ...]]) -> tuple[Found, ...]:
    """The names that the parts make when they are put behind one another."""
    names = [_UNKNOWN] if not parts else [PathName("", "cwd")]
    for part in parts:
        tails = list(dict.fromkeys(of(found) or _UNKNOWN for found in part)) or [_UNKNOWN]
        names = [_join(name, tail) for name in names for tail in tails][:_MOST]
    return tuple(Found(name) for name in dict.fromkeys(names))


def _join(name: PathName, tail: PathName) -> PathName:
    if tail.start != "cwd":
        return tail
    if tail.text.startswith("/"):
        return PathName(tail.text.lstrip("/"), "unknown")
    return PathName(posixpath.join(name.text, tail.text), name.start)


def up(name: PathName, levels: int) -> PathName:
    """The folder that is so many levels above."""
    text = posixpath.normpath(name.text) if name.text else ""
    for _ in range(levels):
        if text in ("", ".") or text.endswith(".."):
            text = posixpath.join(text, "..") if name.start == "cwd" else ""
        else:
            text = posixpath.dirname(text)
    return PathName(text, name.start)


def _each(
    resolver: Resolver, module: Module, use: Use, node: ast.expr, levels: int
) -> tuple[Found, ...] | None:
    found = resolver.eval(module, use.scope, use.block, node)
    paths = [f for f in found if isinstance(f.value, PathName)]
    if not paths:
        return None
    return union(*((f.becomes(up(f.value, levels)),) for f in paths if isinstance(f.value, PathName)))


def _any_path(parts: list[tuple[Found, ...]]) -> bool:
    return any(isinstance(found.value, PathName) for part in parts for found in part)


def _ends_in_file(parts: list[tuple[Found, ...]]) -> bool:
    """Whether the last part is a plain file name, so that the folders before it need not be known."""
    last = [of(found) for found in parts[-1]] if parts else []
    return bool(last) and all(name is not None and posixpath.splitext(name.text)[1] for name in last)


def find(resolver: Resolver, importer: str, name: PathName) -> tuple[str, bool] | None:
    """The project's file of this name and whether it surely is the one; None when there is none, or several."""
    files = resolver.project.beside.files
    text = posixpath.normpath(name.text)
    if name.start == "root":
        return (text, True) if text in files else None
    tail = text.lstrip("./")
    ending = [path for path in files if path == tail or path.endswith(f"/{tail}")] if tail else []
    if name.start == "cwd":
        folder = posixpath.dirname(importer)
        while True:
            candidate = posixpath.normpath(posixpath.join(folder, text))
            if candidate in files:
                return candidate, ending == [candidate]  # wherever the program is started, there is no other
            if not folder:
                break
            folder = posixpath.dirname(folder)
    return (ending[0], False) if len(ending) == 1 else None
