"""What a user gets wrong, and what the world does to a run: one clear line, the right code, nothing lost."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import migrate_cli.catalogue
from migrate_cli import api
from migrate_cli.__main__ import main
from migrate_cli.cli.exits import FINDINGS, INTERRUPTED, OK, PROBLEM, USAGE
from migrate_cli.files import write
from migrate_cli.files.journal import Journal
from migrate_cli.model import Status

SOURCE = """from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
"""
NO_SPACE = OSError(28, "No space left on device")
Lines = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that is the current directory, with a state directory and no git settings of its own."""
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return project


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Lines:
    """The lines that were printed since the last call, on standard output and then on standard error."""

    def lines() -> list[str]:
        out, err = capsys.readouterr()
        return [*out.splitlines(), *err.splitlines()]

    return lines


def git(*arguments: str) -> None:
    """Run git in the current directory."""
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], capture_output=True, check=True)


def committed(**files: str) -> None:
    """A repository in the current directory that holds `name.py` for each keyword."""
    git("init", "-q")
    for name, text in files.items():
        Path(f"{name}.py").write_text(text, encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "all")


def contents() -> dict[str, bytes]:
    """The user's own files in the current directory."""
    own = (path for path in Path().rglob("*") if path.is_file() and not {".git", ".migrate"} & {*path.parts})
    return {str(path): path.read_bytes() for path in own}


def rewrite(*options: str) -> int:
    """`migrate rewrite --to ernie` without the cost report."""
    return main(["rewrite", "--to", "ernie", "--no-report", *options])


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, writes: range) -> None:
    """Let those of the coming writes fail that `writes` counts, from 1."""
    real, counted = write._fill, iter(range(1, 1000))

    def fill(handle: int, data: bytes) -> None:
        if next(counted) in writes:
            raise error
        real(handle, data)

    monkeypatch.setattr(write, "_fill", fill)


