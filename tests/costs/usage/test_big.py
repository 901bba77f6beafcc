"""Files larger than the memory they may take: 150 MB of each shape within 100 MB, the interpreter included."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROMPT = 'Translate "this" line, 请翻译这句话。 ' * 800
RECORDS = 5_000
MEGABYTES = 100

STATUS = Path("/proc/self/status")
# The kernel carries getrusage's peak over from the parent, here a large test run; VmHWM starts with the program.
READ = """
import pathlib, re, sys
from migrate_cli.costs.usage.read import read_usage
from migrate_cli.costs.usage.record import Left
kinds = [type(entry) for entry in read_usage(sys.argv[1:])]
peak = re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]
print(len(kinds), kinds.count(Left), int(peak) // 1024)
"""


def call(number: int) -> str:
    answer = {
        "id": f"chatcmpl-{number:08d}",
        "model": "gpt-4o",
        "usage": {"prompt_tokens": 9000, "completion_tokens": 300, "total_tokens": 9300},
    }
    return json.dumps(
        {"request": {"model": "gpt-4o", "prompt": PROMPT}, "response": answer}, ensure_ascii=False
    )


def shaped(shape: str) -> Iterator[str]:
    start, between, end = {
        "lines": ("", "\n", "\n"),
        "list": ("[", ", ", "]"),
        "object": ('{"meta": {"total": 1}, "data": [', ",\n", '], "next": null}'),
    }[shape]
    yield start + call(0)
    for number in range(1, RECORDS):
        yield between + call(number)
    yield end


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="the peak is read from Linux's /proc")
@pytest.mark.parametrize("shape", ["lines", "list", "object"])
def test_memory_is_bounded_whatever_the_shape(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(shaped(shape))
    assert path.stat().st_size > 1.5 * MEGABYTES * 1_000_000
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    entries, left, peak = map(int, done.stdout.split())
    assert (entries, left) == (RECORDS, 0)
    assert peak < MEGABYTES
