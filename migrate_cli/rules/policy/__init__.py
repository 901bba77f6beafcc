"""POL: rules about secrets, data and safety."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.policy import (
    literal_key,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (literal_key,)
