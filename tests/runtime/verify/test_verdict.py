"""What a run proves, and what it must never be taken to prove."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate_cli.runtime.egress import Escape
from migrate_cli.runtime.exchange import Exchange, Notes, Refusal, Verdict
from migrate_cli.runtime.verify.process import Ended
from migrate_cli.runtime.verify.run import Observed
from migrate_cli.runtime.verify.verdict import (
    FailOn,
    Fared,
    Verification,
    describe,
    each_once,
)
from migrate_cli.runtime.verify.verdict import Verdict as Shown
from tests.runtime.acme import ACME, BASE

GOOD = Exchange(
    "POST",
    "/api/v9/chat/completions",
    f"{BASE}/chat/completions",
    Verdict("chat.completions", "right", {"model": "chat-1"}),
    200,
    (),
    "app.py:3",
)
REFUSED = Refusal("model", 404, {}, "there is no model x")
NOTED = Notes(("seed",), ("logprobs",))


def changed(**fields: object) -> Exchange:
    """The good request with another verdict."""
    return replace(GOOD, verdict=replace(GOOD.verdict, **fields))


UNPLAYED = changed(unplayed="the stand-in does not play files")


def done(
    *exchanges: Exchange, code: int | None = 0, hosts: tuple[str, ...] = (), **more: object
) -> Verification:
    """A run with these requests."""
    observed = Observed(Ended(code), tuple((ACME, e) for e in exchanges), tuple(map(Escape, hosts)))
    made = Verification(
        ("app",),
        (("acme", "Acme", "2026-11"),),
        observed.ended,
        describe(observed),
        each_once(observed.escapes),
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (done(GOOD), Shown.PASSED),
        (done(changed(notes=NOTED)), Shown.PASSED),
        (done(GOOD, hosts=("db.example",)), Shown.PASSED),
        (done(), Shown.UNVERIFIED),
        (done(UNPLAYED), Shown.UNVERIFIED),
        (done(GOOD, UNPLAYED), Shown.PASSED),
        (done(code=3), Shown.UNVERIFIED),
        (done(GOOD, code=None), Shown.UNVERIFIED),
        (done(GOOD, code=3), Shown.FAILED),
        (done(GOOD, changed(refused=REFUSED)), Shown.REFUSED),
        (done(replace(GOOD, leaks=("authorization",))), Shown.REFUSED),
        (done(GOOD, hosts=("api.openai.com",)), Shown.REFUSED),
        (done(changed(notes=NOTED), fail_on=frozenset({FailOn.IGNORED})), Shown.IGNORED),
        (done(changed(notes=NOTED), fail_on=frozenset({FailOn.UNPROVEN})), Shown.UNPROVEN),
        (done(GOOD, hosts=("db.example",), fail_on=frozenset({FailOn.ESCAPED})), Shown.ESCAPED),
        (done(GOOD, fail_on=frozenset(FailOn)), Shown.PASSED),
    ],
)
def test_the_gravest_verdict_holds(run: Verification, verdict: Shown) -> None:
    assert run.verdict is verdict


@pytest.mark.parametrize(
    ("exchange", "fared"),
    [
        (GOOD, Fared.ANSWERED),
        (changed(refused=REFUSED), Fared.REFUSED),
        (changed(refused=Refusal("path", 404, {}, "no endpoint")), Fared.REFUSED),
        (
            replace(
                changed(refused=Refusal("path", 404, {}, "no endpoint")),
                original="https://api.openai.com/v1/chat/completions",
                leaks=("authorization",),
            ),
            Fared.ELSEWHERE,
        ),
        (replace(changed(refused=REFUSED), leaks=("openai-project",)), Fared.LEAKED),
    ],
)
def test_how_a_request_fared(exchange: Exchange, fared: Fared) -> None:
    assert [sent.fared for sent in done(exchange).sent] == [fared]


def test_a_query_and_a_key_in_the_address_are_not_kept() -> None:
    key = "sk-proj-0123456789abcdefABCDEF"
    (sent,) = done(replace(GOOD, original=f"{BASE}/{key}?key={key}")).sent
    assert key not in repr(sent)
    assert sent.address.startswith(BASE)


def test_a_line_that_nobody_knows_is_said_so() -> None:
    (sent,) = done(replace(GOOD, source=None)).sent
    assert (sent.path, sent.line, sent.place) == (None, None, "line unknown")


def test_escapes_are_told_once() -> None:
    assert each_once([Escape("b"), Escape("a", "1", "x:2"), Escape("b")]) == (
        Escape("a", "1", "x:2"),
        Escape("b"),
    )
