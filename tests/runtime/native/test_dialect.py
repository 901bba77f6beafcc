"""Dialects without their SDKs: recorded requests are judged like all others, and answered in kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.exchange import ORIGINAL, Request
from migrate_cli.runtime.hostile.server import Hostile
from migrate_cli.runtime.log_line import line
from migrate_cli.runtime.roles import every_role, standin_key
from migrate_cli.runtime.standin import StandIn
from migrate_cli.runtime.verify.compare import compare
from migrate_cli.runtime.verify.process import Ended
from migrate_cli.runtime.verify.run import Observed
from migrate_cli.runtime.verify.verdict import Verdict, Verification, describe
from tests.runtime.native.recorded import (
    KEY,
    KNOWN,
    SAID,
    SCHEMA,
    TENCENT,
    TEXT_PATH,
    TOOL,
    VECTOR_PATH,
    VISION_PATH,
    ask,
    body,
    dashscope,
    events,
    sent,
    tencent,
)

TEXT = "This is stand-in answer 64b690be."
COUNTED = {"input_tokens": 9, "output_tokens": 17, "total_tokens": 26}


def test_dashscope_answers_with_output_usage_and_id() -> None:
    answer, exchange = ask(dashscope(result_format="message"), "qwen")
    message = {"role": "assistant", "content": TEXT}
    found = body(answer)
    assert found["output"] == {"choices": [{"finish_reason": "stop", "message": message}]}
    assert found["usage"] == COUNTED
    assert answer.headers["x-request-id"] == found["request_id"]
    assert (exchange.dialect, exchange.verdict.notes.unproven, exchange.verdict.auth) == (
        "dashscope",
        (),
        "right",
    )


@pytest.mark.parametrize("format", [{"result_format": "text"}, {}])
def test_dashscope_answers_in_plain_text(format: dict[str, str]) -> None:
    answer, _ = ask(dashscope(**format), "qwen")
    assert body(answer)["output"] == {"text": TEXT, "finish_reason": "stop"}


def test_a_form_that_depends_on_the_model_is_not_proven() -> None:
    _, exchange = ask(dashscope(), "qwen")
    assert exchange.verdict.notes.unproven == (
        "result_format is not given, and its default depends on the model",
    )


def test_dashscope_answers_a_picture_in_parts() -> None:
    parts = [{"image": "https://pictures.example/a.png"}, {"text": "What?"}]
    asked = {"model": "qwen3-vl-plus", "input": {"messages": [{"role": "user", "content": parts}]}}
    answer, exchange = ask(sent(VISION_PATH, {**asked, "parameters": {}}), "qwen")
    content = body(answer)["output"]["choices"][0]["message"]["content"]
    assert [list(part) for part in content] == [["text"]]
    assert exchange.verdict.payload["messages"][0]["content"] == [
        {"type": "image_url", "image_url": {"url": "https://pictures.example/a.png"}},
        {"type": "text", "text": "What?"},
    ]


def test_dashscope_streams_what_is_new() -> None:
    answer, _ = ask(dashscope(stream=True, result_format="message", incremental_output=True), "qwen")
    parts = [part.decode() for part in answer.parts]
    assert parts[0].startswith("id:1\nevent:result\n:HTTP_STATUS/200\ndata:{")
    choices = [event["output"]["choices"][0] for event in events(Answer(200, [p.encode() for p in parts]))]
    assert "".join(choice["message"]["content"] for choice in choices) == TEXT
    assert [choice["finish_reason"] for choice in choices] == ["null"] * (len(choices) - 1) + ["stop"]


def test_dashscope_streams_all_so_far_unless_asked_otherwise() -> None:
    answer, _ = ask(dashscope(stream=True, result_format="message", tools=[TOOL]), "qwen")
    calls = [event["output"]["choices"][0]["message"].get("tool_calls") for event in events(answer)]
    assert calls[0] is None
    assert calls[-1][0]["function"] == {"name": "look", "arguments": '{"name": "example"}'}
    assert all(event["usage"] == events(answer)[-1]["usage"] for event in events(answer))


def test_dashscope_numbers_its_vectors() -> None:
    asked = {"model": "text-embedding-v4", "parameters": {"dimension": 64}, "input": {"texts": ["a", "b"]}}
    answer, _ = ask(sent(VECTOR_PATH, asked), "qwen")
    found = body(answer)["output"]["embeddings"]
    assert [(each["text_index"], len(each["embedding"])) for each in found] == [(0, 64), (1, 64)]


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (dashscope(temperature=9), 400, "InvalidParameter"),
        (dashscope(key="canary-else-0123456789"), 401, "InvalidApiKey"),
        (sent(TEXT_PATH, {"model": "qwen-nope", "input": {"messages": SAID}}), 404, "ModelNotFound"),
        (sent(TEXT_PATH, {"model": "qwen-plus", "input": {}}), 400, "InvalidParameter"),
        (sent(TEXT_PATH, b"no JSON"), 400, "InvalidParameter"),
        (
            sent(VECTOR_PATH, {"model": "text-embedding-v4", "input": {"texts": ["a"] * 11}}),
            400,
            "InvalidParameter",
        ),
    ],
)
def test_dashscope_refuses_in_its_own_words(request_: Request, status: int, code: str) -> None:
    answer, exchange = ask(request_, "qwen")
    found = body(answer)
    assert (answer.status, found["code"]) == (status, code)
    assert set(found) == {"code", "message", "request_id"}
    assert exchange.verdict.refused is not None and exchange.verdict.refused.shape_known


@pytest.mark.parametrize(
    "odd", [7, "text", [], [None], {}, {"messages": True, "prompt": "x"}, {"texts": [None]}]
)
@pytest.mark.parametrize("url", [TEXT_PATH, VISION_PATH, VECTOR_PATH])
def test_an_odd_body_is_refused_and_not_dropped(odd: Any, url: str) -> None:
    asked = {"model": "qwen-plus", "input": odd, "parameters": odd}
    answer, exchange = ask(sent(url, asked), "qwen")
    assert answer.status >= 400 or exchange.verdict.payload["messages"] == [{"role": "user", "content": "x"}]
    assert "request_id" in body(answer)


def test_dashscope_refuses_a_stream_with_an_event() -> None:
    answer, _ = ask(dashscope(stream=True, temperature=9), "qwen")
    text = b"".join(answer.parts).decode()
    assert (answer.status, answer.kind) == (400, "text/event-stream")
    assert text.startswith('id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code": "InvalidParameter"')


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/api/v1/services/aigc/text2image/image-synthesis", "text2image"),
        ("/api/v1/tasks/1", "tasks"),
        ("/api/v1/services/aigc/text-generation/generation/more", "more"),
    ],
)
def test_what_the_standin_does_not_play_is_refused_by_name(path: str, word: str) -> None:
    answer, exchange = ask(sent(f"https://dashscope.aliyuncs.com{path}", {"model": "m"}), "qwen")
    assert answer.status == 404
    assert exchange.verdict.refused is not None
    assert word in exchange.verdict.refused.reason and "not proven" in exchange.verdict.refused.reason
    assert not exchange.verdict.refused.shape_known


@pytest.mark.parametrize(
    ("asked", "unread"),
    [
        ({"messages": SAID, "parameters": {}}, "messages"),
        ({"input": {}, "parameters": {"messages": SAID}}, "messages"),
        ({"input": {"messages": SAID, "tools": [TOOL]}, "parameters": {}}, "tools"),
        ({"input": {"messages": SAID}, "temperature": 9}, "temperature"),
    ],
)
def test_what_stands_in_a_wrong_place_is_not_read(asked: dict[str, Any], unread: str) -> None:
    _, exchange = ask(sent(TEXT_PATH, {"model": "qwen-plus", **asked}), "qwen")
    assert unread not in exchange.fields
    assert f"{unread}: outside of input and parameters" in exchange.verdict.notes.unproven


def test_thinking_streams_only_what_is_new() -> None:
    asked = {"stream": True, "result_format": "message", "enable_thinking": True}
    answer, _ = ask(dashscope(**asked), "qwen")
    assert (answer.status, events(answer)[0]["code"]) == (400, "InvalidParameter")
    assert "incremental_output" in events(answer)[0]["message"]


@pytest.mark.parametrize("more", [{"incremental_output": True}, {"enable_thinking": False}])
def test_other_streams_are_left_alone(more: dict[str, bool]) -> None:
    asked = {"result_format": "message", "enable_thinking": True, **more}
    assert ask(dashscope(stream=True, **asked), "qwen")[0].status == 200


def test_tencent_answers_inside_a_response() -> None:
    answer, exchange = ask(tencent(), "hunyuan")
    found = body(answer)["Response"]
    assert found["Choices"] == [{"FinishReason": "stop", "Message": {"Role": "assistant", "Content": TEXT}}]
    assert found["Usage"] == {"PromptTokens": 9, "CompletionTokens": 17, "TotalTokens": 26}
    assert found["RequestId"] == answer.headers["X-TC-RequestId"]
    assert exchange.verdict.auth == "unchecked"


def test_tencent_streams_without_a_mark_at_the_end() -> None:
    answer, _ = ask(tencent(Stream=True), "hunyuan")
    choices = [event["Choices"][0] for event in events(answer)]
    assert "".join(choice["Delta"]["Content"] for choice in choices) == TEXT
    assert [choice["FinishReason"] for choice in choices] == [""] * (len(choices) - 1) + ["stop"]


def test_tencent_takes_a_schema_as_text_and_one_tool_to_call() -> None:
    function = {"Name": "look", "Parameters": json.dumps(SCHEMA)}
    tool = {"Type": "function", "Function": function}
    _, exchange = ask(tencent(Tools=[tool], ToolChoice="custom", CustomTool=tool), "hunyuan")
    payload = exchange.verdict.payload
    assert payload["tools"][0]["function"]["parameters"] == SCHEMA
    assert payload["tool_choice"]["function"]["name"] == "look"
    assert "custom_tool" not in payload


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (tencent(Temperature=9), "InvalidParameter"),
        (tencent(Model="hunyuan-pro"), "InvalidParameterValue.Model"),
        (tencent("GetEmbedding", Model=None, Input="Hello"), "InvalidParameterValue.Model"),
        (tencent("ChatPro"), "InvalidParameter"),
        (tencent(authorization=""), "InvalidParameter"),
    ],
)
def test_tencent_refuses_with_200(request_: Request, code: str) -> None:
    answer, exchange = ask(request_, "hunyuan")
    assert (answer.status, exchange.verdict.refused is not None) == (200, True)
    assert body(answer)["Response"]["Error"]["Code"] == code


def test_a_platform_that_was_to_close_is_not_proven() -> None:
    notes = ask(tencent(), "hunyuan")[1].verdict.notes.unproven
    assert notes == ("hunyuan.tencentcloudapi.com was announced to close on 2026-09-30",)


def test_without_its_header_it_is_not_tencents() -> None:
    assert ask(sent(TENCENT, {"Model": "hy3"}), "hunyuan")[1].dialect is None


def test_a_foreign_key_is_a_leak_in_any_dialect() -> None:
    assert ask(dashscope(user="canary-openai"), "qwen")[1].leaks == ("the body",)
    assert ask(dashscope(), "qwen")[1].leaks == ()


def test_a_move_to_an_sdk_is_compared_like_any_other() -> None:
    with StandIn(None, KEY) as openai:
        asked = {"model": "gpt-4o", "messages": SAID, "temperature": 0.5}
        openai.answer(sent("https://api.openai.com/v1/chat/completions", asked))
        before = openai.exchanges
    kept, changed = ask(dashscope(temperature=0.5), "qwen")[1], ask(tencent(Messages=[]), "hunyuan")[1]
    assert compare(before, [kept]).same
    assert compare(before, [kept]).fields == (("model: gpt-4o -> qwen-plus", 1),)
    assert not compare(before, [changed]).same


def test_a_token_alone_proves_nothing() -> None:
    url = "https://iam.bj.baidubce.com/v1/BCE-BEARER/token"
    _, exchange = ask(sent(url, b"", "bce-auth-v1/id/x", "GET"), "ernie")
    seen = Observed(Ended(0), ((KNOWN.provider("ernie"), exchange),), ())
    assert Verification((), (), seen.ended, describe(seen), ()).verdict is Verdict.UNVERIFIED


def test_the_same_request_gets_the_same_bytes() -> None:
    first, second = (ask(dashscope(stream=True), "qwen")[0] for _ in range(2))
    assert list(first.parts) == list(second.parts)


def test_hostile_answers_speak_the_dialect_too() -> None:
    hostile = Hostile()
    answers = [ask(dashscope(seed=n, result_format="message"), "qwen", hostile)[0] for n in range(6)]
    assert {(answer.status, body(answer)["code"]) for answer in answers if answer.status >= 400} == {
        (429, "Throttling.RateQuota"),
        (400, "DataInspectionFailed"),
    }
    assert all("request_id" in body(answer) for answer in answers)


def test_an_error_amid_a_stream_is_an_event_of_the_dialect() -> None:
    hostile = Hostile()
    asked = [dashscope(stream=True, seed=n, result_format="message") for n in range(18)]
    answers = [ask(request, "qwen", hostile) for request in asked]
    broken = next(answer for answer, exchange in answers if exchange.hostile == "error-amid-stream")
    assert [list(event) for event in events(broken)][-1] == ["code", "message", "request_id"]
    assert b"event:error" in list(broken.parts)[-1]


def test_one_process_plays_them_all() -> None:
    roles = every_role([KNOWN.provider("qwen"), KNOWN.provider("glm")])
    with StandIn(None, "x", roles=roles) as standin:
        asked = dashscope(key=standin_key("qwen"), result_format="message")
        path = {name: value for name, value in asked.headers.items() if name != ORIGINAL}
        answer = standin.answer(Request("POST", f"/qwen{asked.path}", path, asked.body))
        told = line(standin.exchanges[0])
    assert body(answer)["output"]["choices"][0]["message"]["content"] == TEXT
    assert told == (
        "200 POST /qwen/api/v1/services/aigc/text-generation/generation in dashscope qwen-plus: answered"
    )


@pytest.mark.parametrize(
    ("provider", "host"),
    [
        ("qwen", "dashscope-us.aliyuncs.com"),
        ("hunyuan", "hunyuan.tencentcloudapi.com"),
        ("ernie", "aip.baidubce.com"),
    ],
)
def test_the_guard_knows_the_native_hosts(provider: str, host: str) -> None:
    with StandIn(KNOWN.provider(provider), KEY) as standin, StandIn(None, KEY) as openai:
        assert host in standin.netlocs()
        assert host not in openai.netlocs()
