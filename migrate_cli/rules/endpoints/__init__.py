"""END: rules about services that a provider may not offer."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.endpoints import (
    missing_endpoint,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (missing_endpoint,)
