"""The sections that need more than prices: usage that was read, offers that were weighed, the first year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from migrate_cli.catalogue.offer_terms import Condition
from migrate_cli.costs.effort import Effort, Hold, Reason
from migrate_cli.costs.incentives.results import Drawn, Incentives, OfferResult, Sums, Value
from migrate_cli.costs.lines import CostReport
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.scenario import measured
from migrate_cli.costs.traffic import DAYS_A_MONTH, Beyond, Bill, Period, Traffic
from migrate_cli.costs.usage.record import Left
from migrate_cli.costs.workload import Workload, alike
from migrate_cli.report.cost_json import costs_json
from migrate_cli.report.cost_page import cost_page
from migrate_cli.report.page.csv import page_csv
from migrate_cli.report.page.markdown import markdown
from migrate_cli.report.page.model import Bullets, Paragraph, Section, Table, Tone
from tests.costs.facts import offer
from tests.costs.test_compare import run
from tests.report.samples import KEY

NEW = Condition("new_account", "Would you open a new account?")
NOTHING = Sums(Decimal(0), Decimal(0), Decimal(0))
MONTH = Sums(Decimal(194), Decimal(2328), Decimal(194))
LOADS: Mapping[str, Workload] = {
    "gpt-4o": replace(alike("measured", 1_000, 1_200, 400, 350), month=Decimal("0.5"))
}


def counted(**changes: object) -> CostReport:
    """A report of half a month's worth of traffic."""
    start, end = (datetime(2026, month, 1, tzinfo=timezone.utc) for month in (9, 11))
    values = {
        "models": LOADS,
        "sources": (("log.jsonl (request log)", 1_000),),
        "period": Period(start, end, Decimal(61), Decimal("0.5"), whole=True),
    }
    traffic = Traffic(**{**values, **changes})  # type: ignore[arg-type]
    return run("gpt-4o", scenarios=(measured(LOADS),), traffic=traffic)


def section(name: str, report: CostReport) -> Section:
    """The section with this id."""
    return next(section for section in cost_page(report).sections if section.id == name)


def table(where: Section) -> Table:
    """The last table of a section."""
    return [block for block in where.blocks if isinstance(block, Table)][-1]


def texts(where: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in where.rows]


def listed(where: Section) -> dict[str, list[str]]:
    """The lists of a section by their titles."""
    return {b.title: [line.text for line in b.lines] for b in where.blocks if isinstance(b, Bullets)}


def test_counted_traffic_is_shown_per_month() -> None:
    assert texts(table(section("usage", counted()))) == [
        ["gpt-4o", "500", "600,000", "200,000", "175,000", "0"]
    ]


def test_the_records_and_their_time_are_said() -> None:
    (first, *_) = section("usage", counted()).blocks
    assert isinstance(first, Paragraph)
    assert first.line.text == (
        "Records read: 1,000 of log.jsonl (request log). Usage: 2026-09-01 to 2026-11-01, 61.0 days."
    )


def test_without_usage_there_is_no_such_section() -> None:
    assert "usage" not in {section.id for section in cost_page(run("gpt-4o")).sections}


def test_what_was_left_out_is_listed_with_its_size() -> None:
    left = (Left("log.jsonl", "no model is named", 3, 1_234),)
    assert listed(section("usage", counted(left=left)))["Left out"] == [
        "log.jsonl: no model is named (3 times, 1,234 tokens)"
    ]


def test_nothing_left_out_makes_no_list() -> None:
    assert listed(section("usage", counted())) == {}


def test_bills_and_what_tokens_do_not_tell_are_listed() -> None:
    found = listed(
        section(
            "usage",
            counted(
                beyond=(Beyond("dall-e-3", "images", Decimal("12.5")),),
                bills=(
                    Bill("gpt-4o", "gpt-4o, input", Decimal("480.005"), "USD"),
                    Bill(None, "tax", Decimal(3), "EUR"),
                ),
            ),
        )
    )
    assert found["As billed, per month"] == ["gpt-4o, input: $480.01 (¥3,193.43)", "tax: EUR 3.00"]
    assert found["Not billed by text tokens, per month, and not priced here"] == ["dall-e-3: 13 images"]


