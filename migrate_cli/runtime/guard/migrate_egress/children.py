"""Keeps the guard on in child processes that are started with an environment of their own, or with none."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

_GUARD = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
# As they are now: a program may clear its environment before it starts a child.
_OURS = {name: value for name, value in os.environ.items() if name.startswith("MIGRATE_STANDIN_")}


def guarded(environment: Mapping[Any, Any] | None) -> dict[Any, Any]:
    """`environment` of a child (names and values both text or both bytes) with the guard's variables.

    None is our own environment, as for `posix_spawn` since Python 3.13.
    """
    own = os.environ if environment is None else environment
    given = {os.fsdecode(name): os.fsdecode(value) for name, value in own.items()}
    path = [part for part in given.get("PYTHONPATH", "").split(os.pathsep) if part and part != _GUARD]
    return {**given, **_OURS, "PYTHONPATH": os.pathsep.join([_GUARD, *path])}


def keep_guard(module: ModuleType) -> None:
    """Patch subprocess: an `env` that was put together by the program gets the guard's variables, too."""
    start = module.Popen.__init__
    signature = inspect.signature(start)

    def guarded_start(*args: Any, **kwargs: Any) -> None:
        bound = signature.bind(*args, **kwargs)
        given = bound.arguments.get("env")
        if given is not None or _is_lost():
            bound.arguments["env"] = guarded(given)
        start(*bound.args, **bound.kwargs)

    module.Popen.__init__ = guarded_start


def keep_guard_in_os(module: ModuleType) -> None:
    """Patch os in the same way: what replaces this process, and what is spawned without subprocess."""
    execve: Callable[..., Any] = module.execve

    def replaced(path: Any, args: Any, env: Any) -> Any:
        return execve(path, args, guarded(env))

    def replaced_plainly(path: Any, args: Any) -> Any:
        return execve(path, args, guarded(module.environ))

    for name, function in (("execve", replaced), ("execv", replaced_plainly)):
        setattr(module, name, function)
    for name in ("posix_spawn", "posix_spawnp"):
        if hasattr(module, name):
            setattr(module, name, _spawning(getattr(module, name)))


def _spawning(spawn: Callable[..., Any]) -> Callable[..., Any]:
    def spawned(path: Any, argv: Any, env: Any, **more: Any) -> Any:
        return spawn(path, argv, guarded(env), **more)

    return spawned


def _is_lost() -> bool:
    """Whether this process would pass on an environment without the guard."""
    return "MIGRATE_STANDIN_URL" not in os.environ or _GUARD not in os.environ.get("PYTHONPATH", "")
