from __future__ import annotations

import pytest

from migrate_cli.files.keyed import entries, reader

YAML = """\
# é
base: &base
  model: "gpt-4"  # why
  tries: 3
llm:
  <<: *base
  tries: 5
  names: [a, {b: yes}]
"""
TOML = """\
title = "é"
[tool."a.b"]
c.d = ["x", # why
  1, {e = 'f'}]
[[t]]
n = 1.5
[[t]]
n = true
"""
INI = """\
alone = 1
[openai]
model = gpt-4 ; gpt-4 is dear
key: é
needs =
    openai>=1  # pin
    tiktoken
flag
"""
DOTENV = """\
# OPENAI_MODEL=gpt-3
export OPENAI_MODEL="gpt-4" # why
PLAIN=gpt-4 turbo # why
HASH=a#b
NAME
"""


def read(path: str, text: str) -> dict[str, object]:
    return {".".join(entry.keys): entry.value for entry in entries(path, text)}


def written(path: str, text: str) -> list[str]:
    data = text.encode()
    return [data[entry.span.start : entry.span.end].decode() for entry in entries(path, text)]


def keys(path: str, text: str) -> list[str | None]:
    data = text.encode()
    spans = [entry.key for entry in entries(path, text)]
    return [None if span is None else data[span.start : span.end].decode() for span in spans]


def test_yaml_merges_and_counts() -> None:
    assert read("a.yaml", YAML) == {
        "base.model": "gpt-4",
        "base.tries": 3,
        "llm.model": "gpt-4",
        "llm.tries": 5,
        "llm.names.0": "a",
        "llm.names.1.b": True,
    }


def test_yaml_spans_hold_quotes_and_no_comment() -> None:
    assert written("a.yaml", YAML) == ['"gpt-4"', "3", "5", "a", "yes", '"gpt-4"']


def test_yaml_spans_leave_out_tags_and_anchors() -> None:
    assert written("a.yaml", "a: !x &y gpt-4\n") == ["gpt-4"]


def test_yaml_of_several_documents() -> None:
    assert [entry.value for entry in entries("a.yml", "a: 1\n---\na: 2\n")] == [1, 2]


def test_a_yaml_mapping_that_holds_itself_ends() -> None:
    assert read("a.yaml", "a: &a\n  b: *a\n  c: 1\n") == {"a.c": 1}


def test_yaml_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ValueError, match="too many"):
        entries("a.yaml", "\n".join(lines))


def test_a_template_is_read_by_lines() -> None:
    text = 'env:\n  {{- if .x }}\n  - name: A\n    value: "gpt-4" # why\n  - name: B\n    value: {{ .v }}\n'
    assert read("a.yaml", text) == {
        "env.0.name": "A",
        "env.0.value": "gpt-4",
        "env.1.name": "B",
        "env.1.value": "{{ .v }}",
    }


def test_json_with_comments_and_trailing_commas() -> None:
    text = '// é\n{"llm": {"model": "gpt-4", /* why */ "l": [null, -1.5, "a\\u00e9",],},}'
    assert read("a.jsonc", text) == {"llm.model": "gpt-4", "llm.l.0": None, "llm.l.1": -1.5, "llm.l.2": "aé"}
    assert written("a.json", text) == ['"gpt-4"', "null", "-1.5", '"a\\u00e9"']
    assert keys("a.json", text) == ['"model"', None, None, None]


def test_json_leaves_slashes_in_strings_alone() -> None:
    assert read("a.json", '{"url": "https://api.openai.com/v1"}') == {"url": "https://api.openai.com/v1"}


def test_toml() -> None:
    assert read("a.toml", TOML) == {
        "title": "é",
        "tool.a.b.c.d.0": "x",
        "tool.a.b.c.d.1": 1,
        "tool.a.b.c.d.2.e": "f",
        "t.0.n": 1.5,
        "t.1.n": True,
    }
    assert written("a.toml", TOML) == ['"é"', '"x"', "1", "'f'", "1.5", "true"]
    assert keys("a.toml", TOML) == ["title", None, None, "e", "n", "n"]


def test_toml_strings_over_lines() -> None:
    assert read("a.toml", "a = '''\nb'c'''\nd = \"\"\"e\\\n   f\\\"\"\"\"\n") == {"a": "b'c", "d": 'ef"'}


def test_ini() -> None:
    assert read("a.ini", INI) == {
        "alone": "1",
        "openai.model": "gpt-4",
        "openai.key": "é",
        "openai.needs": "openai>=1\ntiktoken",
        "openai.flag": None,
    }
    assert written("setup.cfg", INI)[1:3] == ["gpt-4", "é"]


def test_dotenv() -> None:
    assert read(".env.example", DOTENV) == {
        "OPENAI_MODEL": "gpt-4",
        "PLAIN": "gpt-4 turbo",
        "HASH": "a#b",
        "NAME": None,
    }
    assert written("prod.env", DOTENV) == ['"gpt-4"', "gpt-4 turbo", "a#b", ""]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "a: [\n"),
        ("a.yaml", "a: \x01\n"),
        ("a.json", ""),
        ("a.json", '{"a": '),
        ("a.json", '{"a" 1}'),
        ("a.json", "[1] 2"),
        ("a.json", "[" * 100_000),
        ("a.toml", "a = \n"),
        ("a.toml", "a = b c\n"),
        ("a.toml", "= 1\n"),
        ("a.toml", "a = [1\n"),
        ("a.py", "a = 1\n"),
    ],
)
def test_what_cannot_be_read_is_one_line(path: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        entries(path, text)


@pytest.mark.parametrize("path", ["a.py", "env.py", "README.md", "environment.txt", "data.jsonl", "yaml"])
def test_other_files_have_no_reader(path: str) -> None:
    assert reader(path) is None
