from __future__ import annotations

from decimal import Decimal

import pytest

from migrate_cli.report.page.model import Bar, Bars, Cell, Figure, Kind, Mark
from tests.report.page.samples import CHART, money, row, table


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells for 4 columns"):
        table(row("glm", Cell("x")))


@pytest.mark.parametrize(("low", "high"), [("5", "4"), ("-1", "3"), (None, "3"), ("3", None)])
def test_an_impossible_bar_is_refused(low: str | None, high: str | None) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    with pytest.raises(ValueError, match="a bar from"):
        Bars("title", "unit", (Bar("glm", *ends, "text"),))


def test_a_baseline_below_0_is_refused() -> None:
    with pytest.raises(ValueError, match="a line below 0"):
        Bars("title", "unit", (), Mark("staying", Decimal(-1)))


def test_the_scale_ends_at_the_greatest_value() -> None:
    assert CHART.top == 600
    assert Bars("title", "unit", (), Mark("staying", Decimal(7))).top == 7


def test_a_chart_without_values_has_no_scale() -> None:
    assert Bars("title", "unit", (Bar("glm", None, None, "not priced"),)).top == 0


def test_a_cell_sorts_by_its_key_then_by_its_figure() -> None:
    assert money("194", sort=Decimal(29)).key == 29
    assert money("194").key == 194


def test_a_cell_without_a_number_has_no_key() -> None:
    assert Cell("not priced").key is None


def test_a_key_of_0_is_a_key() -> None:
    assert Cell("¥0.00", figures=(Figure(Decimal(5), Decimal(5), "CNY"),), sort=Decimal(0)).key == 0


@pytest.mark.parametrize(
    ("kind", "is_number"), [(Kind.MONEY, True), (Kind.PERCENT, True), (Kind.DATE, False)]
)
def test_numbers_are_told_from_text(kind: Kind, is_number: bool) -> None:
    assert kind.is_number is is_number
