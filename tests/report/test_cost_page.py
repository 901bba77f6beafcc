from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.costs.compare import compare
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import BreakEven, CostReport
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.terms import Terms, Wage
from migrate_cli.report.cost_cells import bill_cell, break_even_cell, change_cell, paid_text
from migrate_cli.report.cost_page import cost_page
from migrate_cli.report.page.csv import page_csv
from migrate_cli.report.page.html import page_html
from migrate_cli.report.page.markdown import markdown
from migrate_cli.report.page.model import Bars, Page, Section, Table, Tone, Verdict
from migrate_cli.report.page.sources import numbered
from tests.costs.facts import price, provider, target
from tests.costs.test_compare import CATALOGUE, DEEPSEEK, GLM, run

YUAN = Decimal("6.6529")
DEARER = {"s": target("s", price("8 - 28"))}
CHEAP = provider("cheap", [target("small", price("0.1 - 0.2"))], {"gpt-4o": "small"})


def made(*models: str, **options: Any) -> Page:
    """The page for these models, each with two call sites."""
    return cost_page(run(*models, **options))


def section(name: str, page: Page) -> Section:
    """The section with this id."""
    return next(section for section in page.sections if section.id == name)


def tables(name: str, page: Page) -> list[Table]:
    """The tables of a section."""
    return [block for block in section(name, page).blocks if isinstance(block, Table)]


def column(title: str, table: Table) -> list[str]:
    """The texts of a column."""
    at = [column.title for column in table.columns].index(title)
    return [row.cells[at].text for row in table.rows]


def verdict(page: Page) -> list[tuple[str, Tone]]:
    """The sentences of the first box."""
    (box,) = section("short", page).blocks
    assert isinstance(box, Verdict)
    return [(line.text, line.tone) for line in box.lines]


def said(page: Page) -> str:
    return "\n".join(text for text, _ in verdict(page))


def test_both_baselines_are_said_first() -> None:
    first, second, *_ = verdict(made("gpt-4o"))
    assert first[0] == "OpenAI today: $600.00 (¥3,991.74) a month at list prices, mid (assumed)."
    assert second[0] == "Staying with OpenAI, on the models it names instead: $25.90 (¥172.31)."


def test_a_move_that_is_dearer_than_staying_is_called_so() -> None:
    text = (
        "Dearer than staying with OpenAI's own replacements: glm (china) 13% dearer (against today 95% cheaper).",
        Tone.BAD,
    )
    assert text in verdict(made("gpt-4o"))


def test_a_move_that_is_cheaper_than_staying_is_not_called_dearer() -> None:
    text = said(made("gpt-4o", to=(CHEAP,)))
    assert "Not dearer than staying: cheap (china)" in text
    assert "Dearer" not in text


def test_providers_on_both_sides_are_told_apart() -> None:
    text = said(made("gpt-4o", to=(GLM, CHEAP, DEEPSEEK)))
    assert "Dearer than staying with OpenAI's own replacements: glm (china) 13% dearer" in text
    assert "; deepseek (china) 51 to 202% dearer" in text
    assert "Not dearer than staying: cheap (china)" in text


def test_a_dead_model_is_said_in_the_box() -> None:
    text = "No longer answered by OpenAI: gpt-4 (2 call sites, since 2026-10-23)."
    assert (text, Tone.BAD) in verdict(made("gpt-4"))


def test_a_model_that_ends_later_is_not_called_dead() -> None:
    text = said(made("gpt-4o"))
    assert "OpenAI shuts down gpt-4o on 2027-01-14." in text
    assert "No longer answered" not in text


def test_without_models_nothing_is_compared() -> None:
    page = made()
    assert said(page) == "No OpenAI model was found, so there is nothing to price."
    assert {s.id for s in page.sections} == {"short", "offers", "basis"}


def test_the_first_choice_is_named() -> None:
    assert "First by cost: CHEAP (china)." in said(made("gpt-4o", to=(GLM, CHEAP)))


def test_no_provider_is_put_first_when_none_prices_everything() -> None:
    assert "so none is put first" in said(made("gpt-4o", "o3"))


