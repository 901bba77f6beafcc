from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from migrate_cli.report.page.model import Bar, Bars, Bullets, Cell, Line, Page, Row, Tone, Verdict
from migrate_cli.report.page.text import render_page
from migrate_cli.report.page.text_bars import BLOCKS, drawn
from tests.report.page.samples import CHART, EVIL, SAMPLE, WHOLE, money, page, row, table


def lines(made: Page, width: int = 80, encoding: str = "utf-8") -> list[str]:
    """The page as its lines, without the spaces at their ends."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace", newline="\n")
    render_page(made, Console(file=out, width=width, color_system=None, markup=True, highlight=True))
    out.seek(0)
    return [line.rstrip() for line in out.read().splitlines()]


def shown(made: Page, width: int = 80) -> str:
    return "\n".join(lines(made, width))


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(cell_len(line) for line in lines(WHOLE, width)) <= width


def test_the_same_page_gives_the_same_text() -> None:
    assert shown(WHOLE) == shown(WHOLE)


def test_a_wide_screen_leaves_nothing_out() -> None:
    text = shown(WHOLE, 160)
    assert "¥0.8 / 2.8" in text
    assert "Left out" not in text


def test_a_narrow_screen_loses_the_highest_ranks_and_says_so() -> None:
    text = shown(page(SAMPLE), 48)
    assert "Left out at 48 columns: price, against staying." in text.replace("\n", " ")
    assert "¥0.8 / 2.8" not in text


def test_numbers_are_never_broken() -> None:
    wide = table(row("千问", Cell("x"), money("1234567.89", "7654321.00"), Cell("1,234 to 5,678% dearer")))
    text = shown(page(wide), 60)
    assert "¥1,234,567.89 to 7,654,321.00" in text


def test_a_screen_too_narrow_for_numbers_gets_a_list_with_all_columns() -> None:
    text = lines(page(SAMPLE), 26)
    assert "glm" in text
    assert any("price" in line and "¥0.8" in line for line in text)
    assert not any("Left out" in line for line in text)


def test_numbers_stand_in_one_column() -> None:
    text = lines(page(SAMPLE), 160)
    ends = [
        line.index(amount) + len(amount)
        for amount in ("¥194.00", "520.00")
        for line in text
        if amount in line
    ]
    assert len(ends) == 2
    assert ends[0] == ends[1]


def test_chinese_names_keep_the_columns_straight() -> None:
    made = table(
        row("千问 (中国)", Cell("a"), money("1"), Cell("–")),
        row("qwen (china)", Cell("b"), money("2"), Cell("–")),
    )
    chinese, latin = (line for line in lines(page(made), 100) if "¥" in line)
    assert cell_len(chinese[: chinese.index("¥")]) == cell_len(latin[: latin.index("¥")])


def test_a_long_name_is_broken_and_not_cut() -> None:
    made = table(row("x" * 200, Cell("a"), money("1"), Cell("–")))
    assert shown(page(made), 80).count("x") == 200


def test_names_are_not_markup() -> None:
    text = shown(page(table(row("[bold]x[/bold]", Cell(":smile:"), money("1"), Cell("–")))), 100)
    assert "[bold]x[/bold]" in text
    assert ":smile:" in text


def test_control_characters_do_not_reach_the_screen() -> None:
    assert "\x1b" not in shown(page(Bullets((Line("\x1b[2J" + EVIL),))))


def test_notes_stand_below_the_table_once() -> None:
    text = shown(page(SAMPLE), 100)
    assert text.count("mid, at peak: deepseek") == 1


def test_a_note_that_several_rows_share_stands_there_once() -> None:
    rows = (row(name, Cell("x"), money("1"), Cell("–")) for name in "ab")
    noted = (Row((replace(r.cells[0], note="not ranked"), *r.cells[1:])) for r in rows)
    assert "a, b: not ranked" in lines(page(table(*noted)))


def test_the_sources_of_a_row_are_numbered() -> None:
    assert [line.split()[-1] for line in lines(WHOLE, 120) if "¥260.00" in line] == ["1–2"]


def test_a_table_without_sources_has_no_such_column() -> None:
    assert "source" not in shown(page(table(row("glm", Cell("a"), money("1"), Cell("–")))))


def test_the_verdict_keeps_its_bar_when_it_wraps() -> None:
    made = page(Verdict((Line("word " * 30, Tone.BAD),)))
    box = [line for line in lines(made, 60) if "word" in line]
    assert len(box) > 1
    assert all(line.startswith("▌ ") for line in box)


def test_a_bar_shows_its_range_and_the_baseline() -> None:
    strips = [drawn(bar, CHART, 20, BLOCKS) for bar in CHART.bars]
    assert strips == ["█" * 20, "██░░░░░░░░    │     ", " " * 14 + "│" + " " * 5]


def test_a_partial_bar_looks_different_and_is_explained() -> None:
    bar = Bar("kimi", Decimal(5), Decimal(10), "at least 5 to 10", partial=True)
    chart = Bars("t", "u", (bar,), beyond="up to", missing="at least")
    assert drawn(bar, chart, 10, BLOCKS) == "▒▒▒▒▒░░░░░"
    assert "▒ at least" in lines(page(chart))


def test_a_chart_of_whole_bars_explains_no_others() -> None:
    whole = Bar("kimi", Decimal(5), Decimal(5), "5")
    text = lines(page(Bars("t", "u", (whole,), beyond="up to", missing="at least")))
    assert [line for line in text if "up to" in line or "at least" in line] == []


def test_what_is_not_0_is_never_drawn_as_nothing() -> None:
    chart = Bars(
        "t", "u", (Bar("a", Decimal(1), Decimal(1), "1"), Bar("b", Decimal(9999), Decimal(9999), "9"))
    )
    assert drawn(chart.bars[0], chart, 10, BLOCKS) == "█" + " " * 9


def test_0_is_drawn_as_nothing() -> None:
    chart = Bars("t", "u", (Bar("a", Decimal(0), Decimal(0), "0"), Bar("b", Decimal(9), Decimal(9), "9")))
    assert drawn(chart.bars[0], chart, 10, BLOCKS).strip() == ""


def test_a_screen_without_blocks_gets_plain_signs() -> None:
    text = "\n".join(lines(page(CHART), 80, "ascii"))
    assert "###" in text
    assert "█" not in text


def test_a_chart_on_a_narrow_screen_keeps_its_values() -> None:
    text = shown(page(CHART), 34)
    assert "$60.00 to 300.00" in text
    assert "█" not in text
