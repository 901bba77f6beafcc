"""TOL: rules about tool calling."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.tools import (
    tool_calling,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (tool_calling,)
