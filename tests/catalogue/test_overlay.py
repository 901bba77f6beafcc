"""What an observation may change: a refusal is certain, and that something was accepted promises nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate_cli.catalogue.observed import Answer, Observations
from migrate_cli.catalogue.overlay import is_newer, is_own, overlaid
from migrate_cli.catalogue.types import Action, Endpoint, Fact, Parameter, Provider, Restriction, Support
from tests.runtime.acme import ACME, FACT

OLD = Fact("2026-08", "a page", "high")
PROVIDER = replace(ACME, as_of="2026-11-21")


def known(support: Support, action: Action = Action.KEEP, restriction: Restriction | None = None) -> Provider:
    """A provider that documents one field."""
    entry = Parameter("field", support, action, None, restriction, (), (), "as it was", OLD)
    return replace(PROVIDER, parameters=(entry,))


def saw(observed: str, expected: str = "accepted", *, whole: bool = True, **more: object) -> Answer:
    """An answer about that field."""
    answer = Answer("q", "parameter", "field", ("chat-1",), whole, expected, observed, 400, None)
    return replace(answer, **more)  # type: ignore[arg-type]


def run(*answers: Answer, host: str = "api.acme.example", day: str = "2026-11-22") -> Observations:
    """A run that saw these."""
    return Observations("acme", "china", host, day, "1.0", "chat-1", False, False, answers)


def first(provider: Provider, *runs: Observations) -> tuple[Support, Action]:
    """How the field is taken after the runs."""
    entry = overlaid(provider, runs).parameters[0]
    return entry.support, entry.action


@pytest.mark.parametrize(
    ("documented", "action", "observed", "becomes"),
    [
        (Support.IGNORED, Action.KEEP, "refused", (Support.REJECTED, Action.DROP)),
        (Support.IGNORED, Action.MANUAL, "refused", (Support.REJECTED, Action.MANUAL)),
        (Support.SUPPORTED, Action.KEEP, "refused", (Support.REJECTED, Action.MANUAL)),
        (Support.RESTRICTED, Action.CLAMP, "refused", (Support.REJECTED, Action.MANUAL)),
        (Support.UNKNOWN, Action.KEEP, "refused", (Support.REJECTED, Action.MANUAL)),
        (Support.UNKNOWN, Action.DROP, "refused", (Support.REJECTED, Action.DROP)),
        (Support.UNKNOWN, Action.RENAME, "refused", (Support.REJECTED, Action.RENAME)),
        (Support.SUPPORTED, Action.KEEP, "ignored", (Support.IGNORED, Action.MANUAL)),
    ],
)
def test_what_is_certain_is_preferred(
    documented: Support, action: Action, observed: str, becomes: tuple[Support, Action]
) -> None:
    assert first(known(documented, action), run(saw(observed))) == becomes


@pytest.mark.parametrize("observed", ["accepted", "honoured", "ignored"])
def test_what_was_documented_as_refused_never_becomes_fine(observed: str) -> None:
    seen = saw(observed, "refused")
    assert first(known(Support.REJECTED, Action.DROP), run(seen)) == (Support.UNKNOWN, Action.MANUAL)
    assert first(known(Support.REJECTED, Action.RENAME), run(seen)) == (Support.UNKNOWN, Action.RENAME)


@pytest.mark.parametrize("observed", ["accepted", "honoured"])
def test_what_nobody_knew_stays_unknown_when_it_is_accepted(observed: str) -> None:
    provider = overlaid(known(Support.UNKNOWN, Action.KEEP), [run(saw(observed, "unknown"))])
    assert (provider.parameters[0].support, provider.parameters[0].action) == (Support.UNKNOWN, Action.KEEP)
    assert "accepted" in (provider.parameters[0].note or "")


@pytest.mark.parametrize(
    ("documented", "answer"),
    [
        (Support.SUPPORTED, saw("accepted")),
        (Support.SUPPORTED, saw("honoured")),
        (Support.IGNORED, saw("accepted", "ignored")),
        (Support.REJECTED, saw("refused", "refused")),
        (Support.RESTRICTED, saw("refused", "refused")),
        (Support.SUPPORTED, saw("unclear")),
        (Support.SUPPORTED, saw("all of them")),
        (Support.SUPPORTED, saw("refused", name="other")),
        (Support.SUPPORTED, saw("refused", kind=None, name=None)),
    ],
)
def test_what_agrees_or_decides_nothing_leaves_the_catalogue_alone(
    documented: Support, answer: Answer
) -> None:
    provider = known(documented)
    assert overlaid(provider, [run(answer)]) is provider


def test_one_refused_value_is_not_all_of_them() -> None:
    refused = saw("refused", whole=False)
    assert first(known(Support.SUPPORTED), run(refused)) == (Support.UNKNOWN, Action.MANUAL)
    assert first(known(Support.IGNORED), run(refused)) == (Support.UNKNOWN, Action.DROP)


def test_a_value_beyond_the_limits_that_was_accepted_lifts_no_limit() -> None:
    provider = known(Support.REJECTED, Action.MANUAL, Restriction(max_items=1))
    assert overlaid(provider, [run(saw("accepted", "refused"))]) is provider


def test_the_newest_run_says_it_even_when_it_agrees() -> None:
    older = run(saw("refused"), day="2026-11-22")
    newer = run(saw("accepted"), day="2026-11-23")
    provider = known(Support.SUPPORTED)
    assert overlaid(provider, [newer, older]) is provider
    assert first(provider, replace(older, date="2026-11-24"), newer) == (Support.REJECTED, Action.MANUAL)


def test_two_forms_of_one_field_are_both_looked_at() -> None:
    for documented in (Support.SUPPORTED, Support.UNKNOWN):
        assert first(known(documented), run(saw("accepted", "unknown"), saw("refused"))) == (
            Support.REJECTED,
            Action.MANUAL,
        )


def test_the_evidence_says_who_saw_it_when_and_what_was_documented() -> None:
    entry = overlaid(known(Support.IGNORED), [run(saw("refused", "ignored"))]).parameters[0]
    assert entry.note == "refused with HTTP 400 on 2026-11-22, documented as ignored"
    assert entry.fact == Fact(
        "2026-11-22", "observed on 2026-11-22 by migrate probe (api.acme.example, chat-1)", "high"
    )
    assert (entry.models, entry.restriction) == (("chat-1",), None)


@pytest.mark.parametrize("host", ["gateway.example", "api.acme.example.org", "127.0.0.1:8399", ""])
def test_what_another_host_said_is_not_the_providers(host: str) -> None:
    provider = known(Support.SUPPORTED)
    assert overlaid(provider, [run(saw("refused"), host=host)]) is provider


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("api.acme.example", True),
        ("api.acme.example:443", True),
        ("a.b.wild.example", True),
        ("wild.example", False),
    ],
)
def test_hosts_are_the_catalogues(host: str, own: bool) -> None:
    assert is_own(host, replace(PROVIDER, hosts=("api.acme.example", "*.wild.example"))) is own


@pytest.mark.parametrize(
    ("as_of", "newer"),
    [
        ("2026-11-21", True),
        ("2026-11", True),  # no later than the file was written
        ("autumn 2026", True),
        (None, True),
        ("2025-12-23 | 2026-08-21", True),
        ("2026-11-22", False),
    ],
)
def test_an_observation_of_the_day_after_is_newer(as_of: str | None, newer: bool) -> None:
    assert is_newer("2026-11-22", Fact(as_of, "a page", "high"), PROVIDER) is newer


@pytest.mark.parametrize(
    ("day", "as_of"),
    [
        ("2026-11-21", None),
        ("2026-11-21", "2026-11"),
        ("2026-08-31", "2026-08"),
        ("2026-03-01", "2025-01 | 2026-04-02"),
    ],
)
def test_an_older_observation_is_not_preferred(day: str, as_of: str | None) -> None:
    assert not is_newer(day, Fact(as_of, "a page", "high"), PROVIDER)
    provider = replace(
        known(Support.SUPPORTED), parameters=(replace(known(Support.SUPPORTED).parameters[0], fact=FACT),)
    )
    assert overlaid(provider, [run(saw("refused"), day="2026-10-01")]) is provider


@pytest.mark.parametrize(
    ("documented", "observed", "status", "support"),
    [
        (Support.SUPPORTED, "refused", 404, Support.REJECTED),
        (Support.UNKNOWN, "refused", 405, Support.REJECTED),
        (Support.REJECTED, "accepted", 200, Support.UNKNOWN),
        (Support.UNKNOWN, "accepted", 200, Support.UNKNOWN),
        (Support.SUPPORTED, "refused", 400, Support.SUPPORTED),
        (Support.SUPPORTED, "accepted", 200, Support.SUPPORTED),
        (Support.RESTRICTED, "refused", 404, Support.RESTRICTED),
        (Support.REJECTED, "refused", 404, Support.REJECTED),
    ],
)
def test_an_endpoint_is_gone_only_when_it_is_not_found(
    documented: Support, observed: str, status: int, support: Support
) -> None:
    there = Endpoint("responses", documented, "/responses", None, "Use chat.", OLD)
    provider = replace(PROVIDER, endpoints={"responses": there})
    answer = saw(observed, kind="endpoint", name="responses", models=(), status=status)
    found = overlaid(provider, [run(answer)]).endpoints["responses"]
    assert (found.support, found.instead) == (support, "Use chat.")
