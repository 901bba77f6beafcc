"""Our resolver against jedi on the corpus: each place where they differ is read, and settled with a reason.

Run in an environment with the extra `crosscheck` (it has jedi, and the SDK for jedi to look into):
`pytest -m crosscheck tests/crosscheck`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from migrate_cli import api
from migrate_cli.model import SiteKind
from tests.corpus.fetch import Package, cache_directory, fetch, packages

pytestmark = pytest.mark.crosscheck

SETTLED = Path(__file__).parent / "settled.yaml"


def settled(package: Package) -> dict[str, str]:
    """Reasons by place (`path:line`) for one package."""
    reasons = yaml.safe_load(SETTLED.read_text(encoding="utf-8")) or {}
    return dict(reasons.get(str(package), {}))


@pytest.mark.parametrize("package", packages(), ids=str)
def test_every_disagreement_is_settled(package: Package, rows: list[Sequence[object]]) -> None:
    pytest.importorskip("jedi")
    from tests.crosscheck.oracle import verdicts

    tree = fetch(package, cache_directory())
    ours = {(s.path, s.location.line) for s in api.scan([tree]).sites if s.kind is SiteKind.CALL}
    reasons = settled(package)
    differing = {
        f"{path}:{line}": (verdict, "call" if (path, line) in ours else "nothing")
        for (path, line), verdict in verdicts(tree).items()
        if (verdict == "openai") != ((path, line) in ours)
    }
    rows += [(f"{package} {place}", *both, reasons.get(place, "OPEN")) for place, both in differing.items()]
    assert {place: both for place, both in differing.items() if place not in reasons} == {}
    assert [place for place in reasons if place not in differing] == []
