from __future__ import annotations

import pytest

from migrate_cli.report.page.clean import cleaned, visible
from migrate_cli.report.page.model import Cell, Line, Page, Paragraph, Tone
from tests.report.page.samples import WHOLE, page, row, table
from tests.report.samples import KEY


def first(text: str) -> str:
    """`text` after cleaning, from inside a page."""
    block = cleaned(page(Paragraph(Line(text)))).sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    return block.line.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202egnp", "\\u202egnp"),
        ("\udc80", "\\udc80"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
    ],
)
def test_what_does_not_print_is_spelled_out(text: str, shown: str) -> None:
    assert first(text) == shown


@pytest.mark.parametrize("text", ["", "gpt-4o", "千问 (中国)", "¥0.8 / 2.8", "é – “quoted”"])
def test_what_prints_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_a_key_is_masked_wherever_it_stands() -> None:
    made = cleaned(page(table(row("glm", Cell(KEY), Cell("x", note=KEY), Cell("y")), title=KEY), heading=KEY))
    assert KEY not in repr(made)
    assert f"{KEY[:3]}…{KEY[-2:]}" in made.sections[0].heading


def test_a_clean_page_is_left_as_it_is() -> None:
    assert cleaned(WHOLE) == WHOLE


def test_tones_stay_tones() -> None:
    made: Page = cleaned(page(Paragraph(Line("x", Tone.BAD))))
    block = made.sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert block.line.tone is Tone.BAD
