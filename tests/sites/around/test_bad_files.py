"""Files around the code that are broken, odd, huge or gone: each has its reason, and the rest goes on."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.files import prefilter
from migrate_cli.model import Fate, Scan, Skip
from migrate_cli.sites import scan as scanning
from migrate_cli.sites.scan import scan_paths

GOOD = b"OPENAI_API_KEY=x\n"


def scan(folder: Path, **files: bytes) -> Scan:
    """A scan of files given by name, `_` standing for the dot, beside a good one."""
    (folder / "good.env").write_bytes(GOOD)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return scan_paths([folder])


def found(result: Scan) -> list[str]:
    return [f"{s.path}:{s.location.line}:{s.location.column} {s.symbol}" for s in result.sites]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a_yaml", b"a: [\nOPENAI_API_KEY: x\n", "broken YAML in line 3: read line by line"),
        ("a_json", b'{"a": [,\n"OPENAI_API_KEY": 1\n', "broken JSON at character 7: read line by line"),
        ("a_toml", b"a = = 1\nOPENAI_API_KEY = 'x'\n", "broken TOML in line 1: read line by line"),
        ("a_json", b"[" * 5000 + b"\n'OPENAI_API_KEY': 1", "nested too deeply: read line by line"),
    ],
)
def test_a_broken_file_is_read_line_by_line(tmp_path: Path, name: str, text: bytes, reason: str) -> None:
    result = scan(tmp_path, **{name: text})
    path = name.replace("_", ".")
    assert result.skips == (Skip(path, reason),)
    assert [s.symbol for s in result.sites if s.path == path] == ["OPENAI_API_KEY"]


def test_binary_data_with_a_text_name_is_left_alone(tmp_path: Path) -> None:
    result = scan(tmp_path, a_yaml=b"OPENAI_API_KEY: \0\1\2")
    assert found(result) == ["good.env:1:1 OPENAI_API_KEY"]
    assert result.skips == (Skip("a.yaml", "binary file"),)


def test_half_a_character_of_utf_16_is_a_problem(tmp_path: Path) -> None:
    result = scan(tmp_path, a_yaml=codecs.BOM_UTF16_LE + "OPENAI_API_KEY: x".encode("utf-16-le") + b"\0")
    assert result.skips == (Skip("a.yaml", "not valid UTF-16", problem=True),)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + b"OPENAI_API_KEY: x\n",
        "OPENAI_API_KEY: x\n".encode("utf-16"),
        b"OPENAI_API_KEY: x\r\nb: 1\r\n",
        "OPENAI_API_KEY: ü\n".encode("latin-1"),
    ],
)
def test_every_encoding_counts_its_columns_alike(tmp_path: Path, data: bytes) -> None:
    assert found(scan(tmp_path, a_yaml=data))[0] == "a.yaml:1:1 OPENAI_API_KEY"


def test_a_byte_order_mark_does_not_hide_the_first_variable(tmp_path: Path) -> None:
    assert found(scan(tmp_path, a_env=codecs.BOM_UTF8 + GOOD))[0] == "a.env:1:1 OPENAI_API_KEY"


def test_a_file_that_goes_away_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = prefilter.read_bytes
    gone = {"gone.env": FileNotFoundError(2, "No such file or directory")}

    def read(path: Path) -> bytes:
        return real(path) if path.name not in gone else _raise(gone[path.name])

    monkeypatch.setattr(scanning, "read_bytes", read)
    result = scan(tmp_path, gone_env=GOOD)
    assert found(result) == ["good.env:1:1 OPENAI_API_KEY"]
    assert result.skips == (Skip("gone.env", "could not be read: No such file or directory", problem=True),)


def _raise(error: OSError) -> bytes:
    raise error


def test_yaml_that_unfolds_without_end_is_left(tmp_path: Path) -> None:
    bomb = "OPENAI_API_KEY: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
    )
    assert found(scan(tmp_path, a_yaml=bomb.encode()))[0] == "a.yaml:1:1 OPENAI_API_KEY"


def test_what_nothing_in_reach_reads_is_not_edited(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from openai import OpenAI\n\nclient = OpenAI()\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("openai>=1\n", encoding="utf-8")
    result = scan(tmp_path, a_yaml=b"openai: {organization: x, api_key: y}\nmodel: gpt-4o\n")
    plan = api.plan(result, "ernie")
    assert set(plan.operations) == {"app.py", "good.env"}
    assert {d.fate for d in plan.decisions if d.site.path == "requirements.txt"} == {Fate.SKIPPED}


def test_configuration_does_not_hold_the_program_back(tmp_path: Path) -> None:
    source = (
        'import os\nfrom openai import OpenAI\n\nassert os.environ["OPENAI_API_KEY"]\nclient = OpenAI()\n'
    )
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    alone = api.plan(scan_paths([tmp_path]), "ernie").operations
    beside = api.plan(scan(tmp_path, a_yaml=b"llm: {provider: openai}\n"), "ernie").operations
    assert beside["app.py"] == alone["app.py"]


def test_digests_are_of_every_file_that_was_read(tmp_path: Path) -> None:
    result = scan(tmp_path, a_yaml=b"model: gpt-4o\n", b_yaml=b"port: 80\n")
    assert set(result.digests) == {"a.yaml", "good.env"}


def test_files_without_a_trace_are_counted_and_not_parsed(tmp_path: Path) -> None:
    result = scan(tmp_path, a_yaml=b"a: [\n", b_json=b"{")
    assert (result.files, result.candidates, result.skips) == (3, 1, ())
