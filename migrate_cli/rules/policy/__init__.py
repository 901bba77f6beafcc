"""POL: rules about secrets, data and safety."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.policy import (
    data_location,
    identity_prompt,
    literal_key,
    openai_reports,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    literal_key,
    data_location,
    openai_reports,
    identity_prompt,
)
