"""Requests that go to OpenAI without its SDK, and those that go elsewhere."""

from __future__ import annotations

import pytest

from migrate_cli.model import Site, SiteKind
from tests.sites.scanning import sites

HEAD = (
    "# openai over HTTP\n"
    "import aiohttp, http.client, httpx, json, os, requests, subprocess, urllib.request, websockets\n"
    'BASE = "https://api.openai.com/v1"\n'
)


def requests_of(files: dict[str, str] | str) -> list[Site]:
    """The request sites."""
    texts = files if isinstance(files, dict) else HEAD + files
    return [site for site in sites(texts) if site.kind is SiteKind.REQUEST]


def words(files: dict[str, str] | str) -> list[str]:
    """Symbol, endpoint and certainty of each request."""
    return [f"{s.symbol} {s.endpoint} {s.certainty.value}" for s in requests_of(files)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('requests.post(BASE + "/chat/completions")', "requests.post chat.completions proved"),
        ('requests.request("GET", f"{BASE}/models")', "requests.request models proved"),
        ('requests.Session().get(url=BASE + "/models")', "requests.Session.get models proved"),
        (
            'url = BASE\nurl += "/audio/speech"\nrequests.post(url)',
            "requests.post audio.speech proved",
        ),
        ('httpx.stream("POST", BASE + "/responses")', "httpx.stream responses proved"),
        ('httpx.Client(base_url=BASE).post("/embeddings")', "httpx.Client.post embeddings proved"),
        (
            "urllib.request.urlopen(urllib.request.Request(BASE + '/files'))",
            "urllib.request.urlopen files proved",
        ),
        (
            'http.client.HTTPSConnection("api.openai.com").request("POST", "/v1/completions")',
            "http.client.HTTPSConnection.request completions proved",
        ),
        (
            'websockets.connect("wss://api.openai.com/v1/realtime?model=gpt-realtime")',
            "websockets.connect realtime proved",
        ),
        ('subprocess.run(["curl", "-s", BASE + "/models"])', "curl models proved"),
        ('os.system(f"curl {BASE}/models")', "curl models proved"),
        (
            'requests.post(f"https://{name}.openai.azure.com/openai/deployments/{d}/chat/completions")',
            "requests.post chat.completions proved",
        ),
        (
            'requests.post(f"{endpoint}/openai/deployments/{d}/embeddings?api-version=1")',
            "requests.post embeddings likely",
        ),
        (
            'requests.post(os.environ["OPENAI_API_BASE"] + "/chat/completions")',
            "requests.post chat.completions likely",
        ),
        (
            'requests.post(os.getenv("LLM_URL", "https://api.openai.com/v1") + "/chat/completions")',
            "requests.post chat.completions proved",
        ),
        (
            'def ask(transport):\n    transport.post(BASE + "/chat/completions")',
            "transport.post chat.completions likely",
        ),
    ],
)
def test_a_request_to_openai(code: str, expected: str) -> None:
    assert words(code) == [expected]


@pytest.mark.parametrize(
    "code",
    [
        'requests.post("https://api.groq.com/openai/v1/chat/completions")',
        'requests.get("https://platform.openai.com/docs")',
        'requests.get("https://openai.com/blog")',
        'requests.post(url + "/chat/completions")',
        'url = "https://api.groq.com/openai"\nurl += "/v1/audio/speech"\nrequests.post(url)',
        'requests.post("http://localhost:8000/v1/chat/completions")',
        'httpx.Client(base_url="https://api.deepseek.com").post("/chat/completions")',
        'app.post("/v1/chat/completions")',
        'prices.get("gpt-4o")',
        'headers = {"openai": 1}.get("a/b")',
        'subprocess.run(["curl", "https://example.com/openai"])',
        'subprocess.run(["ping", "api.openai.com"])',
        "# requests.post('https://api.openai.com/v1/chat/completions')",
    ],
)
def test_requests_elsewhere_are_left_alone(code: str) -> None:
    assert words(code) == []


