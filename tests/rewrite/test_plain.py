"""Edits of files that are not Python: nothing but the span changes, and what would change more is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate_cli.model import AddImport, Operation, ReplaceText, Span
from migrate_cli.rewrite.errors import RewriteError
from migrate_cli.rewrite.plain import check_text, rewrite_comments, rewrite_text

COMPOSE = "# stack\nservices:\n  app:\n    environment:\n      - KEY=${KEY}   # secret\n      - MODEL=gpt\n"


def replace(path: str, text: str, old: str, new: str) -> ReplaceText:
    """The edit of the first `old` in `text`."""
    start = text.encode().index(old.encode())
    return ReplaceText(path, Span(start, start + len(old.encode())), new)


def edited(path: str, text: str, old: str, new: str) -> tuple[str, str | None]:
    """The text after one edit, and what is wrong with it."""
    operations = [replace(path, text, old, new)]
    after = rewrite_text(path, text, operations)
    return after, check_text(path, text, after, operations)


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        ("a.yaml", "# c\r\nllm: {model: 'gpt', n: 1}\r\n", "gpt", "glm"),
        ("a.yaml", "a: &x gpt\nb: *x\n<<: {c: 1}\n", "gpt", "glm"),
        ("compose.yaml", COMPOSE, "gpt", "glm"),
        ("compose.yaml", COMPOSE, "      - KEY=${KEY}   # secret\n", ""),
        ("compose.yaml", COMPOSE, "      - MODEL=gpt\n", "      - MODEL=gpt\n      - NEW=\n"),
        ("values.yaml", "{{- if .x }}\nKEY: {{ .key }}\nMODEL: gpt\n{{- end }}\n", "gpt", "glm"),
        ("a.json", '{"a": "gpt", "b": [1, {"c": null}]}', "gpt", "glm"),
        ("a.jsonc", '{"a": "gpt", // why\n "b": 1,}', "gpt", "glm"),
        ("a.toml", '[a]\nmodel = "gpt"  # x\nb = 1', "gpt", "glm"),
        ("a.ini", "[a]\nmodel = gpt ; x\nb = 1\n", "gpt", "glm"),
        (".env", 'A="gpt"\nB=2', 'A="gpt"\n', 'A="gpt"\nQ=\n'),
        ("Dockerfile", "ENV A=gpt\n", "gpt", "glm"),
        ("run.sh", "export A='gpt'\n", "gpt", "glm"),
        ("é.yaml", "ä: ö\nm: gpt # ü\n", "gpt", "glm"),
    ],
)
def test_an_edit_that_changes_one_value_is_made(path: str, text: str, old: str, new: str) -> None:
    assert edited(path, text, old, new) == (text.replace(old, new, 1), None)


@pytest.mark.parametrize(
    ("path", "text", "old", "new", "reason"),
    [
        (
            "a.yaml",
            "a: gpt\nb: 1\n",
            "gpt",
            "glm: 4",
            "the edited file would not parse: broken YAML in line 1",
        ),
        ("a.yaml", "a: gpt\nb: 1\n", "gpt", "glm\nc: 2", "an edit would break a line"),
        ("a.yaml", "env:\n  A: gpt\n", "  A: gpt\n", "", "`env` would be left empty"),
        (
            "a.json",
            '{"a": "gpt"}',
            "gpt",
            'g"m',
            "the edited file would not parse: broken JSON at character 10",
        ),
        ("a.json", '{"a": "gpt"}', '"gpt"', "'gpt'", "the edited file would be no JSON any more"),
        ("a.env", "A=gpt\nB=1\n", "\nB=1\n", "", "the last line would end differently"),
        ("run.sh", "A='gpt'\n", "gpt", "g'm", "an edit would leave a quote open"),
        ("uv.lock", "a = 'gpt'\n", "gpt", "glm", "a lock file is written by its own tool"),
        (
            "values.yaml",
            "{{ if }}\nargs: [{{ .a }}, gpt]\n",
            "gpt",
            "glm",
            "the file does not parse, and the line is not plainly KEY=value",
        ),
    ],
)
def test_an_edit_that_changes_more_is_refused(path: str, text: str, old: str, new: str, reason: str) -> None:
    assert edited(path, text, old, new)[1] == reason


def test_two_edits_of_one_place_are_refused() -> None:
    text = "a: gpt\n"
    operations = [replace("a.yaml", text, "gpt", "glm"), replace("a.yaml", text, "pt", "lm")]
    with pytest.raises(RewriteError, match="two edits of the same place"):
        rewrite_text("a.yaml", text, operations)


@pytest.mark.parametrize("span", [Span(0, 99), Span(5, 3), Span(1, 2)])
def test_an_edit_that_does_not_fit_the_bytes_is_refused(span: Span) -> None:
    with pytest.raises(RewriteError):
        rewrite_text("a.yaml", "äb\n", [ReplaceText("a.yaml", span, "x")])


def test_an_edit_of_python_is_no_edit_of_a_text() -> None:
    with pytest.raises(RewriteError):
        rewrite_text("a.yaml", "a: 1\n", [AddImport("a.yaml", "import os")])


def test_edits_beside_each_other_are_all_made() -> None:
    text = "A=1\nB=2\n"
    operations: list[Operation] = [
        ReplaceText(".env", Span(4, 4), "N=\n"),
        ReplaceText(".env", Span(0, 1), "Z"),
        ReplaceText(".env", Span(4, 5), "Y"),
    ]
    after = rewrite_text(".env", text, operations)
    assert (after, check_text(".env", text, after, operations)) == ("Z=1\nN=\nY=2\n", None)


def test_a_shell_line_of_a_notebook_is_edited_with_the_code_around_it() -> None:
    text = "# %env A=1\nx = OpenAI()\n"
    code = ReplaceText("n.ipynb", Span(7, 8), "LONGER"), AddImport("n.ipynb", "import os")
    assert rewrite_comments("n.ipynb", text, code)[0] == "# %env LONGER=1\nx = OpenAI()\n"


def test_a_text_edit_of_python_s_own_text_is_refused() -> None:
    with pytest.raises(RewriteError):
        rewrite_comments("n.ipynb", "x = OpenAI()\n", [ReplaceText("n.ipynb", Span(0, 1), "y")])


LINES = st.lists(
    st.tuples(st.from_regex(r"[A-Z][A-Z0-9_]{0,6}", fullmatch=True), st.text("aäß1 =#'$.", max_size=6)),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(LINES, st.integers(0, 5), st.sampled_from(["\n", "\r\n"]))
def test_bytes_outside_of_the_span_never_change(
    lines: list[tuple[str, str]], number: int, newline: str
) -> None:
    rows = [f"{name}={value}{newline}" for name, value in lines]
    place = number % len(rows)
    before = "".join(rows[:place]).encode()
    size = len(lines[place][0])
    text = "".join(rows)
    after = rewrite_text("x.env", text, [ReplaceText("x.env", Span(len(before), len(before) + size), "NEW")])
    assert after == "".join([*rows[:place], "NEW", rows[place][size:], *rows[place + 1 :]])
