"""Literal structures of a request, as the rules see them."""

from __future__ import annotations

import pytest

from migrate_cli.model import Shape, ShapeKind
from tests.sites.scanning import HEAD, sites

CALL = "client.chat.completions.create(model='m', messages=messages)\n"


def words(shape: Shape | None) -> object:
    """A shape in short: dicts, lists and constants as they are, `...` for what is open and at an open end."""
    if shape is None:
        return None
    if shape.kind is ShapeKind.DICT:
        rest = {} if shape.complete else {"...": ...}
        return {**{e.key: words(e.shape) for e in shape.entries}, **rest}
    if shape.kind is ShapeKind.LIST:
        return [*map(words, shape.items), *([] if shape.complete else [...])]
    return shape.value if shape.kind is ShapeKind.CONSTANT else "?"


def shape_of(source: str, name: str = "messages", index: int = -1) -> Shape | None:
    """The shape of one argument of the last call of a program."""
    calls = [s for s in sites(HEAD + source) if s.argument(name)]
    argument = calls[index].argument(name)
    assert argument is not None
    return argument.shape


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("messages = [{'role': 'user', 'content': q}]\n", [{"role": "user", "content": "?"}]),
        ("S = 'x'\nmessages = [dict(role='system', content=S)]\n", [{"role": "system", "content": "x"}]),
        ("messages = [a]\nmessages.append({'role': 'user'})\n", ["?", {"role": "user"}]),
        ("messages = []\nmessages += [{'role': 'user'}]\n", [{"role": "user"}]),
        ("messages = [a] + [{'role': 'user'}]\n", ["?", {"role": "user"}]),
        ("messages = [{'role': 'a'}]\nmessages.insert(0, {'role': 'b'})\n", [{"role": "b"}, {"role": "a"}]),
        ("few = [{'role': 'user'}]\nmessages = [*few, {'role': 'x'}]\n", [{"role": "user"}, {"role": "x"}]),
        ("m = {'content': ''}\nm['content'] = text\nmessages = [m]\n", [{"content": "?"}]),
        ("base = {'role': 'user'}\nmessages = [{**base, 'content': 'x'}]\n", [{"role": "user", "content": "x"}]),
        ("messages = [{'role': 'user'}]\nmessages = messages or []\n", [{"role": "user"}]),
        ("messages = [{'role': 'a'}].copy()\nmessages.extend([{'role': 'b'}])\n", [{"role": "a"}, {"role": "b"}]),
    ],
)  # fmt: skip
def test_followed(source: str, expected: object) -> None:
    assert words(shape_of(source + CALL)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("messages = [{'role': 'user'}] + history\n", [{"role": "user"}, "?", ...]),
        ("messages = [{'role': 'user'}, *history]\n", [{"role": "user"}, "?", ...]),
        ("messages = [{'role': 'user', 'content': m} for m in texts]\n", [{"role": "user", "content": "?"}, ...]),
        ("messages = [{'role': 'user'}]\nadd_context(messages)\n", [{"role": "user"}, ...]),
        ("messages = [{'role': 'user'}]\nmessages.pop()\n", [{"role": "user"}, ...]),
        ("messages = [{'role': 'user'}]\nmessages.extend(history)\n", [{"role": "user"}, "?", ...]),
        ("messages = [{'role': 'user', 'content': ''}]\nmessages[0]['content'] = q\n",
         [{"role": "user", "content": "?", "...": ...}]),
        ("messages = [{'role': 'user', key: 1}]\n", [{"role": "user", "...": ...}]),
        ("messages = [a]\nif x:\n    messages.append({'role': 'user'})\n", ["?", {"role": "user"}, ...]),
        ("messages = [a]\nfor m in ms:\n    messages += [{'role': 'user'}]\n", ["?", {"role": "user"}, ...]),
        ("messages = load()\n", None),
        ("messages = [{'role': 'a'}] if x else [{'role': 'b'}]\n", None),
        ("if x:\n    messages = [{'role': 'a'}]\nelse:\n    messages = [{'role': 'b'}]\n", None),
        ("import json\nmessages = json.load(open('x'))\n", None),
    ],
)  # fmt: skip
def test_left_open(source: str, expected: object) -> None:
    assert words(shape_of(source + CALL)) == expected


