"""FMT: rules about structured output."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.formats import (
    closed_objects,
    json_word,
    parsed_answer,
    parsed_content,
    refusals,
    response_format,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    response_format,
    parsed_answer,
    json_word,
    closed_objects,
    parsed_content,
    refusals,
)
