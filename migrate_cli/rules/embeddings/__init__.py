"""EMB: rules about embeddings."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.embeddings import (
    embedding_encoding,
    embedding_index,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    embedding_encoding,
    embedding_index,
)
