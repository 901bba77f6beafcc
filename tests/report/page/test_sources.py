from __future__ import annotations

import pytest

from migrate_cli.report.page.links import parts
from migrate_cli.report.page.model import Cell, Line, Page, Source
from migrate_cli.report.page.sources import cited, cited_in_row, number_list, numbered, source_text
from tests.report.page.samples import LIST, PRESS, SAMPLE, WHOLE, page


def test_numbers_follow_the_order_of_reading() -> None:
    assert numbered(WHOLE) == {PRESS: 1, LIST: 2}


def test_the_dated_line_comes_first() -> None:
    made = Page("t", "", Line("dated", sources=(LIST,)), WHOLE.sections)
    assert numbered(made) == {LIST: 1, PRESS: 2}


def test_the_same_source_of_another_day_is_another_source() -> None:
    older = Source(LIST.who, "2025-01-01")
    assert len(numbered(Page("t", "", Line("dated", sources=(LIST, older, LIST)), ()))) == 2


def test_a_page_without_sources_has_no_numbers() -> None:
    assert numbered(page()) == {}


def test_a_row_has_the_numbers_of_all_its_cells_once() -> None:
    numbers = numbered(WHOLE)
    assert [cited_in_row(row, numbers) for row in SAMPLE.rows] == [(2,), (2,), (1, 2), ()]


def test_a_cell_without_a_source_cites_none() -> None:
    assert cited(Cell("x"), numbered(WHOLE)) == ()


@pytest.mark.parametrize(
    ("numbers", "text"), [((), ""), ((3,), "3"), ((7, 9), "7, 9"), ((7, 9, 10, 11, 20), "7, 9–11, 20")]
)
def test_runs_of_numbers_are_shortened(numbers: tuple[int, ...], text: str) -> None:
    assert number_list(numbers) == text


def test_a_missing_date_is_said() -> None:
    assert source_text(PRESS) == "a newspaper (undated)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/x?y=1 (read)", "https://a.example/x?y=1"),
        ("at http://a.example.", "http://a.example"),
        ("(https://a.example/文)", "https://a.example/文"),
        ('https://a.example/"onmouseover=1', "https://a.example/"),
    ],
)
def test_addresses_are_found(text: str, found: str) -> None:
    assert [piece for piece, is_address in parts(text) if is_address][:1] == [found]
    assert "".join(piece for piece, _ in parts(text)) == text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.example", "a.example/x", "data:text/html,x", "", "https://"]
)
def test_nothing_else_is_an_address(text: str) -> None:
    assert not any(is_address for _, is_address in parts(text))