# --- what is typed ---


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["scan", "--to", "ernei"], "migrate: unknown provider 'ernei': did you mean 'ernie'?"),
        (["scan", "--to", "yi"], "migrate: 01.AI (Yi) is not offered as a target: "),
        (["rewrite", "--to", "gml"], "migrate: unknown provider 'gml': did you mean 'glm'?"),
        (["report", "--to", "quen"], "migrate: unknown provider 'quen': did you mean 'qwen'?"),
        (["providers", "deepsek"], "migrate: unknown provider 'deepsek': did you mean 'deepseek'?"),
        (["scan", "--to", "ernie", "--site", "mars"], "migrate: Baidu Qianfan (ERNIE) has no site 'mars'"),
        (["scan", "nowhere"], "migrate: path does not exist: nowhere"),
        (["rewrite", "nowhere", "--to", "ernie"], "migrate: path does not exist: nowhere"),
        (["scan", "two\nlines\x1b[31m"], r"migrate: path does not exist: two\nlines\x1b[31m"),
        (["scan", "-o", "missing/report.txt"], "migrate: cannot write the report to missing/report.txt: "),
        (["undo"], "migrate: nothing to undo in "),
        (["undo", "20260101"], "migrate: no rewrite called 20260101 in "),
        (["undo", "--root", "nowhere"], "migrate: path does not exist: nowhere"),
        (["explain", "XYZ"], "migrate: there is no rule XYZ; "),
        (["report", "--fx", "-1"], "migrate: --fx wants a positive number"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(arguments: list[str], line: str, told: Lines) -> None:
    assert main(arguments) == USAGE
    lines = told()
    assert len(lines) == 1
    assert lines[0].startswith(line)


def test_a_catalogue_that_is_not_there_is_told(told: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CATALOGUE", "nowhere")
    assert main(["providers"]) == USAGE
    assert told() == ["migrate: nowhere: no such catalogue directory"]


# --- what lies there ---


def test_a_folder_without_python_has_its_own_words(here: Path, told: Lines) -> None:
    (here / "LICENSE").write_text("import openai", encoding="utf-8")
    assert main(["scan"]) == OK
    assert told() == [f"No file to read was found under {here}."]


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.py", b"import openai\nx = (\n", "a.py: syntax error at line 2: '(' was never closed"),
        ("a.py", b"import openai\nprint 'x'\n", "a.py: syntax error at line 2: Missing parentheses in call"),
        ("a.py", SOURCE.encode("utf-16"), "a.py: UTF-16, which Python cannot run: save it as UTF-8"),
        ("a.py", b"import openai  # \xe9\n", "a.py: not valid utf-8 (byte 17)"),
        ("a.py", b"# coding: klingon\nimport openai\n", "a.py: unknown encoding: klingon"),
        ("a.py", b"\x7fELF\0\1\2openai\0", "a.py: binary file"),
        (
            "a.py",
            b"import openai\nx = " + b"(" * 5000 + b")" * 5000,
            "a.py: syntax error at line 2: too many",
        ),
        (
            "n.ipynb",
            b'{"cells": [{"cell_type": "code", "source": ["import openai',
            "n.ipynb: not a notebook, or",
        ),
        ("n.ipynb", b'{"openai": ' + b"[" * 99999, "n.ipynb: not a notebook, or"),
        ("n.ipynb", b'{"worksheets": [], "openai": 1}', "n.ipynb: notebook of format 3 or older"),
    ],
)
def test_an_unreadable_file_is_named_and_the_rest_goes_on(
    name: str, data: bytes, line: str, here: Path, told: Lines
) -> None:
    (here / name).write_bytes(data)
    (here / "good.py").write_text(SOURCE, encoding="utf-8")
    assert rewrite() == PROBLEM
    assert any(said.startswith(f"could not read {line}") for said in told())
    assert (here / name).read_bytes() == data
    assert "qianfan" in (here / "good.py").read_text(encoding="utf-8")


def test_a_file_without_permission_is_named_once(
    here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr("migrate_cli.sites.scan.read_bytes", refuse)
    assert main(["scan"]) == PROBLEM
    assert told() == [
        f"No use of the OpenAI API in 1 file under {here}; 1 could not be read.",
        "could not read a.py: Permission denied",
    ]


def test_a_broken_cell_does_not_hide_the_others(here: Path, told: Lines) -> None:
    sources = [SOURCE, "this is ( no Python", 'client.chat.completions.create(model="gpt-4o", messages=[])']
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    (here / "n.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")
    assert main(["scan", "-q"]) == PROBLEM
    lines = told()
    places = [line.rpartition(": ")[0] for line in lines[:3]]
    assert places == ["n.ipynb:cell 1:3:10", "n.ipynb:cell 1:7:12", "n.ipynb:cell 3:1:1"]
    assert lines[3:] == ["could not read n.ipynb: cell 2 does not parse"]


def test_a_big_file_is_left_out_unless_it_is_named(here: Path, told: Lines) -> None:
    (here / "big.py").write_text(SOURCE + "#" * 3_000_000, encoding="utf-8")
    assert main(["scan"]) == OK
    assert told()[-1] == "skipped 1: too large (name such a file to have it read)"
    assert main(["scan", "big.py", "-q"]) == FINDINGS
    assert [line.split()[0] for line in told()] == ["big.py:3:10:", "big.py:7:12:"]


def test_links_in_a_circle_and_out_of_the_project_are_counted(here: Path, told: Lines) -> None:
    (here.parent / "other.py").write_text(SOURCE, encoding="utf-8")
    (here / "out.py").symlink_to("../other.py")
    (here / "loop.py").symlink_to("loop.py")
    (here / "self").symlink_to(".")
    (here / "gone.py").symlink_to("nothing.py")
    assert rewrite() == OK
    assert {"skipped 1: symlink loop", "skipped 1: symlink outside the root"} <= set(told())
    assert (here.parent / "other.py").read_text(encoding="utf-8") == SOURCE


def test_a_named_link_in_a_circle_is_told(here: Path, told: Lines) -> None:
    (here / "loop.py").symlink_to("loop.py")
    assert main(["scan", "loop.py"]) == USAGE
    assert told() == ["migrate: loop.py is a symlink that leads nowhere, or in a circle"]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_odd_file_names_break_no_report(form: str, here: Path, told: Lines) -> None:
    for name in (b"\xff.py", b"new\nline.py", b"\x1b[31m.py", b"[red].py"):
        Path(os.fsdecode(bytes(here) + b"/" + name)).write_text(SOURCE, encoding="utf-8")
    main(["scan", "--to", "glm", "--format", form, "-o", str(here.parent / "report")])
    assert told() == []
    report = (here.parent / "report").read_text(encoding="utf-8")
    assert "\x1b" not in report
    assert "\nline.py" not in report
    assert "[red].py" in report or "%5Bred%5D.py" in report


def test_a_broken_catalogue_file_costs_only_its_own_row(
    tmp_path: Path, here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "catalogue"
    shutil.copytree(Path(migrate_cli.catalogue.__file__).parent, copy)
    (copy / "providers/glm.json").unlink(missing_ok=True)
    (copy / "providers/glm.yaml").write_text("id: glm\nname: [unclosed\n", encoding="utf-8")
    monkeypatch.setenv("MIGRATE_CATALOGUE", str(copy))
    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    assert main(["scan"]) == FINDINGS
    rows = [line for line in told() if line.startswith(("ernie ", "glm "))]
    assert rows[0].split() == ["ernie", "2", "0", "0", "0"]
    assert f"{copy}/providers/glm.yaml:3: not valid YAML" in rows[1]
    assert main(["providers"]) == PROBLEM
    assert told()[-1].startswith(f"migrate: glm is left out: {copy}/providers/glm.yaml:3: ")
    assert main(["report"]) == PROBLEM
    assert told()[-1].startswith("migrate: glm is left out: ")
    assert main(["scan", "--to", "glm"]) == USAGE
    assert rewrite() == OK


# --- what happens while it writes ---


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.replace("\n", "\r\n").encode(),
        SOURCE.replace("\n", "\r").encode(),
        SOURCE.replace("OpenAI()\n", "OpenAI()\r\n").encode(),
        SOURCE.replace("\n\n\n", "\n\x0c\n").encode(),
        codecs.BOM_UTF8 + SOURCE.encode(),
        f"# coding: latin-1\n{SOURCE}# é".encode("latin-1"),
        f"# coding: gbk\n# 你好\n{SOURCE}".encode("gbk"),
        SOURCE.rstrip().encode(),
        f"{SOURCE}# \u2028 \x1c \x85\n".encode(),
    ],
    ids=["crlf", "cr", "mixed", "form feed", "bom", "latin-1", "gbk", "no last newline", "odd separators"],
)
def test_every_byte_comes_back(data: bytes, here: Path) -> None:
    (here / "a.py").write_bytes(data)
    (here / "a.py").chmod(0o640)
    assert rewrite() == OK
    written = (here / "a.py").read_bytes()
    assert b"https://qianfan.baidubce.com/v2" in written
    assert data[data.index(b"def ask") : data.index(b"gpt-4o")] in written
    assert main(["undo"]) == OK
    assert (here / "a.py").read_bytes() == data
    assert (here / "a.py").stat().st_mode & 0o777 == 0o640


def test_uncommitted_and_untracked_files_are_left(here: Path, told: Lines) -> None:
    committed(clean=SOURCE, edited=SOURCE)
    (here / "edited.py").write_text(f"{SOURCE}\n", encoding="utf-8")
    (here / "new.py").write_text(SOURCE, encoding="utf-8")
    assert rewrite() == PROBLEM
    lines = told()
    assert "  kept  edited.py: has uncommitted changes; commit them or use --allow-dirty" in lines
    assert "  kept  new.py: has uncommitted changes; commit them or use --allow-dirty" in lines
    assert contents()["edited.py"] == f"{SOURCE}\n".encode()
    assert contents()["new.py"] == SOURCE.encode()
    assert b"qianfan" in contents()["clean.py"]
    assert rewrite("--allow-dirty") == OK
    assert b"qianfan" in contents()["new.py"]


def test_a_read_only_file_is_left_and_the_rest_is_written(here: Path, told: Lines) -> None:
    committed(locked=SOURCE, open=SOURCE)
    (here / "locked.py").chmod(0o444)
    assert rewrite() == PROBLEM
    assert "  kept  locked.py: read-only file" in told()
    assert contents()["locked.py"] == SOURCE.encode()
    assert b"qianfan" in contents()["open.py"]
    assert main(["undo"]) == OK
    assert told()[-1] == "1 file = 1 restored + 0 already as before + 0 refused"


def test_a_file_changed_after_the_plan_is_left(here: Path) -> None:
    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    plan = api.plan(api.scan([here]), "ernie")
    (here / "a.py").write_text(f"{SOURCE}# mine\n", encoding="utf-8")
    result = api.apply(plan).files[0]
    assert (result.status, result.reason) == (Status.REFUSED, "changed since it was scanned; run again")
    assert contents() == {"a.py": f"{SOURCE}# mine\n".encode()}


def test_a_file_deleted_after_the_plan_stays_deleted(here: Path) -> None:
    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    (here / "b.py").write_text(SOURCE, encoding="utf-8")
    plan = api.plan(api.scan([here]), "ernie")
    (here / "a.py").unlink()
    outcome = api.apply(plan)
    assert outcome.files[0].reason == "could not be read: No such file or directory"
    assert list(contents()) == ["b.py"]


def test_a_full_disk_at_one_file_leaves_that_file(
    here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(a=SOURCE, b=SOURCE)
    failing(monkeypatch, NO_SPACE, range(3, 4))  # after the journal's .gitignore and the copy of a.py
    assert rewrite() == PROBLEM
    assert "  kept  a.py: No space left on device" in told()
    assert contents()["a.py"] == SOURCE.encode()
    assert main(["undo"]) == OK
    assert told()[-1] == "1 file = 1 restored + 0 already as before + 0 refused"


def test_a_copy_that_cannot_be_saved_takes_everything_back(
    here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(a=SOURCE, b=SOURCE)
    failing(monkeypatch, NO_SPACE, range(4, 5))
    assert rewrite() == USAGE
    assert told() == ["migrate: cannot save b.py for undo: No space left on device; every file is as it was"]
    assert set(contents().values()) == {SOURCE.encode()}
    assert main(["undo"]) == USAGE


def test_what_cannot_be_taken_back_is_told_and_can_be_undone(
    here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(a=SOURCE, b=SOURCE)
    with monkeypatch.context() as full:
        failing(full, NO_SPACE, range(4, 1000))
        assert rewrite() == USAGE
    assert "1 changed already and could not be put back: `migrate undo`" in told()[0]
    assert b"qianfan" in contents()["a.py"]
    assert main(["undo"]) == OK
    assert set(contents().values()) == {SOURCE.encode()}


def test_a_journal_that_cannot_be_kept_stops_the_run(here: Path, told: Lines) -> None:
    committed(a=SOURCE)
    (here / ".migrate").write_bytes(b"a file in the way")
    assert rewrite() == USAGE
    assert told()[0].startswith(f"migrate: cannot keep an undo journal in {here}/.migrate/journal: ")
    assert contents()["a.py"] == SOURCE.encode()


@pytest.mark.parametrize("at", [2, 3, 4, 5])
def test_ctrl_c_while_writing_puts_everything_back(
    at: int, here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(a=SOURCE, b=SOURCE)
    failing(monkeypatch, KeyboardInterrupt(), range(at, at + 1))
    assert rewrite() == INTERRUPTED
    assert told() == ["migrate: interrupted; no file is half-written, `migrate undo` takes back what was."]
    assert set(contents().values()) == {SOURCE.encode()}
    assert main(["undo"]) == USAGE


def test_ctrl_c_while_reading_is_one_line(here: Path, told: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path) -> bytes:
        raise KeyboardInterrupt

    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr("migrate_cli.sites.scan.read_bytes", interrupt)
    assert main(["scan"]) == INTERRUPTED
    assert told() == ["migrate: interrupted"]


@pytest.fixture
def another(here: Path) -> Iterator[None]:
    """Another rewrite of the same project that has not finished."""
    journal = Journal.begin(here, "glm")
    yield
    journal.finish()


def test_two_rewrites_at_once_do_not_mix(here: Path, told: Lines, another: None) -> None:
    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    assert rewrite() == USAGE
    assert told() == [f"migrate: another `migrate` is writing in {here}: run again when it is done"]
    assert contents() == {"a.py": SOURCE.encode()}


# --- and back ---


def test_undo_leaves_what_was_edited_since(here: Path, told: Lines) -> None:
    committed(a=SOURCE, b=SOURCE)
    rewrite()
    edited = contents()["a.py"] + b"# mine\n"
    (here / "a.py").write_bytes(edited)
    told()
    assert main(["undo"]) == PROBLEM
    assert told()[0] == "refused             a.py: changed since the rewrite"
    assert contents() == {"a.py": edited, "b.py": SOURCE.encode()}


def test_undo_twice_says_that_nothing_is_left(here: Path, told: Lines) -> None:
    committed(a=SOURCE)
    rewrite()
    assert main(["undo"]) == OK
    told()
    assert main(["undo"]) == USAGE
    assert told() == [f"migrate: nothing to undo in {here}"]


def test_undo_of_a_named_run_leaves_the_others(here: Path) -> None:
    committed(a=SOURCE, b=SOURCE)
    run = api.apply(api.plan(api.scan([here / "a.py"]), "ernie")).run
    rewrite("b.py")
    assert main(["undo", str(run)]) == OK
    assert contents()["a.py"] == SOURCE.encode()
    assert b"qianfan" in contents()["b.py"]


def test_without_git_a_rewrite_can_be_undone(here: Path) -> None:
    (here / "a.py").write_text(SOURCE, encoding="utf-8")
    assert rewrite() == OK
    assert b"qianfan" in contents()["a.py"]
    assert main(["undo"]) == OK
    assert contents() == {"a.py": SOURCE.encode()}
