"""Edits for the current SDK that another rule, which sees the call in its new form, writes anew.

`message["function_call"]["name"]` becomes `message.function_call.name` with `--upgrade-sdk`; where functions become
tools too, it becomes `message.tool_calls[0].function.name`. The latter says all that the former does and takes its
place; both belong to the same bundle from then on, so that one is never written without the rest of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from migrate_cli.model import (
    Finding,
    Level,
    Operation,
    ReplaceExpression,
    ReplaceTail,
    SiteId,
    Span,
    WrapExpression,
)
from migrate_cli.rules.legacy.current import MAKERS

Findings = tuple[Finding, ...]
Place = tuple[str, Span]


def superseded(findings: Mapping[SiteId, Findings], bundles: Mapping[str, str]) -> dict[SiteId, Findings]:
    """The findings, without edits for the new form of an expression that another one replaces as a whole."""
    return {
        site: _alone(group, bundles[site[0]]) if site[0] in bundles else group
        for site, group in findings.items()
    }


def _alone(group: Findings, bundle: str) -> Findings:
    made = [place for f in group if _makes(f) for e in f.edits if (place := _place(e)) is not None]
    over = {i: _replaced(f) for i, f in enumerate(group) if _goes_over(f)}
    taken = {i for i, places in over.items() if any(_within(m, p) for m in made for p in places)}
    gone = [place for i in taken for place in over[i]]
    return tuple(
        replace(f, bundle=bundle) if i in taken else _without(f, gone) if _makes(f) else f
        for i, f in enumerate(group)
    )


def _makes(finding: Finding) -> bool:
    """Whether a finding only brings reads into their new form."""
    return finding.rule.code == "SDK04"


def _goes_over(finding: Finding) -> bool:
    """Whether a finding is about the new form, and is written."""
    return finding.level is Level.EDIT and not finding.rule.code.startswith(MAKERS)


def _without(finding: Finding, gone: Sequence[Place]) -> Finding:
    def stays(edit: Operation) -> bool:
        place = _place(edit)
        return place is None or not any(_within(place, other) for other in gone)

    return replace(finding, edits=tuple(e for e in finding.edits if stays(e)))


def _replaced(finding: Finding) -> list[Place]:
    return [(e.path, e.span) for e in finding.edits if isinstance(e, ReplaceExpression)]


def _place(edit: Operation) -> Place | None:
    if isinstance(edit, ReplaceExpression | ReplaceTail | WrapExpression):
        return (edit.path, edit.span)
    return None


def _within(inner: Place, outer: Place) -> bool:
    return inner[0] == outer[0] and outer[1].start <= inner[1].start and inner[1].end <= outer[1].end
