"""`migrate verify` passes a moved program; with one rule off it fails, and names the line and that rule."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.projects.cases import Case, move_case, read_cases
from tests.projects.environments import interpreter
from tests.projects.moving import OLD_KEY

pytestmark = pytest.mark.slow

CASES = {case.name: case for case in read_cases()}
# A case of each family, the rule that is switched off, and what stands on the line that sends the bad request.
UNFIXED = [
    ("plain_chat", "SDK12", ".create("),
    ("azure_client", "SDK10", ".create("),
    ("dotenv_variables", "CFG01", ".create("),
    ("unread_config", "CFG02", ".create("),
    ("raw_http", "CFG06", "httpx.post("),
    ("guarded_async", "SDK08", ".create("),
    ("responses_as_chat", "END01", ".create("),
    ("request_parameters", "PRM06", ".create("),
    ("message_shapes", "MSG01", ".create("),
    ("forced_tool", "TOL02", ".create("),
    ("json_schema", "FMT01", ".create("),
    ("embedding_batches", "EMB05", ".embeddings.create("),
    ("autogen_client", "FRM16", "client.create("),
]


@dataclass(frozen=True)
class Told:
    """How the command ended, and its report."""

    code: int
    report: Mapping[str, Any]

    @property
    def bad(self) -> list[Mapping[str, Any]]:
        """The requests that would fail."""
        return [request for request in self.report["requests"] if request["fared"] != "answered"]


def verify(case: Case, provider: str, home: Path) -> Told:
    """What the command says of a case in `home`, run with the SDK of the case."""
    report = home.parent / f"{home.name}.json"
    command = [sys.executable, "-m", "migrate_cli", "verify", "--to", provider, "--format", "json"]
    done = subprocess.run(
        [*command, "--output", report, "--", interpreter(case.generation(provider)), case.main],
        cwd=home,
        env={**os.environ, "AZURE_OPENAI_API_KEY": OLD_KEY, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        timeout=180,
    )
    return Told(done.returncode, json.loads(report.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "rule", "line"), UNFIXED)
def test_the_rule_makes_the_difference(name: str, rule: str, line: str, tmp_path: Path) -> None:
    case = CASES[name]
    provider = case.unfixed[rule]
    moved, _ = move_case(case, provider, tmp_path / "moved")
    unfixed, _ = move_case(case, provider, tmp_path / "unfixed", ignore=(rule,))
    with ThreadPoolExecutor(max_workers=2) as pool:
        fine, told = pool.map(lambda home: verify(case, provider, home), (moved, unfixed))
    assert (fine.code, fine.report["verdict"], fine.bad) == (0, "passed", [])
    assert (told.code, told.report["verdict"]) == (1, "refused")
    first = told.bad[0]
    assert rule in first["rules"]
    assert line in (unfixed / first["path"]).read_text(encoding="utf-8").splitlines()[first["line"] - 1]
