"""ENV: rules about environment variables."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.environment import (
    key_variable,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (key_variable,)
