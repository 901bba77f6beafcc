"""A scan of real files: notebooks, broken files, skips and counts."""

from __future__ import annotations

import json
from pathlib import Path

from migrate_cli.model import Scan, SiteKind
from migrate_cli.sites.scan import scan_paths
from tests.sites.scanning import HEAD


def scan(folder: Path, files: dict[str, str]) -> Scan:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return scan_paths([folder])


def notebook(*cells: str) -> str:
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None}
                for c in cells
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def test_places_in_a_notebook_count_in_their_cell(tmp_path: Path) -> None:
    text = notebook(HEAD, "%time x = 1", "\nclient.models.list()")
    [call] = [s for s in scan(tmp_path, {"a.ipynb": text}).sites if s.kind is SiteKind.CALL]
    assert str(call.location) == "a.ipynb:cell 3:2:1"
    assert [str(step.location) for step in call.evidence] == [
        "a.ipynb:cell 1:2:1",
        "a.ipynb:cell 1:2:10",
        "a.ipynb:cell 1:1:1",
    ]


def test_a_notebook_without_the_sdk_is_left_alone(tmp_path: Path) -> None:
    text = notebook("from groq import Groq", "Groq().chat.completions.create(model='gpt-4')")
    assert scan(tmp_path, {"a.ipynb": text}).sites == ()


def test_a_broken_file_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    result = scan(tmp_path, {"a.py": "import openai\ndef (:\n", "b.py": HEAD})
    assert [(s.path, s.problem) for s in result.skips] == [("a.py", True)]
    assert {s.path for s in result.sites} == {"b.py"}


def test_a_broken_file_that_is_only_asked_for_help_is_no_problem(tmp_path: Path) -> None:
    result = scan(tmp_path, {"a.py": "import b\n" + HEAD, "b.py": "def (:\n"})
    assert result.skips == ()


def test_files_without_a_trace_are_counted_and_not_read(tmp_path: Path) -> None:
    result = scan(tmp_path, {"a.py": "x = 1\n", "b.py": HEAD})
    assert (result.files, result.candidates, set(result.digests)) == (2, 1, {"b.py"})


def test_nothing_to_find_is_an_empty_scan(tmp_path: Path) -> None:
    result = scan(tmp_path, {"a.py": "x = 1\n"})
    assert (result.sites, result.skips, result.candidates) == ((), (), 0)


def test_every_site_has_an_id_of_its_own(tmp_path: Path) -> None:
    text = f"{HEAD}run(client.models.list)\nclient.models.list().x(client.models.list())\n"
    ids = [s.id for s in scan(tmp_path, {"a.py": text}).sites]
    assert len(ids) == len(set(ids))


def test_a_scan_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    import gc

    scan(tmp_path, {"a.py": HEAD})
    assert gc.isenabled()
