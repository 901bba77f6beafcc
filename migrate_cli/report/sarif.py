"""SARIF 2.1.0 as GitHub code scanning takes it.

Fingerprints hash the path, the rule, the masked code and a running number, never a line, so that a finding
keeps its identity when lines move. A notebook's physical lines are unknown: its results point to the file,
and the cell is named in the message and as a logical location.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from migrate_cli import __version__, tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Certainty, Decision, Fate, Level, Location, Plan, Scan, Site, SiteKind, Skip

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000  # GitHub refuses a larger run

_KINDS = {
    SiteKind.IMPORT: "Imports the OpenAI SDK",
    SiteKind.CLIENT: "Creates an OpenAI client",
    SiteKind.CALL: "Calls the OpenAI API",
    SiteKind.SETTING: "Sets an option of the OpenAI SDK",
    SiteKind.ENVIRONMENT: "Reads an OpenAI environment variable",
    SiteKind.EXCEPTION: "Handles an OpenAI exception",
    SiteKind.TYPE: "Names an OpenAI type",
}
_LEVEL_OF_CERTAINTY = {Certainty.PROVED: "warning", Certainty.LIKELY: "note", Certainty.GUESS: "note"}
_LEVEL_OF_ASKING = {Level.MANUAL: "error", Level.REVIEW: "warning", Level.EDIT: "note"}
_LEVEL_OF_FATE = {Fate.MANUAL: "error", Fate.REVIEW: "warning", Fate.REWRITTEN: "note", Fate.SKIPPED: "note"}
_SEVERITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class _Remark:
    """One result before numbering."""

    rule: str
    title: str
    help: str
    level: str
    message: str
    site: Site
    suppressed: str | None = None


def sarif(scan: Scan, plans: Sequence[Plan] = ()) -> dict[str, Any]:
    """The log: per finding of each plan, or per site under the rule of its kind when there is no plan."""
    remarks = [r for plan in plans for d in plan.decisions for r in _of_decision(d, plan.provider)]
    if not plans:
        remarks = [_of_site(site) for site in scan.sites]
    kept = (
        sorted(remarks, key=lambda r: _SEVERITY[r.level])[:MOST_RESULTS]
        if len(remarks) > MOST_RESULTS
        else remarks
    )
    rules = {r.rule: r for r in sorted(kept, key=lambda r: r.rule)}
    numbers = {code: number for number, code in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "migrate",
                        "semanticVersion": __version__,
                        "rules": [_rule(remark) for remark in rules.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(scan, len(remarks) - len(kept))],
                "results": _results(kept, numbers),
            }
        ],
    }


def _of_site(site: Site) -> _Remark:
    title = _KINDS[site.kind]
    return _Remark(
        rule=f"openai-{site.kind.value}",
        title=title,
        help=f"{title}. Run `migrate scan --to PROVIDER` to see how this place fares on a provider.",
        level=_LEVEL_OF_CERTAINTY[site.certainty],
        message=f"{title}: {site.symbol} ({site.certainty.value})",
        site=site,
        suppressed=site.ignored,
    )


def _of_decision(decision: Decision, provider: str) -> Iterable[_Remark]:
    if decision.fate is Fate.MIGRATED:
        return
    level = _LEVEL_OF_FATE[decision.fate]
    suppressed = (decision.site.ignored or decision.reason) if decision.fate is Fate.SKIPPED else None
    findings = tally.asking(decision)
    for finding in findings:
        advice = f" {finding.advice}" if finding.advice else ""
        yield _Remark(
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
        yield _Remark(
            kind.rule,
            kind.title,
            kind.help,
            level,
            f"{provider}: {decision.reason}",
            decision.site,
            suppressed,
        )


def _rule(remark: _Remark) -> dict[str, Any]:
    return {
        "id": remark.rule,
        "shortDescription": {"text": remark.title},
        "help": {"text": remark.help, "markdown": remark.help},
        "properties": {"tags": ["openai", "migration"]},
    }


def _results(remarks: Sequence[_Remark], numbers: dict[str, int]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for remark in remarks:
        digest = _digest(remark)
        seen[digest] += 1
        location = remark.site.location
        where = f"Cell {location.cell}, line {location.line}: " if location.cell is not None else ""
        result: dict[str, Any] = {
            "ruleId": remark.rule,
            "ruleIndex": numbers[remark.rule],
            "level": remark.level,
            "message": {"text": mask(where + remark.message)},
            "locations": [_location(location)],
            "partialFingerprints": {"primaryLocationLineHash": f"{digest}:{seen[digest]}"},
        }
        if remark.suppressed is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": mask(remark.suppressed)}]
        results.append(result)
    return results


def _digest(remark: _Remark) -> str:
    code = " ".join(mask(remark.site.code).split())
    parts = (remark.site.path, remark.rule, remark.site.symbol, code)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


def _location(location: Location) -> dict[str, Any]:
    region = {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }
    physical = {
        "artifactLocation": _artifact(location.path),
        "region": region if location.cell is None else {"startLine": 1},
    }
    if location.cell is None:
        return {"physicalLocation": physical}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": f"cell {location.cell}"}],
    }


def _artifact(path: str) -> dict[str, str]:
    """A path as a URI; bytes in it that are no UTF-8 are written as they are on the disk."""
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _invocation(scan: Scan, dropped: int) -> dict[str, Any]:
    problems = tally.problems(scan)
    notes = [_unread(skip) for skip in problems]
    if dropped:
        text = f"{dropped} of the mildest results were left out: a run holds {MOST_RESULTS} at most."
        notes.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": not problems, "toolExecutionNotifications": notes}


def _unread(skip: Skip) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": f"could not read: {tally.cause(skip)}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(skip.path)}}],
    }
