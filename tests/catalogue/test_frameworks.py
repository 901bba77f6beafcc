"""The table of frameworks: complete entries, and names that mean what they say."""

from __future__ import annotations

import pytest

from migrate_cli.catalogue.frameworks import frameworks, parse_frameworks

TABLE = frameworks()
ENDPOINTS = {
    *("chat.completions", "completions", "embeddings", "images", "audio.transcriptions", "audio.speech"),
    *("moderations", "assistants", "responses", "realtime", "fine_tuning", None),
}
ENTRY = {"id": "kit", "name": "Kit", "packages": ["kit"], "verified": ["kit 1"], "advice": "…"}


@pytest.mark.parametrize("framework", TABLE.entries, ids=lambda f: f.id)
def test_every_framework_says_where_it_was_verified(framework) -> None:
    assert framework.verified and framework.advice
    assert {u.endpoint for u in framework.uses} <= ENDPOINTS


def test_names_are_unique_within_a_framework() -> None:
    for framework in TABLE.entries:
        names = [n for u in framework.uses for n in u.names]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "name", ["gpt-4o", "o3-mini", "text-embedding-3-small", "ft:gpt-4o:org::1", "whisper-1", "davinci"]
)
def test_a_model_of_openai(name: str) -> None:
    assert TABLE.models.match(name)


@pytest.mark.parametrize(
    "name",
    ["gpt-oss-20b", "text-embedding-v3", "text-embedding-004", "claude-3", "qwen-plus", "opus", "gpt4all-x"],
)
def test_another_vendors_model(name: str) -> None:
    assert not TABLE.models.match(name)


@pytest.mark.parametrize(
    ("dotted", "owner"),
    [
        ("langchain_openai.ChatOpenAI", "langchain"),
        ("google.adk.models.lite_llm.LiteLlm", "google_adk"),
        ("google.genai.Client", None),
        ("langchainish.ChatOpenAI", None),
    ],
)
def test_owner(dotted: str, owner: str | None) -> None:
    found = TABLE.owner(dotted)
    assert (found.id if found else None) == owner


def test_an_unknown_judge_is_refused() -> None:
    with pytest.raises(ValueError, match="kit: judge"):
        parse_frameworks(
            {"openai_models": "", "frameworks": [{**ENTRY, "uses": [{"names": [], "judge": "x"}]}]}
        )


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match="kit: uses is missing"):
        parse_frameworks({"openai_models": "", "frameworks": [ENTRY]})
