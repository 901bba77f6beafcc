from __future__ import annotations

import pytest

from migrate_cli.costs.effort import Effort, Hold, effort
from migrate_cli.model import Compatibility, Decision, Fate, Level, Rule
from tests.report import samples

ABSENT = Rule("END04", "assistants", "assistants", minutes=480)
SPLIT = Rule("ENV07", "split-client", "a client for what is missing", minutes=30)


def left(line: int, rule: Rule, level: Level, message: str = "words", **changes: object) -> Decision:
    """A site that one rule leaves to a person."""
    at = samples.site(line)
    fate = Fate.MANUAL if level is Level.MANUAL else Fate.REVIEW
    found = samples.finding(at, rule, level, message=message)
    values = {name: getattr(found, name) for name in found.__slots__} | changes
    return samples.decide(at, fate, type(found)(**values))  # type: ignore[arg-type]


def of(*decisions: Decision) -> Effort:
    return effort(samples.plan(*decisions))


def shown(found: Effort) -> list[tuple[str, str, int, int, int]]:
    return [(r.hold.value, r.code, r.places, r.minutes, r.others) for r in found.reasons]


UNSUPPORTED = {"compatibility": Compatibility.UNSUPPORTED}


@pytest.mark.parametrize("rule", [ABSENT, SPLIT])
def test_a_service_that_is_missing_moves_not_at_all(rule: Rule) -> None:
    found = of(left(3, rule, Level.MANUAL, **UNSUPPORTED))
    assert (found.by_hand, found.impossible) == (0, 1)
    assert [reason.hold for reason in found.reasons] == [Hold.NOT_AT_ALL]


@pytest.mark.parametrize("compatibility", [Compatibility.UNKNOWN, Compatibility.DIFFERS])
def test_a_service_that_is_unknown_or_different_is_work_by_hand(compatibility: Compatibility) -> None:
    found = of(left(3, ABSENT, Level.MANUAL, compatibility=compatibility))
    assert (found.by_hand, found.impossible) == (1, 0)
    assert [reason.hold for reason in found.reasons] == [Hold.BY_HAND]


def test_a_parameter_that_is_refused_does_not_make_its_call_impossible() -> None:
    assert of(left(3, samples.BIAS_RULE, Level.MANUAL, **UNSUPPORTED)).impossible == 0


def test_one_rule_is_one_reason_whatever_names_it_says() -> None:
    decisions = (left(line, samples.BIAS_RULE, Level.REVIEW, f"limit {line // 5}") for line in (3, 5, 6))
    found = of(*decisions)
    assert shown(found) == [("to review", "PAR03", 3, 45, 1)]
    assert found.reasons[0].message == "limit 1"


def test_the_hardest_come_first_and_then_the_most_frequent() -> None:
    rules = [Rule(f"X{number}", "name", "words") for number in range(3)]
    found = of(
        left(1, rules[0], Level.REVIEW),
        left(2, rules[1], Level.MANUAL),
        left(3, rules[2], Level.MANUAL),
        left(4, rules[2], Level.MANUAL),
        left(5, ABSENT, Level.MANUAL, **UNSUPPORTED),
    )
    assert [reason.code for reason in found.reasons] == ["END04", "X2", "X1", "X0"]


def test_what_moves_by_itself_has_no_reason() -> None:
    at = samples.client(2)
    found = of(samples.decide(at, Fate.REWRITTEN, samples.finding(at)))
    assert (found.automatic, found.minutes, found.reasons) == (1, 0, ())


def test_what_stays_or_has_moved_is_no_work() -> None:
    found = of(samples.decide(samples.site(5), Fate.SKIPPED), samples.decide(samples.site(6), Fate.MIGRATED))
    assert (found.sites, found.reasons) == (0, ())
