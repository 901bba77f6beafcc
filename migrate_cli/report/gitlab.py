"""GitLab's code quality report: what a merge request shows beside its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from migrate_cli.files.secrets import mask
from migrate_cli.model import Plan, Scan
from migrate_cli.report.remarks import digest, remarks, where

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def code_quality(scan: Scan, plans: Sequence[Plan] = ()) -> list[dict[str, Any]]:
    """One entry per finding of each plan, or per site when there is no plan; what is settled is left out.

    A notebook's physical lines are unknown: its entries point to the file and name the cell.
    """
    seen: Counter[str] = Counter()
    entries = []
    for remark in remarks(scan, plans):
        if remark.suppressed is not None:
            continue
        fingerprint = digest(remark)
        seen[fingerprint] += 1
        place = remark.site.location
        entries.append(
            {
                "description": mask(where(remark.site) + remark.message),
                "check_name": remark.rule,
                "fingerprint": f"{fingerprint}:{seen[fingerprint]}",
                "severity": _SEVERITIES[remark.level],
                "location": {
                    "path": place.path,
                    "lines": {"begin": 1 if place.cell is not None else place.line},
                },
            }
        )
    return entries
