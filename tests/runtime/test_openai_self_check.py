"""The stand-in as OpenAI, held against openai-python's own tests of its API and its own examples."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from migrate_cli.api_verify import verify
from migrate_cli.runtime.standin import StandIn
from migrate_cli.runtime.verify.verdict import Verdict
from tests.projects.environments import SELF_CHECKS, interpreter
from tests.runtime.openai_sources import PINNED, sources

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
KEY = "My API Key"  # written in openai-python's conftest.py
UNPLAYED: Mapping[str, list[dict[str, str]]] = yaml.safe_load(
    (HERE / "openai_unplayed.yaml").read_text(encoding="utf-8")
)
PLAYED = ("chat", "test_completions.py", "test_embeddings.py", "test_images.py", "test_models.py")
OURS = "test_answers_of_the_standin.py"
TESTS = tuple(f"tests/api_resources/{name}" for name in (*PLAYED, "test_responses.py", OURS))
_QUIET = ("-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:logging")
AT_LEAST = 200  # of about 500 tests; the others ask for what is not played
EXAMPLES = 14
OLD_MODEL = "model .*: shut down"  # the examples of 1.x and 2.x are older than the end of some models


@dataclass(frozen=True)
class Outcome:
    """What became of one test: `said` is the failure, empty for a test that passed."""

    name: str
    said: str


def outcomes(generation: str, scratch: Path) -> list[Outcome]:
    """openai-python's API tests, and ours among them, run against the stand-in."""
    home = Path(shutil.copytree(sources(generation) / "tests", scratch / "tests")).parent
    shutil.copy(HERE / "openai_answers.py", home / "tests" / "api_resources" / OURS)
    (home / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n", encoding="utf-8")
    report = scratch / "report.xml"
    python = interpreter(f"{generation} tested")
    with StandIn(None, KEY) as standin:
        done = subprocess.run(
            [python, "-m", "pytest", *_QUIET, f"--junitxml={report}", *TESTS],
            cwd=home,
            env={**os.environ, "TEST_API_BASE_URL": standin.address, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert report.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return [outcome(case) for case in ElementTree.parse(report).iter("testcase")]


def outcome(case: ElementTree.Element) -> Outcome:
    """One entry of the report; an error in a fixture or on collection counts as a failure."""
    bad = [*case.findall("failure"), *case.findall("error")]
    return Outcome(f"{case.get('classname')}.{case.get('name')}", "".join(str(b.get("message")) for b in bad))


def explains(row: Mapping[str, str], found: Outcome) -> bool:
    """Whether a row of the list says why a test fails."""
    return re.search(row["says"], found.said) is not None and row.get("only", "") in found.name


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Outcome]]:
    """What became of the tests of each generation; two run at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        folders = [tmp_path_factory.mktemp(generation) for generation in PINNED]
        return dict(zip(PINNED, pool.map(outcomes, PINNED, folders), strict=True))


def test_every_failure_is_one_that_is_listed(tested: dict[str, list[Outcome]]) -> None:
    failed = [(generation, each) for generation, found in tested.items() for each in found if each.said]
    unlisted = [(g, each) for g, each in failed if not any(explains(row, each) for row in UNPLAYED["tests"])]
    assert unlisted == []


@pytest.mark.parametrize("row", UNPLAYED["tests"], ids=lambda row: row["says"])
def test_nothing_is_listed_that_is_played(row: dict[str, str], tested: dict[str, list[Outcome]]) -> None:
    assert any(explains(row, each) for found in tested.values() for each in found if each.said)


@pytest.mark.parametrize("generation", SELF_CHECKS)
def test_most_of_what_is_played_passes(generation: str, tested: dict[str, list[Outcome]]) -> None:
    assert sum(not each.said for each in tested[generation.partition(" ")[0]]) > AT_LEAST


def examples() -> Iterator[tuple[str, Path]]:
    """The examples that ask only for what is played, with the generation whose turn it is."""
    played: defaultdict[str, list[str]] = defaultdict(list)
    for generation in PINNED:
        home = sources(generation) / "examples"
        for name in (path.relative_to(home).as_posix() for path in home.rglob("*.py")):
            if not any(leaves_out(row, name, generation) for row in UNPLAYED["examples"]):
                played[name].append(generation)
    for number, name in enumerate(sorted(played)):
        generation = played[name][number % len(played[name])]
        yield generation, sources(generation) / "examples" / name


def leaves_out(row: Mapping[str, str], name: str, generation: str) -> bool:
    """Whether a row of the list is about an example of that generation."""
    return fnmatchcase(name, row["path"]) and generation in row.get("of", generation)


def run_example(generation: str, example: Path, home: Path) -> list[Any]:
    """What `migrate verify` says of an example that stays at OpenAI."""
    shutil.copy(example, home)
    command = [str(interpreter(f"{generation} tested")), example.name]
    variables = {**os.environ, "AZURE_OPENAI_API_KEY": "the users own, 0123456789"}
    with (home / "output").open("wb") as output:
        done = verify(command, ["openai"], directory=home, environment=variables, stdout=output)
    said = (home / "output").read_text(encoding="utf-8", errors="replace")
    unproven = [note for note in done.unproven if re.match(OLD_MODEL, note) is None]
    return [done.verdict, unproven, done.ignored, "Error" in said]


def test_examples_pass(tmp_path_factory: pytest.TempPathFactory) -> None:
    turns = list(examples())
    homes = [tmp_path_factory.mktemp("example") for _ in turns]
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = pool.map(lambda turn, home: run_example(*turn, home), turns, homes)
        told = {str(turn[1]): outcome for turn, outcome in zip(turns, found, strict=True)}
    assert len(told) >= EXAMPLES
    assert {
        name: outcome for name, outcome in told.items() if outcome != [Verdict.PASSED, [], {}, False]
    } == {}


@pytest.mark.parametrize("row", UNPLAYED["examples"], ids=lambda row: row["path"])
def test_no_example_is_listed_that_is_gone(row: dict[str, str]) -> None:
    homes = [sources(generation) / "examples" for generation in PINNED]
    names = [path.relative_to(home).as_posix() for home in homes for path in home.rglob("*.py")]
    assert any(fnmatchcase(name, row["path"]) for name in names)
