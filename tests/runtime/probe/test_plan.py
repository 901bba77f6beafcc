"""Which requests a probe is made of, and what is left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Action, Embedding, Provider, Support, Thinking
from migrate_cli.runtime.probe.plan import Asked, default_models, plan
from migrate_cli.runtime.probe.questions import CHAT, EMBEDDINGS, REST
from tests.runtime.acme import ACME, FACT

CATALOGUE = open_catalogue(observed=False)


def planned(
    provider: Provider = ACME, chat: str = "chat-1", embedding: str | None = "embed-1", *, full: bool = False
) -> Mapping[str, Asked]:
    """The requests by the id of their question."""
    return {asked.id: asked for asked in plan(provider, chat, embedding, full=full)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("chat", "accepted"),
        ("seed", "ignored"),
        ("developer", "refused"),
        ("temperature", "refused"),
        ("json_object", "accepted"),
        ("json_schema", "refused"),
        ("n", "refused"),
        ("stop", "refused"),  # a bare text where a list is wanted
        ("stop_many", "refused"),
        ("required", "refused"),
        ("logprobs", "unknown"),
        ("presence_penalty", "unknown"),
        ("base64", "refused"),
        ("batch", "refused"),
        ("embed", "8 numbers"),
        ("dimensions", "accepted"),
        ("responses", "unknown"),
        ("models", "all of them"),
    ],
)
def test_what_is_expected_is_what_the_stand_in_would_say(question: str, expected: str) -> None:
    assert planned()[question].expected == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("chat-1", "unknown"),
        ("think-1", "in reasoning_content"),
        ("maybe-1", "unknown"),
        ("always-1", "in reasoning_content"),
    ],
)
def test_thoughts_are_expected_where_they_are_documented(model: str, expected: str) -> None:
    assert planned(chat=model)["thinking"].expected == expected


def test_the_switch_is_tried_where_there_is_one() -> None:
    off = planned(chat="think-1")["thinking_off"]
    assert (off.expected, (off.payload or {})["thinking"]) == ("no thoughts", {"type": "disabled"})
    assert "thinking_off" not in planned(chat="always-1", full=True)
    assert "thinking_off" not in planned(chat="chat-1", full=True)


def test_a_question_changes_nothing_but_what_it_asks_about() -> None:
    asked = planned(full=True)
    chat, seed = asked["chat"].payload or {}, asked["seed"].payload or {}
    assert {name for name in seed if seed[name] != chat.get(name)} == {"seed"}
    tools, choice = asked["tools"].payload or {}, asked["required"].payload or {}
    assert {name for name in choice if choice[name] != tools.get(name)} == {"tool_choice"}


def test_the_limit_has_the_name_that_the_provider_wants() -> None:
    entries = [
        replace(p, action=Action.RENAME, rename_to="max_completion_tokens") if p.name == "max_tokens" else p
        for p in ACME.parameters
    ]
    asked = planned(replace(ACME, parameters=tuple(entries)), full=True)
    assert "max_tokens" not in (asked["chat"].payload or {})
    assert (asked["chat"].payload or {})["max_completion_tokens"] == 16
    assert "max_completion_tokens" not in asked  # that is what every request asks already
    assert "max_completion_tokens" not in (asked["max_tokens"].payload or {})


def test_without_embeddings_none_are_asked_for() -> None:
    gone = {**ACME.endpoints, "embeddings": replace(ACME.endpoints["embeddings"], support=Support.REJECTED)}
    provider = replace(ACME, endpoints=gone)
    assert default_models(provider, "chat-1", "embed-1") == ("chat-1", None)
    assert [
        asked.path for asked in planned(provider, embedding=None, full=True).values() if "embed" in asked.path
    ] == []


@pytest.mark.parametrize("most", [None, 100, 2048])
def test_a_large_or_unknown_batch_is_not_tried(most: int | None) -> None:
    wide = replace(ACME.models["embed-1"], embedding=Embedding((8,), most, None))
    assert "batch" not in planned(replace(ACME, models={**ACME.models, "embed-1": wide}), full=True)


def test_the_full_set_asks_every_model_that_may_be_used_and_no_other() -> None:
    asked = {name.removeprefix("model ") for name in planned(full=True) if name.startswith("model ")}
    assert asked == {
        "see-1",
        "think-1",
        "maybe-1",
        "always-1",
        "embed-2",
    }  # not the retired one, and no images


def test_the_full_set_asks_a_model_about_what_is_known_of_it_alone() -> None:
    bias = planned(full=True)["logit_bias see-1"]
    assert ((bias.payload or {})["model"], bias.expected, bias.models) == ("see-1", "accepted", ("see-1",))
    assert planned(full=True)["logit_bias"].expected == "refused"
    assert "logit_bias think-1" not in planned(full=True)


def test_the_full_set_asks_about_every_parameter_of_the_catalogue_but_those_left_out_on_purpose() -> None:
    named = {p.name for name in CATALOGUE.provider_ids() for p in CATALOGUE.provider(name).parameters}
    asked = {question.fact for question in (*CHAT, *REST, *EMBEDDINGS)} | {"dimensions"}
    every_request = {"model", "messages"}
    costs_or_has_no_field_of_its_own = {
        "audio",
        "audio_parts",
        "web_search_options",
        "extra_body",
        "role_tool",
    }
    assert named - asked - every_request == costs_or_has_no_field_of_its_own


def test_a_model_that_only_answers_in_streams_is_asked_with_thinking_off() -> None:
    qwen = CATALOGUE.provider("qwen")
    known = replace(
        qwen.models["qwen-plus"],
        id="qwen3-32b",
        thinking=Thinking("on", {"enable_thinking": False}, None, None, FACT),
    )
    asked = planned(replace(qwen, models={**qwen.models, known.id: known}), chat=known.id, embedding=None)
    assert (asked["chat"].expected, (asked["chat"].payload or {})["enable_thinking"]) == ("accepted", False)


def test_the_ids_of_questions_are_unique() -> None:
    ids = [question.id for question in (*CHAT, *REST, *EMBEDDINGS)]
    assert len(ids) == len(set(ids))
    assert {question.on for question in CHAT} - {None} <= set(ids)
