"""ENV: rules about environment variables."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.environment import (
    account_variable,
    api_base_variable,
    azure_variable,
    base_url_variable,
    key_format,
    key_scope,
    key_variable,
    model_variable,
    split_client,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    key_variable,
    base_url_variable,
    api_base_variable,
    account_variable,
    azure_variable,
    model_variable,
    key_format,
    key_scope,
    split_client,
)
