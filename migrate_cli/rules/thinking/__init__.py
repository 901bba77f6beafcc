"""THK: rules about models that think before they answer."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.thinking import (
    thinking_default,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (thinking_default,)
