"""SDK: rules about clients, module settings and model names."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.clients import (
    azure_client,
    call_settings,
    client_endpoint,
    dead_sdk,
    default_client,
    entra_sign_in,
    foreign_client,
    httpx_objects,
    instrumented,
    model_list,
    model_name,
    model_switches,
    module_settings,
    newer_arguments,
    organisation,
    raw_headers,
    retired_model,
    short_timeouts,
    switch_keywords,
    unresolved_receiver,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    unresolved_receiver,
    foreign_client,
    client_endpoint,
    azure_client,
    entra_sign_in,
    organisation,
    newer_arguments,
    short_timeouts,
    httpx_objects,
    instrumented,
    module_settings,
    call_settings,
    switch_keywords,
    model_name,
    retired_model,
    model_switches,
    model_list,
    raw_headers,
    default_client,
    dead_sdk,
)
