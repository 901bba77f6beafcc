"""How a dialect is known: by its address and its SDK's own headers, and by nothing else."""

from __future__ import annotations

import pytest

from migrate_cli.runtime.exchange import Request
from tests.runtime.native.recorded import ARK_PATH, KEY, KNOWN, SAID, TEXT_PATH, ark, ask, body, sent


@pytest.mark.parametrize("host", ["dashscope.aliyuncs.example", "aliyuncs.com", "api.openai.com"])
def test_the_path_at_another_host_is_no_dialect(host: str) -> None:
    _, exchange = ask(sent(TEXT_PATH.replace("dashscope.aliyuncs.com", host), {"model": "qwen-plus"}), "qwen")
    assert (exchange.dialect, exchange.status) == (None, 404)


def test_the_openai_compatible_api_is_left_alone() -> None:
    url = "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions"
    answer, exchange = ask(sent(url, {"model": "qwen-plus", "messages": SAID}), "qwen")
    assert exchange.dialect is None
    assert body(answer)["object"] == "chat.completion"


def test_a_workspace_has_a_host_of_its_own() -> None:
    url = "https://ws1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1/chat/completions"
    _, exchange = ask(sent(url, {"model": "qwen-plus", "messages": SAID, "stop": None}), "qwen")
    assert (exchange.dialect, exchange.status) == ("model-studio-workspace", 200)
    assert exchange.verdict.notes.unproven == ("stop: null",)


def test_null_is_absent_for_the_sdk_that_sends_it() -> None:
    request = sent(ARK_PATH, ark(), user_agent="ark-runtime-python/0.17.0")
    _, exchange = ask(request, "doubao")
    assert (exchange.dialect, exchange.fields) == ("ark", ("messages", "model"))
    assert exchange.verdict.notes.unproven == ()


def test_null_is_no_absence_for_anybody_else() -> None:
    _, exchange = ask(sent(ARK_PATH, ark(), user_agent="OpenAI/Python 3.54.0"), "doubao")
    assert exchange.dialect is None
    assert "temperature: null" in exchange.verdict.notes.unproven


def test_ark_gives_one_vector_for_all_parts() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "image_url", "image_url": {"url": "https://x.example"}}]
    asked = {"model": "doubao-embedding-vision-250615", "input": parts, "dimensions": 8}
    url = "https://ark.cn-beijing.volces.com/api/v3/embeddings/multimodal"
    answer, exchange = ask(sent(url, {**asked, "encoding_format": None}), "doubao")
    assert len(body(answer)["data"]["embedding"]) == 8
    assert exchange.dialect == "ark-multimodal"
    refused, _ = ask(sent(url, {**asked, "model": "gpt-4o"}), "doubao")
    assert body(refused)["error"]["code"] == "InvalidEndpointOrModel.NotFound"


@pytest.mark.parametrize(
    ("provider", "dialect"), [("glm", "zai-sdk"), ("deepseek", None), ("qwen", None), ("kimi", None)]
)
def test_a_mark_counts_for_its_own_provider(provider: str, dialect: str | None) -> None:
    base = KNOWN.provider(provider).sites[0].base_url
    asked = {"model": "glm-5.3-flash", "messages": SAID, "thinking": None, "response_format": None}
    request = sent(f"{base}/chat/completions", asked, x_request_sdk="z-ai-sdk-python")
    assert ask(request, provider)[1].dialect == dialect


@pytest.mark.parametrize(
    ("mark", "unproven"), [({"request_id": "sdk-py-0.4.12.3-abc"}, ()), ({}, ("extra_parameters",))]
)
def test_what_an_sdk_adds_is_proven_for_it_alone(mark: dict[str, str], unproven: tuple[str, ...]) -> None:
    asked = {"model": "ernie-4.5-turbo-128k", "messages": SAID, "extra_parameters": {"request_source": "q"}}
    plain = sent("https://qianfan.baidubce.com/v2/chat/completions", asked)
    request = Request(plain.method, plain.path, {**plain.headers, **mark}, plain.body)
    assert ask(request, "ernie")[1].verdict.notes.unproven == unproven


@pytest.mark.parametrize(
    "url",
    [
        "https://aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro",
        "https://aip.baidubce.com/oauth/2.0/token",
        "https://qianfan.baidubce.com/wenxinworkshop/service/list",
    ],
)
def test_the_old_api_of_qianfan_is_told_and_not_played(url: str) -> None:
    answer, exchange = ask(sent(url, {"messages": SAID}), "ernie")
    assert body(answer)["error_code"] == 336003
    assert (exchange.dialect, exchange.verdict.refused is not None) == ("qianfan-v1", True)
    assert "Call V2 instead" in body(answer)["error_msg"]


def test_a_token_for_two_keys_is_the_key_of_the_standin() -> None:
    url = "https://iam.bj.baidubce.com/v1/BCE-BEARER/token?expireInSeconds=9"
    answer, exchange = ask(sent(url, b"", "bce-auth-v1/id/x", "GET"), "ernie")
    assert (body(answer)["token"], exchange.verdict.auth) == (KEY, "unchecked")
