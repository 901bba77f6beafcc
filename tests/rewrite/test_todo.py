"""`--todo`: comments above what is left, put there once, kept up to date, and taken away when they are done with."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from migrate_cli.model import LeaveTodo, Span
from migrate_cli.rewrite.transform import rewrite
from tests.programs import move, moved, write

HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
CHAT = 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
ASKED = "client.moderations.create(input=text)\n"


def marked(text: str, place: str = "HERE") -> str:
    """`text` with one comment for the statement that holds `place`."""
    at = len(text[: text.index(place)].encode())
    return rewrite(text, [LeaveTodo("a.py", Span(at, at + 4), "# migrate: todo[X] y")])


PLACES = {
    "a simple statement": ("a\nHERE\n", "a\n# T\nHERE\n"),
    "one of many lines": ("f(\n    1,\n    HERE,\n)\n", "# T\nf(\n    1,\n    HERE,\n)\n"),
    "one that shares its line": ("a = 1; HERE\n", "# T\na = 1; HERE\n"),
    "a one-line block": ("if x: HERE\n", "# T\nif x: HERE\n"),
    "a decorator": ("@a\n@HERE\ndef f(): ...\n", "# T\n@a\n@HERE\ndef f(): ...\n"),
    "a default": ("@a\ndef f(\n    x=HERE,\n): ...\n", "# T\n@a\ndef f(\n    x=HERE,\n): ...\n"),
    "inside a function": ("def f():\n\tHERE\n", "def f():\n\t# T\n\tHERE\n"),
    "an else branch": ("if x:\n    a\nelse:\n    HERE\n", "if x:\n    a\nelse:\n    # T\n    HERE\n"),
    "an elif": ("if x:\n    a\nelif HERE:\n    b\n", "if x:\n    a\n# T\nelif HERE:\n    b\n"),
    "an except clause": ("try:\n    a\nexcept HERE:\n    b\n", "try:\n    a\n# T\nexcept HERE:\n    b\n"),
    "a case": ("match x:\n    case HERE:\n        b\n", "match x:\n    # T\n    case HERE:\n        b\n"),
    "the head of a with": ("with HERE as c:\n    a\n", "# T\nwith HERE as c:\n    a\n"),
    "a file of another newline": ("a\r\nHERE\r\n", "a\r\n# T\r\nHERE\r\n"),
    "after a backslash": ("a = 1; \\\nHERE\n", "# T\na = 1; \\\nHERE\n"),
    "a file without a last newline": ("a\nHERE", "a\n# T\nHERE"),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_the_comment_stands_above_the_statement(before: str, after: str) -> None:
    assert marked(before) == after.replace("# T", "# migrate: todo[X] y")
    assert ast.dump(ast.parse(marked(before))) == ast.dump(ast.parse(before))


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_the_second_run_changes_nothing(before: str, after: str) -> None:
    assert marked(marked(before)) == marked(before)


@pytest.mark.parametrize(
    "text",
    [
        'T = """\n# migrate: todo[X] text\n"""\n',
        "a = 1  # migrate: todo[X] behind a statement\n",
        "# migrate: ignore\na = 1\n",
        "# todo: migrate\na = 1\n",
    ],
)
def test_what_is_no_comment_of_ours_stays(text: str) -> None:
    assert rewrite(text, [LeaveTodo("a.py", Span(0, 0), "")]) == text


def test_a_comment_of_an_earlier_run_goes() -> None:
    text = "def f():\n    # migrate: todo[X] y\n    # mine\n    a\n"
    assert rewrite(text, [LeaveTodo("a.py", Span(0, 0), "")]) == "def f():\n    # mine\n    a\n"


def left(folder: Path, source: str, **options: Any) -> list[str]:
    """The comments in a program after its move to ERNIE."""
    text = moved(folder, source, todo=True, **options)
    return [line.strip() for line in text.splitlines() if "migrate: todo" in line]


def test_what_waits_for_a_person_gets_a_comment(tmp_path: Path) -> None:
    (found,) = left(tmp_path, HEAD + CHAT + ASKED)
    assert found.startswith("# migrate: todo[END10] nothing is known about moderations")
    assert found.endswith("- migrate explain END10")
    assert found.isascii()


@pytest.mark.parametrize(
    "source",
    [
        HEAD + CHAT,
        HEAD + CHAT + ASKED.rstrip() + "  # migrate: ignore later\n",
        "from groq import Groq\n\nclient = Groq()\n" + ASKED,
    ],
)
def test_what_moves_or_is_left_alone_gets_none(tmp_path: Path, source: str) -> None:
    assert left(tmp_path, source) == []


def test_without_the_option_no_comment_is_written(tmp_path: Path) -> None:
    assert "todo" not in moved(tmp_path, HEAD + CHAT + ASKED)


def test_a_second_move_repeats_nothing_and_takes_away_what_is_done(tmp_path: Path) -> None:
    once = moved(tmp_path, HEAD + CHAT + ASKED, todo=True)
    move(tmp_path, "ernie", todo=True)
    assert (tmp_path / "app.py").read_text() == once
    write(tmp_path, {"app.py": once.replace(ASKED, "")})
    move(tmp_path, "ernie", todo=True)
    assert "todo" not in (tmp_path / "app.py").read_text()
