"""SARIF 2.1.0 as GitHub code scanning takes it.

Fingerprints hash the path, the rule, the masked code and a running number, never a line, so that a finding
keeps its identity when lines move. A notebook's physical lines are unknown: its results point to the file,
and the cell is named in the message and as a logical location.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from migrate_cli import __version__, tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Location, Plan, Scan, Skip
from migrate_cli.report.remarks import Remark, digest, remarks, where

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000  # GitHub refuses a larger run

_SEVERITY = {"error": 0, "warning": 1, "note": 2}


def sarif(scan: Scan, plans: Sequence[Plan] = ()) -> dict[str, Any]:
    """The log: per finding of each plan, or per site under the rule of its kind when there is no plan."""
    found = remarks(scan, plans)
    kept = (
        sorted(found, key=lambda r: _SEVERITY[r.level])[:MOST_RESULTS] if len(found) > MOST_RESULTS else found
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
                "invocations": [_invocation(scan, len(found) - len(kept))],
                "results": _results(kept, numbers),
            }
        ],
    }


def _rule(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.rule,
        "shortDescription": {"text": remark.title},
        "help": {"text": remark.help, "markdown": remark.help},
        "properties": {"tags": ["openai", "migration"]},
    }


def _results(kept: Sequence[Remark], numbers: dict[str, int]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for remark in kept:
        fingerprint = digest(remark)
        seen[fingerprint] += 1
        result: dict[str, Any] = {
            "ruleId": remark.rule,
            "ruleIndex": numbers[remark.rule],
            "level": remark.level,
            "message": {"text": mask(where(remark.site) + remark.message)},
            "locations": [_location(remark.site.location)],
            "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        }
        if remark.suppressed is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": mask(remark.suppressed)}]
        results.append(result)
    return results


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
