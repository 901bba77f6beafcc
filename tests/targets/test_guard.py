"""The generated module: what it makes of a request, at every provider."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.targets.endpoint import open_target
from migrate_cli.targets.guard import guard_text

CATALOGUE = open_catalogue()
CHAT = "/chat/completions"
HELLO = [{"role": "user", "content": "Hello"}]


class Plain:
    """Stands in for the SDK's client."""

    def _prepare_options(self, options: Any) -> Any:
        return options


@pytest.fixture
def guard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module for the provider that the test names."""
    sdk = ModuleType("openai")
    vars(sdk).update(OpenAI=Plain, AsyncOpenAI=Plain)
    monkeypatch.setitem(sys.modules, "openai", sdk)
    module = ModuleType("migrate_guard")
    exec(guard_text(open_target(CATALOGUE, request.param)), vars(module))
    return module


def at(*providers: str) -> Any:
    return pytest.mark.parametrize("guard", providers, indirect=True)


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_the_text_compiles_and_is_always_the_same(name: str) -> None:
    target = open_target(CATALOGUE, name)
    compile(guard_text(target), "migrate_guard.py", "exec")
    assert guard_text(target) == guard_text(target)
    assert "<<" not in guard_text(target)


@at(*CATALOGUE.provider_ids())
def test_a_plain_request_passes_untouched(guard: ModuleType) -> None:
    asked = {"model": "a-model-of-the-provider", "messages": HELLO, "stream": True}
    assert guard.fitted(CHAT, asked) == asked


@at("deepseek")
def test_what_the_program_holds_is_never_changed(guard: ModuleType) -> None:
    asked = {"model": "gpt-4o", "messages": [{"role": "developer", "content": "x"}], "seed": None}
    guard.fitted(CHAT, asked)
    assert asked == {"model": "gpt-4o", "messages": [{"role": "developer", "content": "x"}], "seed": None}


@at("glm")
def test_fields_are_renamed_cut_and_dropped(guard: ModuleType) -> None:
    asked = {
        "temperature": 1.7,
        "stop": ["a", "b"],
        "max_completion_tokens": 9,
        "logit_bias": {"1": 1},
        "n": None,
    }
    fitted = guard.fitted(CHAT, {"model": "glm-5.3", "messages": HELLO, **asked})
    assert fitted == {"model": "glm-5.3", "messages": HELLO, "temperature": 1, "stop": ["a"], "max_tokens": 9}


@at("ernie")
def test_a_bare_stop_becomes_a_list(guard: ModuleType) -> None:
    fitted = guard.fitted(CHAT, {"model": "ernie-4.5-turbo-128k", "messages": HELLO, "stop": "END"})
    assert fitted["stop"] == ["END"]


@at("deepseek")
def test_a_model_of_openai_is_replaced_and_does_not_think(guard: ModuleType) -> None:
    fitted = guard.fitted(CHAT, {"model": "gpt-4o-2024-08-06", "messages": HELLO})
    assert fitted["model"] == guard.MODELS["gpt-4o"]
    assert fitted["thinking"] == {"type": "disabled"}


@at("deepseek")
def test_thinking_stays_as_the_program_says(guard: ModuleType) -> None:
    fitted = guard.fitted(CHAT, {"model": "gpt-4o", "messages": HELLO}, {"thinking": {"type": "enabled"}})
    assert "thinking" not in fitted


@at("deepseek")
def test_a_model_that_replaces_one_that_reasons_may_think(guard: ModuleType) -> None:
    assert "thinking" not in guard.fitted(CHAT, {"model": "o3", "messages": HELLO})


@at("minimax")
def test_system_messages_are_merged_where_one_is_the_limit(guard: ModuleType) -> None:
    system = [{"role": "system", "content": "a"}, *HELLO, {"role": "developer", "content": "b"}]
    fitted = guard.fitted(CHAT, {"model": "MiniMax-M3.1", "messages": system})
    assert fitted["messages"] == [{"role": "system", "content": "a\n\nb"}, *HELLO]


@at("glm")
def test_a_schema_goes_into_the_prompt(guard: ModuleType) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
    fitted = guard.fitted(CHAT, {"model": "glm-5.3", "messages": HELLO, "response_format": wanted})
    assert fitted["response_format"] == {"type": "json_object"}
    assert '{"type": "object"}' in fitted["messages"][0]["content"]
    assert fitted["messages"][1:] == HELLO


@at("hunyuan")
def test_a_schema_stays_where_it_is_taken(guard: ModuleType) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
    asked = {"model": "hy3", "messages": HELLO, "response_format": wanted}
    assert guard.fitted(CHAT, asked) == asked


@at(*CATALOGUE.provider_ids())
def test_models_and_widths_of_embeddings_never_change(guard: ModuleType) -> None:
    asked = {"model": "text-embedding-3-small", "input": ["a"], "dimensions": 1536}
    assert guard.fitted("/embeddings", asked) == asked


@at("ernie")
def test_what_is_no_json_is_none_of_its_business(guard: ModuleType) -> None:
    options = SimpleNamespace(json_data=None, url="/files", extra_json=None)
    assert guard.GuardedOpenAI()._prepare_options(options).json_data is None


@at("glm")
def test_a_line_is_told_once_what_was_changed(guard: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        guard.fitted(CHAT, {"model": "glm-5.3", "messages": HELLO, "logit_bias": {"1": 1}})
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == ["logit_bias left out"]


PARTS = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
PICTURE = [{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {"url": "https://x"}}]


@at("glm")
def test_lists_of_text_are_joined_where_they_are_refused(guard: ModuleType) -> None:
    fitted = guard.fitted(CHAT, {"model": "glm-5.3", "messages": [{"role": "user", "content": PARTS}]})
    assert fitted["messages"] == [{"role": "user", "content": "a\nb"}]


@at("glm", "qwen")
def test_a_list_with_a_picture_stays(guard: ModuleType) -> None:
    messages = [{"role": "user", "content": PICTURE}]
    assert guard.fitted(CHAT, {"model": "glm-5.3", "messages": messages})["messages"] == messages


@at("kimi")
def test_an_empty_message_says_as_little_as_may_be(guard: ModuleType) -> None:
    messages = [*HELLO, {"role": "assistant", "content": ""}, *HELLO]
    assert guard.fitted(CHAT, {"model": "kimi-k3", "messages": messages})["messages"][1]["content"] == " "


@at("kimi")
def test_an_empty_message_with_tool_calls_stays(guard: ModuleType) -> None:
    messages = [*HELLO, {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}]
    assert guard.fitted(CHAT, {"model": "kimi-k3", "messages": messages})["messages"] == messages
