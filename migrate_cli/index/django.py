"""Django's settings: `django.conf.settings.NAME` is the constant of that name in a settings module of the project."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from migrate_cli.index import names
from migrate_cli.index.values import Found, Unknown, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

SETTINGS = "django.conf.settings"


def setting(resolver: Resolver, name: str) -> tuple[Found, ...] | None:
    """What the settings modules say of `name`; None where none of them does. Which one is used is not known."""
    project = resolver.project
    modules = [project.module(path) for path in sorted(project.mentioning(name)) if _holds_settings(path)]
    found = union(
        *(names.export(resolver, m, name) for m in modules if m is not None and name in m.scope.bindings)
    )
    told = [f for f in found if not isinstance(f.value, Unknown)]
    return tuple(f.via(likely=len(modules) > 1) for f in told) or None


def _holds_settings(path: str) -> bool:
    """`settings.py`, or a file in the package `settings`."""
    parts = PurePosixPath(path).with_suffix("").parts
    return parts[-1:] == ("settings",) or parts[-2:-1] == ("settings",)
