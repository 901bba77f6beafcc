"""One question per change: what each letter does, and that the tree is whole whenever it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate_cli.__main__ import main

CLIENT = """\
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
"""
ONE = f'{CLIENT}client.chat.completions.create(model="gpt-4o", messages=[], stop="END")\n'
TWO = f'{CLIENT}client.chat.completions.create(model="gpt-4o", messages=[], stop="STOP")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_text(ONE, encoding="utf-8")
    (tmp_path / "b.py").write_text(TWO, encoding="utf-8")
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, *letters: str, then: type[BaseException] = EOFError) -> None:
    """Type these, and end with `then`."""
    typed: Iterator[str] = iter(letters)

    def read(*_: object, **__: object) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise then from None

    monkeypatch.setattr("builtins.input", read)
    monkeypatch.setattr("rich.console.Console.input", read)


def run(project: Path) -> int:
    """The command, for GLM."""
    return main(["rewrite", "--to", "glm", "-i", "--allow-dirty", "--no-report", str(project)])


def texts(project: Path) -> list[str]:
    """Both files."""
    return [(project / name).read_text(encoding="utf-8") for name in ("a.py", "b.py")]


def test_no_to_everything_changes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, *["n"] * 50)
    assert run(project) == 1
    assert texts(project) == [ONE, TWO]


def test_yes_to_everything_is_the_whole_rewrite(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, *["y"] * 50)
    run(project)
    assert all("bigmodel" in text and "gpt-4o" not in text for text in texts(project))


def test_quit_writes_what_was_taken_before(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "y", "q")
    run(project)
    first, second = texts(project)
    assert "bigmodel" in first
    assert second == TWO


def test_the_end_of_input_is_quit(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "y")
    run(project)
    assert texts(project)[1] == TWO


def test_ctrl_c_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "y", "y", then=KeyboardInterrupt)
    assert run(project) == 130
    assert texts(project) == [ONE, TWO]


def test_all_of_this_rule_asks_no_more_for_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "a", "q")
    run(project)
    assert all("bigmodel" in text for text in texts(project))
    assert capsys.readouterr().err.count("SDK08 ") == 1


def test_skip_leaves_the_file_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "s", *["y"] * 50)
    run(project)
    first, second = texts(project)
    assert first == ONE
    assert "bigmodel" in second


def test_help_says_what_the_letters_mean_and_asks_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "?", "q")
    run(project)
    assert "all others of the same rule" in capsys.readouterr().err
    assert texts(project) == [ONE, TWO]


def test_each_change_is_shown_as_a_diff(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "q")
    run(project)
    assert "-client = OpenAI(" in capsys.readouterr().err
