"""What reaches a call: model names wherever they are written, and dictionaries passed with `**`."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import HEAD, sites, the_call, values

ASK = "client.chat.completions.create(model=m)\n"
OPEN = "client.chat.completions.create(**k)\n"

KNOWN = {
    "literal": ("client.chat.completions.create(model='gpt-4')", ["'gpt-4'"]),
    "variable": (f"m = 'gpt-4'\n{ASK}", ["'gpt-4'"]),
    "conditional": (f"m = 'gpt-4' if x else 'gpt-3.5-turbo'\n{ASK}", ["'gpt-3.5-turbo'", "'gpt-4'"]),
    "parameter default": (f"def f(m='gpt-4'):\n    {ASK}", ["'gpt-4'"]),
    "caller": (f"def f(m):\n    {ASK}f('gpt-4')\n", ["'gpt-4'"]),
    "or": ("def f(m=None):\n    client.chat.completions.create(model=m or 'gpt-4')\n", ["'gpt-4'"]),
    "dictionary entry": ("M = {'big': 'gpt-4'}\nclient.chat.completions.create(model=M['big'])", ["'gpt-4'"]),
    "enum": ("class M:\n    BIG = 'gpt-4'\nclient.chat.completions.create(model=M.BIG.value)", ["'gpt-4'"]),
    "self": (
        "class A:\n    def __init__(self, m='gpt-4'):\n        self.m = m\n    def f(self):\n"
        "        client.chat.completions.create(model=self.m)\n",
        ["'gpt-4'"],
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    m: str = 'gpt-4'\n    def f(self):\n"
        "        client.chat.completions.create(model=self.m)\n",
        ["'gpt-4'"],
    ),
    "environment": ("import os\nm = os.environ['MODEL']\n" + ASK, ["$MODEL=None"]),
    "environment default": ("import os\nm = os.getenv('MODEL', 'gpt-4')\n" + ASK, ["$MODEL='gpt-4'"]),
    "spread display": ("client.chat.completions.create(**{'model': 'gpt-4'})", ["'gpt-4'"]),
    "spread dict()": ("k = dict(model='gpt-4')\n" + OPEN, ["'gpt-4'"]),
    "spread store": ("k = {}\nk['model'] = 'gpt-4'\n" + OPEN, ["'gpt-4'"]),
    "spread update": ("k = {}\nk.update({'model': 'gpt-4'})\n" + OPEN, ["'gpt-4'"]),
    "spread in spread": ("a = {'model': 'gpt-4'}\nk = {**a, 'n': 1}\n" + OPEN, ["'gpt-4'"]),
    "spread union": ("k = {'n': 1} | {'model': 'gpt-4'}\n" + OPEN, ["'gpt-4'"]),
    "spread return": ("def g():\n    return {'model': 'gpt-4'}\nk = g()\n" + OPEN, ["'gpt-4'"]),
    "stored on a returned dictionary": (
        "def g():\n    return {'n': 1}\nk = g()\nk['model'] = 'gpt-4'\n" + OPEN,
        ["'gpt-4'"],
    ),
    "stored on self": (
        "class A:\n    def __init__(self):\n        self.k = {'n': 1}\n    def set(self):\n"
        "        self.k['model'] = 'gpt-4'\n    def f(self):\n"
        "        client.chat.completions.create(**self.k)\n",
        ["'gpt-4'"],
    ),
}


@pytest.mark.parametrize("case", KNOWN)
def test_a_model_name_is_followed_to_where_it_is_written(case: str) -> None:
    text, expected = KNOWN[case]
    assert values(HEAD + text) == expected


def test_an_imported_constant_is_edited_where_it_is_defined() -> None:
    files = {"app.py": f"{HEAD}from settings import m\n{ASK}", "settings.py": "\nm = 'gpt-4'\n"}
    [value] = the_call(files).arguments[0].values
    assert (value.path, value.span.start, value.location.line) == ("settings.py", 5, 2)


def test_an_imported_default_of_a_variable_is_edited_where_it_is_defined() -> None:
    text = f"import os\n{HEAD}from settings import M\nm = os.getenv('MODEL', M)\n{ASK}"
    [value] = the_call({"app.py": text, "settings.py": "\nM = 'gpt-4'\n"}).arguments[0].values
    assert (value.default_path, value.path) == ("settings.py", "app.py")


def test_a_default_written_as_none_does_not_hide_what_is_known() -> None:
    assert values(f"{HEAD}def f(m=None):\n    {ASK}f('gpt-4')\n") == ["'gpt-4'"]


UNKNOWN = {
    "f-string": "m = f'gpt-{n}'\n" + ASK,
    "concatenated": "m = 'gpt-' + n\n" + ASK,
    "no caller": f"def f(m):\n    {ASK}",
    "configuration": "import yaml\nm = yaml.safe_load(t)['model']\n" + ASK,
    "other key": "M = {'a': 'gpt-4'}\nm = M['b']\n" + ASK,
    "price": "M = {'gpt-4': 0.03}\nm = M[name].text\n" + ASK,
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_decided_at_run_time_stays_unknown(case: str) -> None:
    assert values(HEAD + UNKNOWN[case]) == ["?"]


ALONE = {
    "price table": "PRICES = {'gpt-4': 0.03, 'gpt-3.5-turbo': 0.002}\n",
    "comment": "# model = 'gpt-4'\n",
    "docstring": "def f():\n    '''gpt-4'''\n",
    "comparison": "if m == 'gpt-4': pass\n",
    "other keyword": "print(model='gpt-4')\n",
    "other dictionary": "other = {'model': 'gpt-4'}\n",
    "same key in another scope": "def g():\n    k = {}\n    k['model'] = 'gpt-4'\n",
    "other dictionary's update": "other.update({'model': 'gpt-4'})\n",
    "other object's attribute": "other.k['model'] = 'gpt-4'\n",
}


@pytest.mark.parametrize("case", ALONE)
def test_a_model_name_that_flows_nowhere_is_left_alone(case: str) -> None:
    text = f"{HEAD}k = {{'n': 1}}\n{ALONE[case]}{OPEN}"
    assert [a.name for a in the_call(text).arguments] == ["n"]


SHUT = {
    "parameter": "def f(**k):\n    " + OPEN,
    "function of another package": "import config\nk = config.load()\n" + OPEN,
    "comprehension": "k = {a: b for a, b in c}\n" + OPEN,
    "default on demand": "k = {'n': 1}\nk.setdefault('model', 'gpt-4')\n" + OPEN,
    "empty field": (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    k: dict = field(default_factory=dict)\n"
        "    def f(self):\n        client.chat.completions.create(**self.k)\n"
    ),
}


@pytest.mark.parametrize("case", SHUT)
def test_a_dictionary_that_cannot_be_read_is_named(case: str) -> None:
    call = the_call(HEAD + SHUT[case])
    assert len(call.unfollowed) == 1
    assert call.argument("model") is None


def test_a_key_never_leaves_the_file() -> None:
    text = "from openai import OpenAI\nkey = 'sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH'\nOpenAI(api_key=key)\n"
    assert "abcdefghijklmnop" not in repr(sites(text))


def test_a_literal_key_is_known_as_a_secret() -> None:
    text = "from openai import OpenAI\nOpenAI(api_key='sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH')\n"
    [client] = [s for s in sites(text) if s.kind is SiteKind.CLIENT]
    assert [v.secret for v in client.arguments[0].values] == [True]


def test_a_placeholder_is_no_secret() -> None:
    [client] = [
        s for s in sites("from openai import OpenAI\nOpenAI(api_key='EMPTY')\n") if s.kind is SiteKind.CLIENT
    ]
    assert [v.secret for v in client.arguments[0].values] == [False]


def test_a_value_carries_its_evidence() -> None:
    [value] = the_call(f"{HEAD}def f(m='gpt-4'):\n    {ASK}").arguments[0].values
    assert [step.text for step in value.via] == ["default of parameter `m`"]


def test_the_content_of_a_request_is_not_followed() -> None:
    text = f"{HEAD}x = 'a'\nclient.chat.completions.create(messages=x)\n"
    assert [v.because for v in the_call(text).arguments[0].values] == ["the content of the request"]


@pytest.mark.xfail(reason="keywords of update() have no dictionary display to edit")
def test_update_with_keywords() -> None:
    assert values(f"{HEAD}k = {{}}\nk.update(model='gpt-4')\n{OPEN}") == ["'gpt-4'"]
