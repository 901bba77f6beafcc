"""Hostile mode: every item in turn, the same on every run, each told by its name; what is refused stays refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.answer import EVENTS, Answer
from migrate_cli.runtime.hostile import errors as hostile_errors
from migrate_cli.runtime.hostile import server as hostile
from migrate_cli.runtime.hostile.server import BOUND, ITEMS, Hostile
from migrate_cli.runtime.standin import HOSTILE_HEADER, StandIn
from tests.runtime.acme import ACME, KEY, TOOL, USER, chat

CHAT: dict[str, Any] = {"model": "chat-1", "messages": [USER]}
STREAM = CHAT | {"stream": True}
TOOLS = CHAT | {"tools": [TOOL]}
JSON = CHAT | {"response_format": {"type": "json_object"}}
EVERY = STREAM | {"tools": [TOOL]}


def played(name: str, payload: dict[str, Any], provider: Provider | None = ACME) -> Answer:
    """The answer of one item."""
    return next(item for item in ITEMS if item.name == name).play(payload, provider)


def text(answer: Answer) -> str:
    """All that is sent."""
    return b"".join(answer.parts).decode()


def spoken(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The choice of a whole answer."""
    return dict(json.loads(text(played(name, payload)))["choices"][0])


def names(payload: dict[str, Any], count: int) -> list[str]:
    """The items that so many different requests of one kind meet."""
    state = Hostile()
    met = (state.next("chat.completions", payload | {"seed": n}, ACME) for n in range(count))
    return [item.name for item in met if item is not None]


def test_each_kind_of_request_meets_all_that_fits_it_before_any_a_second_time() -> None:
    kinds = {"stream", "tools", "chat"}
    fitting = [item.name for item in ITEMS if item.needs <= kinds]
    assert names(EVERY, len(fitting)) == fitting
    assert len(set(fitting)) == len(fitting)


def test_the_same_requests_meet_the_same_items() -> None:
    assert names(STREAM, 12) == names(STREAM, 12)


@pytest.mark.parametrize(
    ("payload", "needs"), [(CHAT, "stream"), (CHAT, "tools"), (STREAM, "tools"), (TOOLS, "json")]
)
def test_no_request_meets_what_does_not_fit_it(payload: dict[str, Any], needs: str) -> None:
    unfit = {item.name for item in ITEMS if needs in item.needs}
    assert unfit & set(names(payload, 2 * len(ITEMS))) == set()


def test_the_wait_is_played_only_when_asked_for() -> None:
    assert "slow" not in names(CHAT, 2 * len(ITEMS))
    state = Hostile(slow=True)
    met = [state.next("chat.completions", CHAT | {"seed": n}, ACME) for n in range(2 * len(ITEMS))]
    waits = (item.play(CHAT, ACME).delay for item in met if item is not None and item.name == "slow")
    assert next(waits) == 20.0


@pytest.mark.parametrize(("name", "arguments"), [("empty-arguments", ""), ("broken-arguments", "{bad")])
def test_arguments_of_a_tool_call(name: str, arguments: str) -> None:
    [call] = spoken(name, TOOLS)["message"]["tool_calls"]
    assert call["function"]["arguments"] == arguments


def test_messages_and_finish_reasons() -> None:
    assert len(spoken("two-tool-calls", TOOLS)["message"]["tool_calls"]) == 2
    assert spoken("stop-with-tools", TOOLS)["finish_reason"] == "stop"
    assert (
        spoken("no-content", CHAT)["message"]["content"],
        spoken("no-content", CHAT)["finish_reason"],
    ) == (
        None,
        "length",
    )
    assert spoken("fenced-json", JSON)["message"]["content"].startswith("```json\n{")


STREAMS = {
    "chunk-without-choices": '"choices": []}',
    "usage-only-chunk": '"choices": [], "usage"',
    "no-space": 'data:{"id"',
    "comments": ": keep-alive\n\ndata",
    "byte-order-mark": "\ufeffdata",
    "error-amid-stream": 'data: {"error"',
}


@pytest.mark.parametrize(("name", "part"), STREAMS.items(), ids=STREAMS.keys())
def test_streams(name: str, part: str) -> None:
    answer = played(name, STREAM)
    assert answer.kind == EVENTS
    assert part in text(answer)


