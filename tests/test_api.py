"""The four verbs as a Python caller uses them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from migrate_cli import api
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.terms import Terms
from migrate_cli.model import Fate, Status, UserError
from tests.programs import move, write

PROGRAM = """\
    import os

    from openai import OpenAI

    client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
    reply = client.chat.completions.create(model="gpt-4o", messages=[])
"""


def test_a_dry_run_writes_nothing_and_shows_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM})
    before = (tmp_path / "app.py").read_bytes()
    plan = api.plan(api.scan([tmp_path]), "ernie")
    dry = api.apply(plan, dry_run=True)
    assert (tmp_path / "app.py").read_bytes() == before
    written = api.apply(plan, allow_dirty=True)
    assert [f.after for f in dry.files] == [f.after for f in written.files]


def test_undo_restores_every_byte(tmp_path: Path) -> None:
    before = dedent(PROGRAM).replace("\n", "\r\n").encode()
    (tmp_path / "app.py").write_bytes(before)
    move(tmp_path, "glm")
    assert (tmp_path / "app.py").read_bytes() != before
    api.undo(tmp_path)
    assert (tmp_path / "app.py").read_bytes() == before


def test_a_file_that_changed_after_the_plan_is_left(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM})
    plan = api.plan(api.scan([tmp_path]), "ernie")
    (tmp_path / "app.py").write_text("print('mine')\n", encoding="utf-8")
    outcome = api.apply(plan, allow_dirty=True)
    assert (tmp_path / "app.py").read_text(encoding="utf-8") == "print('mine')\n"
    assert [(f.status, f.reason) for f in outcome.files] == [
        (Status.REFUSED, "changed since it was scanned; run again")
    ]
    assert Fate.REWRITTEN not in {d.fate for d in outcome.decisions}


def test_the_matrix_has_a_row_for_each_provider(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM})
    scan = api.scan([tmp_path])
    rows = api.matrix(scan)
    assert tuple(row.provider for row in rows) == open_catalogue().provider_ids()
    assert all(sum(row.counts.values()) == len(scan.sites) for row in rows)


def test_the_report_counts_models_that_flow_into_calls(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": PROGRAM, "prices.py": 'import openai\nPRICES = {"gpt-4": 30}\n'})
    report = api.report(api.scan([tmp_path]), ["ernie"], Terms(as_of=date(2026, 11, 21)))
    assert [line.model for line in report.openai] == ["gpt-4o"]


def test_models_of_a_client_elsewhere_are_not_priced(tmp_path: Path) -> None:
    elsewhere = PROGRAM.replace("OpenAI(", 'OpenAI(base_url="http://localhost:1/v1", ')
    write(tmp_path, {"app.py": elsewhere})
    assert api.models_found(api.scan([tmp_path])) == {}


def test_a_missing_path_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="path does not exist"):
        api.scan([tmp_path / "nowhere"])


def test_an_unknown_provider_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ernie"):
        api.plan(api.scan([tmp_path]), "erni")


def test_a_retired_model_elsewhere_is_none_of_openais(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "from openai import OpenAI\n"
        'deep = OpenAI(base_url="https://api.deepseek.com")\n'
        'deep.chat.completions.create(model="gpt-4-0613", messages=[])\n'
        'OpenAI().chat.completions.create(model="gpt-4-0314", messages=[])\n',
        encoding="utf-8",
    )
    models = api.retired_models(api.scan([tmp_path / "app.py"]), as_of=date(2030, 1, 1))
    assert [model.model for model in models] == ["gpt-4-0314"]


def test_progress_ends_at_the_last_file_also_when_one_is_broken(tmp_path: Path) -> None:
    (tmp_path / "z.py").write_text("import openai\ndef (", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    api.scan([tmp_path], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
