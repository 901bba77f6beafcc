from __future__ import annotations

import pytest

from migrate_cli.model import Certainty, SiteKind
from migrate_cli.selection import Selection, is_test, restrict
from tests.report import samples

HOST = "qianfan.baidubce.com"


def test_all_is_wanted_by_default() -> None:
    sites = (samples.client(2), samples.site(3, certainty=Certainty.GUESS, path="tests/test_a.py"))
    assert restrict(samples.scan(*sites), Selection()).sites == sites


def test_kinds_are_chosen() -> None:
    scan = samples.scan(samples.client(2), samples.site(3))
    found = restrict(scan, Selection(frozenset({SiteKind.CALL}))).sites
    assert [site.kind for site in found] == [SiteKind.CALL]


@pytest.mark.parametrize(("least", "number"), [("proved", 1), ("likely", 2), ("guess", 3)])
def test_a_least_certainty_takes_anything_surer(least: str, number: int) -> None:
    scan = samples.scan(*(samples.site(line, certainty=c) for line, c in enumerate(Certainty, 1)))
    assert len(restrict(scan, Selection(certainty=Certainty(least))).sites) == number


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        ("tests/a.py", True),
        ("src/tests/deep/a.py", True),
        ("test_a.py", True),
        ("a_test.py", True),
        ("conftest.py", True),
        ("src/testing.py", False),
        ("src/latest/a.py", False),
        ("contest.py", False),
    ],
)
def test_tests_are_known_by_their_paths(path: str, verdict: bool) -> None:
    assert is_test(path) is verdict
    assert Selection(tests=False).wants(samples.site(3, path=path)) is not verdict


def test_a_call_that_rests_because_of_its_client_rests_without_it() -> None:
    client = samples.client(2, elsewhere=HOST)
    call = samples.site(3, clients=(client.id,))
    [found] = restrict(samples.scan(client, call), Selection(frozenset({SiteKind.CALL}))).sites
    assert found.elsewhere == HOST


def test_a_call_in_use_stays_in_use() -> None:
    client = samples.client(2)
    call = samples.site(3, clients=(client.id,))
    assert restrict(samples.scan(client, call), Selection(frozenset({SiteKind.CALL}))).sites == (call,)
