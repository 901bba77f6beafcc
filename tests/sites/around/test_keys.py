"""Literal keys in any text file: found, masked, and never mistaken for a stand-in."""

from __future__ import annotations

import pytest

from tests.sites.around.reading import sites

# Put together at run time, so that no scanner takes this file for a leak.
KEY = "sk-proj-" + "Zq4Wm9Lx2Vn7Bt5Ky8" + "T3BlbkFJ" + "Rd3Hf6Jc1Ps0Ga5Tn2Qe"


@pytest.mark.parametrize("path", ["README.md", "app.js", "notes.txt", "config.yaml", "run.sh", "docs/a.rst"])
def test_a_key_is_found_in_any_text_and_masked(path: str) -> None:
    found = [s for s in sites(path, f"# key\nkey: {KEY}\n") if s.kind.value == "key"]
    assert [s.location.line for s in found] == [2]
    assert KEY[8:] not in repr(found)


def test_a_key_in_a_variable_is_both() -> None:
    assert sorted(s.kind.value for s in sites(".env", f"OPENAI_API_KEY={KEY}\n")) == ["environment", "key"]


@pytest.mark.parametrize(
    "value", ["sk-proj-your-key-goes-here-please-xxxx", "sk-xxx", "<OPENAI_API_KEY>", "sk-..."]
)
def test_stand_ins_are_left_alone(value: str) -> None:
    assert [s.kind.value for s in sites(".env", f"OPENAI_API_KEY={value}\n")] == ["environment"]


def test_prose_is_read_for_keys_alone() -> None:
    assert sites("README.md", f"export OPENAI_MODEL=gpt-4o # T3BlbkFJ\n{KEY[:9]}\n") == []
