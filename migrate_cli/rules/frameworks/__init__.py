"""FRM: rules about frameworks."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.frameworks import (
    agents_sdk,
    autogen_clients,
    crewai_models,
    default_openai,
    framework_usage,
    instructor_mode,
    javascript,
    langchain_chat,
    langchain_embeddings,
    langchain_responses,
    langchain_services,
    langchain_strings,
    langchain_structured,
    langchain_tools,
    litellm_models,
    litellm_policy,
    llamaindex_chat,
    llamaindex_embeddings,
    other_clients,
    pydantic_models,
    vector_stores,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    agents_sdk,
    autogen_clients,
    crewai_models,
    default_openai,
    framework_usage,
    instructor_mode,
    javascript,
    langchain_chat,
    langchain_embeddings,
    langchain_responses,
    langchain_services,
    langchain_strings,
    langchain_structured,
    langchain_tools,
    litellm_models,
    litellm_policy,
    llamaindex_chat,
    llamaindex_embeddings,
    other_clients,
    pydantic_models,
    vector_stores,
)
