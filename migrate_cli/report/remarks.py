"""What a scan has to say of each place, for the formats that list results: SARIF and GitLab's code quality."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrate_cli import tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Certainty, Decision, Fate, Level, Plan, Scan, Site, SiteKind

_KINDS = {
    SiteKind.IMPORT: "Imports the OpenAI SDK or a package that reaches OpenAI",
    SiteKind.CLIENT: "Creates an OpenAI client",
    SiteKind.CALL: "Calls the OpenAI API",
    SiteKind.FRAMEWORK: "Reaches OpenAI through a framework",
    SiteKind.REQUEST: "Sends an HTTP request to OpenAI",
    SiteKind.SETTING: "Sets or reads an option of the OpenAI SDK",
    SiteKind.ENVIRONMENT: "Uses an OpenAI environment variable",
    SiteKind.URL: "Holds an address of the OpenAI API",
    SiteKind.MODEL: "Names an OpenAI model in configuration",
    SiteKind.KEY: "Holds a literal OpenAI key",
    SiteKind.EXCEPTION: "Handles an OpenAI exception",
    SiteKind.TYPE: "Names an OpenAI type",
    SiteKind.PATCH: "Replaces the OpenAI SDK or its host in a test",
    SiteKind.DEPENDENCY: "Requires the OpenAI SDK or a package that reaches OpenAI",
    SiteKind.HINT: "Names something near OpenAI that a move may break",
}
_LEVEL_OF_CERTAINTY = {Certainty.PROVED: "warning", Certainty.LIKELY: "note", Certainty.GUESS: "note"}
_LEVEL_OF_ASKING = {Level.MANUAL: "error", Level.REVIEW: "warning", Level.EDIT: "note"}
_LEVEL_OF_FATE = {Fate.MANUAL: "error", Fate.REVIEW: "warning", Fate.REWRITTEN: "note", Fate.SKIPPED: "note"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One result; `level` is `error`, `warning` or `note`, `suppressed` the reason why it is settled."""

    rule: str
    title: str
    help: str
    level: str
    message: str
    site: Site
    suppressed: str | None = None


def remarks(scan: Scan, plans: Sequence[Plan] = ()) -> list[Remark]:
    """Per finding of each plan, or per site under the rule of its kind when there is no plan."""
    if not plans:
        return [_of_site(site) for site in scan.sites]
    return [r for plan in plans for d in plan.decisions for r in _of_decision(d, plan.provider)]


def where(site: Site) -> str:
    """The cell and line of a notebook's site, which formats for files cannot hold; empty for other files."""
    place = site.location
    return f"Cell {place.cell}, line {place.line}: " if place.cell is not None else ""


def digest(remark: Remark) -> str:
    """What stays the same of a result when lines move: path, rule, symbol and masked code."""
    code = " ".join(mask(remark.site.code).split())
    parts = (remark.site.path, remark.rule, remark.site.symbol, code)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


def _of_site(site: Site) -> Remark:
    title = _KINDS[site.kind]
    return Remark(
        rule=f"openai-{site.kind.value}",
        title=title,
        help=f"{title}. Run `migrate scan --to PROVIDER` to see how this place fares on a provider.",
        level=_LEVEL_OF_CERTAINTY[site.certainty],
        message=f"{title}: {site.symbol} ({site.certainty.value})",
        site=site,
        suppressed=site.ignored,
    )


def _of_decision(decision: Decision, provider: str) -> Iterable[Remark]:
    if decision.fate is Fate.MIGRATED:
        return
    level = _LEVEL_OF_FATE[decision.fate]
    suppressed = (decision.site.ignored or decision.reason) if decision.fate is Fate.SKIPPED else None
    findings = tally.asking(decision)
    for finding in findings:
        advice = f" {finding.advice}" if finding.advice else ""
        yield Remark(
            rule=finding.rule.code,
            title=finding.rule.summary,
            help=f"{finding.rule.summary}. Run `migrate explain {finding.rule.code}` for its examples.",
            level=_LEVEL_OF_ASKING[finding.level],
            message=f"{provider}: {finding.message}{advice}",
            site=decision.site,
            suppressed=suppressed,
        )
    if not findings:
        kind = _of_site(decision.site)
        yield Remark(
            kind.rule,
            kind.title,
            kind.help,
            level,
            f"{provider}: {decision.reason}",
            decision.site,
            suppressed,
        )
