"""Checks of what a key looks like, found from the read of the key on."""

from migrate_cli.model import SiteKind
from tests.sites.scanning import sites


def checks(body: str) -> list[int]:
    """The lines on which the keys of a program are checked."""
    found = sites("import os, re\nkey = os.getenv('OPENAI_API_KEY')\n" + body)
    return [u.location.line for s in found if s.kind is SiteKind.ENVIRONMENT for u in s.uses]


def test_the_beginning_of_a_key_is_checked() -> None:
    assert checks("assert key.startswith('sk-')\n") == [3]


def test_a_pattern_for_keys_is_a_check() -> None:
    assert checks("assert re.match(r'^sk-[A-Za-z0-9]{48}$', key)\n") == [3]


def test_a_check_in_a_function_that_is_given_the_key_counts() -> None:
    assert checks("def test(k):\n    return k.startswith('sk-')\ntest(key)\n") == [4]


def test_the_beginning_of_another_text_is_none() -> None:
    assert checks("name = load()\nassert name.startswith('sk-')\n") == []


def test_another_beginning_is_none() -> None:
    assert checks("assert key.startswith('Bearer sk-')\n") == []


def test_a_key_may_be_asked_for_being_none() -> None:
    assert checks("if key is None:\n    stop()\n") == [3]


def test_another_name_in_another_function_is_not_asked() -> None:
    assert checks("def f(key=None):\n    return key is None\n") == []


def test_what_is_made_with_the_key_is_not_asked() -> None:
    assert checks("c = f(os.getenv('OPENAI_API_KEY'))\nassert c is not None\n") == []


def test_another_use_of_the_key_is_none() -> None:
    assert checks("print('sk-' + key.strip())\n") == []
