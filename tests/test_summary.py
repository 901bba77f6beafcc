from __future__ import annotations

import pytest

from migrate_cli import summary
from migrate_cli.model import Origin, Site, SiteKind, Value
from tests.report import samples

REQUEST = samples.site(4, kind=SiteKind.REQUEST, symbol="requests.post", path="raw.py")
FRAMEWORK = samples.site(5, kind=SiteKind.FRAMEWORK, framework="litellm", endpoint=None)
TYPE = samples.site(1, kind=SiteKind.TYPE, symbol="openai.OpenAI")


def test_an_endpoint_counts_the_ways_it_is_reached() -> None:
    rows = summary.by_endpoint([samples.site(2), samples.site(3, legacy=True), REQUEST, FRAMEWORK, TYPE])
    assert rows == (
        summary.EndpointCount("chat.completions", 2, 0, 1, 1, 2),
        summary.EndpointCount(summary.NO_ENDPOINT, 0, 1, 0, 0, 1),
    )


def test_a_tokenizer_has_no_endpoint() -> None:
    counter = samples.site(3, kind=SiteKind.FRAMEWORK, framework="tiktoken", endpoint=None)
    assert summary.by_endpoint([counter]) == ()
    assert [row.name for row in summary.by_framework([counter])] == ["tiktoken"]


def test_a_configuration_file_is_no_code_whatever_its_name() -> None:
    assert not summary.is_code(samples.site(3, path="setup.py", form="setup"))


@pytest.mark.parametrize(
    ("site", "way"),
    [
        (samples.site(2), "openai SDK"),
        (samples.site(2, legacy=True), "openai SDK before 1.0"),
        (REQUEST, "raw HTTP"),
        (FRAMEWORK, "litellm"),
    ],
)
def test_a_way_has_its_name(site: Site, way: str) -> None:
    assert [row.name for row in summary.by_framework([site])] == [way]


def test_types_are_no_way_to_reach_anything() -> None:
    assert summary.by_framework([TYPE]) == ()


def test_files_are_ordered_by_what_is_in_use() -> None:
    rows = summary.by_file(samples.scan(TYPE, samples.site(2, kind=SiteKind.TYPE), REQUEST))
    assert rows == (summary.FileCount("raw.py", 1, 1), summary.FileCount("app.py", 0, 2))


def test_every_site_is_in_exactly_one_part() -> None:
    sites = (
        samples.site(2),
        TYPE,
        samples.site(3, path=".env", kind=SiteKind.ENVIRONMENT),
        samples.site(4, elsewhere="other.example"),
        samples.site(5, ignored="kept"),
        samples.site(6, path="setup.py", kind=SiteKind.DEPENDENCY),
    )
    parts = summary.split(samples.scan(*sites))
    assert [[site.location.line for site in part] for part in parts] == [[2], [3, 6], [1], [4, 5]]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (samples.value(Origin.DYNAMIC, because="no caller"), [("model", "no caller")]),
        (samples.value(Origin.NONE), [("model", "`M` is empty by default")]),
        (samples.value(literal=""), [("model", "`M` is empty by default")]),
        (samples.value(literal="gpt-4o"), []),
        (samples.value(Origin.ENVIRONMENT, variable="MODEL"), []),
    ],
)
def test_what_is_dynamic_has_its_reason(value: Value, found: list[tuple[str, str]]) -> None:
    assert [(d.argument, d.reason) for d in summary.dynamic([samples.modelled(value)])] == found


def test_content_and_a_key_of_none_are_not_dynamic() -> None:
    content = samples.argument("messages", samples.value(Origin.DYNAMIC, because="content"))
    key = samples.argument("api_key", samples.value(Origin.NONE))
    assert summary.dynamic([samples.site(3, arguments=(content, key))]) == ()


def test_a_model_that_is_written_as_none_is_not_dynamic() -> None:
    given = samples.argument("model", samples.value(Origin.NONE), code="None")
    assert summary.dynamic([samples.site(3, arguments=(given,))]) == ()


def test_arguments_that_cannot_be_followed_are_dynamic() -> None:
    [found] = summary.dynamic([samples.site(3, unfollowed=("options",))])
    assert found.argument == "**options"
