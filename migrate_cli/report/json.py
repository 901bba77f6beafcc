"""Scan and outcome as JSON documents: versioned, in stable order, with every piece of code masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from migrate_cli import __version__, summary, tally
from migrate_cli.files.secrets import mask
from migrate_cli.handover import tasks
from migrate_cli.model import Decision, MatrixRow, Outcome, Plan, Scan, SiteId
from migrate_cli.report.site_json import location_json, site_json
from migrate_cli.selection import Selection

if TYPE_CHECKING:
    from migrate_cli.costs.retired import RetiredModel
    from migrate_cli.handover import Handover, Task

SCAN_SCHEMA = "migrate.scan/2"
OUTCOME_SCHEMA = "migrate.outcome/2"
_TOOL = {"name": "migrate", "version": __version__}


def scan_json(
    scan: Scan,
    plans: Sequence[Plan] = (),
    matrix: Sequence[MatrixRow] = (),
    retired: Sequence[RetiredModel] = (),
    only: Selection | None = None,
) -> dict[str, Any]:
    """A scan and how it fares on each provider; decisions name their site by its number in `sites`.

    `only` is what the sites were chosen by. The document's form is in `schema/scan.json`.
    """
    numbers = _numbers(scan)
    return {
        "schema": SCAN_SCHEMA,
        "tool": _TOOL,
        **_scan(scan),
        "filters": _filters(only or Selection()),
        "summary": _summary(scan),
        "retired_models": [_retired(model, numbers) for model in retired],
        "dynamic": [
            {"site": numbers[item.site.id], "argument": mask(item.argument), "reason": mask(item.reason)}
            for item in summary.dynamic(summary.split(scan)[0])
        ],
        "targets": [
            {
                "provider": plan.provider,
                **_decisions(plan.decisions, numbers),
                **_models(plan),
                "notices": [_task(task) for task in tasks(plan.notices)],
            }
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


def outcome_json(
    outcome: Outcome, made: Handover, *, written: bool, costs: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A rewrite: what became of each file and site, and what is to be done; `costs` is the cost report's document."""
    scan = outcome.plan.scan
    return {
        "schema": OUTCOME_SCHEMA,
        "tool": _TOOL,
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
        "left": [_task(task) for task in made.tasks],
        "notices": [_task(task) for task in made.notices],
        "minutes": made.minutes,
        "next_steps": [
            {"kind": step.kind.value, "text": step.text, "command": step.command} for step in made.steps
        ],
        "costs": costs,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "level": task.level.value,
        "rule": task.code,
        "message": mask(task.message),
        "advice": mask(task.advice) if task.advice else None,
        "minutes": task.minutes,
        "editable": task.editable,
        "places": [location_json(place) for place in task.places],
    }


def _scan(scan: Scan) -> dict[str, Any]:
    numbers = _numbers(scan)
    used = {site.id for site in tally.in_use(scan)}
    return {
        "root": scan.root,
        "files": scan.files,
        "candidates": scan.candidates,
        "skips": [{"path": s.path, "reason": s.reason, "problem": s.problem} for s in scan.skips],
        "sites": [site_json(site, numbers, in_use=site.id in used) for site in scan.sites],
    }


def _filters(only: Selection) -> dict[str, Any]:
    return {
        "kinds": sorted(kind.value for kind in only.kinds),
        "certainty": only.certainty.value,
        "tests": only.tests,
    }


def _summary(scan: Scan) -> dict[str, Any]:
    code, around, _, away = summary.split(scan)
    working = (*code, *around)
    return {
        "sites": len(scan.sites),
        "in_use": len(tally.in_use(scan)),
        "by_kind": [
            {"kind": row.kind.value, "what": row.what, "sites": row.sites, "files": row.files}
            for row in tally.by_kind(scan.sites)
        ],
        "by_endpoint": [asdict(row) for row in summary.by_endpoint(working)],
        "by_framework": [asdict(row) for row in summary.by_framework(working)],
        "by_file": [asdict(row) for row in summary.by_file(scan)],
        "elsewhere": [asdict(row) for row in summary.by_host(away)],
    }


def _retired(model: RetiredModel, numbers: dict[SiteId, int]) -> dict[str, Any]:
    return {
        "model": model.model,
        "listed": model.listed,
        "state": model.state,
        "shutdown": model.shutdown,
        "as_of": model.as_of,
        "source": model.source,
        "replacement": model.replacement,
        "replacement_note": model.replacement_note,
        "sites": [numbers[site.id] for site in model.sites],
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
                "location": location_json(finding.place) if finding.place else None,
            }
            for finding in decision.findings
        ],
    }


def _models(plan: Plan) -> dict[str, Any]:
    return {"models": dict(sorted(plan.models.items()))}
