"""The options from which the figures of a cost report follow, and the reading of their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli.options import read_decimal
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from datetime import date

    from migrate_cli.catalogue.types import Price
    from migrate_cli.config import Config
    from migrate_cli.costs.scenario import Scenario
    from migrate_cli.costs.terms import Terms, Wage
    from migrate_cli.costs.traffic import Traffic

_SETTINGS = "pyproject.toml: [tool.migrate]"

Usage = Annotated[
    list[Path] | None,
    typer.Option(
        "--usage",
        metavar="FILE",
        help="Usage export, bill or log to price, - for standard input; repeatable.",
    ),
]
UsageFormat = Annotated[
    str | None,
    typer.Option(
        "--usage-format",
        metavar="NAME",
        help="Format of the usage files; recognised without. `list` names them all.",
    ),
]
CachedExcluded = Annotated[
    bool,
    typer.Option(
        "--cached-excluded", help="The usage files count cached tokens beside the input, not in it."
    ),
]
Days = Annotated[
    str | None, typer.Option("--days", metavar="N", help="Days the usage stands for; its own times without.")
]
Longest = Annotated[
    int | None,
    typer.Option(
        "--longest-input",
        metavar="N",
        min=1,
        help="Input tokens of the longest request, where usage holds only sums.",
    ),
]
Requests = Annotated[
    int | None,
    typer.Option("--requests", metavar="N", min=1, help="Requests a month of each model, without usage."),
]
InputTokens = Annotated[
    int | None, typer.Option("--input", metavar="N", min=0, help="Input tokens of each of the --requests.")
]
OutputTokens = Annotated[
    int | None,
    typer.Option(
        "--output-tokens",
        metavar="N",
        min=0,
        help="Output tokens of each of the --requests; beside it, --output N as well.",
    ),
]
CachedTokens = Annotated[
    int,
    typer.Option("--cached", metavar="N", min=0, help="Input tokens of each that OpenAI has in its cache."),
]
CacheShare = Annotated[
    str | None,
    typer.Option(
        "--cache-share", metavar="SHARE", help="Share of the input that the target reads from its cache; 0."
    ),
]
OutputFactor = Annotated[
    str | None,
    typer.Option("--output-factor", metavar="N", help="How many times as long the target's answers are; 1."),
]
TextMix = Annotated[
    str | None,
    typer.Option(
        "--text-mix",
        metavar="MIX",
        help="What the texts are, to count in the target's tokens: zh=0.8,en=0.2.",
    ),
]
Discounts = Annotated[
    list[str] | None,
    typer.Option(
        "--discount", metavar="[P=]SHARE", help="Taken off the list prices, of provider P or all; repeatable."
    ),
]
HourlyRate = Annotated[
    str | None,
    typer.Option(
        "--hourly-rate", metavar="AMOUNT", help="What an hour of work costs, for the break-even: 80, 500CNY."
    ),
]
Eligible = Annotated[
    list[str] | None,
    typer.Option(
        "--eligible", metavar="WORDS", help="Conditions of offers that you meet: new_account,enterprise."
    ),
]
NotEligible = Annotated[
    list[str] | None, typer.Option("--not-eligible", metavar="WORDS", help="Conditions that you do not meet.")
]
Start = Annotated[
    str | None, typer.Option("--start", metavar="DATE", help="The day of the move; the report's without.")
]
AllowStale = Annotated[
    bool, typer.Option("--allow-stale", help="Rank providers by prices older than 180 days, too.")
]


def tokens_or_file(
    output: Path | None, requests: int | None, tokens: int | None
) -> tuple[Path | None, int | None]:
    """`--output` beside `--requests`: a plain number is output tokens, anything else the file to write."""
    if output is None or requests is None or tokens is not None or not str(output).isdecimal():
        return output, tokens
    return None, int(str(output))


@dataclass(frozen=True, slots=True)
class Reading:
    """How the usage files are read."""

    format: str | None
    cached_excluded: bool
    days: Decimal | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the options say of a report's figures; what they leave open, the project's settings may say."""

    as_of: date
    fx: Decimal | None
    site: str | None
    overrides: Mapping[str, str]
    scenarios: tuple[Scenario, ...]
    cache_share: Decimal
    output_factor: Decimal
    text_mix: Mapping[str, Decimal]
    discounts: Mapping[str, Decimal]
    wage: Wage | None
    answers: Mapping[str, bool]
    start: date | None
    allow_stale: bool

    def terms(self, traffic: Traffic | None, config: Config, ids: Mapping[str, str]) -> Terms:
        """The terms of a report on counted traffic, else on the scenarios. Raises UserError for a wrong setting."""
        from migrate_cli.costs.scenario import Origin, measured
        from migrate_cli.costs.terms import Terms

        counted = traffic is not None and bool(traffic.models)
        if counted and self.scenarios[0].origin is Origin.GIVEN:
            raise UserError("--requests describes a month, and --usage counts one: leave one of them out")
        if self.start is not None and self.start < self.as_of:
            raise UserError(
                f"--start {self.start} is before the day of the report: give an --as-of as early, too"
            )
        settled = read_discounts((f"{name}={share}" for name, share in config.discounts.items()), ids)
        return Terms(
            as_of=self.as_of,
            fx=self.fx or read_decimal(config.fx, f"{_SETTINGS} fx"),
            site=self.site,
            overrides=self.overrides,
            scenarios=(measured(traffic.models),) if traffic is not None and counted else self.scenarios,
            traffic=traffic,
            cache_share=self.cache_share,
            output_factor=self.output_factor,
            text_mix=self.text_mix,
            discounts={**settled, **self.discounts},
            prices=_own_prices(config, ids),
            wage=self.wage or read_wage(config.hourly_rate, f"{_SETTINGS} hourly-rate"),
            answers=self.answers,
            start=self.start,
            allow_stale=self.allow_stale,
        )


