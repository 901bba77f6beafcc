"""The module that `--guard` puts between a program and its provider."""

from __future__ import annotations

from migrate_cli.targets.guard.module import CLASSES, MARK, NAME, PLAIN_CLASSES, Guard, guard_text

__all__ = ["CLASSES", "MARK", "NAME", "PLAIN_CLASSES", "Guard", "guard_text"]
