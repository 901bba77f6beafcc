"""Answers of embeddings calls that are sent in slices, and those whose reads are not all in sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api

CALL = 'client.embeddings.create(model="text-embedding-3-small", input=texts)'
HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef embed(texts):\n"


def moved(folder: Path, body: str) -> str:
    """The body of `embed` after EMB05 alone, with --review."""
    file = folder / "program.py"
    file.write_text(HEAD + body, encoding="utf-8")
    api.apply(api.plan(api.scan([file]), "ernie", select=("EMB05",), review=True), allow_dirty=True)
    return file.read_text(encoding="utf-8").removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"    r = {CALL}\n    for i, d in enumerate(r.data):\n        keep(i, d.embedding)\n",
            "    for i, d in enumerate([item for part in r for item in part.data]):\n",
        ),
        (
            f"    r = {CALL}\n    count(r.usage.total_tokens)\n    return [d.embedding for d in r.data]\n",
            "    count(sum(part.usage.total_tokens for part in r))\n",
        ),
        (
            f"    start = 3\n    r = {CALL.replace('texts', 'texts[start]')}\n    return [d for d in r.data]\n",
            "for offset in range(0, len(texts[start]), 16)]\n",
        ),
    ],
)
def test_every_read_follows(tmp_path: Path, before: str, after: str) -> None:
    assert after in moved(tmp_path, before)


@pytest.mark.parametrize(
    "body",
    [
        f"    r = {CALL}\n    keep(r)\n    return [d.embedding for d in r.data]\n",
        f"    r = {CALL}\n    return r, [d.embedding for d in r.data]\n",
        f"    r = {CALL}\n    print(r.model)\n    return [d.embedding for d in r.data]\n",
        f"    r = {CALL}\n    return sorted(r.data, key=lambda d: d.index)\n",
        f"    r = {CALL}\n    return r.data[0].embedding\n",
        f"    r = {CALL} if texts else cached\n    return [d.embedding for d in r.data]\n",
        f"    self.r = {CALL}\n    return [d.embedding for d in self.r.data]\n",
    ],
)
def test_otherwise_nothing_is_changed(tmp_path: Path, body: str) -> None:
    assert moved(tmp_path, body) == body