def test_a_single_scenario_has_a_single_column() -> None:
    assert [c.title for c in table(section("providers", counted())).columns][:2] == [
        "provider",
        "first month",
    ]
    assert "(assumed)" not in markdown(cost_page(counted()))


def result(**changes: object) -> OfferResult:
    """An official offer that counts."""
    drawn = (Drawn("glm-flash", Decimal("4.65"), Decimal(1_000_000), Decimal(30)),)
    sums = Sums(Decimal(30), Decimal(30), Decimal(0))
    million, used = Decimal(1_000_000), Decimal("4.65")
    value = Value(
        "tokens",
        million,
        million,
        Decimal(0),
        Decimal(0),
        used,
        million,
        Decimal(30),
        sums,
        drawn,
        False,
        False,
    )
    values = {
        "offer": offer(title="A million tokens", amount="1M tokens", eligibility="new accounts"),
        "verdict": "active_official",
        "words": "active, on the provider's own page",
        "counts": True,
        "why_not": None,
        "questions": (),
        "value": value,
        "up_to": None,
        "currency": "CNY",
        "claim_on": date(2026, 11, 21),
        "claim_until": date(2026, 12, 31),
        "use_until": date(2027, 11, 20),
        "needs": (NEW,),
        "how": "Activate it.",
        "remarks": (),
    }
    return OfferResult(**{**values, **changes})  # type: ignore[arg-type]


def weighed(*results: OfferResult, saved: Sums = NOTHING, at_least: bool = False) -> CostReport:
    """A report whose provider has these offers."""
    report = run("gpt-4o")
    found = Incentives(results, "CNY", MONTH, saved, at_least, ())
    return replace(report, providers=(replace(report.providers[0], incentives=found),))


def test_an_offer_that_counts_says_what_it_takes_off_and_how_to_get_it() -> None:
    shown = table(section("offers", weighed(result())))
    assert texts(shown) == [
        ["glm", "A million tokens", "counted", "¥30.00", "4.7 days", "by 2026-12-31", "2027-11-20"]
    ]
    assert shown.rows[0].cells[5].note == "Activate it."


def test_an_offer_with_an_open_question_is_not_counted_and_asks() -> None:
    open_one = result(
        counts=False, value=None, up_to=Decimal(30), questions=(NEW,), why_not="not answered: new_account"
    )
    shown = section("offers", weighed(open_one))
    assert listed(shown) == {
        "Not counted until answered, with --eligible WORD or --not-eligible WORD": [
            "new_account: Would you open a new account?"
        ]
    }
    (cells,) = (row.cells for row in table(shown).rows)
    assert (cells[2].second, cells[3].text, cells[3].tone) == (
        "not counted: not answered: new_account",
        "up to ¥30.00",
        Tone.QUIET,
    )


def test_an_expired_claim_is_listed_without_money() -> None:
    gone = result(
        counts=False,
        value=None,
        verdict="expired",
        words="expired on 2024-07-31",
        why_not="expired on 2024-07-31",
    )
    (cells,) = (row.cells for row in table(section("offers", weighed(gone))).rows)
    assert (cells[2].text, cells[2].second, cells[3].text, cells[3].figures) == (
        "expired on 2024-07-31",
        "",
        "–",
        (),
    )
    assert cells[5].text == "–"


def test_an_offer_that_lasts_less_than_a_day_is_told_in_hours() -> None:
    counts = result()
    assert counts.value is not None
    hours = replace(counts, value=replace(counts.value, days=Decimal("0.19")))
    assert texts(table(section("offers", weighed(hours))))[0][4] == "4.6 hours"


def test_without_offers_it_is_said() -> None:
    assert "None is known for these providers." in markdown(cost_page(weighed()))


def test_the_first_year_has_the_offers_taken_off() -> None:
    year = table(section("providers", weighed(result(), saved=Sums(Decimal(30), Decimal(30), Decimal(0)))))
    assert texts(year)[0][:4] == ["glm (china)", "¥164.00", "¥2,298.00", "¥194.00"]


def test_a_year_that_misses_a_price_is_at_least() -> None:
    assert texts(table(section("providers", weighed(at_least=True))))[0][2] == "at least ¥2,328.00"


