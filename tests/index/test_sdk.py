"""Names of the openai package, and names that only look like them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from migrate_cli.index.sdk import (
    ALONE,
    HOLDERS,
    chain_endpoint,
    constructor,
    is_exception,
    legacy_endpoint,
    resource_class_endpoint,
)
from migrate_cli.index.sdk_methods import RESOURCE_METHODS

# What the four generations of the package offer: listed by `list_methods.py`, which reads the installed package.
OFFERED = yaml.safe_load((Path(__file__).parent / "sdk_methods.yaml").read_text(encoding="utf-8"))
CURRENT = [version for version in OFFERED if not version.startswith("0.")]
READS_EVENTS = {
    "webhooks.unwrap",
    "webhooks.verify_signature",
}  # send nothing and are reported: see `sdk_methods`


def methods(version: str, group: str) -> list[str]:
    """Every `resource.method` of one version, of those that make requests or of the others."""
    return [f"{path}.{name}" for path, groups in OFFERED[version].items() for name in groups.get(group, ())]


@pytest.mark.parametrize("version", CURRENT)
def test_every_request_of_a_client_has_an_endpoint(version: str) -> None:
    assert [m for m in methods(version, "requests") if chain_endpoint(tuple(m.split("."))) is None] == []


@pytest.mark.parametrize("version", CURRENT)
def test_every_request_of_a_client_passes_the_filter_by_names(version: str) -> None:
    names = [m.split(".")[-2:] for m in methods(version, "requests")]
    assert [n for n in names if n[1] not in ALONE and n[0] not in HOLDERS] == []


def test_every_request_of_old_has_an_endpoint() -> None:
    missing = [m for m in methods("0.28.1", "requests") if legacy_endpoint(f"openai.{m}") is None]
    assert missing == []


@pytest.mark.parametrize("version", CURRENT)
def test_methods_that_make_no_request_are_left_alone(version: str) -> None:
    others = set(methods(version, "others")) - READS_EVENTS
    assert [m for m in others if chain_endpoint(tuple(m.split("."))) is not None] == []


def test_methods_of_old_that_make_no_request_are_left_alone() -> None:
    others = methods("0.28.1", "others")
    assert [m for m in others if legacy_endpoint(f"openai.{m}") is not None] == []


def test_the_oldest_client_and_the_newest_are_both_known() -> None:
    assert {"fine_tunes", "assistants.files", "responses", "videos", "skills"} <= RESOURCE_METHODS.keys()


@pytest.mark.parametrize(
    ("chain", "endpoint"),
    [
        ("chat.completions.create", "chat.completions"),
        ("chat.completions.with_raw_response.create", "chat.completions"),
        ("with_streaming_response.chat.completions.create", "chat.completions"),
        ("beta.chat.completions.parse", "chat.completions"),
        ("chat.completions.create_with_completion", "chat.completions"),
        ("beta.threads.runs.create_and_poll", "threads"),
        ("audio.speech.create", "audio.speech"),
        ("embeddings.create", "embeddings"),
        ("files.download", "files"),
        ("responses.stream", "responses"),
        ("responses.input_tokens.count", "responses"),
        ("admin.organization.usage.completions", "admin"),
        ("live.sessions.accept", "realtime"),
        ("chat.completions", None),
        ("models.download", None),
        ("chat.create", None),
        ("audio.create", None),
        ("completions", None),
        ("completions.parse", None),
        ("embeddings.list", None),
        ("models.create", None),
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
        ("openai.Audio.transcribe_raw", "audio.transcriptions"),
        ("openai.api_resources.Embedding.create", "embeddings"),
        ("openai.embeddings_utils.get_embedding", "embeddings"),
        ("openai.embeddings_utils.cosine_similarity", None),
        ("openai.ChatCompletion.create.mock", None),
        ("openai.ChatCompletion", None),
        ("openai.ChatCompletion.construct_from", None),
        ("openai.Wizard.create", None),
    ],
)
def test_legacy_endpoint(path: str, endpoint: str | None) -> None:
    assert legacy_endpoint(path) == endpoint


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("openai.resources.chat.completions.Completions.create", "chat.completions"),
        ("openai.resources.chat.completions.completions.AsyncCompletions.create", "chat.completions"),
        ("openai.resources.Embeddings.create", "embeddings"),
        ("openai.resources.audio.transcriptions.Transcriptions.create", "audio.transcriptions"),
        ("openai.resources.chat.completions.Completions", None),
        ("openai.resources.chat.completions.Completions.close", None),
        ("openai.resources", None),
        ("openai.types.chat.ChatCompletion.create", None),
    ],
)
def test_resource_class_endpoint(path: str, endpoint: str | None) -> None:
    assert resource_class_endpoint(path) == endpoint


@pytest.mark.parametrize(
    "path", ["openai.OpenAI", "openai.lib.azure.AzureOpenAI", "openai.AsyncBedrockOpenAI"]
)
def test_constructors(path: str) -> None:
    assert constructor(path) == path.rsplit(".", 1)[-1]


@pytest.mark.parametrize("path", ["groq.OpenAI", "openai.OpenAIError", "openai.types.chat", "openai"])
def test_other_names_are_no_constructors(path: str) -> None:
    assert constructor(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "openai.RateLimitError",
        "openai.error.Timeout",
        "openai.error.TryAgain",
        "openai.error.InvalidAPIType",
        "openai._exceptions.APIStatusError",
        "openai.APIRemovedInV1",
    ],
)
def test_exceptions(path: str) -> None:
    assert is_exception(path)


@pytest.mark.parametrize(
    "path",
    [
        "openai.Timeout",
        "groq.RateLimitError",
        "openai.types.error_object",
        "openai.types.responses.ResponseError",
        "openai.error",
    ],
)
def test_other_names_are_no_exceptions(path: str) -> None:
    assert not is_exception(path)
