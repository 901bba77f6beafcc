"""`migrate verify` from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from migrate_cli.__main__ import main

ASK = """
import json, os, sys, urllib.error, urllib.request
print("my own words")
def ask(url, key, **fields):
    body = {"model": "glm-5.3-flash", "messages": [{"role": "user", "content": "Hello"}], **fields}
    headers = {"Authorization": "Bearer " + key, "Content-Type": "application/json"}
    try:
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers)).read()
    except urllib.error.HTTPError as error:
        error.close()
HERE = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
"""
GOOD = "ask(HERE, os.environ['ZAI_API_KEY'])"
OLD = "ask('https://api.openai.com/v1/chat/completions', os.environ['OPENAI_API_KEY'])"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program, in the current directory, that asks nobody yet."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "app.py"
    path.write_text(ASK, encoding="utf-8")
    return path


def verify(*options: str) -> int:
    """Verify the program."""
    return main(["verify", "--to", "glm", *options, "--", sys.executable, "app.py"])


def test_a_good_program_passes_and_its_output_passes_through(
    program: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program.write_text(ASK + GOOD, encoding="utf-8")
    assert verify() == 0
    out = capfd.readouterr().out
    assert out.startswith("my own words\n")
    assert out.splitlines()[-1].startswith("passed: verified against documented behaviour of Zhipu")


@pytest.mark.parametrize(
    ("code", "verdict", "exit_code"),
    [
        ("", "not verified", 1),
        ("sys.exit(7)", "not verified", 7),
        (f"{GOOD}\nsys.exit(7)", "command failed", 7),
        (OLD, "refused", 1),
        ("ask(HERE, os.environ['ZAI_API_KEY'], model='gpt-4o')", "refused", 1),
        ("ask(HERE, os.environ['OPENAI_API_KEY'])", "refused", 1),
    ],
)
def test_no_other_program_passes(
    program: Path, code: str, verdict: str, exit_code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    program.write_text(ASK + code, encoding="utf-8")
    assert verify("--format", "json") == exit_code
    written = capfd.readouterr()
    assert json.loads(written.out)["verdict"] == verdict
    assert written.err == "my own words\n"


def test_a_report_in_a_file_leaves_the_output_alone(program: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert verify("--format", "json", "--output", "report.json") == 1
    assert capfd.readouterr() == ("my own words\n", "")
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["requests"] == []


def test_an_earlier_state_is_compared(program: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = program.parent / "before"
    before.mkdir()
    (before / "app.py").write_text(ASK + OLD[:-1] + ", model='gpt-4o')", encoding="utf-8")
    program.write_text(ASK + GOOD, encoding="utf-8")
    assert verify("--compare", "before") == 0
    assert "model: gpt-4o -> glm-5.3-flash  (1 request)" in capfd.readouterr().out


def test_a_program_that_asks_something_else_is_told(program: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = program.parent / "before"
    before.mkdir()
    (before / "app.py").write_text(ASK, encoding="utf-8")
    program.write_text(ASK + GOOD, encoding="utf-8")
    assert verify("--compare", "before") == 1
    assert "only after    chat.completions at app.py:8" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "glm", "--", "no-such-command"], "cannot start no-such-command: No such file"),
        (["--to", "glm"], "say what to run"),
        (["--", "true"], "say which provider to play"),
        (["--to", "glmm", "--", "true"], "unknown provider 'glmm': did you mean 'glm'?"),
        (
            ["--to", "glm", "--compare", "nowhere", "--", "true"],
            "--compare wants a directory or a git revision",
        ),
    ],
)
def test_mistakes_are_one_line(
    program: Path, arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", *arguments]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert said in err


def test_options_of_the_command_are_its_own(program: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print(sys.argv[1:])"
    assert main(["verify", "--to", "glm", sys.executable, "-c", code, "--quiet", "--to", "x"]) == 1
    assert capfd.readouterr().out.startswith("['--quiet', '--to', 'x']\n")


def test_hostile_answers_are_tried_in_silence_and_told(
    program: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program.write_text(ASK + GOOD, encoding="utf-8")
    assert verify("--items", "filtered, byte-order-mark") == 0
    out = capfd.readouterr().out
    assert out.count("my own words\n") == 1
    assert "Hostile answers: 1 tried\n" in out
    assert "survived      filtered\n" in out
    assert "no request of the program fits byte-order-mark\n" in out


def test_hostile_answers_can_make_it_fail(program: Path, capfd: pytest.CaptureFixture[str]) -> None:
    dies = GOOD.replace("ask(", "sys.exit(7) if ask(").replace("])", "]) else 0")
    program.write_text(ASK.replace("error.close()", "return 1") + dies, encoding="utf-8")
    assert verify("--items", "rate-limit", "--fail-on", "hostile", "--format", "json") == 1
    written = json.loads(capfd.readouterr().out)
    assert written["verdict"] == "broken by hostile answers"
    assert written["hostile"]["tried"][0]["after"]["exit_code"] == 7


def test_the_list_of_hostile_answers_needs_no_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--items", "list"]) == 0
    plain = capfd.readouterr().out
    assert "no-done                 no [DONE] at the end\n" in plain
    assert "known" not in plain
    assert main(["verify", "--items", "list", "--to", "deepseek"]) == 0
    assert "deepseek is known to answer so: https://api-docs.deepseek.com" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--items", "rudeness"], "there is no hostile answer 'rudeness'"),
        (["--fail-on", "hostile"], "add --hostile"),
    ],
)
def test_mistakes_about_hostile_answers_run_nothing(
    program: Path, options: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert verify(*options) == 2
    written = capfd.readouterr()
    assert said in written.err
    assert written.out == ""


@pytest.mark.parametrize("where", ["missing/report.json", "."])
def test_a_report_that_cannot_be_written_is_told_before_the_run(
    where: str, program: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert verify("--output", where) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert f"cannot write the report to {where}" in shown.err


def test_a_last_line_without_an_end_stays_a_line_of_its_own(
    program: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program.write_text("print('my own words', end='')", encoding="utf-8")
    assert verify() == 1
    assert capfd.readouterr().out.startswith("my own words\n")
