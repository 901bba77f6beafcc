"""Environment variables of OpenAI's, and names that only look like them."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import sites

ENVIRONMENT = {
    "getenv": ("import os\nos.getenv('OPENAI_API_KEY')\n", ["OPENAI_API_KEY"]),
    "imported getenv": ("from os import getenv\ngetenv('OPENAI_BASE_URL')\n", ["OPENAI_BASE_URL"]),
    "get": ("import os\nos.environ.get('OPENAI_API_KEY', '')\n", ["OPENAI_API_KEY"]),
    "subscript": ("from os import environ\nenviron['OPENAI_API_KEY']\n", ["OPENAI_API_KEY"]),
    "attribute of a subscript": ("import os\nos.environ['OPENAI_API_KEY'].strip()\n", ["OPENAI_API_KEY"]),
    "write": ("import os\nos.environ['OPENAI_API_KEY'] = k\n", ["OPENAI_API_KEY"]),
    "membership": ("import os\nif 'OPENAI_API_KEY' not in os.environ: pass\n", ["OPENAI_API_KEY"]),
    "azure": ("import os\nos.getenv('AZURE_OPENAI_ENDPOINT')\n", ["AZURE_OPENAI_ENDPOINT"]),
    "test": ("def test(monkeypatch):\n    monkeypatch.setenv('OPENAI_API_KEY', 'x')\n", ["OPENAI_API_KEY"]),
    "constant's mapping": ("import os\nos.environ['OPENAI_API_KEY'] += k\n", ["OPENAI_API_KEY"]),
    "helper": ("get_config('OPENAI_API_KEY')\n", ["OPENAI_API_KEY"]),
    "argument of a helper": ("read(values, 'key', 'AZURE_OPENAI_API_KEY')\n", ["AZURE_OPENAI_API_KEY"]),
    "update": ("import os\nos.environ.update({'OPENAI_API_KEY': k})\n", ["OPENAI_API_KEY"]),
    "for a process": ("run(c, env={'OPENAI_API_KEY': k})\n", ["OPENAI_API_KEY"]),
    "name in a constant": ("KEY = 'OPENAI_API_KEY'\n", ["OPENAI_API_KEY"]),
    "name as a default": ("def f(key='OPENAI_BASE_URL'): ...\n", ["OPENAI_BASE_URL"]),
    "names in a list": ("for n in ['OPENAI_API_KEY', 'OTHER']: ...\n", ["OPENAI_API_KEY"]),
    "inside a text": ("import os\nf\"{os.environ['OPENAI_API_KEY']}\"\n", ["OPENAI_API_KEY"]),
    "patched": ("@patch.dict(os.environ, {'OPENAI_API_KEY': 'x'})\ndef test(): ...\n", ["OPENAI_API_KEY"]),
    "docstring": ("def f():\n    'OPENAI_API_KEY'\n", []),
    "printed": ("print('OPENAI_API_KEY')\nlog.info('OPENAI_API_KEY')\n", []),
    "raised": ("raise KeyError('OPENAI_API_KEY')\n", []),
    "shown by help": ("add_argument('--key', metavar='OPENAI_API_KEY', help='OPENAI_API_KEY')\n", []),
    "part of a text": ("x = 'set OPENAI_API_KEY'\ny = f'OPENAI_API_KEY{x}'\nz = 'OPENAI_API_KEY' + x\n", []),
    "member of an enumeration": ("class K:\n    OPENAI_CHAT = 'OPENAI_CHAT'\n", []),
    "exported": ("OPENAI_API_KEY = k\n__all__ = ['OPENAI_API_KEY']\n", []),
    "copy": ("import os\ne = dict(os.environ)\ne['OPENAI_API_KEY'] = k\n", ["OPENAI_API_KEY"]),
    "copy with more": (
        "import os\ne = {**os.environ, 'A': b}\ne.pop('OPENAI_API_KEY')\n",
        ["OPENAI_API_KEY"],
    ),
    "copy by keywords": ("import os\ne = dict(**os.environ)\ne['OPENAI_API_KEY']\n", ["OPENAI_API_KEY"]),
    "copy in part": (
        "import os\ne = {k: v for k, v in os.environ.items() if k}\ne['OPENAI_API_KEY'] = k\n",
        ["OPENAI_API_KEY"],
    ),
    "copy of a dictionary": ("o = {}\nd = dict(o, a=1)\nd['OPENAI_API_KEY']\n", []),
    "dictionary with another's entries": ("o = {}\nd = {**o}\nd.get('OPENAI_API_KEY')\n", []),
    "dictionary of another's entries": (
        "o = {}\nd = {k: v for k, v in o.items()}\nd['OPENAI_API_KEY']\n",
        [],
    ),
    "dictionary by keywords": ("d = dict(a=1)\nd.setdefault('OPENAI_API_KEY', 1)\n", []),
    "own dictionary": ("d = {}\nd['OPENAI_API_KEY']\nd.get('OPENAI_API_KEY')\n", []),
    "other variable": ("import os\nos.getenv('OPENAIKEY')\nos.getenv('MY_OPENAI_API_KEY')\n", []),
    "message": ("raise ValueError('set OPENAI_API_KEY')\n", []),
    "comment": ("# os.getenv('OPENAI_API_KEY')\n", []),
    "own getenv": ("def getenv(x): ...\ngetenv('OPENAI_API_KEY')\n", []),
}


@pytest.mark.parametrize("case", ENVIRONMENT)
def test_environment(case: str) -> None:
    text, expected = ENVIRONMENT[case]
    assert [s.variable for s in sites(text) if s.kind is SiteKind.ENVIRONMENT] == expected


SURE = {
    "read": ("import os\nos.getenv('OPENAI_API_KEY')\n", "proved"),
    "update": ("import os\nos.environ.update({'OPENAI_API_KEY': k})\n", "proved"),
    "name of what a client reads": (
        "import os\nfrom openai import OpenAI\nKEY = 'OPENAI_API_KEY'\nOpenAI(api_key=os.getenv(KEY))\n",
        "proved",
    ),
    "name of what a client may read": (
        "import os\nfrom openai import OpenAI\nKEY = 'OPENAI_API_KEY'\nOpenAI(api_key=read(os.environ, KEY))\n",
        "likely",
    ),
    "patch by name": ("patch.dict('os.environ', {'OPENAI_API_KEY': 'x'})\n", "proved"),
    "unknown helper": ("get_config('OPENAI_API_KEY')\n", "likely"),
    "dictionary for a process": ("run(c, env={'OPENAI_API_KEY': k})\n", "likely"),
    "name": ("KEY = 'OPENAI_API_KEY'\n", "likely"),
}


@pytest.mark.parametrize("case", SURE)
def test_how_sure_it_is_that_the_environment_is_meant(case: str) -> None:
    text, certainty = SURE[case]
    assert [s.certainty.value for s in sites(text) if s.kind is SiteKind.ENVIRONMENT] == [certainty]


def test_a_helper_is_the_site_when_the_name_comes_first() -> None:
    [site] = [s for s in sites("read(\n    'OPENAI_API_KEY',\n)\n") if s.kind is SiteKind.ENVIRONMENT]
    assert (site.location.line, site.code) == (1, "read(\n    'OPENAI_API_KEY',\n)")


def test_the_literal_is_the_site_when_it_stands_among_others() -> None:
    [site] = [s for s in sites("read(\n    a,\n    'OPENAI_API_KEY',\n)\n") if s.kind is SiteKind.ENVIRONMENT]
    assert (site.location.line, site.code) == (3, "'OPENAI_API_KEY'")
