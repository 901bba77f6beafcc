"""The table of dialects: complete entries, hosts that are the provider's, and nothing for those who have none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.native import Dialect, dialects, parse_native
from migrate_cli.catalogue.types import Support

KNOWN = open_catalogue()
ALL = [dialect for provider in KNOWN.provider_ids() for dialect in dialects(provider)]
ROUTED = [dialect for dialect in ALL if dialect.routes]
ENTRY: dict[str, Any] = {
    "name": "x",
    "provider": "qwen",
    "about": "made up",
    "support": "supported",
    "auth": "key",
    "as_of": "2026-11-22",
    "source": "made up",
    "confidence": "low",
}


@pytest.mark.parametrize("dialect", ALL, ids=lambda d: d.name)
def test_each_has_a_source_and_a_way_to_be_known(dialect: Dialect) -> None:
    assert dialect.fact.source and dialect.fact.as_of and dialect.fact.confidence in ("low", "medium", "high")
    assert dialect.marks or dialect.bases
    assert all(re.fullmatch(r"https://[^/]+(/[^/]+)*", base) for base in dialect.bases)
    assert dialect.support is Support.SUPPORTED or dialect.why


@pytest.mark.parametrize("dialect", ROUTED, ids=lambda d: d.name)
def test_every_route_has_an_answer_and_an_error(dialect: Dialect) -> None:
    forms = {form for route in dialect.routes or () for form in (route.form, *dialect.read.forms.values())}
    assert forms <= set(dialect.write.whole)
    chats = [route for route in dialect.routes or () if route.endpoint == "chat.completions"]
    assert all(route.form in dialect.write.chunk for route in chats)
    assert not dialect.errors or {"body", "default"} <= set(dialect.errors)


def test_names_are_unique_and_none_is_missing() -> None:
    names = [dialect.name for dialect in ALL]
    assert len(names) == len(set(names)) == 10


@pytest.mark.parametrize("provider", ["deepseek", "kimi", "local", "azure"])
def test_a_provider_without_an_sdk_of_its_own_has_none(provider: str) -> None:
    assert dialects(provider) == ()


def test_the_table_reads_an_entry() -> None:
    (found,) = parse_native({"dialects": [{**ENTRY, "routes": [], "marks": {"x-sdk": "a.*"}}]})
    assert (found.routes, found.marks, found.errors) == ((), {"x-sdk": "a.*"}, {})


@pytest.mark.parametrize(
    "wrong",
    [
        {"auth": "none"},
        {"support": "perhaps"},
        {"colour": "red"},
        {"routes": [{"path": "/a", "endpoint": "b"}]},
        {"read": {"lifts": []}},
    ],
)
def test_the_table_refuses_what_it_does_not_know(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        parse_native({"dialects": [{**ENTRY, **wrong}]})