def test_a_stream_may_lack_its_end_its_names_or_itself() -> None:
    assert "[DONE]" not in text(played("no-done", STREAM))
    assert '"index": 0, "function"' not in text(played("nameless-delta", EVERY))
    instead = played("error-with-200", STREAM)
    assert (instead.status, instead.kind == EVENTS) == (200, False)


@pytest.mark.parametrize(("name", "header"), [("retry-after", {"Retry-After": "1"}), ("rate-limit", {})])
def test_too_fast(name: str, header: dict[str, str]) -> None:
    answer = played(name, CHAT)
    assert (answer.status, answer.headers) == (429, header)


@pytest.mark.parametrize(
    ("name", "code"),
    [("glm", "1113"), ("qwen", "Throttling.AllocationQuota"), ("deepseek", "insufficient_quota")],
)
def test_the_unpaid_429_has_the_providers_code_where_one_is_known(name: str, code: str) -> None:
    answer = hostile_errors.unpaid(open_catalogue().provider(name))
    assert (answer.status, json.loads(text(answer))["error"]["code"]) == (429, code)


@pytest.mark.parametrize(
    ("name", "status", "part"),
    [
        ("deepseek", 400, "Content Exists Risk"),
        ("qwen", 400, "data_inspection_failed"),
        ("hunyuan", 451, "451001"),
        ("kimi", 400, "considered high risk"),
        ("glm", 400, "1301"),
        ("spark", 400, "content_filter"),
    ],
)
def test_the_filter_answers_as_the_provider_does(name: str, status: int, part: str) -> None:
    answer = hostile_errors.filtered(open_catalogue().provider(name))
    assert answer.status == status
    assert part in text(answer)


def test_what_passes_once_gets_the_usual_answer_when_it_comes_again() -> None:
    state = Hostile()
    state._items = tuple(item for item in ITEMS if item.again == hostile.ONCE)
    assert state.next("chat.completions", CHAT, ACME) is not None
    assert state.next("chat.completions", CHAT, ACME) is None
    assert [count for _, count in state.retries] == [2]
    assert state.overtried == ()


@pytest.mark.parametrize(("tries", "overtried"), [(BOUND, ()), (BOUND + 1, ("unpaid",))])
def test_what_never_passes_is_counted(tries: int, overtried: tuple[str, ...]) -> None:
    state = Hostile()
    state._items = tuple(item for item in ITEMS if item.name == "unpaid")
    met = {item.name for _ in range(tries) if (item := state.next("chat.completions", CHAT, ACME))}
    assert met == {"unpaid"}
    assert state.overtried == overtried


def test_the_server_names_the_item_and_a_refused_request_meets_none() -> None:
    with StandIn(ACME, KEY, hostile=Hostile()) as standin:
        met = standin.answer(chat())
        refused = standin.answer(chat(model="nope"))
    assert met.headers[HOSTILE_HEADER] == standin.exchanges[0].hostile == "no-content"
    assert HOSTILE_HEADER not in refused.headers
    assert (refused.status, standin.exchanges[1].hostile) == (404, None)


def test_a_happy_standin_is_never_hostile() -> None:
    with StandIn(ACME, KEY) as standin:
        headers = [standin.answer(chat(seed=n)).headers for n in range(20)]
    assert headers == [{}] * 20


def test_a_dialect_of_its_own_never_meets_what_is_about_the_openai_compatible_form() -> None:
    state = Hostile()
    met = [
        state.next("chat.completions", EVERY | {"seed": n}, ACME, native=True) for n in range(2 * len(ITEMS))
    ]
    found = {item.name for item in met if item is not None}
    assert found & {"no-space", "comments", "no-done", "byte-order-mark", "nameless-delta"} == set()
    assert {"empty-arguments", "filtered", "error-amid-stream"} <= found


def test_one_item_is_met_once_by_each_conversation_and_its_repair_is_not() -> None:
    state = Hostile(only=next(item for item in ITEMS if item.name == "no-content"))
    other = CHAT | {"messages": [USER | {"content": "Something else"}]}
    repair = CHAT | {
        "messages": [USER, {"role": "assistant", "content": ""}, {"role": "user", "content": "JSON!"}]
    }
    met = [state.next("chat.completions", payload, ACME) for payload in (CHAT, CHAT, repair, other, TOOLS)]
    assert [item is not None for item in met] == [True, False, False, True, False]
