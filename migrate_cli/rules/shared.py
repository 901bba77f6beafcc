"""Values that feed more than one client: an edit that would also move a client which stays behind is held back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from migrate_cli.model import (
    Compatibility,
    Finding,
    Level,
    Operation,
    ReplaceExpression,
    ReplaceText,
    Site,
    SiteId,
    SiteKind,
    Span,
)

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
    return any(_replaces(edit, protected) for edit in finding.edits)


def _replaces(edit: Operation, protected: Collection[Place]) -> bool:
    if isinstance(edit, ReplaceText):  # of a value in a file, its quotes stay
        quoted = Span(edit.span.start - 1, edit.span.end + 1)
        return (edit.path, edit.span) in protected or (edit.path, quoted) in protected
    return isinstance(edit, ReplaceExpression) and (edit.path, edit.span) in protected


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
        staying = [sites[i] for i, fs in settled.items() if stays(sites[i], fs)]
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


def stays(site: Site, findings: Findings) -> bool:
    """Whether a client stays where it is, judged by what is said of the client itself.

    A framework's object must be known to move: one of which nothing is said reads its values as they are.
    """
    own = {f.level for f in findings if f.place is None}
    if site.kind is SiteKind.FRAMEWORK and not own & {Level.EDIT, Level.MIGRATED}:
        return True
    return bool(own & {Level.MANUAL, Level.SKIP})


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


def bundles_waiting(findings: Mapping[SiteId, Findings]) -> frozenset[str]:
    """The bundles of which something waits for a look."""
    return frozenset(
        f.bundle for fs in findings.values() for f in fs if f.level is Level.REVIEW and f.edits and f.bundle
    )


def hold_bundles(
    findings: Mapping[SiteId, Findings], waiting: Collection[str], bundles: Mapping[str, str]
) -> dict[SiteId, Findings]:
    """The findings, where all of a bundle that waits for a look wait, with everything else in its files."""
    return {
        site: tuple(
            waits(f) if waiting and {f.bundle, bundles.get(site[0])} & set(waiting) else f for f in fs
        )
        for site, fs in findings.items()
    }


def waits(finding: Finding) -> Finding:
    """The finding as one that needs a look, because another of its bundle does."""
    if finding.level is not Level.EDIT:
        return finding
    words = f"{finding.message}, together with a change that needs a look"
    return replace(finding, level=Level.REVIEW, message=words)
