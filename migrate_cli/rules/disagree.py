"""Findings about one place: those that want different things there are told, those that want the same are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from migrate_cli.model import (
    Compatibility,
    Finding,
    Level,
    Operation,
    ReplaceExpression,
    ReplaceText,
    SiteId,
    SiteKind,
    Span,
)
from migrate_cli.rules.support import but

Findings = tuple[Finding, ...]
Place = tuple[str, Span]


def settled(findings: Mapping[SiteId, Findings]) -> dict[SiteId, Findings]:
    """The findings, those that want different things of one place for different providers as work by hand."""
    wanted: dict[Place, dict[str, str]] = {}  # provider -> text
    for group in findings.values():
        for finding in group:
            for place, code in _texts(finding):
                wanted.setdefault(place, {})[finding.provider] = code
    disputed = {place for place, codes in wanted.items() if len(set(codes.values())) > 1}
    if not disputed:
        return dict(findings)
    return {
        site: tuple(_by_hand(f) if any(place in disputed for place, _ in _texts(f)) else f for f in group)
        for site, group in findings.items()
    }


def spared(findings: Mapping[SiteId, Findings]) -> dict[SiteId, Findings]:
    """The findings, without a wish for a look at what another finding writes anyway.

    That is a review all of whose edits are made, and what is said of an address by itself where it is replaced.
    """
    written = [f for group in findings.values() for f in group if f.level is Level.EDIT]
    made = {e for f in written for e in f.edits}
    replaced = {place for f in written for place, _ in _texts(f)}
    return {site: tuple(f for f in group if not _idle(f, made, replaced)) for site, group in findings.items()}


def _idle(finding: Finding, made: Collection[Operation], replaced: Collection[Place]) -> bool:
    if finding.level is Level.MANUAL:
        return finding.site.kind is SiteKind.URL and (finding.site.path, finding.site.span) in replaced
    return finding.level is Level.REVIEW and bool(finding.edits) and all(e in made for e in finding.edits)


def _texts(finding: Finding) -> list[tuple[Place, str]]:
    """What a finding that would be written puts in the place of values."""
    if finding.level is not Level.EDIT:
        return []
    return [
        ((edit.path, edit.span), edit.code)
        for edit in finding.edits
        if isinstance(edit, ReplaceExpression | ReplaceText) and edit.span.start < edit.span.end
    ]


def _by_hand(finding: Finding) -> Finding:
    words = but(finding.message, "the same value feeds something that needs another one")
    return replace(
        finding,
        level=Level.MANUAL,
        compatibility=Compatibility.UNKNOWN,
        message=words,
        edits=(),
        advice="give each of them a value of its own",
    )
