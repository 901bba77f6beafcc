"""What the user waits for, as ratios to a yardstick of the same minute. Only wrong answers fail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.benchmarks.measure import Measured, compare

pytestmark = pytest.mark.slow

MIGRATE = (sys.executable, "-m", "migrate_cli")
HOOK = (sys.executable, "-I", "-m", "migrate_cli.hook", "scan")
FILES = 1500
PLANTED = 15

CATALOGUE = """
from migrate_cli.catalogue.loader import open_catalogue
catalogue = open_catalogue()
print(len([catalogue.provider(name) for name in catalogue.provider_ids()]))
"""

# What a script of ten lines does in place of a scan: walk, read, look for a word.
TEXT_SEARCH = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".py"):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                if b"openai" in file.read():
                    print(path)
"""

PLAIN = '''"""Orders of customer {number}."""

import dataclasses


@dataclasses.dataclass
class Order{number}:
    """One order with its lines."""

    lines: list[tuple[str, int]]
    discount: float = 0.0

    def total(self) -> float:
        """The price of all lines, less the discount."""
        return sum(amount for _, amount in self.lines) * (1 - self.discount)

    def names(self) -> list[str]:
        """What was ordered, sorted."""
        return sorted(name for name, _ in self.lines)
'''

CALLER = """from openai import OpenAI

client = OpenAI()


def answer(question: str) -> str:
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    return reply.choices[0].message.content
"""

Ratios = list[Sequence[object]]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of plain modules with one caller of the API in each hundred."""
    root = tmp_path_factory.mktemp("tree")
    for number in range(FILES):
        package = root / f"part{number // 100}"
        package.mkdir(exist_ok=True)
        (package / f"orders{number}.py").write_text(PLAIN.format(number=number) * 4, encoding="utf-8")
    for number in range(PLANTED):
        (root / f"part{number}" / "caller.py").write_text(CALLER, encoding="utf-8")
    return root


def report(ratios: Ratios, what: str, yardstick: str, target: str, measured: Measured) -> None:
    ratios.append((what, yardstick, f"{measured.ratio:.2f}", target, f"{measured.milliseconds:.0f}"))


def test_version(ratios: Ratios) -> None:
    measured = compare([*MIGRATE, "--version"])
    report(ratios, "migrate --version", "python -c pass", "<= 2", measured)
    assert (measured.code, measured.output[:8]) == (0, "migrate ")


def test_help(ratios: Ratios) -> None:
    measured = compare([*MIGRATE, "--help"])
    report(ratios, "migrate --help", "python -c pass", "<= 15", measured)
    assert measured.code == 0


def test_hook_on_a_file_without_openai(ratios: Ratios, tree: Path) -> None:
    measured = compare([*HOOK, str(tree / "part0/orders1.py")])
    report(ratios, "hook, file without OpenAI", "python -c pass", "<= 2", measured)
    assert (measured.code, measured.output) == (0, "")


def test_hook_on_a_file_with_openai(ratios: Ratios, tree: Path) -> None:
    measured = compare([*HOOK, str(tree / "part0/caller.py")])
    report(ratios, "hook, file with OpenAI", "python -c pass", "<= 30", measured)
    assert measured.code == 1


def test_catalogue(ratios: Ratios) -> None:
    measured = compare([sys.executable, "-c", CATALOGUE])
    report(ratios, "load the whole catalogue", "python -c pass", "<= 2", measured)
    assert (measured.code, measured.output) == (0, "16\n")


def test_scan(ratios: Ratios, tree: Path) -> None:
    yardstick = [sys.executable, "-c", TEXT_SEARCH, str(tree)]
    measured = compare([*MIGRATE, "scan", str(tree), "--format", "json"], yardstick)
    report(ratios, f"scan of {FILES + PLANTED} files", "text search in Python", "-", measured)
    missing = [n for n in range(PLANTED) if f"part{n}/caller.py" not in measured.output]
    assert (measured.code, missing) == (1, [])
