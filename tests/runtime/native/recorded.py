"""Requests of the providers' own SDKs, recorded on 2026-11-22 (keys and ids are made up), and how to ask with them.

Versions: dashscope 2.0.2, zai-sdk 0.2.3, arkruntime 0.17.0, qianfan 0.4.12.3, tencentcloud-sdk-python-hunyuan 3.1.180.
"""

from __future__ import annotations

import json
from typing import Any

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.exchange import ORIGINAL, Exchange, Request
from migrate_cli.runtime.hostile.server import Hostile
from migrate_cli.runtime.standin import StandIn

KNOWN = open_catalogue()
KEY = "canary-native-0123456789"
SAID = [{"role": "user", "content": "Hello"}]
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}}
TOOL = {"type": "function", "function": {"name": "look", "description": "d", "parameters": SCHEMA}}
TEXT_PATH = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation"
VISION_PATH = "https://dashscope.aliyuncs.com/api/v1/services/aigc/multimodal-generation/generation"
VECTOR_PATH = "https://dashscope.aliyuncs.com/api/v1/services/embeddings/text-embedding/text-embedding"
ARK_PATH = "https://ark.cn-beijing.volces.com/api/v3/chat/completions"
TENCENT = "https://hunyuan.tencentcloudapi.com/"
_SIGNED = (
    "TC3-HMAC-SHA256 Credential=id/2026-11-22/hunyuan/tc3_request, "
    "SignedHeaders=content-type;host, Signature=8f226f15"
)
_NULLS = """
    frequency_penalty presence_penalty repetition_penalty logit_bias logprobs top_logprobs max_tokens
    max_completion_tokens n response_format stop stream stream_options temperature top_p tool_choice tools
    parallel_tool_calls user service_tier reasoning_effort thinking
"""
ARK_NULLS = tuple(_NULLS.split())


def sent(url: str, body: Any, key: str = KEY, method: str = "POST", **headers: str) -> Request:
    """A request as the guard passes it on; header names are written with `_` in place of `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = "/" + url.split("/", 3)[3]
    return Request(method, path, {"authorization": f"Bearer {key}", ORIGINAL: url, **named}, data)


def dashscope(url: str = TEXT_PATH, *, stream: bool = False, key: str = KEY, **parameters: Any) -> Request:
    """`Generation.call("qwen-plus", messages=SAID, …)`."""
    body = {"model": "qwen-plus", "parameters": parameters, "input": {"messages": SAID}}
    headers = {"x_dashscope_sse": "enable", "accept": "text/event-stream"} if stream else {}
    return sent(url, body, key, user_agent="dashscope/2.0.2; python/3.11.7", **headers)


def tencent(action: str = "ChatCompletions", authorization: str = _SIGNED, **fields: Any) -> Request:
    """`HunyuanClient.ChatCompletions`, with further fields."""
    body = {"Model": "hy3", "Messages": [{"Role": "user", "Content": "Hello"}], "Stream": False, **fields}
    given = sent(TENCENT, body, x_tc_action=action, x_tc_version="2023-09-01")
    return Request("POST", "/", {**given.headers, "authorization": authorization}, given.body)


def ark(**fields: Any) -> dict[str, Any]:
    """The body of `Ark().chat.completions.create(model=…, messages=SAID)`."""
    model = {"model": "doubao-seed-2-0-lite-260428", "messages": SAID}
    return {**model, **dict.fromkeys(ARK_NULLS), **fields}


def ask(request: Request, provider: str, hostile: Hostile | None = None) -> tuple[Answer, Exchange]:
    """The answer of `provider`'s stand-in to one request, and what was logged."""
    with StandIn(KNOWN.provider(provider), KEY, forbidden=("canary-openai",), hostile=hostile) as standin:
        answer = standin.answer(request)
        return answer, standin.exchanges[-1]


def body(answer: Answer) -> Any:
    return json.loads(b"".join(answer.parts))


def events(answer: Answer) -> list[Any]:
    """What the events of a stream hold."""
    text = b"".join(answer.parts).decode()
    lines = [each for each in text.split("\n") if each.startswith("data:")]
    return [json.loads(each.removeprefix("data:")) for each in lines]