@pytest.mark.parametrize(
    "code",
    [
        'import responses\nresponses.add(responses.POST, "https://api.openai.com/v1/chat/completions")\n',
        'def test(requests_mock):\n    requests_mock.post("https://api.openai.com/v1/models")\n',
        'from fastapi.testclient import TestClient\nTestClient(app).post("https://api.openai.com/v1/models")\n',
        "class Http:\n    def post(self, url):\n        return url\n\n"
        'Http().post("https://api.openai.com/v1/models")\n',
    ],
)
def test_stand_ins_and_own_methods_send_nothing(code: str) -> None:
    assert words({"test_app.py": f"# openai\n{code}"}) == []


def test_an_injected_session_and_an_attribute_from_another_file() -> None:
    files = {
        "settings.py": 'OPENAI_URL = "https://api.openai.com/v1/chat/completions"\n',
        "app.py": (
            "import aiohttp\nfrom settings import OPENAI_URL\n\n\nclass Chat:\n"
            "    def __init__(self, session: aiohttp.ClientSession, url: str = OPENAI_URL):\n"
            "        self.session = session\n        self.url = url\n\n"
            "    async def ask(self):\n"
            '        async with self.session.post(self.url, json={"model": "gpt-4o"}) as answer:\n'
            "            return answer\n"
        ),
    }
    assert words(files) == ["aiohttp.ClientSession.post chat.completions proved"]


def test_a_helper_that_serves_other_providers_is_not_openais() -> None:
    code = (
        "def send(url):\n    return requests.post(url)\n\n"
        'send("https://api.groq.com/openai/v1")\nsend("https://api.mistral.ai/v1")\nsend("https://api.openai.com/v1")\n'
    )
    assert words(code) == []


@pytest.mark.parametrize("body", ["json=body", "data=json.dumps(body)", "data=json.dumps(body).encode()"])
def test_the_fields_of_the_body_are_arguments(body: str) -> None:
    code = 'body = {"model": "gpt-4o"}\nbody["temperature"] = 0\n'
    [site] = requests_of(f'{code}requests.post(BASE + "/chat/completions", {body})\n')
    assert {a.name: a.literal for a in site.arguments if a.name != "url"} == {
        "model": "gpt-4o",
        "temperature": 0,
    }


def test_the_key_in_the_header_is_an_argument() -> None:
    code = 'requests.get(BASE + "/models", headers={"Authorization": f"Bearer {os.environ[\'KEY\']}"})\n'
    [site] = requests_of(code)
    [key] = site.named("api_key")
    assert [value.variable for value in key.values] == ["KEY"]


def test_a_literal_key_in_the_header_is_masked() -> None:
    key = "sk-" + "aB3dE6gH9jK2mN5pQ8sT"
    [site] = requests_of(f'requests.get(BASE + "/models", headers={{"Authorization": "Bearer {key}"}})\n')
    assert key not in repr(site)


JOIN = "from urllib.parse import urljoin\nimport requests\ndef join(base, path):\n    return urljoin(base, path)\n"


def test_a_helper_gives_each_call_its_own_address() -> None:
    text = f"""{JOIN}requests.get(join("https://api.openai.com/v1/", "models"))
requests.get(join("https://api.cohere.ai/v1/", "models"))
"""
    assert words({"app.py": text}) == ["requests.get models proved"]


def test_a_host_that_callers_give_to_a_path_of_another_vendor_is_left_alone() -> None:
    text = f"""{JOIN}def ask(url):
    requests.post(join(url, "messages"))
ask("https://api.openai.com/v1/")
"""
    assert words({"app.py": text}) == []


@pytest.mark.parametrize("header", ["x-api-key", "anthropic-version"])
def test_headers_of_another_vendor_say_where_a_request_goes(header: str) -> None:
    assert words(f'requests.post(BASE + "/models", headers={{"{header}": key}})') == []


def test_a_function_named_after_another_vendor_does_not_ask_openai_at_an_address_that_callers_give() -> None:
    text = """import requests
def cohere_models(url):
    requests.get(url + "/models")
cohere_models("https://api.openai.com/v1")
cohere_models("https://api.cohere.ai/v1")
"""
    assert words({"app.py": text}) == []


def test_the_deployments_of_an_azure_resource_are_asked_for() -> None:
    text = 'def f(base):\n    requests.get(f"{base}/openai/deployments?api-version=1")\n'
    assert words(text) == ["requests.get models likely"]
