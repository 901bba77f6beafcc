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
    "environment get": ("import os\nm = os.environ.get('MODEL', 'gpt-4')\n" + ASK, ["$MODEL='gpt-4'"]),
    "environment get, None": ("import os\nm = os.environ.get('MODEL', None)\n" + ASK, ["$MODEL=None"]),
    "spread display": ("client.chat.completions.create(**{'model': 'gpt-4'})", ["'gpt-4'"]),
    "spread dict()": ("k = dict(model='gpt-4')\n" + OPEN, ["'gpt-4'"]),
    "spread store": ("k = {}\nk['model'] = 'gpt-4'\n" + OPEN, ["'gpt-4'"]),
    "spread update": ("k = {}\nk.update({'model': 'gpt-4'})\n" + OPEN, ["'gpt-4'"]),
    "spread in spread": ("a = {'model': 'gpt-4'}\nk = {**a, 'n': 1}\n" + OPEN, ["'gpt-4'"]),
    "spread union": ("k = {'n': 1} | {'model': 'gpt-4'}\n" + OPEN, ["'gpt-4'"]),
    "spread dict() of another": ("a = {'model': 'gpt-4'}\nk = dict(a, n=1)\n" + OPEN, ["'gpt-4'"]),
    "spread sifted": ("a = {'model': 'gpt-4'}\nk = {x: y for x, y in a.items() if y}\n" + OPEN, ["'gpt-4'"]),
    "entry of a sifted one": (
        "a = {'model': 'gpt-4', 'n': 1}\nk = {x: y for x, y in a.items()}\nm = k['model']\n" + ASK,
        ["'gpt-4'"],
    ),
    "spread that wins": ("a = {'model': 'a'}\nb = {'model': 'gpt-4'}\nk = {**a, **b}\n" + OPEN, ["'gpt-4'"]),
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
    "renamed entries": "c = {'MODEL': 'a'}\nk = {a.lower(): b for a, b in c.items()}\n" + OPEN,
    "exchanged entries": "c = {'a': 'model'}\nk = {b: a for a, b in c.items()}\n" + OPEN,
    "changed values": "c = {'model': 'a'}\nk = {a: str(b) for a, b in c.items()}\n" + OPEN,
    "sifted unknown": "k = {a: b for a, b in c.items() if b}\n" + OPEN,
    "dict() of pairs": "k = dict([('model', 'a')])\n" + OPEN,
    "default on demand, used": "k = {'n': 1}\nx = k.setdefault('model', 'gpt-4')\n" + OPEN,
    "default on demand, computed": "k = {'n': 1}\nk.setdefault(name, 'gpt-4')\n" + OPEN,
    "from a file": "import json\nk = json.load(open('c.json'))\n" + OPEN,
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


