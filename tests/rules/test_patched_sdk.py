"""TST03: what is said of tests that replace the SDK or its host."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate

HOST = "https://api.openai.com/v1/models"


def fates(folder: Path, text: str) -> list[tuple[Fate, str]]:
    """Fate and reason of every replacement in a file."""
    (folder / "test_app.py").write_text(text, encoding="utf-8")
    decisions = api.plan(api.scan([folder]), "ernie").decisions
    return [(d.fate, d.reason) for d in decisions if d.site.kind.value == "patch"]


def test_a_host_that_is_not_asked_any_more_is_work(tmp_path: Path) -> None:
    [(fate, reason)] = fates(tmp_path, f"import respx\nrespx.get('{HOST}')\n")
    assert (fate, "api.openai.com" in reason) == (Fate.MANUAL, True)


@pytest.mark.parametrize("path", ["openai.ChatCompletion.create", "openai.OpenAI"])
def test_a_part_of_the_sdk_stays(tmp_path: Path, path: str) -> None:
    [(fate, _)] = fates(tmp_path, f"from unittest.mock import patch\npatch('{path}')\n")
    assert fate is Fate.SKIPPED


def test_another_vendor_is_not_spoken_of(tmp_path: Path) -> None:
    assert fates(tmp_path, "from unittest.mock import patch\n# openai\npatch('groq.Groq')\n") == []