def test_an_offer_s_reports_are_its_sources() -> None:
    assert "Offers,glm,offer,A million tokens; 1M tokens,,the provider's price page,2026-10-27" in page_csv(
        cost_page(weighed(result()))
    )


REASONS = (
    Reason(Hold.NOT_AT_ALL, "END04", "GLM does not offer threads", 4, 480, 1),
    Reason(Hold.REVIEW, "", "a client that cannot be followed", 1, 0),
)


def planned(work: Effort | None) -> CostReport:
    """A report whose provider has this work."""
    report = run("gpt-4o")
    return replace(report, providers=(replace(report.providers[0], effort=work),))


def test_what_does_not_move_by_itself_is_told_with_its_reasons() -> None:
    found = section("not-portable", planned(Effort(3, 1, 0, 4, 485, REASONS)))
    assert listed(found) == {
        "": ["glm (china): 3 of 8 sites by themselves, 1 to review, 4 not at all, about 8 h 5 min."]
    }
    assert texts(table(found)) == [
        ["glm (china)", "not at all", "4", "8 h", "END04", "GLM does not offer threads"],
        ["glm (china)", "to review", "1", "–", "–", "a client that cannot be followed"],
    ]
    assert table(found).rows[0].cells[-1].second == "and 1 place alike"


def test_how_to_get_the_places_is_said_for_the_provider() -> None:
    text = markdown(cost_page(planned(Effort(3, 1, 0, 0, 5, REASONS[1:]))))
    assert "migrate scan PATHS --to glm" in text
    assert "--format sarif" in text


def test_reasons_that_are_not_shown_are_counted() -> None:
    many = tuple(Reason(Hold.BY_HAND, f"X{number:02}", "words", 1, 5) for number in range(10))
    found = section("not-portable", planned(Effort(0, 0, 10, 0, 50, many)))
    assert len(table(found).rows) == 8
    assert listed(found)[""][0].endswith("about 50 min. 2 more reasons not shown here.")


def test_what_moves_by_itself_has_no_table_of_reasons() -> None:
    found = section("not-portable", planned(Effort(3, 0, 0, 0, 0)))
    assert [block for block in found.blocks if isinstance(block, Table)] == []
    assert listed(found) == {"": ["glm (china): 3 of 3 sites by themselves."]}


@pytest.mark.parametrize("work", [None, Effort(0, 0, 0, 0, 0)])
def test_without_sites_nothing_is_said_of_them(work: Effort | None) -> None:
    assert "not-portable" not in {section.id for section in cost_page(planned(work)).sections}


def test_json_has_all_reasons_and_no_key() -> None:
    told = replace(REASONS[1], message=f"a literal key {KEY}")
    (provider,) = costs_json(planned(Effort(3, 1, 0, 0, 5, (told,))))["providers"]
    (reason,) = provider["work"]["reasons"]
    assert (reason["how"], reason["rule"], reason["places"]) == ("review", None, 1)
    assert KEY not in reason["why"]


def test_what_is_billed_stands_beside_the_list_of_counted_traffic() -> None:
    bill = Cost(Decimal(480), Decimal(480), "USD")
    names = [row[0] for row in texts(tables(replace(counted(), billed=(bill,)))[1])]
    assert names[:3] == ["OpenAI, as billed", "OpenAI today, list price", "OpenAI's replacements"]


def test_a_bill_is_no_row_beside_assumed_volumes() -> None:
    bill = Cost(Decimal(480), Decimal(480), "USD")
    names = [row[0] for row in texts(tables(replace(run("gpt-4o"), billed=(bill,)))[1])]
    assert "OpenAI, as billed" not in names


def tables(report: CostReport) -> list[Table]:
    """The tables of the providers' section."""
    return [block for block in section("providers", report).blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    ("days", "length", "short"),
    [("0.125", "3.0 hours", True), ("7", "7.0 days", False), ("31", "31.0 days", False)],
)
def test_a_short_time_is_called_short(days: str, length: str, short: bool) -> None:
    period = Period(None, None, Decimal(days), DAYS_A_MONTH / Decimal(days))
    page = markdown(cost_page(counted(period=period)))
    assert f"Usage: {length}." in page
    assert ("The usage covers" in page, "less than a week" in page) == (short, short)
