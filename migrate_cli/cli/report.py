"""`migrate report`: cost and offers for what the code uses and what was really sent."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.figures import (
    AllowStale,
    CachedExcluded,
    CachedTokens,
    CacheShare,
    Days,
    Discounts,
    Each,
    Eligible,
    Figures,
    HourlyRate,
    InputTokens,
    Longest,
    NotEligible,
    OutputFactor,
    OutputTokens,
    Reading,
    Requests,
    Start,
    TextMix,
    Usage,
    UsageFormat,
    read_discounts,
    read_scenarios,
    read_share,
    read_wage,
    tokens_or_file,
)
from migrate_cli.cli.options import (
    AsOf,
    Color,
    Colored,
    Models,
    Output,
    Paths,
    Providers,
    Quiet,
    ReportFormat,
    Site,
    paths_or_here,
    read_date,
    read_decimal,
    read_models,
)
from migrate_cli.cli.screen import Screen

if TYPE_CHECKING:
    from migrate_cli.costs.lines import CostReport
    from migrate_cli.costs.traffic import Traffic
    from migrate_cli.report.page.model import Page


def report(
    paths: Paths = None,
    to: Providers = None,
    usage: Usage = None,
    usage_format: UsageFormat = None,
    cached_excluded: CachedExcluded = False,
    days: Days = None,
    longest: Longest = None,
    requests: Requests = None,
    input_tokens: InputTokens = None,
    output_tokens: OutputTokens = None,
    cached: CachedTokens = 0,
    model: Models = None,
    site: Site = None,
    fx: Annotated[
        str | None,
        typer.Option("--fx", metavar="RATE", help="Yuan per US dollar; the catalogue's rate without."),
    ] = None,
    discount: Discounts = None,
    cache_share: CacheShare = None,
    output_factor: OutputFactor = None,
    text_mix: TextMix = None,
    hourly_rate: HourlyRate = None,
    eligible: Eligible = None,
    not_eligible: NotEligible = None,
    start: Start = None,
    as_of: AsOf = None,
    allow_stale: AllowStale = False,
    report_format: Annotated[
        ReportFormat,
        typer.Option(
            "--format", help="text, json, csv, markdown, summary (GitHub step), comment (pull request), html."
        ),
    ] = ReportFormat.TEXT,
    output: Output = None,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
) -> int:
    """What OpenAI costs today, and what each provider would cost for your own workload, with offers and the work.

    \b
    migrate report --to ernie --to deepseek
    migrate report src --usage completions_usage.csv --usage costs.json --to qwen
    migrate report --requests 50000 --input 1500 --output-tokens 300 --hourly-rate 80
    migrate report --usage log.jsonl.gz --format html --output report.html

    Without --usage or --requests, low, mid and high volumes are assumed and labelled so. Prices are compared, not
    quality. Every price carries its date and source; what is unknown prints as unknown. Without --to, all
    providers. Settings of a project (fx, discount, prices, hourly-rate) are read from [tool.migrate].
    """
    from migrate_cli import api, tally

    output, output_tokens = tokens_or_file(output, requests, output_tokens)
    screen = Screen(color, quiet, output=output)
    if usage_format == "list":
        screen.write("".join(f"{name:<16} {about}\n" for name, about in api.usage_formats()))
        return exits.OK
    chosen, problems = ([api.provider(name) for name in to], ()) if to else api.usable_providers()
    names = list(dict.fromkeys(provider.id for provider in chosen))
    ids = api.provider_names()
    reading = Reading(usage_format, cached_excluded, read_decimal(days, "--days"), longest)
    figures = Figures(
        as_of=read_date(as_of, "--as-of") or date.today(),
        fx=read_decimal(fx, "--fx"),
        site=site,
        overrides=read_models(model),
        scenarios=read_scenarios(Each(requests, input_tokens, output_tokens, cached)),
        cache_share=read_share(cache_share, "--cache-share"),
        output_factor=read_decimal(output_factor, "--output-factor") or Decimal(1),
        text_mix=api.text_mix(text_mix),
        discounts=read_discounts(discount, ids),
        wage=read_wage(hourly_rate),
        answers=api.answers(_words(eligible), _words(not_eligible)),
        start=read_date(start, "--start"),
        allow_stale=allow_stale,
    )
    traffic = _traffic(usage or (), names, reading, screen)
    found = api.scan(paths_or_here(paths), progress=screen.progress("Reading files"))
    terms = figures.terms(traffic, api.settings(found), ids)
    costs = api.report(found, names, terms, work=True, progress=screen.progress("Planning moves"))
    _show(costs, report_format, screen)
    screen.complain(traffic.remarks if traffic else ())
    screen.complain(problems)
    return exits.PROBLEM if problems or tally.problems(found) else exits.OK


def _traffic(files: Sequence[Path], names: Sequence[str], reading: Reading, screen: Screen) -> Traffic | None:
    """What the usage files hold; None without any."""
    from migrate_cli import api

    if not files:
        return None
    return api.traffic(
        files,
        names,
        usage_format=reading.format,
        cached_excluded=reading.cached_excluded,
        days=reading.days,
        longest=reading.longest,
        progress=screen.progress("Reading usage", in_bytes=True),
    )


def _words(values: Sequence[str] | None) -> tuple[str, ...]:
    """Words that were repeated or separated by commas."""
    return tuple(word.strip() for value in values or () for word in value.split(",") if word.strip())


def _show(costs: CostReport, wanted: ReportFormat, screen: Screen) -> None:
    if wanted is ReportFormat.JSON:
        from migrate_cli.report.cost_json import costs_json

        screen.write_json(costs_json(costs))
        return
    from migrate_cli.report.cost_page import cost_page

    page = cost_page(costs)
    if wanted is ReportFormat.TEXT:
        from migrate_cli.report.page.text import render_page

        screen.show(lambda console: render_page(page, console))
    elif wanted is ReportFormat.SUMMARY and screen.output is None and "GITHUB_STEP_SUMMARY" in os.environ:
        screen.append(Path(os.environ["GITHUB_STEP_SUMMARY"]), written(page, wanted))
    else:
        screen.write(written(page, wanted))


def written(page: Page, wanted: ReportFormat) -> str:
    """The page in a format that is text from end to end."""
    from migrate_cli.report.page.csv import page_csv
    from migrate_cli.report.page.html import page_html
    from migrate_cli.report.page.markdown import markdown, pull_request_comment, step_summary

    writers = {
        ReportFormat.CSV: page_csv,
        ReportFormat.MARKDOWN: markdown,
        ReportFormat.SUMMARY: step_summary,
        ReportFormat.COMMENT: pull_request_comment,
        ReportFormat.HTML: page_html,
    }
    return writers[wanted](page)
