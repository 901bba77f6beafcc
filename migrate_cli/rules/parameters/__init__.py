"""PRM: rules about request parameters."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.parameters import (
    assembled_request,
    end_user,
    null_fields,
    output_ceiling,
    output_limit,
    penalties,
    reasoning_effort,
    request_fields,
    sampling,
    seed,
    several_choices,
    small_limit,
    stop_sequences,
    token_bias,
    token_probabilities,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    output_limit,
    small_limit,
    output_ceiling,
    sampling,
    penalties,
    several_choices,
    stop_sequences,
    token_bias,
    token_probabilities,
    seed,
    end_user,
    request_fields,
    reasoning_effort,
    null_fields,
    assembled_request,
)
