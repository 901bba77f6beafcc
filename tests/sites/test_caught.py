"""How a program waits for errors of the SDK, and what it does with one."""

import pytest

from migrate_cli.model import Caught, Site, SiteKind
from tests.sites.scanning import sites

HEAD = "import openai\nimport time\n"


def errors(body: str) -> list[Site]:
    """The exception sites of a program."""
    return [s for s in sites(HEAD + body) if s.kind is SiteKind.EXCEPTION]


def caught(body: str) -> Caught:
    """How the first exception of a program is waited for."""
    found = errors(body)[0].caught
    assert found is not None
    return found


def uses(body: str) -> list[tuple[object, ...]]:
    """Route, way and literals of what is done with the first error."""
    return [(".".join(map(str, u.route)), u.way.value, *u.literals) for u in errors(body)[0].uses]


def handler(line: str, clause: str = "openai.BadRequestError as e") -> str:
    """A handler that does one thing."""
    return f"try:\n    run()\nexcept {clause}:\n    {line}\n"


def test_a_clause_knows_its_classes_and_those_beside_it() -> None:
    found = caught(
        handler("raise", "(openai.RateLimitError, openai.APITimeoutError)") + "except OSError:\n    pass\n"
    )
    assert (found.classes, found.beside) == (("RateLimitError", "APITimeoutError"), ("OSError",))


def test_a_clause_says_what_it_does() -> None:
    assert caught(handler("time.sleep(1); raise")).does == ("raise", "sleep")


def test_what_a_nested_function_does_is_not_what_the_clause_does() -> None:
    assert caught(handler("later = lambda: time.sleep(1)")).does == ()


def test_classes_that_are_joined_by_or_catch_the_first_only() -> None:
    assert caught(handler("pass", "openai.OpenAIError or openai.BadRequestError as e")).classes == (
        "OpenAIError",
    )


def test_the_code_of_an_error_is_followed_through_a_name() -> None:
    body = handler('code = getattr(e, "code", None)\n    if code == "x":\n        pass')
    assert ("code", "compare", "x") in uses(body)


def test_the_text_of_an_error_is_followed_through_lower() -> None:
    assert ("str()", "compare", "too long") in uses(handler('print("too long" in str(e).lower())'))


def test_the_body_of_an_answer_is_followed() -> None:
    assert ("response.json().error", "argument") in uses(handler('print(e.response.json()["error"])'))


def test_an_error_told_apart_by_isinstance_is_followed_in_that_branch_only() -> None:
    body = 'def f(e):\n    if isinstance(e, openai.APIError):\n        print(e.code == "a")\n    print(e.code == "b")\n'
    assert [literal for *_, literal in uses(body)] == ["a"]


def test_the_uses_stand_at_the_first_class_of_a_clause() -> None:
    body = handler('print(e.code == "x")', "(openai.RateLimitError, openai.BadRequestError) as e")
    assert [len(s.uses) for s in errors(body)] == [1, 0]


def test_an_error_without_a_name_has_no_uses() -> None:
    assert uses(handler('print("too long")', "openai.BadRequestError")) == []


def test_the_error_of_another_clause_is_not_this_one() -> None:
    body = handler("pass") + 'except OSError as e:\n    print(e.code == "x")\n'
    assert uses(body) == []


def test_a_name_that_is_bound_again_is_no_error_any_more() -> None:
    assert ("code", "compare", "x") not in uses(handler('e = load()\n    print(e.code == "x")'))


def test_a_retry_helper_is_known_by_its_dotted_name() -> None:
    body = "from tenacity import retry_if_exception_type as only\nkind = only(openai.RateLimitError)\n"
    assert (caught(body).way, caught(body).given) == (
        "tenacity.retry_if_exception_type",
        ("openai.RateLimitError",),
    )


def test_a_class_that_is_only_mentioned_is_waited_for_by_nobody() -> None:
    assert [s.caught for s in errors("KNOWN = {1: openai.RateLimitError}\n")] == [None]


@pytest.mark.xfail(
    strict=True, reason="a handler of Exception names no class of the SDK, so there is no site"
)
def test_a_handler_of_every_exception_around_a_call_is_looked_at() -> None:
    body = "client = openai.OpenAI()\ntry:\n    client.models.list()\nexcept Exception as e:\n    print(e.code)\n"
    assert [s.caught is not None for s in errors(body)] == [True]
