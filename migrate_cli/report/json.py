"""Scan and outcome as JSON documents: versioned, in stable order, with every piece of code masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrate_cli import __version__, tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Decision, Location, MatrixRow, Outcome, Plan, Scan, Site, SiteId, Skip

SCAN_SCHEMA = "migrate.scan/1"
OUTCOME_SCHEMA = "migrate.outcome/1"


def scan_json(scan: Scan, plans: Sequence[Plan] = (), matrix: Sequence[MatrixRow] = ()) -> dict[str, Any]:
    """A scan and how it fares on each provider; decisions name their site by its number in `sites`."""
    return {
        "schema": SCAN_SCHEMA,
        "tool": {"name": "migrate", "version": __version__},
        **_scan(scan),
        "targets": [
            {"provider": plan.provider, **_decisions(plan.decisions, _numbers(scan)), **_models(plan)}
            for plan in plans
        ],
        "matrix": [
            {
                "provider": row.provider,
                "name": row.name,
                "counts": {fate.value: number for fate, number in row.counts.items()},
                "problem": row.problem,
                "blockers": list(row.blockers),
            }
            for row in matrix
        ],
    }


def outcome_json(outcome: Outcome, *, written: bool, costs: dict[str, Any] | None = None) -> dict[str, Any]:
    """A rewrite: what became of each file and site; `costs` is the cost report's own document."""
    scan = outcome.plan.scan
    return {
        "schema": OUTCOME_SCHEMA,
        "tool": {"name": "migrate", "version": __version__},
        **_scan(scan),
        "provider": outcome.plan.provider,
        "written": written,
        "run": outcome.run,
        "results": [
            {"path": result.path, "status": result.status.value, "reason": result.reason}
            for result in outcome.files
        ],
        **_decisions(outcome.decisions, _numbers(scan)),
        **_models(outcome.plan),
        "costs": costs,
    }


def _scan(scan: Scan) -> dict[str, Any]:
    return {
        "root": scan.root,
        "files": scan.files,
        "candidates": scan.candidates,
        "skips": [_skip(skip) for skip in scan.skips],
        "sites": [_site(site) for site in scan.sites],
    }


def _skip(skip: Skip) -> dict[str, Any]:
    return {"path": skip.path, "reason": skip.reason, "problem": skip.problem}


def _site(site: Site) -> dict[str, Any]:
    return {
        "kind": site.kind.value,
        "symbol": site.symbol,
        "endpoint": site.endpoint,
        "legacy": site.legacy,
        "certainty": site.certainty.value,
        "location": _location(site.location),
        "code": mask(site.code),
        "arguments": [argument.name for argument in site.arguments],
        "variable": site.variable,
        "elsewhere": site.elsewhere,
        "ignored": site.ignored,
        "unfollowed": [mask(code) for code in site.unfollowed],
        "evidence": [
            {"location": _location(step.location), "text": mask(step.text)} for step in site.evidence
        ],
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "cell": location.cell,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def _numbers(scan: Scan) -> dict[SiteId, int]:
    return {site.id: number for number, site in enumerate(scan.sites)}


def _decisions(decisions: Sequence[Decision], numbers: dict[SiteId, int]) -> dict[str, Any]:
    return {
        "counts": {fate.value: number for fate, number in tally.fates(decisions).items()},
        "decisions": [_decision(decision, numbers) for decision in decisions],
    }


def _decision(decision: Decision, numbers: dict[SiteId, int]) -> dict[str, Any]:
    return {
        "site": numbers.get(decision.site.id),
        "fate": decision.fate.value,
        "reason": mask(decision.reason),
        "findings": [
            {
                "rule": finding.rule.code,
                "name": finding.rule.name,
                "level": finding.level.value,
                "compatibility": finding.compatibility.value,
                "message": mask(finding.message),
                "advice": mask(finding.advice) if finding.advice else None,
                "source": finding.source,
                "edits": len(finding.edits),
            }
            for finding in decision.findings
        ],
    }


def _models(plan: Plan) -> dict[str, Any]:
    return {"models": dict(sorted(plan.models.items()))}
