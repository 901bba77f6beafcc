"""MSG: rules about messages of a chat."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.messages import (
    developer_role,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (developer_role,)
