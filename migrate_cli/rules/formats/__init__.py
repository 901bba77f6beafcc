"""FMT: rules about structured output."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.formats import (
    response_format,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (response_format,)