def test_a_missing_price_leaves_a_sum_at_least_and_is_listed() -> None:
    page = made("gpt-4o", "o3")
    (_, volumes, *_) = tables("providers", page)
    assert column("mid (assumed)", volumes)[-1] == "at least ¥194.00"
    assert column("model", tables("not-priced", page)[0]) == ["o3 → glm-bare"]


def test_a_complete_sum_is_not_at_least() -> None:
    page = made("gpt-4o")
    (_, volumes, *_) = tables("providers", page)
    assert column("mid (assumed)", volumes) == ["$600.00", "$25.90", "¥194.00"]
    assert "not-priced" not in {s.id for s in page.sections}


def test_the_baselines_stay_on_top() -> None:
    (_, volumes, *_) = tables("providers", made("gpt-4o"))
    assert [row.pinned for row in volumes.rows] == [True, True, False]


def test_a_gap_is_never_a_bar_or_a_zero() -> None:
    chart = section("providers", made("o3")).blocks[0]
    assert isinstance(chart, Bars)
    assert (chart.bars[-1].low, chart.bars[-1].text) == (None, "not priced")


def test_a_provider_without_a_target_is_named_in_the_notes_and_not_in_the_table() -> None:
    nothing = provider("nothing", [], {"gpt-4o": None})
    (part,) = section("models", made("gpt-4o", to=(GLM, nothing))).parts
    (compared,) = (block for block in part.blocks if isinstance(block, Table))
    assert "nothing (china)" not in column("provider", compared)
    assert "nothing: no target: note on gpt-4o" in markdown(made("gpt-4o", to=(GLM, nothing)))


def test_every_source_of_the_report_is_on_the_page() -> None:
    report = run("gpt-4o", "gpt-4", to=(GLM, DEEPSEEK))
    listed = " ".join(source.who for source in numbered(cost_page(report)))
    assert [fact.source for fact in report.sources if (fact.source or "") not in listed] == []


def test_work_is_shown_with_its_price_only_when_an_hour_has_one() -> None:
    plain, worked = (weighed(wage) for wage in (None, Wage(Decimal(80), "USD")))
    assert "paid back, against staying" not in [c.title for c in tables("providers", plain)[-1].columns]
    year = tables("providers", worked)[-1]
    assert column("work, once", year) == ["$60.00"]
    assert column("paid back, against staying", year) == ["never"]
    assert column("paid back, against today", year) == ["3 days"]


def weighed(wage: Wage | None) -> Page:
    """GLM with 45 minutes of work."""
    base = run("gpt-4o")
    terms = Terms(as_of=base.as_of, wage=wage)
    return cost_page(compare({"gpt-4o": 2}, (GLM,), CATALOGUE, terms, {"glm": Effort(9, 3, 2, 1, 45)}))


def test_the_ranking_counts_sites_by_what_becomes_of_them() -> None:
    ranked = tables("providers", weighed(None))[0]
    shown = [column(title, ranked) for title in ("by itself", "to review", "by hand", "not at all", "work")]
    assert shown == [["9"], ["3"], ["2"], ["1"], ["45 min"]]


def test_without_a_plan_no_site_is_counted() -> None:
    ranked = tables("providers", made("gpt-4o"))[0]
    assert "by hand" not in [column.title for column in ranked.columns]


def test_a_bill_of_real_money_is_told_beside_the_list() -> None:
    report: CostReport = replace(run("gpt-4o"), billed=(Cost(Decimal(480), Decimal(480), "USD"),))
    assert "OpenAI today: $480.00 (¥3,193.39) a month as billed; $600.00" in said(cost_page(report))


def test_a_bill_in_another_currency_is_left_in_it() -> None:
    assert paid_text(Cost(Decimal("12.5"), Decimal("12.5"), "EUR"), YUAN) == "EUR 12.50"


