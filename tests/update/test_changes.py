"""What an update is said to change, and what is not worth saying."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.catalogue.bundle import as_files, parse_bundle
from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Tier
from migrate_cli.files.trees import stage
from migrate_cli.update.changes import Change, changes, describe
from tests.update.bundles import as_bytes, plain, price_of


@pytest.fixture
def after(tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], Any]], tuple[Change, ...]]:
    """The changes that an edit of the packaged catalogue makes."""

    def compare(edit: Callable[[dict[str, Any]], Any]) -> tuple[Change, ...]:
        bundles = [plain(), plain()]
        edit(bundles[1])
        old, new = (Catalogue(stage(tmp_path, as_files(parse_bundle(as_bytes(b))))) for b in bundles)
        return changes(old, new)

    return compare


def glm(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bundle["files"]["providers/glm"]
    return found


@pytest.mark.parametrize(
    ("edit", "kind", "where"),
    [
        (lambda b: price_of(b).update(output=3), "price", "glm glm-5.3-flash china CNY"),
        (lambda b: glm(b)["sites"]["china"].update(base_url="https://x.example"), "address", "glm china"),
        (lambda b: glm(b)["key_variable"].update(name="OTHER_KEY"), "key", "glm china"),
        (lambda b: b["files"]["openai"]["models"]["gpt-4o"].update(status="retired"), "model", "openai gpt-4o"),
        (lambda b: b["files"]["fx"].update(cny_per_usd=6.7), "rate", "CNY per USD"),
        (lambda b: b["files"]["offers"]["offers"][0].update(ends="2024-12-31"), "offer", "zhipu-2024-migration"),
    ],
)  # fmt: skip
def test_what_people_decide_by_is_said(after: Any, edit: Any, kind: str, where: str) -> None:
    assert (kind, where) in {(change.kind, change.where) for change in after(edit)}


@pytest.mark.parametrize(
    "edit",
    [
        lambda b: None,
        lambda b: price_of(b).update(note="read again", source="survey", as_of="2026-12-31"),
        lambda b: glm(b).update(pitfalls=[]),
    ],
)
def test_dates_and_remarks_are_no_change(after: Any, edit: Any) -> None:
    assert after(edit) == ()


def test_a_price_that_went_has_nothing_after(after: Any) -> None:
    (change,) = after(lambda b: b["files"]["openai"]["models"]["gpt-4o"].pop("price"))
    assert change.before is not None and change.after is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("0.80"), "0.8"),
        (Decimal("0"), "0"),
        (Decimal("1E+3"), "1000"),
        (Tier(128, Decimal("1.5"), None, Decimal(2)), "above input tokens 128, input 1.5, output 2"),
        ({"batch": Decimal("0.5")}, "batch: 0.5"),
        (("a", "b"), "a; b"),
    ],
)
def test_a_value_is_one_line_without_what_is_unknown(value: Any, text: str) -> None:
    assert describe(value) == text
