"""Behind every rule stands a request that its provider refuses or passes over, and the mended one is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.rules.registry import RULES
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import ORIGINAL, Exchange, Request, Verdict
from migrate_cli.runtime.profile import bases
from migrate_cli.runtime.verify import rules as verify_rules
from migrate_cli.runtime.verify.process import Ended
from migrate_cli.runtime.verify.run import Observed
from migrate_cli.runtime.verify.verdict import describe

TABLE = yaml.safe_load((Path(__file__).parent / "rule_refusals.yaml").read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = TABLE["rows"]
REFUSED = [row for row in ROWS if "says" in row]
IGNORED = [row for row in ROWS if "ignored" in row]
MENDED = [row for row in ROWS if "good" in row]
KEY = "canary-0123456789"
CATALOGUE = open_catalogue()


def name_of(row: dict[str, Any]) -> str:
    return f"{row['rule']}-{row['provider']}"


def ask(
    name: str, *, at: str = "/chat/completions", base: str | None = None, key: str = KEY, **body: Any
) -> Verdict:
    """The verdict of a provider on a request as the table describes it."""
    provider = CATALOGUE.provider(name)
    replaced = CATALOGUE.replacement(provider, body.pop("replaces", "gpt-4o-mini"))
    start: dict[str, Any] = {"model": replaced.to if replaced else None}
    start |= {"messages": [{"role": "user", "content": "Hello"}]} if at == "/chat/completions" else {}
    headers = {"authorization": f"Bearer {key}", ORIGINAL: (base or bases(provider)[0]) + at}
    return check(Request("POST", "/", headers, json.dumps(start | body).encode()), provider, KEY)


@pytest.mark.parametrize("row", REFUSED, ids=name_of)
def test_the_bad_request_is_refused_in_the_providers_words(row: dict[str, Any]) -> None:
    refused = ask(row["provider"], **row["bad"]).refused
    assert refused is not None
    assert refused.status == row["status"]
    told = json.dumps(refused.body, ensure_ascii=False) if refused.shape_known else refused.reason
    assert row["says"] in told


@pytest.mark.parametrize("row", IGNORED, ids=name_of)
def test_what_has_no_effect_is_taken_and_noted(row: dict[str, Any]) -> None:
    verdict = ask(row["provider"], **row["bad"])
    assert verdict.refused is None
    assert row["ignored"] in verdict.notes.ignored


@pytest.mark.parametrize("row", MENDED, ids=name_of)
def test_the_mended_request_is_taken_and_has_its_effect(row: dict[str, Any]) -> None:
    verdict = ask(row["provider"], **row["good"])
    assert verdict.refused is None
    assert verdict.notes.ignored == ()


@pytest.mark.parametrize("row", REFUSED, ids=name_of)
def test_the_verdict_can_name_the_rule(row: dict[str, Any]) -> None:
    provider = CATALOGUE.provider(row["provider"])
    verdict = ask(row["provider"], **row["bad"])
    asked = Exchange("POST", "/", bases(provider)[0], verdict, row["status"])
    (sent,) = describe(Observed(Ended(0), ((provider, asked),), ()))
    assert row["rule"] in verify_rules.possible_rules(sent)


def test_every_rule_has_a_row_or_says_why_not() -> None:
    with_row = {row["rule"] for row in ROWS}
    without = [code for codes in TABLE["without"].values() for code in codes]
    assert sorted([*with_row, *without]) == sorted(doc.rule.code for doc in RULES)