@pytest.mark.parametrize(
    ("best", "worst", "text"),
    [
        ("0", "0", "under a day"),
        ("0.1", "0.1", "3 days"),
        ("1", "1", "1 month"),
        ("2.45", "3", "2.5 to 3 months"),
        ("0.1", "1", "3 days to 1 month"),
        ("2.45", None, "2.5 months to never"),
        ("30", "600", "2.5 to 50 years"),
        ("11.96", "30", "12 months to 2.5 years"),
        ("1200", "9999", "over 99 years"),
        (None, None, "never"),
    ],
)
def test_months_until_the_work_is_paid(best: str | None, worst: str | None, text: str) -> None:
    ends = [None if end is None else Decimal(end) for end in (best, worst)]
    assert break_even_cell(BreakEven(Decimal(1), "USD", *ends, known=True)).text == text


def test_an_unknown_bill_leaves_the_break_even_unknown() -> None:
    assert break_even_cell(BreakEven(Decimal(1), "USD", None, None, known=False)).text == "unknown"


def test_a_bill_has_both_currencies_and_sorts_by_dollars() -> None:
    cell = bill_cell(Cost(Decimal(260), Decimal(520), "CNY"), YUAN)
    assert (cell.text, cell.second) == ("¥260.00 to 520.00", "$39.08 to 78.16")
    assert [(str(f.low), str(f.high), f.unit) for f in cell.figures] == [
        ("260.00", "520.00", "CNY"),
        ("39.08", "78.16", "USD"),
    ]
    assert cell.sort == Decimal(260) / YUAN


def test_nothing_to_compare_is_a_dash_without_a_figure() -> None:
    assert (change_cell(None).text, change_cell(None).figures) == ("–", ())


EVIL = "</script><img src=x>|`=1+1"
ODD = provider(EVIL, [target(EVIL, price("1 - 4"))], {EVIL: EVIL, "gpt-4o": EVIL})


def test_names_from_code_are_harmless_in_html() -> None:
    text = page_html(made(EVIL, "gpt-4o", to=(ODD,)))
    assert "<img" not in text
    assert text.count("</script>") == 1


@pytest.mark.parametrize("write", [page_html, markdown, page_csv])
def test_the_same_report_gives_the_same_bytes(write: Any) -> None:
    assert write(made(EVIL, "gpt-4o", to=(ODD,))) == write(made(EVIL, "gpt-4o", to=(ODD,)))


def test_models_that_stay_cheaper_at_openai_are_told_behind_a_good_sum() -> None:
    small = provider("small", [target("s", price("1 - 1"))], {"gpt-4": "s", "gpt-4o": "s"})
    text = said(made("gpt-4", "gpt-4o", to=(small,)))
    assert "Not dearer than staying: small (china)" in text
    assert "Model by model, dearer than staying: gpt-4o at 1 of 1 provider." not in text
    assert "Model by model, dearer than staying: gpt-4o at 1 of 1 provider." in said(
        made("gpt-4", "gpt-4o", to=(replace(small, models=DEARER),))
    )


def test_one_model_is_not_told_twice() -> None:
    assert "Model by model" not in said(made("gpt-4o"))


def test_a_free_target_is_told_with_its_reason() -> None:
    text = said(made("gpt-4o", overrides={"gpt-4o": "glm-free"}))
    assert (
        "Counted as free, whether the volume fits or not: glm-free (glm), free model, rate limited." in text
    )


def test_a_paid_target_is_not_called_free() -> None:
    assert "Counted as free" not in said(made("gpt-4o"))


def test_a_dead_model_in_the_sum_is_told() -> None:
    assert '"OpenAI today" counts what no longer answers at its last list price.' in said(made("gpt-4"))
    assert "last list price" not in said(made("gpt-4o"))


def test_a_bill_without_models_is_told_all_the_same() -> None:
    billed = replace(run(), billed=(Cost(Decimal(480), Decimal(480), "USD"),))
    assert said(cost_page(billed)).startswith("OpenAI today: $480.00 (¥3,193.39) a month as billed.")


def test_a_first_choice_with_gaps_says_what_it_rests_on() -> None:
    assert "First by cost: GLM (china). Compared on the models that have a price." in said(
        made("gpt-4o", "dall-e-3")
    )
