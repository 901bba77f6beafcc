"""EMB: rules about embeddings."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.embeddings import (
    embedding_batch,
    embedding_encoding,
    embedding_index,
    embedding_width,
    similarity_threshold,
    splitter_size,
    token_input,
    vector_width,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    embedding_encoding,
    embedding_index,
    embedding_width,
    embedding_batch,
    token_input,
    vector_width,
    similarity_threshold,
    splitter_size,
)
