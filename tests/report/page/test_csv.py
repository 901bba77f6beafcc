from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from migrate_cli.report.page.csv import HEADER, page_csv
from migrate_cli.report.page.model import Bullets, Cell, Figure, Line, Page, Paragraph
from tests.report.page.samples import CHART, EVIL, SAMPLE, WHOLE, money, page, row, table


def rows(made: Page) -> list[list[str]]:
    """The lines below the header."""
    header, *found = csv.reader(io.StringIO(page_csv(made)))
    assert tuple(header) == HEADER
    return found


def of(name: str, made: Page) -> list[list[str]]:
    """The lines about one row, without section and row."""
    return [line[2:] for line in rows(made) if line[1] == name]


def test_a_figure_has_its_value_unit_source_and_date() -> None:
    assert of("glm", page(SAMPLE))[1] == [
        "mid",
        "194",
        "CNY",
        "https://prices.example/list (read 2026-09)",
        "2026-10-27",
    ]


def test_a_range_is_two_lines_and_a_note_one_more() -> None:
    found = [(column, value) for column, value, *_ in of("deepseek", page(SAMPLE))]
    assert ("mid (from)", "260") in found
    assert ("mid (to)", "520") in found
    assert ("mid (note)", "at peak") in found


def test_several_sources_are_parallel_lists() -> None:
    assert of("deepseek", page(SAMPLE))[1][3:] == [
        "a newspaper; https://prices.example/list (read 2026-09)",
        "undated; 2026-10-27",
    ]


def test_an_incomplete_figure_is_not_taken_for_a_whole_one() -> None:
    least = money("5", figures=(Figure(Decimal(5), Decimal(5), "CNY", at_least=True),))
    assert of("glm", page(table(row("glm", Cell("x"), least, Cell("–")))))[1][:2] == ["mid (at least)", "5"]


def test_what_is_not_priced_is_words_and_never_0() -> None:
    found = of("local", page(SAMPLE))
    assert ["mid", "not priced", "", "", ""] in found
    assert "0" not in [value for _, value, *_ in found]


def test_the_section_names_its_table_and_its_heading() -> None:
    assert {line[0] for line in rows(page(SAMPLE))} == {"Part / All models"}


def test_sentences_are_lines_too() -> None:
    assert ["In short", "", "text", "It is dearer.", "", "a newspaper", "undated"] in rows(WHOLE)
    assert ["Models / gpt-4o", "Notes", "text", "a note", "", "", ""] in rows(WHOLE)


def test_a_chart_adds_nothing() -> None:
    assert rows(page(CHART)) == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1", "\r=1"])
def test_no_text_is_a_formula(text: str) -> None:
    made = page(
        table(row(text, Cell(text), money("1"), Cell(text)), title=""),
        Bullets((Line(text),), text),
        heading=text,
    )
    cells = [cell for line in rows(made) for cell in line]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in cells)


def test_a_negative_figure_stays_a_number() -> None:
    less = Cell("5% cheaper", figures=(Figure(Decimal("-5.0"), Decimal("-5.0"), "%"),))
    assert of("glm", page(table(row("glm", Cell("x"), money("1"), less))))[2][:3] == [
        "against staying",
        "-5.0",
        "%",
    ]


def test_ordinary_text_is_left_alone() -> None:
    assert of("glm", page(SAMPLE))[0][1] == "¥0.8 / 2.8"


def test_quotes_commas_and_line_ends_stay_within_their_cell() -> None:
    assert rows(page(Paragraph(Line(f'{EVIL}, "a"\r\nb'))))[0][3] == f'{EVIL}, "a"\\r\\nb'


def test_large_and_small_numbers_are_written_out() -> None:
    made = page(table(row("glm", Cell("x"), money("1E+9"), Cell("–"))))
    assert of("glm", made)[1][1] == "1000000000"


def test_the_same_page_gives_the_same_text() -> None:
    assert page_csv(WHOLE) == page_csv(WHOLE)
