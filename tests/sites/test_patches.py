"""Tests that replace the SDK or its host, and tests that replace something else."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import HEAD, kinds, sites

HOST = "https://api.openai.com/v1"
MOCK = "from unittest.mock import patch, Mock\nimport openai\n"

FOUND = {
    "path": ("@patch('openai.ChatCompletion.create')\ndef test(m): ...", "openai.ChatCompletion.create"),
    "path of a client": ("with patch('openai.OpenAI') as m: ...", "openai.OpenAI"),
    "path of a resource": (
        "patch('openai.resources.chat.completions.Completions.create')",
        "openai.resources.chat.completions.Completions.create",
    ),
    "mocker": ("def test(mocker):\n    mocker.patch('openai.Embedding.create')", "openai.Embedding.create"),
    "monkeypatch by path": ("monkeypatch.setattr('openai.OpenAI', f)", "openai.OpenAI"),
    "monkeypatch": (
        "monkeypatch.setattr(openai.ChatCompletion, 'create', f)",
        "openai.ChatCompletion.create",
    ),
    "monkeypatch of the module": ("monkeypatch.setattr(openai, 'OpenAI', f)", "openai.OpenAI"),
    "object": ("patch.object(openai.ChatCompletion, 'create')", "openai.ChatCompletion.create"),
    "object of a client": ("patch.object(openai.OpenAI().responses, 'create')", "responses.create"),
    "setattr": ("setattr(openai.ChatCompletion, 'create', f)", "openai.ChatCompletion.create"),
    "assignment": ("openai.ChatCompletion.create = Mock()", "openai.ChatCompletion.create"),
    "modules": ("import sys\nsys.modules['openai'] = Mock()", "openai"),
    "modules by patch": ("patch.dict('sys.modules', {'openai': Mock()})", "openai"),
    "modules by monkeypatch": ("import sys\nmonkeypatch.setitem(sys.modules, 'openai', f)", "openai"),
    "inside another package": (
        "patch('app.llm.openai.ChatCompletion.create')",
        "openai.ChatCompletion.create",
    ),
    "respx": (f"import respx\nrespx.post('{HOST}/chat/completions')", "api.openai.com"),
    "respx decorator": (f"import respx\n@respx.mock(base_url='{HOST}')\ndef test(): ...", "api.openai.com"),
    "responses": (f"import responses\nresponses.add(responses.POST, '{HOST}/embeddings')", "api.openai.com"),
    "httpx fixture": (f"def test(httpx_mock):\n    httpx_mock.add_response(url='{HOST}')", "api.openai.com"),
    "constant": (f"import respx\nURL = '{HOST}/models'\nrespx.get(URL)", "api.openai.com"),
}


def patched(files: dict[str, str] | str) -> list[str]:
    return [s.symbol for s in sites(files) if s.kind is SiteKind.PATCH]


@pytest.mark.parametrize("case", FOUND)
def test_a_replacement_is_found(case: str) -> None:
    text, symbol = FOUND[case]
    assert patched(f"{MOCK}{text}\n") == [symbol]


NOT = {
    "another vendor": "patch('groq.Groq')\npatch('anthropic.Anthropic')\n",
    "own function": "patch('app.ask')\n",
    "framework's class": "patch('langchain.llms.openai.OpenAI')\n",
    "own object": "patch.object(thing, 'create')\nmonkeypatch.setattr(thing, 'create', f)\n",
    "environment": "patch.dict('os.environ', {'OPENAI_API_KEY': 'x'})\n",
    "other modules": "import sys\nsys.modules['groq'] = Mock()\npatch.dict(sys.modules, {'groq': 1})\n",
    "other host": "import respx\nrespx.post('https://api.groq.com/openai/v1/models')\n",
    "other attribute": "thing.create = Mock()\nself.responses = []\n",
    "setting": "monkeypatch.setattr(openai, 'api_key', 'x')\n",
    "words": "'patch(\"openai.OpenAI\")'\n# patch('openai.OpenAI')\n",
    "a real request": f"import requests\nrequests.post('{HOST}/models')\n",
}


@pytest.mark.parametrize("case", NOT)
def test_other_replacements_are_left_alone(case: str) -> None:
    assert patched(MOCK + NOT[case]) == []


PROJECT = {
    "app/__init__.py": "",
    "app/llm.py": f"import openai\n{HEAD}def ask(): ...\n",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app.llm.OpenAI", ["openai.OpenAI"]),
        ("app.llm.client", ["openai.OpenAI"]),
        ("app.llm.client.responses.create", ["responses.create"]),
        ("app.llm.openai.ChatCompletion.create", ["openai.ChatCompletion.create"]),
        ("app.llm.ask", []),
        ("app.llm.nothing", []),
    ],
)
def test_a_path_is_followed_into_the_project(path: str, expected: list[str]) -> None:
    test = f"# openai\nfrom unittest.mock import patch\n@patch('{path}')\ndef test(m): ...\n"
    assert patched({**PROJECT, "test_app.py": test}) == expected


ONCE = {
    "method": f"{HEAD}from unittest.mock import patch\npatch.object(client.responses, 'create')\n",
    "class": "import openai\nmonkeypatch.setattr(openai.ChatCompletion, 'create', f)\n",
    "assigned": f"{HEAD}client.responses.create = f\n",
    "path": "from unittest.mock import patch\npatch('openai.OpenAI')\n",
    "host": f"import requests_mock\nwith requests_mock.Mocker() as m:\n    m.post('{HOST}/models')\n",
}


@pytest.mark.parametrize("case", ONCE)
def test_what_is_replaced_is_no_site_besides(case: str) -> None:
    assert [k.split()[0] for k in kinds(ONCE[case]) if not k.startswith("client")] == ["patch"]


def test_what_takes_its_place_still_counts() -> None:
    text = f"{MOCK}patch('openai.ChatCompletion.create', side_effect=openai.APIError)\n"
    assert kinds(text) == ["patch openai.ChatCompletion.create", "exception openai.APIError"]
