"""OpenAI's API hosts in code, and the literals that only look like them."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from migrate_cli.sites.hosts import api_url, configured_url, path_of
from tests.sites.scanning import sites


def urls(code: str) -> list[str]:
    """Host and endpoint of each url site."""
    return [f"{s.symbol} {s.endpoint}" for s in sites(code) if s.kind is SiteKind.URL]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('BASE = "https://api.openai.com/v1"', "api.openai.com None"),
        ('URL = "https://eu.api.openai.com/v1/chat/completions"', "eu.api.openai.com chat.completions"),
        ('WS = "wss://api.openai.com/v1/realtime?model=gpt-realtime"', "api.openai.com realtime"),
        ('E = "https://contoso.openai.azure.com/"', "contoso.openai.azure.com None"),
        ('E = f"https://{name}.openai.azure.com/"', "….openai.azure.com None"),
        ('E = "https://x.cognitiveservices.azure.com/openai/"', "x.cognitiveservices.azure.com None"),
        ('ok = "api.openai.com" in url', "api.openai.com None"),
        ('def f(base="https://api.openai.com/v1"): ...', "api.openai.com None"),
        ('MODELS = {"openai": {"base_url": "https://api.openai.com/v1"}}', "api.openai.com None"),
        ('base = os.getenv("LLM_BASE", "https://api.openai.com/v1")', "api.openai.com None"),
    ],
)
def test_a_url_in_code(code: str, expected: str) -> None:
    assert urls(f"import os\n{code}\n") == [expected]


@pytest.mark.parametrize(
    "code",
    [
        '"""Talks to https://api.openai.com/v1."""',
        '"https://api.openai.com/v1"',
        "# https://api.openai.com/v1",
        'DOCS = "https://platform.openai.com/docs"',
        'HOME = "https://openai.com/api"',
        'PORTAL = "https://oai.azure.com"',
        'OTHER = "https://api.openai.com.example.org/v1"',
        'OTHER = "https://notapi.openai.community/v1"',
        'PROXY = "https://proxy.example.com/api.openai.com/v1"',
        'SEARCH = "https://x.cognitiveservices.azure.com/vision"',
        'print("https://api.openai.com/v1")',
        'log.info("https://api.openai.com/v1")',
        'raise ValueError("https://api.openai.com/v1")',
        'parser.add_argument("--base", help="https://api.openai.com/v1")',
        'field = Field(description="https://api.openai.com/v1")',
        'PROMPT = "Call https://api.openai.com/v1 and say what it answers."',
    ],
)
def test_text_for_people_and_other_hosts_are_left_alone(code: str) -> None:
    assert urls(f"# openai\n{code}\n") == []


@pytest.mark.parametrize(
    "code",
    [
        'import requests\nrequests.post("https://api.openai.com/v1/chat/completions")\n',
        'from openai import OpenAI\nOpenAI(base_url="https://api.openai.com/v1")\n',
        'import openai\nopenai.api_base = "https://api.openai.com/v1"\n',
        'import os\nos.getenv("OPENAI_API_BASE", "https://api.openai.com/v1")\n',
    ],
)
def test_a_url_inside_another_site_is_part_of_it(code: str) -> None:
    assert urls(code) == []


@pytest.mark.parametrize(
    "text", ["", "openai", "api.openai.com is down", "https://", "openai.com", "//api.openai.com"]
)
def test_what_is_no_url_of_the_api(text: str) -> None:
    assert api_url(text) is None


def test_a_base_url_from_openais_variable_is_openais() -> None:
    assert configured_url("${OPENAI_BASE_URL}/chat/completions") is not None
    assert configured_url("${OPENAI_LOG}/chat/completions") is None
    assert configured_url("${LLM_BASE_URL}/chat/completions") is None


def test_the_path_of_an_endpoint() -> None:
    assert [path_of(name) for name in ("chat.completions", "images", "nothing")] == [
        "chat/completions",
        "images/generations",
        None,
    ]


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ('f"{HOST}/v1"', "localhost:8000"),
        ('HOST + "/v1"', "localhost:8000"),
        ('f"{HOST}/{version}"', "localhost:8000"),
        ('f"https://api.openai.com/{version}"', None),
        ('f"{host}/v1"', None),
        ('f"http://{host}/v1"', None),
        ('f"http://local{host}"', None),
    ],
)
def test_the_host_of_a_computed_base_url_tells_who_serves_a_client(base_url: str, host: str | None) -> None:
    code = (
        "from openai import OpenAI\nHOST = 'http://localhost:8000'\n\n\n"
        f"def client(host, version):\n    return OpenAI(base_url={base_url})\n"
    )
    [client] = [s for s in sites(code) if s.kind is SiteKind.CLIENT]
    assert client.elsewhere == host
