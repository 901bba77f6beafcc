"""Where a request may go: further base URLs, endpoints that nobody plays, and addresses that stay wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Request
from migrate_cli.runtime.log_line import summary
from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, KEY, post
from tests.runtime.test_real_providers import USER, ask

OPENAI_FILES = Request("POST", "/v1/files", {"authorization": f"Bearer {KEY}"}, b"")
PROMPT: dict[str, Any] = {"prompt": "def f("}


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("deepseek", "https://api.deepseek.com/v1"),
        ("deepseek", "https://api.deepseek.com/beta"),
        ("qwen", "https://ws-1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1"),
        ("hunyuan", "https://tokenhub.tencentmaas.cn/v1"),
    ],
)
def test_a_further_base_that_is_documented_is_right(name: str, base: str) -> None:
    verdict = ask(name, "/chat/completions", base, messages=[USER])
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


@pytest.mark.parametrize(
    ("name", "base", "path"),
    [
        ("deepseek", "https://api.deepseek.com/v2", "/chat/completions"),
        ("deepseek", "https://api.deepseek.com/beta", "/responses"),
        ("glm", "https://open.bigmodel.cn/api/v1", "/chat/completions"),
        ("glm", "https://open.bigmodel.cn/api/paas/v4", "/responses"),
        ("qwen", "https://batch.dashscope.aliyuncs.com/compatible-mode/v1", "/embeddings"),
    ],
)
def test_any_other_is_not_nor_what_is_not_offered_there(name: str, base: str, path: str) -> None:
    refused = ask(name, path, base, messages=[USER], input="x").refused
    assert refused is not None
    assert refused.check == "path"


def test_an_endpoint_with_a_base_of_its_own_is_proven_there_only() -> None:
    at_home = ask("deepseek", "/completions", "https://api.deepseek.com/beta", **PROMPT)
    elsewhere = ask("deepseek", "/completions", "https://api.deepseek.com", **PROMPT)
    assert (at_home.refused, elsewhere.refused) == (None, None)
    assert at_home.notes.unproven == ()
    assert elsewhere.notes.unproven == ("endpoint completions",)


def test_responses_of_glm_are_answered_at_their_own_base() -> None:
    assert ask("glm", "/responses", "https://api.z.ai/api/v1", input="x").refused is None


def test_an_address_is_named_once_only() -> None:
    refused = ask("deepseek", "/chat/completions", "https://api.deepseek.com/v9", messages=[USER]).refused
    assert refused is not None
    assert refused.reason.endswith("is no endpoint of https://api.deepseek.com")


@pytest.mark.parametrize(
    ("name", "path"),
    [("glm", "/audio/transcriptions"), ("glm", "/audio/speech"), ("doubao", "/files"), ("kimi", "/batches")],
)
def test_what_is_offered_and_not_played_is_neither_answered_nor_refused(name: str, path: str) -> None:
    verdict = ask(name, path, input="x")
    assert verdict.refused is None
    assert verdict.unplayed is not None
    assert verdict.unplayed in verdict.notes.unproven


@pytest.mark.parametrize(("name", "path"), [("deepseek", "/audio/speech"), ("kimi", "/assistants")])
def test_what_is_not_offered_is_refused(name: str, path: str) -> None:
    assert ask(name, path, input="x").refused is not None


def test_the_key_is_looked_at_all_the_same() -> None:
    refused = check(post("/voices", {}, key="sk-other"), ACME, KEY).refused
    assert refused is not None
    assert refused.check == "auth"


def test_openai_has_more_than_is_played() -> None:
    assert check(OPENAI_FILES, None, KEY).unplayed == "the stand-in does not play files"


@pytest.mark.parametrize(("name", "kept"), [("qwen", True), ("deepseek", False)])
def test_a_stored_response_is_refused_only_where_none_is_kept(name: str, kept: bool) -> None:
    verdict = ask(name, "/responses/resp_1")
    assert (verdict.refused is None) is kept


def test_the_stand_in_says_that_it_does_not_play() -> None:
    with StandIn(ACME, KEY) as standin:
        told = standin.answer(post("/voices", {}))
    assert told.status == 501
    assert told.headers["x-should-retry"] == "false"
    assert json.loads(b"".join(told.parts))["error"]["code"] == "not_played"
    assert standin.refused == ()
    assert str(standin.exchanges[0]).endswith("501 not played: the stand-in does not play audio.speech")
    assert next(iter(summary(standin.exchanges))) == "1 request: 0 refused, 0 accepted, 1 not played"