GROWN = {
    "update with keywords": ("k = {}\nk.update(model='gpt-4')\n" + OPEN, ["'gpt-4'"]),
    "update with both": ("k = {}\nk.update({'model': 'gpt-4'}, n=1)\n" + OPEN, ["'gpt-4'"]),
    "setdefault": ("k = {'n': 1}\nk.setdefault('model', 'gpt-4')\n" + OPEN, ["'gpt-4'"]),
    "in-place union": ("k = {'n': 1}\nk |= {'model': 'gpt-4'}\n" + OPEN, ["'gpt-4'"]),
    "copy": ("a = {'model': 'gpt-4'}\nk = a.copy()\n" + OPEN, ["'gpt-4'"]),
    "entry stored later": ("k = {'model': 'a'}\nk['model'] = 'b'\nm = k['model']\n" + ASK, ["'a'", "'b'"]),
    "entry taken in": ("a = {'model': 'a'}\nk = {**a, 'n': 1}\nm = k['model']\n" + ASK, ["'a'"]),
    "entry of dict()": ("a = {'model': 'a'}\nk = dict(a, n=1)\nm = k.get('model')\n" + ASK, ["'a'"]),
    "default of get()": (
        "def f(**o):\n    m = o.get('model', 'a')\n    " + ASK + "f(model='b')\n",
        ["'a'", "'b'"],
    ),
    "default of get() on anything": ("def f(o):\n    m = o.get('model', 'a')\n    " + ASK, ["'a'", "?"]),
    "default of get() on a request": (
        "from flask import request\nm = request.get_json().get('model', 'a')\n" + ASK,
        ["'a'", "?"],
    ),
    "menu": ("import streamlit as st\nm = st.selectbox('M', ['a', 'b'])\n" + ASK, ["'a'", "'b'"]),
    "menu in the sidebar": (
        "import streamlit as st\nm = st.sidebar.radio('M', options=['a'])\n" + ASK,
        ["'a'"],
    ),
    "chain map": (
        "from collections import ChainMap\nk = ChainMap({'model': 'a'}, {'n': 1})\nm = k['model']\n" + ASK,
        ["'a'", "?"],
    ),
    "passed to a data class": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    m: str = 'a'\nm = A(m='b').m\n" + ASK,
        ["'a'", "'b'"],
    ),
    "secret": ("from pydantic import SecretStr\nm = SecretStr('a').get_secret_value()\n" + ASK, ["'a'"]),
    "member of an enumeration": (
        "from enum import Enum\nclass M(str, Enum):\n    A = 'a'\n    B = 'b'\ndef f(x: M):\n    m = x.value\n    "
        + ASK,
        ["'a'", "'b'"],
    ),
}


@pytest.mark.parametrize("case", GROWN)
def test_a_value_is_found_by_its_key(case: str) -> None:
    text, expected = GROWN[case]
    assert values(HEAD + text) == expected


def test_a_keyword_of_update_is_edited_in_its_call() -> None:
    call = the_call(f"{HEAD}k = {{}}\nk.update(model='gpt-4')\n{OPEN}")
    [argument] = call.named("model")
    assert argument.dictionary is not None


def test_a_large_enumeration_is_no_choice_of_models() -> None:
    members = "".join(f"    M{n} = 'gpt-{n}'\n" for n in range(20))
    text = f"{HEAD}from enum import Enum\nclass M(Enum):\n{members}def f(x: M):\n    m = x.value\n    {ASK}"
    assert values(text) == ["?"]


SETTING = "from django.conf import settings\nclient.chat.completions.create(model=settings.MODEL)\n"


@pytest.mark.parametrize("path", ["settings.py", "site/settings.py", "site/settings/base.py"])
def test_a_setting_of_django_is_the_constant_of_its_name(path: str) -> None:
    assert values({"app.py": HEAD + SETTING, path: "MODEL = 'gpt-4'\n"}) == ["'gpt-4'"]


@pytest.mark.parametrize("path", ["config.py", "site/settings_old.py"])
def test_a_constant_elsewhere_is_no_setting_of_django(path: str) -> None:
    assert values({"app.py": HEAD + SETTING, path: "MODEL = 'gpt-4'\n"}) == ["?"]


def test_the_settings_of_another_package_are_not_looked_up() -> None:
    text = SETTING.replace("django.conf", "dynaconf")
    assert values({"app.py": HEAD + text, "settings.py": "MODEL = 'gpt-4'\n"}) == ["?"]


PAGES = {
    "computed options": "import streamlit as st\nm = st.selectbox('M', names())\n" + ASK,
    "a list with a name": "import streamlit as st\nL = ['a']\nm = st.selectbox('M', L, index=L.index('a'))\n"
    + ASK,
    "shown in other words": "import streamlit as st\nm = st.radio('M', ['a'], format_func=NAMES.get)\n" + ASK,
    "menu of another package": "import widgets\nm = widgets.selectbox('M', ['a', 'b'])\n" + ASK,
    "default that is computed": "from flask import request\nm = request.args.get('model', name())\n" + ASK,
}


@pytest.mark.parametrize("case", PAGES)
def test_what_a_page_gives_is_not_made_up(case: str) -> None:
    assert values(HEAD + PAGES[case]) == ["?"]