def _own_prices(config: Config, ids: Mapping[str, str]) -> dict[tuple[str, str], Price]:
    """The negotiated prices of the project by provider and model id. Raises UserError."""
    from migrate_cli.costs.negotiated import negotiated

    return {
        (ids.get(provider.lower(), provider), model): negotiated(
            provider, model, rates, "your pyproject.toml"
        )
        for (provider, model), rates in config.prices.items()
    }


@dataclass(frozen=True, slots=True)
class Each:
    """One month in the user's own numbers, per model; None where an option is not given."""

    requests: int | None
    input: int | None
    output: int | None
    cached: int


def read_share(value: str | None, option: str) -> Decimal:
    """A share from 0 to 1, also written as 25%; 0 when the option is not given. Raises UserError."""
    if value is None:
        return Decimal(0)
    text = value.strip()
    try:
        share = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        raise UserError(f"{option} wants a share from 0 to 1, for example {option} 0.25, and got {value!r}")
    return share


def read_discounts(values: Iterable[str] | None, ids: Mapping[str, str]) -> dict[str, Decimal]:
    """`SHARE` or `PROVIDER=SHARE` as shares by provider id, `*` for all. Raises UserError.

    `ids` maps every name that a provider goes by to its id.
    """
    found: dict[str, Decimal] = {}
    for name, share in map(_discount, values or ()):
        provider = "*" if name == "*" else ids.get(name.lower())
        if provider is None:
            raise UserError(f"--discount: unknown provider {name!r}; `migrate providers` lists them all")
        found[provider] = read_share(share, "--discount")
    return found


def _discount(value: str) -> tuple[str, str]:
    name, separator, share = value.partition("=")
    return (name.strip(), share.strip()) if separator else ("*", value)


def read_wage(value: str | None, option: str = "--hourly-rate") -> Wage | None:
    """`80`, `80USD`, `¥500` or `500 CNY` an hour; dollars without a sign. Raises UserError."""
    from migrate_cli.costs.terms import Wage

    if value is None:
        return None
    text = value.strip().upper().replace("¥", "CNY").replace("$", "USD")
    currency = next((code for code in ("CNY", "USD") if code in text), "USD")
    amount = read_decimal(text.replace(currency, "").strip(), option)
    assert amount is not None
    return Wage(amount, currency)


def read_scenarios(each: Each) -> tuple[Scenario, ...]:
    """The user's own numbers as a scenario, or the three assumed ones. Raises UserError for half of them."""
    from migrate_cli.costs.scenario import assumed, given

    if each.requests is None and each.input is None and each.output is None and not each.cached:
        return assumed()
    if each.requests is None or each.input is None or each.output is None:
        raise UserError(
            "--requests, --input and --output-tokens go together: a month's requests, and tokens of each, "
            "for example --requests 50000 --input 1500 --output-tokens 300"
        )
    if each.cached > each.input:
        raise UserError("--cached is more than --input: the cached tokens are part of the input")
    return (given(each.requests, each.input, each.output, each.cached),)
