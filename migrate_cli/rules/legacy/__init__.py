"""SDK02, SDK04, SDK06, SDK07: code for openai<1, and what it becomes with `--upgrade-sdk`."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.legacy import (
    calls,
    errors,
    results,
    text_completions,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (calls, results, errors, text_completions)
