"""Counts over scans and decisions: what reports print and exit codes depend on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from migrate_cli.model import (
    Decision,
    Fate,
    FileResult,
    Finding,
    Level,
    Outcome,
    Scan,
    Site,
    SiteKind,
    Skip,
    Status,
)

_OPEN = frozenset({Fate.REWRITTEN, Fate.REVIEW, Fate.MANUAL})
_REACHING = frozenset(
    {
        SiteKind.CLIENT,
        SiteKind.CALL,
        SiteKind.FRAMEWORK,
        SiteKind.REQUEST,
        SiteKind.URL,
        SiteKind.MODEL,
        SiteKind.KEY,
    }
)
_ASKING = frozenset({Level.EDIT, Level.REVIEW, Level.MANUAL})


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often one thing is used: `what` is the endpoint of a call, else the symbol."""

    kind: SiteKind
    what: str
    sites: int
    files: int


def fates(decisions: Iterable[Decision]) -> dict[Fate, int]:
    """Number of sites per fate, every fate present, in the order of `Fate`."""
    counts = Counter(decision.fate for decision in decisions)
    return {fate: counts[fate] for fate in Fate}


def by_kind(sites: Iterable[Site]) -> tuple[KindCount, ...]:
    """Sites by kind and by endpoint or symbol: kinds in the order of `SiteKind`, the frequent first."""
    groups: defaultdict[tuple[SiteKind, str], list[Site]] = defaultdict(list)
    for site in sites:
        groups[site.kind, site.endpoint or site.symbol].append(site)
    order = {kind: number for number, kind in enumerate(SiteKind)}
    counts = (
        KindCount(kind, what, len(group), len({site.path for site in group}))
        for (kind, what), group in groups.items()
    )
    return tuple(sorted(counts, key=lambda c: (order[c.kind], -c.sites, c.what)))


def skips_by_reason(skips: Iterable[Skip]) -> dict[str, int]:
    """Number of skipped files per reason, leaving out the problems, which deserve a line each."""
    return dict(sorted(Counter(skip.reason for skip in skips if not skip.problem).items()))


def problems(scan: Scan) -> tuple[Skip, ...]:
    """The files that should have been read and could not."""
    return tuple(skip for skip in scan.skips if skip.problem)


def cause(skip: Skip) -> str:
    """The reason of a problem, so that it can follow the words "could not read"."""
    for said in ("could not be read: ", "unreadable: "):
        if skip.reason.startswith(said):
            return skip.reason.removeprefix(said)
    return skip.reason


def in_use(scan: Scan) -> tuple[Site, ...]:
    """The sites that reach OpenAI today: not ignored by a comment, and not pointed at another provider."""
    resting = {site.id for site in at_rest(scan)}
    return tuple(site for site in scan.sites if _reaches(site) and site.id not in resting)


def at_rest(scan: Scan) -> tuple[Site, ...]:
    """The sites that ask for nothing: ignored by a comment, or all their clients use another provider."""
    elsewhere = {site.id for site in scan.sites if site.elsewhere is not None}
    return tuple(
        site
        for site in scan.sites
        if site.ignored is not None
        or site.elsewhere is not None
        or (site.clients and elsewhere.issuperset(site.clients))
    )


def _reaches(site: Site) -> bool:
    """Clients, calls, addresses, models and keys reach OpenAI; imports, types and exceptions stay when they move."""
    key = site.kind is SiteKind.ENVIRONMENT and (site.variable or "").endswith("API_KEY")
    return key or site.kind in _REACHING


def pending(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that still ask for something: an edit to write, a look, or work by hand."""
    return tuple(decision for decision in decisions if decision.fate in _OPEN)


def left(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that a finished rewrite leaves to the user."""
    return tuple(decision for decision in decisions if decision.fate in (Fate.REVIEW, Fate.MANUAL))


def edited(outcome: Outcome) -> tuple[Decision, ...]:
    """The decisions that a rewrite acted on: rewritten ones, and those it edited in part and leaves to the user."""
    planned = {decision.site.id: decision for decision in outcome.plan.decisions}
    return tuple(
        decision
        for decision in outcome.decisions
        if decision.fate is Fate.REWRITTEN
        or (
            planned.get(decision.site.id) == decision
            and any(finding.level is Level.EDIT for finding in decision.findings)
        )
    )


def unwritten(outcome: Outcome) -> tuple[FileResult, ...]:
    """The files of a rewrite that were left as they were although something was to be written."""
    return tuple(result for result in outcome.files if result.status in (Status.REFUSED, Status.FAILED))


def remarks(decisions: Iterable[Decision]) -> tuple[tuple[Site, Finding, int], ...]:
    """Notes that differ in wording: the first site each is true of, the finding, and the number of sites.

    What has moved already needs no remark any more.
    """
    found: dict[tuple[str, str], tuple[Site, Finding, int]] = {}
    for decision in decisions:
        for finding in decision.findings if decision.fate is not Fate.MIGRATED else ():
            if finding.level is Level.NOTE:
                key = (finding.rule.code, finding.message)
                site, first, count = found.get(key, (decision.site, finding, 0))
                found[key] = (site, first, count + 1)
    return tuple(found.values())


def asking(decision: Decision) -> tuple[Finding, ...]:
    """The findings of a decision that ask for something; notes and statements of fact are left out."""
    return tuple(finding for finding in decision.findings if finding.level in _ASKING)
