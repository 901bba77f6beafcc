"""Every known pitfall is answered by exactly one rule, or it is said why none looks for it."""

from __future__ import annotations

from collections import Counter

import pytest

from migrate_cli import api
from migrate_cli.catalogue.pitfalls import pitfalls
from migrate_cli.model import Safety
from migrate_cli.rules.registry import RULES, RuleDoc

ANSWERS = Counter(code for doc in RULES for code in doc.rule.pitfalls if code in pitfalls())


@pytest.mark.parametrize("code", pitfalls())
def test_a_pitfall_is_answered_once_or_said_to_be_undetectable(code: str) -> None:
    assert ANSWERS[code] + bool(pitfalls()[code].undetectable) == 1


@pytest.mark.parametrize("doc", RULES, ids=lambda doc: doc.rule.code)
def test_a_rule_covers_only_known_pitfalls(doc: RuleDoc) -> None:
    assert set(doc.rule.covers) - set(pitfalls()) == set()


@pytest.mark.parametrize("doc", RULES, ids=lambda doc: doc.rule.code)
def test_a_rule_that_writes_shows_an_edit_and_one_that_does_not_shows_none(doc: RuleDoc) -> None:
    shown = [example.before != example.after for example in doc.examples]
    assert any(shown) is (doc.rule.safety is not Safety.ADVICE)


@pytest.mark.parametrize("doc", RULES, ids=lambda doc: doc.rule.code)
def test_a_rule_says_what_it_does_not_handle(doc: RuleDoc) -> None:
    assert doc.rule.leaves


def test_four_examples_in_ten_prove_restraint() -> None:
    examples = [example for doc in RULES for example in doc.examples]
    calm = [e for e in examples if e.before == e.after and not e.says]
    assert len(calm) >= 0.4 * len(examples)


def test_sources_and_severities_are_those_of_the_survey() -> None:
    known = api.pitfalls()
    assert len(known) == 178
    assert Counter(p.severity for p in known.values()) == {"critical": 33, "high": 93, "medium": 47, "low": 5}
    assert all(p.sources for p in known.values())
