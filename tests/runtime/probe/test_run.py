"""The manners of a probe: one at a time, no question in vain, and an end as soon as the provider minds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate_cli.catalogue.observed import Seen
from migrate_cli.runtime.probe import run as probe_run
from migrate_cli.runtime.probe.plan import plan
from migrate_cli.runtime.probe.reply import Reply
from migrate_cli.runtime.probe.run import run
from migrate_cli.runtime.probe.verdict import Agreement, Run, kept
from tests.runtime.acme import ACME

KEY = "acme-key-0123456789"
QUESTIONS = plan(ACME, "chat-1", "embed-1", full=False)
FINE = Reply(
    200,
    {"choices": [{"message": {"content": "ok"}}], "output": [], "data": [{"id": "x", "embedding": [0.1]}]},
)
STREAMED = Reply(200, chunks=({"choices": [{"delta": {}}]},))
REFUSED = Reply(400, {"error": {"message": "no", "code": "bad"}})
BUSY = Reply(429, {"error": {}}, retry_after=0.0)

Payload = Mapping[str, Any] | None


class Server:
    """Answers everything well but what is told otherwise, and counts."""

    def __init__(self, *first: Reply, otherwise: Callable[[Payload], Reply | None] = lambda _: None) -> None:
        self.first = list(first)
        self.otherwise = otherwise
        self.asked: list[tuple[str, str, Payload]] = []

    def __call__(self, method: str, path: str, payload: Payload) -> Reply:
        self.asked.append((method, path, payload))
        fine = STREAMED if (payload or {}).get("stream") else FINE
        return self.first.pop(0) if self.first else self.otherwise(payload) or fine


def probed(server: Server, **options: Any) -> Run:
    """A probe of Acme that does not wait."""
    return run(QUESTIONS, server, ACME, KEY, **{"pause": 0.0, **options})


def ids(done: Run, seen: Seen) -> list[str]:
    """The questions that came out like this."""
    return [told.asked.id for told in done.told if told.seen is seen]


def test_each_question_is_asked_once_in_its_order() -> None:
    server = Server()
    done = probed(server)
    assert [(method, path) for method, path, _ in server.asked] == [(q.method, q.path) for q in QUESTIONS]
    assert (done.stopped, done.requests) == (None, len(QUESTIONS))


def test_what_builds_on_a_refused_request_is_not_asked() -> None:
    server = Server(otherwise=lambda payload: REFUSED if "tools" in (payload or {}) else None)
    done = probed(server)
    assert ids(done, Seen.REFUSED) == ["tools"]
    told = {each.asked.id: each for each in done.told}["required"]
    assert (told.sent, told.detail) == (False, "not asked, as tools was not accepted")
    assert len(server.asked) == len(QUESTIONS) - 1 + 1  # one is not asked, and a refusal that surprises twice


def test_a_refusal_that_surprises_must_come_twice() -> None:
    refusals = iter([REFUSED])
    server = Server(otherwise=lambda payload: next(refusals, None) if "tools" in (payload or {}) else None)
    told = {each.asked.id: each for each in probed(server).told}["tools"]
    assert (told.seen, told.detail) == (Seen.UNCLEAR, "refused once, and not when asked again")
    assert "tools" not in [answer.question for answer in kept([told])]


def test_a_documented_refusal_is_asked_about_once() -> None:
    server = Server(otherwise=lambda payload: REFUSED if "logit_bias" in (payload or {}) else None)
    questions = [
        asked for asked in plan(ACME, "chat-1", None, full=True) if asked.id in ("chat", "logit_bias")
    ]
    done = run(questions, server, ACME, KEY, pause=0)
    assert (ids(done, Seen.REFUSED), len(server.asked)) == (["logit_bias"], 2)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(401, {}), "the key was not accepted (HTTP 401)"),
        (Reply(402, {}), "the account is out of money (HTTP 402)"),
        (Reply(500, {}), "the answer has HTTP status 500"),
        (Reply(problem="there was no answer within 1 seconds"), "there was no answer within 1 seconds"),
        (Reply(200, problem="the answer is a web page"), "the answer is a web page"),
        (BUSY, "too many requests, or no quota (HTTP 429)"),
    ],
)
def test_after_the_second_trouble_no_more_is_asked(reply: Reply, why: str) -> None:
    server = Server(otherwise=lambda _: reply)
    done = probed(server)
    assert (len(server.asked), done.stopped) == (2, why)
    assert done.count(Agreement.UNCLEAR) == len(QUESTIONS)


def test_trouble_in_the_middle_keeps_what_was_seen_before() -> None:
    seeds = Server(otherwise=lambda payload: Reply(503, {}) if "seed" in (payload or {}) else None)
    done = probed(seeds)
    assert (done.stopped, ids(done, Seen.UNCLEAR)) == (None, ["seed"])
    late = Server(*[FINE] * 2, *[STREAMED] * 2, Reply(503, {}), Reply(503, {}))
    stopped = probed(late)
    assert stopped.stopped == "the answer has HTTP status 503"
    assert [answer.question for answer in kept(stopped.told)] == ["chat", "thinking", "stream", "usage"]


def test_nobody_there_is_asked_once() -> None:
    server = Server(otherwise=lambda _: Reply(problem="it cannot be reached", fatal=True))
    assert probed(server).stopped == "it cannot be reached"
    assert len(server.asked) == 1


def test_one_answer_of_429_is_asked_again_after_the_time_it_names() -> None:
    server = Server(FINE, Reply(429, {}, retry_after=0.2))
    start = time.monotonic()
    done = probed(server)
    assert time.monotonic() - start >= 0.2
    assert (done.stopped, len(server.asked)) == (None, len(QUESTIONS) + 1)
    assert ids(done, Seen.UNCLEAR) == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_wait_is_not_waited_for(status: int) -> None:
    server = Server(FINE, Reply(status, {}, retry_after=3600.0))
    assert probed(server).stopped == "the server asks to wait for 3,600 seconds"
    assert len(server.asked) == 2


def test_there_is_a_pause_between_two_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[float] = []
    server = Server(otherwise=lambda _: times.append(time.monotonic()))
    run(QUESTIONS[:4], server, ACME, KEY, pause=0.05)
    assert min(b - a for a, b in pairwise(times)) >= 0.04
    assert probe_run.PAUSE >= 0.5


def test_several_at_a_time_see_the_same() -> None:
    one, four = (probed(Server(), concurrency=number) for number in (1, 4))
    assert one == four


def test_several_at_a_time_stop_as_well() -> None:
    server = Server(otherwise=lambda _: Reply(401, {}))
    assert probed(server, concurrency=4).stopped == "the key was not accepted (HTTP 401)"
    assert len(server.asked) <= 5


@pytest.mark.parametrize("concurrency", [1, 3])
def test_an_interrupt_passes_and_no_more_is_asked(concurrency: int) -> None:
    def interrupt(payload: Payload) -> Reply | None:
        raise KeyboardInterrupt

    server = Server(otherwise=interrupt)
    with pytest.raises(KeyboardInterrupt):
        probed(server, concurrency=concurrency)
    assert len(server.asked) <= concurrency


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "code", "choices", "message", "usage", "data", "id"]), inner
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.builds(Reply, st.sampled_from([200, 400, 404, 500]), JSON, st.lists(JSON, max_size=3).map(tuple)))
def test_no_answer_whatever_its_shape_breaks_a_probe(reply: Reply) -> None:
    done = probed(Server(otherwise=lambda _: reply))
    assert len(done.told) == len(QUESTIONS)


def test_progress_is_told_from_nothing_to_all() -> None:
    told: list[tuple[int, int]] = []
    probed(Server(), progress=lambda done, total: told.append((done, total)))
    assert (told[0], told[-1]) == ((0, len(QUESTIONS)), (len(QUESTIONS), len(QUESTIONS)))


def test_nothing_that_is_kept_holds_a_key_or_a_text() -> None:
    echo = Reply(400, {"error": {"message": f"who is {KEY}", "code": f"bad {KEY}"}})
    server = Server(otherwise=lambda payload: echo if "seed" in (payload or {}) else None)
    done = probed(server)
    told = {each.asked.id: each for each in done.told}["seed"]
    assert (told.message, told.code) == ("who is …", None)
    assert KEY not in repr(done)
    assert "who is" not in repr(kept(done.told))


def questions(full: bool) -> Sequence[str]:
    """Everything that is sent, as text."""
    return [str(asked.payload) for asked in plan(ACME, "chat-1", "embed-1", full=full)]


def test_no_request_is_large_and_no_answer_is_long() -> None:
    asked = plan(ACME, "chat-1", "embed-1", full=True)
    assert max(map(len, questions(full=True))) < 2000
    assert max(each.most_output for each in asked) <= 64


def test_nothing_that_costs_more_or_stays_is_asked_for() -> None:
    sent = {name for asked in plan(ACME, "chat-1", "embed-1", full=True) for name in asked.payload or {}}
    assert sent & {"web_search_options", "audio", "file", "background"} == set()
    assert [each for each in questions(full=True) if "'store': True" in each] == []
