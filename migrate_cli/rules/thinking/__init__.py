"""THK: rules about models that think before they answer."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.thinking import (
    counted_thoughts,
    replayed_thoughts,
    sampling_while_thinking,
    thinking_default,
    thinking_needs_stream,
    thinking_stays_on,
    thoughts_in_answer,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    thinking_default,
    thinking_needs_stream,
    thinking_stays_on,
    thoughts_in_answer,
    sampling_while_thinking,
    replayed_thoughts,
    counted_thoughts,
)
