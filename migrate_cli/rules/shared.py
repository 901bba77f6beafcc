"""Values that feed more than one client: an edit that would also move a client which stays behind is held back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from migrate_cli.model import Compatibility, Finding, Level, ReplaceExpression, Site, SiteId, Span

Place = tuple[str, Span]
Findings = tuple[Finding, ...]


def places(sites: Iterable[Site]) -> frozenset[Place]:
    """Where the values of these sites' arguments are written."""
    found: set[Place] = set()
    for site in sites:
        for argument in site.arguments:
            for value in argument.values:
                found.add((value.path, value.span))
                if value.default_path is not None and value.default_span is not None:
                    found.add((value.default_path, value.default_span))
    return frozenset(found)


def touches(finding: Finding, protected: Collection[Place]) -> bool:
    """Whether an edit of the finding replaces one of the protected values."""
    return any(isinstance(e, ReplaceExpression) and (e.path, e.span) in protected for e in finding.edits)


def hold_clients(
    findings: Mapping[SiteId, Findings], feeders: Iterable[Site], fixed: Collection[Place] = ()
) -> dict[SiteId, Findings]:
    """The clients' findings, where a client whose values also feed one that stays becomes work by hand.

    `fixed` are values that something else needs as they are. Each client held back may hold others, so this goes on
    until nothing changes.
    """
    sites = {s.id: s for s in feeders}
    settled = dict(findings)
    while True:
        staying = [
            sites[i] for i, fs in settled.items() if any(f.level in (Level.MANUAL, Level.SKIP) for f in fs)
        ]
        protected = places(staying) | frozenset(fixed)
        held = [
            i
            for i, fs in settled.items()
            if sites[i] not in staying and any(f.level is Level.EDIT and touches(f, protected) for f in fs)
        ]
        if not held:
            return settled
        for i in held:
            settled[i] = tuple(by_hand(f) if touches(f, protected) else f for f in settled[i])


def by_hand(finding: Finding) -> Finding:
    """The finding as work for a person."""
    words = f"{finding.message}, but a value it needs also feeds a client that stays"
    return replace(
        finding, level=Level.MANUAL, compatibility=Compatibility.UNKNOWN, message=words, edits=(), advice=None
    )


def hold_calls(findings: Findings, protected: Collection[Place]) -> Findings:
    """The findings of a call, where an edit of a value that also feeds a call left behind waits for a look."""
    return tuple(
        replace(f, level=Level.REVIEW, message=f"{f.message}, but it also feeds a call that stays")
        if f.level is Level.EDIT and touches(f, protected)
        else f
        for f in findings
    )
