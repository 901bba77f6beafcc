"""FRM: rules about frameworks."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.frameworks import (
    agents_sdk,
    framework_usage,
    instructor_mode,
    langchain_chat,
    langchain_embeddings,
    langchain_responses,
    langchain_services,
    langchain_strings,
    langchain_structured,
    langchain_tools,
    llamaindex_chat,
    llamaindex_embeddings,
    pydantic_models,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    agents_sdk,
    framework_usage,
    instructor_mode,
    langchain_chat,
    langchain_embeddings,
    langchain_responses,
    langchain_services,
    langchain_strings,
    langchain_structured,
    langchain_tools,
    llamaindex_chat,
    llamaindex_embeddings,
    pydantic_models,
)
