from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from migrate_cli.report.cost_brief import render_costs_brief
from migrate_cli.report.cost_text import render_costs
from tests.costs.facts import amount, price, provider, target
from tests.costs.test_compare import DEEPSEEK, GLM, run


def lines(*models: str, width: int = 100, **options: Any) -> list[str]:
    out = io.StringIO()
    render_costs_brief(run(*models, **options), Console(file=out, width=width, color_system=None))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def shown(*models: str, **options: Any) -> str:
    """The report with its whitespace collapsed so that line breaks do not matter."""
    return " ".join(" ".join(lines(*models, **options)).split())


def cells(name: str, *models: str, **options: Any) -> str:
    """The line that begins with `name` and the one below it: one row of a table."""
    text = lines(*models, **options)
    at = next(index for index, line in enumerate(text) if line.startswith(name))
    return " ".join(" ".join(text[at : at + 2]).split())


def priced(rates: str) -> Any:
    """A provider with one model at these rates, for gpt-4o."""
    return provider("glm", [target("one", price(rates))], {"gpt-4o": "one"})


def test_a_row_has_all_three_sides_and_both_differences() -> None:
    assert cells("gpt-4o", "gpt-4o") == (
        "gpt-4o $2.5 / 10 gpt-6-luna glm-flash 95% cheaper / "
        "ends 2027-01-14 from $0.1 / 0.5 ¥0.8 / 2.8 13% dearer"
    )


def test_it_says_its_date_and_what_it_does_not_compare() -> None:
    assert lines("gpt-4o")[0] == "Costs per month at list prices, as of 2026-11-21"
    assert lines("gpt-4o")[1].startswith("Prices compare list prices, not quality.")


def test_the_totals_are_assumed_and_in_their_own_currency() -> None:
    text = shown("gpt-4o")
    assert "low (assumed) mid (assumed) high (assumed)" in text
    assert "OpenAI, list price $60.00 $600.00 $6,000.00 OpenAI's replacements $2.59 $25.90 $259.00" in text
    assert "glm (china) ¥19.40 ¥194.00 ¥1,940.00 95% cheaper / ($2.92) ($29.16) ($291.60) 13% dearer" in text


def test_it_is_short_even_with_gaps_and_far_shorter_than_the_full_one() -> None:
    models = ("gpt-4o", "gpt-4", "o3", "dall-e-3")
    full = io.StringIO()
    render_costs(run(*models), Console(file=full, width=100, color_system=None))
    assert len(lines(*models)) <= 40
    assert len(full.getvalue().splitlines()) > 2 * len(lines(*models))


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_it_fits_the_screen(width: int) -> None:
    text = lines("gpt-4o", "o3", "dall-e-3", width=width, to=(DEEPSEEK,))
    assert max(len(line) for line in text) <= width


def test_a_dead_model_is_called_dead_and_a_living_one_is_not() -> None:
    assert "gone since 2026-10-23" in cells("gpt-4 ", "gpt-4")
    assert "gone since" not in shown("gpt-4o")


def test_a_model_without_an_end_is_not_given_one() -> None:
    row = cells("text-embedding-3-small", "text-embedding-3-small")
    assert "no end date known" in row and "not needed yet" in row
    assert "$0.02 in" in row


def test_a_model_that_nobody_knows_gets_no_figures() -> None:
    assert cells("gpt-99", "gpt-99") == (
        "gpt-99 no list price none known no target not priced unknown to the catalogue"
    )


def test_a_gap_is_named_and_never_shown_as_zero() -> None:
    text = shown("gpt-4o", "o3")
    assert "Not priced · glm: o3 → glm-bare: no list price found" in text
    assert "¥0" not in text.replace("¥0.8 / 2.8", "")


def test_an_incomplete_sum_says_at_least_and_what_it_compares() -> None:
    text = shown("gpt-4o", "o3")
    assert "at least ¥194.00" in text
    assert "(1 of 2 models)" in text


def test_a_complete_sum_does_not_say_at_least() -> None:
    text = shown("gpt-4o")
    assert "at least" not in text and "of 1 models" not in text and "Not priced" not in text


