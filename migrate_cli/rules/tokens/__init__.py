"""TOK: rules about counting tokens."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.tokens import (
    context_window,
    token_counting,
    token_encoding,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    token_encoding,
    token_counting,
    context_window,
)
