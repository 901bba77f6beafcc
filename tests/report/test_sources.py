from __future__ import annotations

import pytest

from migrate_cli.model import Origin, SiteKind, Value
from migrate_cli.report.sources import shown_literal, site_words
from tests.report import samples

IN_FILE = samples.value(Origin.FILE, 7, path="c.yaml", literal="gpt-4o", named="llm.model")


def literal(text: str, line: int = 3, **changes: object) -> Value:
    return samples.value(Origin.LITERAL, line, literal=text, **changes)


def variable(default: str | None, line: int = 3, **changes: object) -> Value:
    return samples.value(Origin.ENVIRONMENT, line, literal=default, variable="OPENAI_MODEL", **changes)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (literal("gpt-4o"), "gpt-4o"),
        (literal("gpt-4o", 12, path="config.py", named="DEFAULT_MODEL"), "gpt-4o from config.py:12 `DEFAULT_MODEL`"),
        (literal("gpt-4o", 1, named="MODEL"), "gpt-4o from line 1 `MODEL`"),
        (literal("gpt-4o", 1), "gpt-4o from line 1"),
        (IN_FILE, "gpt-4o from c.yaml:7 `llm.model`"),
        (variable("gpt-4o", 8, path="settings.py"), "from $OPENAI_MODEL (default gpt-4o, settings.py:8)"),
        (variable(None, 8, path="settings.py"), "from $OPENAI_MODEL (settings.py:8)"),
        (variable(None), "from $OPENAI_MODEL"),
        (variable("", 8), "from $OPENAI_MODEL (default empty, line 8)"),
        (literal("…", secret=True), "not shown"),
        (samples.value(Origin.DYNAMIC, because="an f-string", known="gpt-"), "gpt-… dynamic: an f-string"),
        (samples.value(Origin.DYNAMIC, because="no caller"), "dynamic: no caller"),
        (samples.value(Origin.NONE), "dynamic: `M` is empty by default"),
    ],
)  # fmt: skip
def test_a_model_says_where_it_comes_from(value: Value, words: str) -> None:
    assert site_words(samples.modelled(value)) == words


def test_two_models_keep_their_places_and_three_do_not() -> None:
    two = [literal("a", 1), literal("b", 2)]
    assert site_words(samples.modelled(*two)) == "a from line 1 or b from line 2"
    assert site_words(samples.modelled(*two, literal("c", 9))) == "a or b or c"


def test_one_model_from_many_places_is_named_once() -> None:
    assert site_words(samples.modelled(*(literal("a", line) for line in (6, 7, 8)))) == "a"


def test_very_many_models_are_counted() -> None:
    values = [literal(name, line) for line, name in enumerate("abcdef", 10)]
    assert site_words(samples.modelled(*values)) == "a or b or c or d or … and 2 more"


def test_a_base_url_that_is_none_says_nothing() -> None:
    given = samples.argument("base_url", samples.value(Origin.NONE))
    assert site_words(samples.client(2, arguments=(given,))) == ""


def test_a_setting_needs_no_label() -> None:
    given = samples.argument("api_base", literal("https://x.example"))
    assert site_words(samples.site(3, kind=SiteKind.SETTING, arguments=(given,))) == "https://x.example"


def test_content_is_no_setting() -> None:
    given = samples.argument("messages", samples.value(Origin.DYNAMIC, because="the content of the request"))
    assert site_words(samples.site(3, arguments=(given,))) == ""


def test_a_key_is_known_by_the_argument_it_is_given_to() -> None:
    assert shown_literal("api_key", literal("q8Zr71LmPx0vTe4KsYw2")) == "q8Z…w2"


@pytest.mark.parametrize("text", ["gpt-4o", "https://api.example/v1", "not-needed", ""])
def test_other_literals_are_left_alone(text: str) -> None:
    assert shown_literal("model", literal(text)) == text


def test_a_key_in_a_variable_is_known_by_its_name() -> None:
    given = samples.argument("value", literal("q8Zr71LmPx0vTe4KsYw2"))
    site = samples.site(3, kind=SiteKind.ENVIRONMENT, variable="OPENAI_API_KEY", arguments=(given,))
    assert site_words(site) == "q8Z…w2"


def test_an_argument_of_a_framework_is_a_model_only_there() -> None:
    given = samples.argument("model_name", literal("gpt-4o"))
    assert site_words(samples.site(3, arguments=(given,), framework="langchain_openai")) == "gpt-4o"
    assert site_words(samples.site(3, arguments=(given,))) == ""


def test_a_model_in_a_file_shows_the_name_it_is_given_to() -> None:
    assert site_words(samples.modelled(IN_FILE, kind=SiteKind.MODEL, symbol="gpt-4o")) == "`llm.model`"
