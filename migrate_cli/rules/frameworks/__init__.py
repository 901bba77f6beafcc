"""FRM: rules about frameworks."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.frameworks import (
    framework_usage,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (framework_usage,)
