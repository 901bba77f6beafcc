"""`migrate report`: what its options ask for, and what they refuse."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from migrate_cli.__main__ import main
from migrate_cli.config import Config
from migrate_cli.costs.overlap import Overlap
from migrate_cli.costs.scenario import Origin
from migrate_cli.costs.terms import Terms, Wage
from migrate_cli.costs.traffic import Traffic
from migrate_cli.costs.workload import Workload
from tests.cli.fakes import FakeApi
from tests.report import samples

OWN = Config(
    fx="6.5",
    hourly_rate="500 CNY",
    discounts={"baidu": "0.1", "*": "0.05"},
    prices={("zhipu", "glm-5.3"): {"currency": "CNY", "input": "4"}},
)


def terms(api: FakeApi, *options: str) -> Terms:
    assert main(["report", "--to", "glm", "--format", "json", *options]) == 0
    found = api.asked["report"]["terms"]
    assert isinstance(found, Terms)
    return found


def test_a_report_passes_rate_and_day(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    found = terms(api, "--to", "glm", "--fx", "7.1", "--as-of", "2026-11-21")
    assert (found.fx, found.as_of, found.site) == (Decimal("7.1"), date(2026, 11, 21), None)
    assert api.asked["report"]["providers"] == ["glm"]
    assert json.loads(capsys.readouterr().out) == {"costs": "of the sample"}


def test_a_report_without_a_provider_compares_all(api: FakeApi) -> None:
    main(["report"])
    assert api.asked["report"]["providers"] == ["ernie", "glm"]


def test_a_report_on_findings_still_exits_0(api: FakeApi) -> None:
    assert main(["report", "--to", "ernie"]) == 0


def test_a_report_over_an_unreadable_file_exits_3(api: FakeApi) -> None:
    api.plan_made = samples.plan(skips=(samples.UNREADABLE,))
    assert main(["report"]) == 3


def test_volumes_are_assumed_without_any(api: FakeApi) -> None:
    assert [scenario.origin for scenario in terms(api).scenarios] == [Origin.ASSUMED] * 3
    assert "traffic" not in api.asked


def test_numbers_of_your_own_are_one_scenario(api: FakeApi) -> None:
    found = terms(api, "--requests", "10", "--input", "100", "--output-tokens", "5")
    assert [scenario.origin for scenario in found.scenarios] == [Origin.GIVEN]


def test_output_beside_requests_may_be_tokens(
    api: FakeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = terms(api, "--requests", "10", "--input", "100", "--output", "5")
    assert found.scenarios[0].origin is Origin.GIVEN
    assert list(tmp_path.iterdir()) == []


def test_output_without_requests_is_a_file(
    api: FakeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terms(api, "--output", "5")
    assert (tmp_path / "5").is_file()


def test_usage_is_read_as_the_options_say(api: FakeApi) -> None:
    terms(
        api,
        "--usage",
        "a.csv",
        "--usage",
        "-",
        "--usage-format",
        "helicone",
        "--days",
        "7",
        "--cached-excluded",
    )
    assert api.asked["traffic"] == {
        "files": [Path("a.csv"), Path("-")],
        "usage_format": "helicone",
        "cached_excluded": True,
        "days": Decimal(7),
        "longest": None,
        "progress": None,
    }


def test_counted_traffic_is_the_only_scenario(api: FakeApi) -> None:
    api.counted = Traffic({"gpt-4o": Workload("measured", ())})
    assert [scenario.origin for scenario in terms(api, "--usage", "a.csv").scenarios] == [Origin.MEASURED]


def test_a_bill_alone_leaves_the_volumes_assumed(api: FakeApi) -> None:
    assert terms(api, "--usage", "costs.json").scenarios[0].origin is Origin.ASSUMED


def test_the_formats_can_be_listed(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--usage-format", "list"]) == 0
    assert capsys.readouterr().out == "helicone         an export\n"
    assert "scan" not in api.asked


def test_what_the_project_says_holds(api: FakeApi) -> None:
    api.config = OWN
    found = terms(api)
    assert (found.fx, found.wage) == (Decimal("6.5"), Wage(Decimal(500), "CNY"))
    assert found.discounts == {"ernie": Decimal("0.1"), "*": Decimal("0.05")}
    assert [price.input for price in found.prices.values()] == [4]


def test_options_go_before_what_the_project_says(api: FakeApi) -> None:
    api.config = OWN
    found = terms(api, "--fx", "7", "--hourly-rate", "80", "--discount", "ernie=25%")
    assert (found.fx, found.wage) == (7, Wage(Decimal(80), "USD"))
    assert found.discounts["ernie"] == Decimal("0.25")


@pytest.mark.parametrize(("text", "share"), [("0.25", "0.25"), ("25%", "0.25"), ("0", "0"), ("1", "1")])
def test_shares(api: FakeApi, text: str, share: str) -> None:
    assert terms(api, "--cache-share", text).cache_share == Decimal(share)


@pytest.mark.parametrize(
    ("text", "wage"),
    [
        ("80", Wage(Decimal(80), "USD")),
        ("$80", Wage(Decimal(80), "USD")),
        ("500CNY", Wage(Decimal(500), "CNY")),
        ("¥500", Wage(Decimal(500), "CNY")),
        ("500 cny", Wage(Decimal(500), "CNY")),
    ],
)
def test_wages(api: FakeApi, text: str, wage: Wage) -> None:
    assert terms(api, "--hourly-rate", text).wage == wage


def test_conditions_may_be_listed_or_repeated(api: FakeApi) -> None:
    found = terms(api, "--eligible", "a,b", "--eligible", "c", "--not-eligible", "d")
    assert found.answers == {"a": True, "b": True, "c": True, "d": False}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--fx", "cheap"),
        ("--fx", "0"),
        ("--fx", "-7"),
        ("--fx", "NaN"),
        ("--as-of", "today"),
        ("--as-of", "2026-13-01"),
        ("--cache-share", "2"),
        ("--cache-share", "half"),
        ("--discount", "110%"),
        ("--hourly-rate", "much"),
        ("--days", "0"),
        ("--start", "soon"),
    ],
)
def test_a_value_that_is_none_is_refused(
    api: FakeApi, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", option, value]) == 2
    assert capsys.readouterr().err.startswith(f"migrate: {option} wants ")
    assert "scan" not in api.asked


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--requests", "5"], "go together"),
        (["--input", "5"], "go together"),
        (["--requests", "5", "--input", "5", "--output-tokens", "5", "--cached", "6"], "part of the input"),
        (["--discount", "nobody=0.1"], "unknown provider 'nobody'"),
    ],
)
def test_halves_are_refused(
    api: FakeApi, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *options]) == 2
    assert words in capsys.readouterr().err
    assert "scan" not in api.asked


def test_files_that_may_hold_the_same_traffic_are_told_on_stderr(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.counted = Traffic({}, overlaps=(Overlap(("a (x)", "b (y)"), ("gpt-4o",), 2),))
    terms(api, "--usage", "a", "--quiet")
    assert capsys.readouterr().err == (
        "migrate: a (x) and b (y) both hold gpt-4o on 2 same days: if they saw the same traffic, it is counted twice. "
        "Give one of them only.\n"
    )


def test_without_such_files_stderr_is_silent(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    api.counted = Traffic({})
    terms(api, "--usage", "a")
    assert capsys.readouterr().err == ""


def test_a_month_of_your_own_beside_counted_usage_is_refused(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.counted = Traffic({"gpt-4o": Workload("measured", ())})
    month = ["--requests", "10", "--input", "100", "--output-tokens", "5"]
    assert main(["report", "--usage", "a.csv", *month]) == 2
    assert "leave one of them out" in capsys.readouterr().err


def test_a_month_of_your_own_beside_a_bill_is_taken(api: FakeApi) -> None:
    month = ("--requests", "10", "--input", "100", "--output-tokens", "5")
    assert terms(api, "--usage", "costs.json", *month).scenarios[0].origin is Origin.GIVEN


def test_a_move_before_the_day_of_the_report_is_refused(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--as-of", "2026-11-22", "--start", "2026-11-21"]) == 2
    assert "--start 2026-11-21 is before the day of the report" in capsys.readouterr().err


def test_a_move_on_the_day_of_the_report_is_taken(api: FakeApi) -> None:
    assert terms(api, "--as-of", "2026-11-22", "--start", "2026-11-22").start == date(2026, 11, 22)
