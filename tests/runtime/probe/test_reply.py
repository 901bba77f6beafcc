"""What kind of answer it is: only a refusal of the request itself says something of the question."""

from __future__ import annotations

import json

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.probe.reply import Reply, clean, error, is_refusal, is_success, read, trouble

KEY = "sk-0123456789abcdef0123456789abcdef"
CATALOGUE = open_catalogue(observed=False)


def reply(status: int, body: object = None) -> Reply:
    """An answer with this body."""
    return Reply(status, body)


def failed(**fields: object) -> dict[str, object]:
    """An error body."""
    return {"error": fields}


@pytest.mark.parametrize("status", [400, 404, 405, 415, 422, 501])
def test_a_refusal_says_no_to_the_request(status: int) -> None:
    answer = reply(status, failed(message="no such field", code="invalid_request_error"))
    assert is_refusal(answer, CATALOGUE.provider("deepseek"))
    assert trouble(answer, CATALOGUE.provider("deepseek")) is None


@pytest.mark.parametrize(
    ("provider", "answer"),
    [
        ("glm", reply(400, failed(code="1301", message="…"))),  # a filter
        ("glm", reply(429, failed(code="1113"))),
        ("kimi", reply(400, failed(type="exceeded_current_quota_error"))),
        ("deepseek", reply(400, failed(message="Insufficient Balance"))),
        ("deepseek", reply(401)),
        ("deepseek", reply(402)),
        ("qwen", reply(403, failed(code="AccessDenied.Unpurchased"))),
        ("deepseek", reply(500)),
        ("deepseek", reply(503)),
        ("deepseek", reply(418)),
        ("deepseek", Reply(None, problem="there was no answer")),
    ],
)
def test_no_money_no_right_and_no_time_are_no_refusal_of_a_field(provider: str, answer: Reply) -> None:
    known = CATALOGUE.provider(provider)
    assert not is_refusal(answer, known)
    assert not is_success(answer)
    assert trouble(answer, known)


@pytest.mark.parametrize(
    "body",
    [
        {"base_resp": {"status_code": 1008, "status_msg": "no money"}},
        {"error_code": 336003, "error_msg": "too many"},
        {"error": {"message": "later"}},
        {"error": "later"},
    ],
)
def test_an_error_inside_an_answer_is_no_success_and_no_refusal(body: object) -> None:
    answer = reply(200, body)
    assert not is_success(answer)
    assert not is_refusal(answer, CATALOGUE.provider("minimax"))


@pytest.mark.parametrize(
    "body", [{"choices": []}, {"base_resp": {"status_code": 0, "status_msg": ""}, "choices": []}]
)
def test_a_plain_answer_is_a_success(body: object) -> None:
    assert is_success(reply(200, body))


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("text/html", b"<html>log in</html>", "the answer is a web page"),
        ("application/json", b"<!doctype html>", "the answer is a web page"),
        ("application/json", b'{"choices": [', "the answer is what is no JSON"),
        ("application/json", b"[" * 100_000, "the answer is what is no JSON"),
        ("text/event-stream", b'data: {"choices": []}\n\n', "the stream was cut off"),
        ("text/event-stream", b"data: {bad\n\ndata: [DONE]\n\n", "the stream holds what is no JSON"),
        ("text/event-stream", b"", "the stream was cut off"),
    ],
)
def test_what_cannot_be_read_is_a_problem(kind: str, body: bytes, problem: str) -> None:
    assert read(200, kind, body, None).problem == problem


@pytest.mark.parametrize(
    "body",
    [
        b': keep-alive\n\ndata:{"choices": []}\n\ndata:[DONE]\n\n',
        b'data: {"choices": [{"finish_reason": "stop"}]}\n\n',
        b'data: {"choices": []}\r\n\r\ndata: [DONE]\r\n\r\n',
    ],
)
def test_streams_are_read_however_they_are_written(body: bytes) -> None:
    answer = read(200, "text/event-stream; charset=utf-8", body, None)
    assert (answer.problem, len(answer.chunks)) == (None, 1)


def test_an_error_page_of_a_proxy_keeps_its_status() -> None:
    answer = read(502, "text/html", b"<html>", None)
    assert trouble(answer, CATALOGUE.provider("glm")) == "the answer has HTTP status 502"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("2", 2.0), ("0.5", 0.5), ("-1", 0.0), (None, None), ("Wed, 21 Oct 2026 07:28:00 GMT", 60.0)],
)
def test_the_time_to_wait(header: str | None, seconds: float | None) -> None:
    assert read(429, "application/json", b"{}", header).retry_after == seconds


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Incorrect API key provided: {KEY}", "Incorrect API key provided: …"),
        ("Request id: 0217632ab96cd1f6021763", "Request id: …"),
        ("request_id=req_8f2k39dks02", "request_id=…"),
        ("account 2101234567 of ada@example.com", "account … of …"),
        ("org-AbC123xyz has no access", "… has no access"),
        ("trace 123e4567-e89b-12d3-a456-426614174000", "trace …"),
        ("two\nlines\tand  a tab", "two lines and a tab"),
        ("max_tokens must be at most 8192", "max_tokens must be at most 8192"),
        ("no such model deepseek-v4-pro", "no such model deepseek-v4-pro"),
    ],
)
def test_what_is_shown_of_a_message_names_no_key_account_or_request(text: str, shown: str) -> None:
    assert clean(text, KEY) == shown


def test_a_message_is_cut() -> None:
    assert len(clean("word " * 1000, KEY)) == 160


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (failed(code="1214", message="illegal"), "1214", "illegal"),
        (failed(code=None, type="bad_request", message="x"), "bad_request", "x"),
        ({"code": 20042, "message": "too many", "data": None}, "20042", "too many"),
        ({"message": "HMAC wrong"}, None, "HMAC wrong"),
        (failed(code="0123456789abcdef0123", message=None), None, None),
        (failed(code="what is this", message=[1]), None, None),
        ([], None, None),
    ],
)
def test_code_and_message_of_an_error(body: object, code: str | None, message: str | None) -> None:
    found = error(Reply(400, json.loads(json.dumps(body))), KEY)
    assert (found.code, found.message) == (code, message)
