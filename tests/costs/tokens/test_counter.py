"""Which counter is taken, and that a bad package is passed over."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from migrate_cli.costs.tokens.counter import PACKAGES, Package, counter
from migrate_cli.costs.tokens.estimate import ESTIMATE
from tests.costs.tokens.table import GPT_4O, QWEN_PLUS, TABLE


class Letters:
    def encode_ordinary(self, text: str) -> list[int]:
        return [ord(letter) for letter in text]


def package(name: str, opened: Any = Letters, vocabularies: str = "o200k_base qwen3") -> Package:
    return Package(name, name, frozenset(vocabularies.split()), lambda module, vocabulary: opened())


def broken() -> None:
    raise RuntimeError("built for another machine")


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lettered", "second"):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace())  # type: ignore[arg-type]


def test_an_installed_package_counts_exactly_and_is_named() -> None:
    count = counter(GPT_4O, [package("lettered")]).count("four")
    assert (count.tokens, count.error, count.counter) == (4, 0, "lettered of unknown version")


def test_the_first_that_fits_wins() -> None:
    packages = [package("lettered", vocabularies="qwen3"), package("second")]
    assert counter(GPT_4O, packages).name.startswith("second")


@pytest.mark.parametrize(
    "packages",
    [
        [],
        [package("not_installed_anywhere")],
        [package("lettered", broken)],
        [package("lettered", vocabularies="glm4")],
    ],
)
def test_without_a_usable_package_the_estimate_counts(packages: list[Package]) -> None:
    assert counter(GPT_4O, packages).name == ESTIMATE


def test_an_exact_count_of_an_assumed_vocabulary_keeps_its_error() -> None:
    assert counter(QWEN_PLUS, [package("lettered")]).count("x").error == Decimal("0.2")


def test_a_lone_surrogate_reaches_no_package() -> None:
    assert counter(GPT_4O, [package("lettered")]).count("\ud800!").tokens == 2


def test_no_package_that_could_fetch_is_among_them() -> None:
    assert {p.module for p in PACKAGES} == {"splintr", "quicktok"}
    assert {v for p in PACKAGES for v in p.vocabularies} <= set(TABLE.vocabularies)
