"""STR: rules about streams."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.streams import (
    empty_choices,
    empty_stream,
    event_lines,
    first_token,
    stream_errors,
    stream_helper,
    stream_usage,
    tools_in_stream,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    empty_choices,
    stream_usage,
    event_lines,
    empty_stream,
    stream_errors,
    stream_helper,
    first_token,
    tools_in_stream,
)