def test_a_move_that_costs_more_as_a_whole_is_said_in_a_sentence() -> None:
    expected = "Moving to glm costs more than OpenAI's own replacements: 13% dearer at mid volume."
    assert expected in shown("gpt-4o")


def test_a_move_that_may_cost_more_says_so() -> None:
    low = price("0.5 - 1", peak_input=amount("8"), peak_output=amount("8"))
    either = provider("glm", [target("one", low)], {"gpt-4o": "one"})
    assert "Moving to glm can cost more than OpenAI's own replacements" in shown("gpt-4o", to=(either,))


def test_a_move_that_saves_is_not_called_dear() -> None:
    text = shown("gpt-4o", to=(priced("0.1 - 0.1"),))
    assert "Moving to glm" not in text and "Taken alone" not in text and "dearer" not in text


def test_a_cheaper_sum_does_not_hide_a_dearer_model() -> None:
    text = shown("gpt-4o", "gpt-4")
    assert "Moving to glm costs" not in text
    assert "Taken alone, dearer than staying with OpenAI: gpt-4o." in text


def test_old_prices_are_marked_and_fresh_ones_are_not() -> None:
    assert "¥1 / 1 (old)" in cells("gpt-4 ", "gpt-4")
    assert "(old)" not in cells("gpt-4o", "gpt-4o")


def test_offers_have_a_verdict_and_a_date_on_one_line() -> None:
    offers = [line for line in lines("gpt-4o") if line.startswith("  · glm: ")]
    assert offers == [
        "  · glm: Tokens at sign-up, and Flash models free of charge: reported active (2026-06-17)",
        "  · glm: 150 million tokens for those who leave OpenAI: unverified (2024-07-03)",
    ]


def test_an_ended_offer_is_not_called_active() -> None:
    tencent = provider("hunyuan", [], {})
    text = shown("gpt-4o", to=(tencent,))
    assert "100 million Hunyuan tokens until 31 July 2024: expired on 2024-07-31" in text


def test_without_offers_none_is_made_up() -> None:
    text = shown("gpt-4o", to=(provider("nobody", [], {}),))
    assert "official) · none known for this provider" in text


def test_the_figures_have_dates_volumes_and_a_rate() -> None:
    text = shown("gpt-4o")
    assert "2026-10-27 (glm); OpenAI's advice of 2026-10-28." in text
    assert "low 10,000, mid 100,000, high 1,000,000 requests per model, 1,200 tokens in, 350 out." in text
    assert "1 US dollar = 6.6529 yuan (2026-10-30)." in text


def test_an_old_rate_asks_for_a_new_one_and_a_fresh_one_does_not() -> None:
    assert "--fx" in shown("gpt-4o", as_of=date(2027, 1, 1))
    assert "--fx" not in shown("gpt-4o")


def test_your_own_choice_is_named_with_what_speaks_against_it() -> None:
    text = shown("gpt-4o", overrides={"gpt-4o": "glm-gone"})
    assert "glm-gone (your choice)" in text
    assert "is retired since 2026-06-22" in text


def test_what_is_free_says_why() -> None:
    text = shown("gpt-4o", overrides={"gpt-4o": "glm-free"})
    assert "glm-free: free model, rate limited; whether the volume fits its limits is not checked." in text


def test_the_last_line_leads_to_the_full_report() -> None:
    assert lines("gpt-4o")[-1] == (
        "Full report: migrate report PATHS --to glm (before the move; or --verbose here)"
    )


def test_brackets_in_names_are_not_markup() -> None:
    odd = provider("odd", [target("[bold]x[/bold]", price("1 - 4"))], {"gpt-4o": "[bold]x[/bold]"})
    assert "[bold]x[/bold]" in "\n".join(lines("gpt-4o", to=(odd,)))


def test_nothing_found_is_said_in_words_and_gets_no_table() -> None:
    text = shown(to=(GLM,))
    assert "No OpenAI model was found, so there is nothing to price." in text
    assert "All models together" not in text
