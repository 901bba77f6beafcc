"""How far each finding may go: edits wait where a site is not sure, or is left where its client stays behind."""

from __future__ import annotations

from dataclasses import replace

from migrate_cli.model import AddEntry, Certainty, Finding, Level, SetArgument, Site, SiteKind
from migrate_cli.rules.endpoints.service import REPLACING
from migrate_cli.rules.shared import STAYING, doubted, doubtful_places, levels_around
from migrate_cli.rules.support import Situation

# The rules that put the call of another endpoint in the place of one.
RESHAPING = ("SDK07", "END01")


def weigh(
    site: Site, findings: tuple[Finding, ...], situation: Situation, with_review: bool
) -> tuple[Finding, ...]:
    """Findings with edits held back where the site is not proved, left alone, or its client stays behind."""
    if any(f.level is Level.SKIP for f in findings):
        return tuple(f for f in findings if f.level is Level.SKIP)
    if site.certainty is Certainty.GUESS:
        return tuple(f for f in findings if f.level is Level.MANUAL)[:1]
    around = levels_around(site, situation)
    if around == {Level.SKIP}:
        findings = tuple(f for f in findings if not f.edits)
    doubts = doubtful_places(site)
    findings = tuple(doubted(f, doubts) for f in findings) if doubts else findings
    behind = bool(around) and around <= set(STAYING)
    unsure = site.certainty is Certainty.LIKELY or behind
    if behind:
        findings = tuple(after_its_client(f) for f in findings)
    if any(f.rule.code in REPLACING and stands(f, with_review) for f in findings):
        # the call has to be replaced by something else: no use in polishing it
        return tuple(f for f in findings if f.level is not Level.EDIT and f.rule.code != "SDK12")
    pending = any(f.rule.code == "SDK12" and f.level in (Level.REVIEW, Level.MANUAL) for f in findings)
    return tuple(
        level_of(f, unsure or collides(site, f) or (pending and f.rule.code == "THK01"), with_review)
        for f in findings
    )


def after_its_client(finding: Finding) -> Finding:
    """The finding, where it makes another call of one whose client is still to be moved by a person."""
    if finding.rule.code not in RESHAPING or not finding.edits:
        return finding
    words = f"{finding.message}, once its client has moved"
    return replace(finding, level=Level.MANUAL, message=words, edits=())


def stands(finding: Finding, with_review: bool) -> bool:
    """Whether a call still has to be replaced: by hand, or by an edit that makes another of it and waits for a look."""
    waiting = finding.level is Level.REVIEW and bool(finding.edits) and not with_review
    return finding.level is Level.MANUAL or (waiting and finding.rule.code in RESHAPING)


def collides(site: Site, finding: Finding) -> bool:
    """Whether an edit adds a keyword that a `**` which cannot be followed may hold already."""
    if site.kind is not SiteKind.CALL or not site.unfollowed:
        return False
    return any(
        isinstance(e, AddEntry) or (isinstance(e, SetArgument) and site.argument(e.name) is None)
        for e in finding.edits
    )


def level_of(finding: Finding, unsure: bool, with_review: bool) -> Finding:
    """An edit becomes a review when the site is unsure; a review with edits becomes an edit when the user asked."""
    level = finding.level
    if level is Level.EDIT and unsure:
        level = Level.REVIEW
    if level is Level.REVIEW and with_review and finding.edits:
        level = Level.EDIT
    return replace(finding, level=level)
