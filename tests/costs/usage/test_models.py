from __future__ import annotations

import pytest

from migrate_cli.costs.usage.models import bare, modality_of, other_provider


@pytest.mark.parametrize(
    "provider", [None, "openai", "OpenAI", "azure", "AZURE", "az.ai.openai", "azure.ai.openai"]
)
@pytest.mark.parametrize("model", ["gpt-4o", "ft:gpt-4o:acme::x1", "my-deployment", None])
def test_openai_and_azure_are_kept(provider: str | None, model: str | None) -> None:
    assert other_provider(provider, model) is None


@pytest.mark.parametrize(
    ("provider", "model", "owner"),
    [
        ("anthropic", "claude-sonnet-4-5", "anthropic"),
        ("bedrock", None, "bedrock"),
        (None, "claude-3-haiku", "anthropic"),
        (None, "anthropic/claude-3", "anthropic"),
        (None, "openrouter/openai/gpt-4o", "openrouter"),
        ("openai", "qwen-plus", "qwen"),
        ("azure_ai", "mistral-large", "mistral"),
        ("openai_like", "gpt-4o", "openai_like"),
    ],
)
def test_others_are_named(provider: str | None, model: str | None, owner: str) -> None:
    assert other_provider(provider, model) == owner


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("azure/gpt-4o", "gpt-4o"),
        ("openai:gpt-4o", "gpt-4o"),
        ("ft:gpt-4o:acme", "ft:gpt-4o:acme"),
        (None, None),
    ],
)
def test_bare(name: str | None, plain: str | None) -> None:
    assert bare(name) == plain


@pytest.mark.parametrize(
    ("model", "modality"),
    [
        ("gpt-4o", "text"),
        ("text-embedding-3-small", "embedding"),
        ("text-embedding-ada-002", "embedding"),
        ("omni-moderation-latest", "moderation"),
        ("gpt-4o-audio-preview", "audio"),
        ("gpt-4o-mini-transcribe", "audio"),
        ("gpt-image-1", "image"),
        (None, "text"),
    ],
)
def test_modality(model: str | None, modality: str) -> None:
    assert modality_of(model) == modality
