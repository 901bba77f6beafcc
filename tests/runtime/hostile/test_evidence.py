"""What is known of each hostile answer: the catalogue decides, and without a source nothing counts."""

from __future__ import annotations

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.rules.registry import RULES
from migrate_cli.runtime.hostile.evidence import Grade, _table, evidence, keeps_output, may_give_up
from migrate_cli.runtime.hostile.server import ITEMS, SLOW
from tests.runtime.acme import ACME

KNOWN = open_catalogue()
NAMES = {item.name for item in (*ITEMS, SLOW)}
ASKS = {"stream": True, "stream_options": {"include_usage": True}}


def test_every_item_has_its_row_and_every_row_its_item() -> None:
    assert set(_table()) == NAMES


def test_rows_name_behaviours_and_rules_that_exist() -> None:
    behaviours = {name for row in _table().values() for name in row.get("known_by", ())}
    assert behaviours <= KNOWN.behaviours()
    assert {row["rule"] for row in _table().values()} <= {rule.rule.code for rule in RULES}


def test_rows_have_no_other_fields() -> None:
    fields = {"known_by", "plausible", "kept_by", "openai", "rule", "same_output", "may_give_up"}
    assert {name for row in _table().values() for name in row} == fields
    shown = [row["openai"] for row in _table().values() if "openai" in row]
    assert {tuple(fact) for fact in shown} == {("source", "as_of", "confidence")}


@pytest.mark.parametrize(
    ("item", "provider", "grade"),
    [
        ("comments", "deepseek", Grade.DOCUMENTED),
        ("comments", "glm", Grade.UNKNOWN),
        ("error-in-answer", "minimax", Grade.DOCUMENTED),
        ("error-in-answer", "ernie", Grade.UNKNOWN),
        ("no-content", "kimi", Grade.DOCUMENTED),
        ("no-content", "spark", Grade.PLAUSIBLE),
        ("byte-order-mark", "qwen", Grade.UNKNOWN),
        ("fenced-json", "deepseek", Grade.DENIED),
        ("fenced-json", "spark", Grade.PLAUSIBLE),
    ],
)
def test_the_catalogue_decides(item: str, provider: str, grade: Grade) -> None:
    assert evidence(item, KNOWN.provider(provider)).grade is grade


@pytest.mark.parametrize(
    ("payloads", "grade"),
    [([], Grade.UNKNOWN), ([{"stream": True}], Grade.UNKNOWN), ([ASKS], Grade.DOCUMENTED)],
)
def test_chunks_without_choices_that_come_with_the_usage_count_for_who_asks_for_it(
    payloads: list[dict[str, object]], grade: Grade
) -> None:
    assert evidence("chunk-without-choices", KNOWN.provider("deepseek"), payloads).grade is grade


def test_a_provider_that_nobody_knows_sends_only_what_any_may_send() -> None:
    counting = {name for name in NAMES if evidence(name, ACME).counts}
    assert counting == {name for name, row in _table().items() if "plausible" in row} - {"fenced-json"}
    assert counting.isdisjoint({"comments", "no-done", "no-space", "byte-order-mark", "error-in-answer"})


@pytest.mark.parametrize("item", ["error-in-answer", "comments", "nameless-delta", "byte-order-mark"])
def test_openai_is_not_said_to_send_what_no_source_shows(item: str) -> None:
    found = evidence(item, None)
    assert (found.grade, found.openai, found.counts) == (Grade.UNKNOWN, None, False)


def test_openai_is_known_to_limit_requests() -> None:
    assert evidence("rate-limit", None).grade is Grade.DOCUMENTED


def test_an_answer_that_says_the_same_is_none_to_give_up_at() -> None:
    both = {name for name in NAMES if keeps_output(name) and may_give_up(name)}
    assert both == set()


@pytest.mark.parametrize(("form", "grade"), [("json_object", Grade.DENIED), ("json_schema", Grade.PLAUSIBLE)])
def test_a_fence_is_plausible_where_the_form_that_is_asked_for_is_not_documented(
    form: str, grade: Grade
) -> None:
    asked = [{"response_format": {"type": form}}]
    assert evidence("fenced-json", KNOWN.provider("deepseek"), asked).grade is grade
