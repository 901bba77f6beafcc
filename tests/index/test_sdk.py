"""Names of the openai package, and names that only look like them."""

from __future__ import annotations

import pytest

from migrate_cli.index.sdk import chain_endpoint, constructor, is_exception, legacy_endpoint


@pytest.mark.parametrize(
    ("chain", "endpoint"),
    [
        ("chat.completions.create", "chat.completions"),
        ("chat.completions.with_raw_response.create", "chat.completions"),
        ("with_streaming_response.chat.completions.create", "chat.completions"),
        ("beta.chat.completions.parse", "chat.completions"),
        ("beta.threads.runs.create_and_poll", "threads"),
        ("audio.speech.create", "audio.speech"),
        ("embeddings.create", "embeddings"),
        ("responses.stream", "responses"),
        ("chat.completions", None),
        ("chat.create", None),
        ("audio.create", None),
        ("completions", None),
        ("collections.create", None),
        ("chat.completions.create.assert_called_once", None),
    ],
)
def test_chain_endpoint(chain: str, endpoint: str | None) -> None:
    assert chain_endpoint(tuple(chain.split("."))) == endpoint


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("openai.ChatCompletion.acreate", "chat.completions"),
        ("openai.Audio.translate", "audio.translations"),
        ("openai.api_resources.Embedding.create", "embeddings"),
        ("openai.ChatCompletion.create.mock", None),
        ("openai.ChatCompletion", None),
        ("openai.ChatCompletion.construct_from", None),
        ("openai.Wizard.create", None),
    ],
)
def test_legacy_endpoint(path: str, endpoint: str | None) -> None:
    assert legacy_endpoint(path) == endpoint


@pytest.mark.parametrize("path", ["groq.OpenAI", "openai.OpenAIError", "openai.types.chat", "openai"])
def test_other_names_are_no_constructors(path: str) -> None:
    assert constructor(path) is None


@pytest.mark.parametrize("path", ["openai.RateLimitError", "openai.error.Timeout", "openai.error.TryAgain"])
def test_exceptions(path: str) -> None:
    assert is_exception(path)


@pytest.mark.parametrize("path", ["openai.Timeout", "groq.RateLimitError", "openai.types.error_object"])
def test_other_names_are_no_exceptions(path: str) -> None:
    assert not is_exception(path)
