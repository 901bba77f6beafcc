"""TST: rules about tests of a program."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.testing import (
    cassette,
    golden_output,
    patched_sdk,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    patched_sdk,
    cassette,
    golden_output,
)
