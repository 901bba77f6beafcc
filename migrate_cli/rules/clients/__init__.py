"""SDK: rules about clients, module settings and model names."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.clients import (
    azure_client,
    call_settings,
    client_endpoint,
    foreign_client,
    model_name,
    module_settings,
    organisation,
    unresolved_receiver,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    unresolved_receiver,
    foreign_client,
    client_endpoint,
    azure_client,
    organisation,
    module_settings,
    call_settings,
    model_name,
)
