from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from migrate_cli.report.cost_text import render_costs
from tests.costs.facts import price, provider, target
from tests.costs.test_compare import DEEPSEEK, GLM, run


def shown(*models: str, **options: Any) -> str:
    """The report at 100 columns, its whitespace collapsed so that line breaks in cells do not matter.

    The bar beside the verdict's lines is left out as well.
    """
    return " ".join(lines(*models, **options).replace("▌", "").split())


def lines(*models: str, width: int = 100, **options: Any) -> str:
    out = io.StringIO()
    render_costs(run(*models, **options), Console(file=out, width=width, color_system=None))
    return out.getvalue()


def test_it_says_what_it_does_not_compare() -> None:
    assert "Prices compare list prices, not quality." in shown("gpt-4o")


def test_all_three_sides_are_shown_with_both_currencies() -> None:
    text = shown("gpt-4o")
    assert "$600.00" in text and "¥3,991.74" in text
    assert "$25.90" in text
    assert "¥194.00" in text and "$29.16" in text


def test_dearer_is_said_in_words() -> None:
    assert "95% cheaper" in shown("gpt-4o")
    assert "13% dearer" in shown("gpt-4o")


@pytest.mark.parametrize("width", [80, 100, 160])
def test_it_fits_its_columns(width: int) -> None:
    text = lines("gpt-4o", "o3", "dall-e-3", to=(GLM, DEEPSEEK), width=width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_both_differences_are_said_at_80_columns_too() -> None:
    assert "glm (china) 13% dearer (against today 95% cheaper)" in shown("gpt-4o", width=80)


def test_a_dead_model_is_called_dead() -> None:
    assert "gpt-4 2 call sites; no longer answers since 2026-10-23" in shown("gpt-4")


def test_a_living_model_is_not_called_dead() -> None:
    assert "no longer answers" not in shown("gpt-4o")


def test_a_gap_is_never_shown_as_zero() -> None:
    text = shown("o3")
    assert "not priced" in text
    assert "¥0.00" not in text


def test_an_incomplete_sum_says_at_least() -> None:
    assert "at least ¥194.00" in shown("gpt-4o", "o3")
    assert "at least" not in shown("gpt-4o")


def test_brackets_in_names_are_not_markup() -> None:
    odd = provider("odd", [target("[bold]x[/bold]", price("1 - 4"))], {"gpt-4o": "[bold]x[/bold]"})
    assert "[bold]x[/bold]" in lines("gpt-4o", to=(odd,)).replace("\n", "")


def test_nothing_found_is_said_in_words() -> None:
    assert "No OpenAI model was found, so there is nothing to price." in shown()


def test_an_old_rate_asks_for_a_new_one_and_a_fresh_one_does_not() -> None:
    assert "--fx" in shown("gpt-4o", as_of=date(2027, 1, 1))
    assert "--fx" not in shown("gpt-4o")


def test_notes_of_the_target_are_printed() -> None:
    assert "glm: note on gpt-4o" in shown("gpt-4o", to=(GLM,))