def test_what_one_branch_puts_in_is_optional() -> None:
    source = "messages = [{'role': 'a'}]\nif x:\n    messages.append({'role': 'b'})\nmessages.append({'role': 'c'})\n"
    shape = shape_of(source + CALL)
    assert shape is not None
    assert [item.optional for item in shape.items] == [False, True, False]


def test_a_name_is_kept_where_it_is_used() -> None:
    shape = shape_of("S = 'Be brief.'\nmessages = [{'role': 'system', 'content': S}]\n" + CALL)
    assert shape is not None
    content = shape.items[0].get("content")
    assert content is not None and content.name == "S" and content.value == "Be brief."


def test_what_is_put_in_after_the_call_does_not_reach_it() -> None:
    source = "messages = [{'role': 'user'}]\n" + CALL + "messages.append({'role': 'tool'})\n" + CALL
    assert words(shape_of(source, index=0)) == [{"role": "user"}]
    assert words(shape_of(source, index=1)) == [{"role": "user"}, {"role": "tool"}]


def test_in_a_loop_it_does() -> None:
    source = (
        f"messages = [{{'role': 'system'}}]\nwhile True:\n    {CALL}    messages.append({{'role': 'tool'}})\n"
    )
    assert words(shape_of(source)) == [{"role": "system"}, {"role": "tool"}]


def test_not_when_the_loop_makes_it_anew() -> None:
    source = f"while True:\n    messages = [{{'role': 'system'}}]\n    {CALL}    messages.append({{'role': 'tool'}})\n"
    assert words(shape_of(source)) == [{"role": "system"}]


def test_a_default_is_no_text_that_is_sent() -> None:
    source = "def ask(text=''):\n    messages = [{'role': 'user', 'content': text}]\n    " + CALL
    assert words(shape_of(source)) == [{"role": "user", "content": "?"}]


def test_attributes_of_a_class() -> None:
    source = (
        "class Bot:\n    def __init__(self):\n        self.history = [{'role': 'system'}]\n"
        "    def ask(self, q):\n        self.history.append({'role': 'user', 'content': q})\n"
        "        client.chat.completions.create(model='m', messages=self.history)\n"
    )
    assert words(shape_of(source)) == [{"role": "system"}, {"role": "user", "content": "?"}, ...]


def test_tools_from_another_file() -> None:
    files = {
        "tools.py": "TOOLS = [{'type': 'function', 'function': {'name': 'f'}}]\n",
        "app.py": HEAD + "from tools import TOOLS\nclient.chat.completions.create(model='m', tools=TOOLS)\n",
    }
    (call,) = (s for s in sites(files) if s.argument("tools"))
    shape = call.arguments[1].shape
    assert shape is not None and shape.path == "tools.py"
    assert words(shape) == [{"type": "function", "function": {"name": "f"}}]


def test_one_caller_gives_the_list() -> None:
    source = "def ask(messages):\n    " + CALL + "ask([{'role': 'developer'}])\n"
    assert words(shape_of(source)) == [{"role": "developer"}]


def test_spans_are_exact() -> None:
    source = "messages = [{'role': 'user', 'content': 'é'}]\n" + CALL
    shape = shape_of(source)
    assert shape is not None
    data = (HEAD + source).encode()
    entry = shape.items[0].entries[1]
    assert data[entry.span.start : entry.span.end] == b"'content'"
    assert data[entry.shape.span.start : entry.shape.span.end].decode() == "'é'"
    assert data[shape.items[0].span.start : shape.items[0].span.end].decode().startswith("{'role'")


def test_plain_values_have_none() -> None:
    source = "client.chat.completions.create(model='m', stop='x', messages=m)\n"
    assert shape_of(source, "stop") is None
    assert shape_of(source, "model") is None


def test_a_raw_body() -> None:
    source = (
        "import requests\nbody = {'model': 'gpt-4', 'messages': [{'role': 'user'}]}\n"
        "requests.post('https://api.openai.com/v1/chat/completions', json=body)\n"
    )
    assert words(shape_of(source)) == [{"role": "user"}]


def test_keys_are_masked() -> None:
    key = "sk-" + "a1B2" * 8
    source = f"client.chat.completions.create(model='m', extra_body={{'token': '{key}'}})\n"
    assert key not in repr(shape_of(source, "extra_body"))


def test_a_list_that_holds_itself() -> None:
    source = "messages = []\nfor m in ms:\n    messages = [*messages, {'role': 'user'}]\n" + CALL
    assert shape_of(source) is None
