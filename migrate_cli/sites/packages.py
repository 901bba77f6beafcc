"""Which requirements bring the SDK of OpenAI or a framework's OpenAI part. Names were looked up on PyPI."""

from __future__ import annotations

import re

_SPECIFIC = {
    "openai", "openai-agents", "tiktoken", "langchain-openai", "trulens-providers-openai",
    "llama-index-llms-openai", "llama-index-llms-openai-like", "llama-index-llms-azure-openai",
    "llama-index-embeddings-openai", "llama-index-embeddings-openai-like", "llama-index-embeddings-azure-openai",
    "llama-index-agent-openai", "llama-index-agent-openai-legacy", "llama-index-multi-modal-llms-openai",
    "llama-index-multi-modal-llms-azure-openai", "llama-index-program-openai", "llama-index-question-gen-openai",
    "llama-index-tools-openai-image-generation", "llama-index-voice-agents-openai",
    "llama-index-packs-gmail-openai-agent",
}  # fmt: skip
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[(?P<extras>[^\]]*)\])?")


def openai_package(requirement: str) -> str | None:
    """The normalised package name of a requirement on OpenAI's SDK or on a framework's OpenAI part, else None."""
    match = _REQUIREMENT.match(requirement.strip())
    if match is None:
        return None
    name = re.sub(r"[-_.]+", "-", match["name"]).lower()
    extras = {e.strip().lower() for e in (match["extras"] or "").split(",")}
    return name if name in _SPECIFIC or "openai" in extras else None
