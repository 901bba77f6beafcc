"""TOL: rules about tool calling."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.tools import (
    cut_history,
    forced_choice,
    function_calls,
    parallel_calls,
    strict_functions,
    tool_arguments,
    tool_deltas,
    tool_loop,
    tool_schemas,
    tool_types,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    function_calls,
    forced_choice,
    parallel_calls,
    strict_functions,
    tool_schemas,
    tool_types,
    cut_history,
    tool_deltas,
    tool_arguments,
    tool_loop,
)
