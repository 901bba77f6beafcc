from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import migrate_cli
from migrate_cli.__main__ import main
from tests.cli.fakes import FakeApi
from tests.report import samples

HEAVY = ("typer", "rich", "libcst", "yaml", "httpx", "ast", "pydantic")


def loaded_after(code: str, *heavy: str) -> str:
    """Which of the heavy modules a fresh interpreter has loaded after `code`."""
    probe = f"import sys\n{code}\nprint([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_the_version_loads_nothing_heavy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"migrate {migrate_cli.__version__}\n"
    run = "from migrate_cli.__main__ import main; main(['--version'])"
    assert loaded_after(run, *HEAVY, "migrate_cli.model") == "[]"


def test_help_loads_no_parser_and_no_catalogue() -> None:
    run = "from migrate_cli.__main__ import main; main(['--help'])"
    assert loaded_after(run, "libcst", "yaml", "httpx", "pydantic", "rich.console") == "[]"


def test_machine_readable_output_needs_no_rich() -> None:
    run = "\n".join(
        (
            "import migrate_cli",
            "from tests.cli.fakes import FakeApi",
            "migrate_cli.api = FakeApi()",
            "from migrate_cli.__main__ import main",
            "main(['scan', '--format', 'json'])",
        )
    )
    assert loaded_after(run, "rich.console", "libcst", "yaml", "httpx") == "[]"


def test_a_user_error_is_one_line(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--to", "nowhere"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "migrate: there is no provider nowhere, did you mean ernie?"
    ]


@pytest.mark.parametrize("arguments", [["scna"], ["scan", "--fromat", "json"], ["scan", "--format", "xml"]])
def test_a_wrong_word_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_an_interrupt_exits_130_with_one_line(
    api: FakeApi, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "apply", interrupted)
    assert main(["rewrite", "--to", "ernie"]) == 130
    assert capsys.readouterr().err.startswith("migrate: interrupted; no file is half-written")


def crash(api: FakeApi, monkeypatch: pytest.MonkeyPatch, temporary: Path, message: str) -> str:
    """Let a scan fail with `message`, and return the log that is left."""

    def fails(*args: object, **options: object) -> None:
        try:
            raise KeyError(samples.KEY)
        except KeyError as error:
            raise ValueError(message) from error

    monkeypatch.setattr(api, "scan", fails)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    assert main(["scan", "secret-name.py"]) == 3
    return next(temporary.glob("migrate-*.md")).read_text(encoding="utf-8")


def test_an_unexpected_error_leaves_a_log_to_paste(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = crash(api, monkeypatch, tmp_path, "odd")
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(tmp_path) in error
    assert "- command: `scan`" in log
    assert "migrate_cli/cli/scan.py:" in log
    assert log.index("KeyError") < log.index("ValueError: odd")


def test_the_log_holds_no_key_no_source_no_argument_and_no_home(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = crash(api, monkeypatch, tmp_path, f"bad {samples.KEY}\nclient = OpenAI()")
    shown = log + capsys.readouterr().err.replace(str(tmp_path), "")
    assert samples.KEY not in shown
    assert "OpenAI()" not in shown
    assert "secret-name" not in shown
    assert str(Path(migrate_cli.__file__).parent.parent) not in shown


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    run = "import sys; from migrate_cli.__main__ import main; sys.exit(main(['--help']))"
    child = subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.stdout.close()  # type: ignore[union-attr]
    with child:
        assert child.stderr.read() == b""  # type: ignore[union-attr]
    assert child.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
@pytest.mark.parametrize("command", ["--version", "rules"])
def test_a_full_disk_is_one_line(command: str) -> None:
    run = f"import sys; from migrate_cli.__main__ import main; sys.exit(main([{command!r}]))"
    with Path("/dev/full").open("w") as full:
        child = subprocess.run([sys.executable, "-c", run], stdout=full, stderr=subprocess.PIPE, check=False)
    assert child.returncode == 3
    assert child.stderr == b"migrate: cannot write the output: No space left on device\n"


def test_a_terminal_without_the_characters_gets_escapes() -> None:
    run = "\n".join(
        (
            "import migrate_cli, sys",
            "from tests.cli.fakes import FakeApi",
            "migrate_cli.api = FakeApi()",
            "from migrate_cli.__main__ import main",
            "sys.exit(main(['providers', 'ernie']))",
        )
    )
    child = subprocess.run(
        [sys.executable, "-c", run], capture_output=True, env={"PYTHONIOENCODING": "ascii"}, check=False
    )
    assert (child.returncode, child.stderr) == (0, b"")
    assert rb"\u6587\u5fc3" in child.stdout


def test_an_existing_report_is_replaced_whole(api: FakeApi, tmp_path: Path) -> None:
    target = tmp_path / "scan.txt"
    target.write_text("old", encoding="utf-8")
    main(["scan", "--output", str(target)])
    assert target.read_text(encoding="utf-8").startswith("5 OpenAI sites")
    assert [path.name for path in tmp_path.iterdir()] == ["scan.txt"]


@pytest.mark.skipif(os.name == "nt", reason="there is no device file to protect")
def test_a_device_is_never_replaced(api: FakeApi, tmp_path: Path) -> None:
    device = Path("/dev/null")
    assert main(["scan", "--output", str(device)]) == 1
    assert not device.is_file()
    assert not device.is_symlink()
