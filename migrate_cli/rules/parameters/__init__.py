"""PRM: rules about request parameters."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.parameters import (
    output_limit,
    request_fields,
    sampling,
    stop_sequences,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    output_limit,
    sampling,
    stop_sequences,
    request_fields,
)
