"""RSP: rules about reading answers."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.responses import (
    business_errors,
    echoed_names,
    empty_content,
    finish_reasons,
    price_tables,
    usage_details,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    finish_reasons,
    usage_details,
    business_errors,
    empty_content,
    echoed_names,
    price_tables,
)
