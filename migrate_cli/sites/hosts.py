"""OpenAI's API hosts and what a URL on one of them is for.

Hosts: api.openai.com with its regional forms (platform.openai.com/docs/guides/your-data) and Azure's
`<resource>.openai.azure.com`, `<resource>.cognitiveservices.azure.com/openai` and
`<resource>.services.ai.azure.com/openai` (learn.microsoft.com/azure/ai-services/openai/reference); the sovereign
clouds end in .us and .cn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrate_cli.index.values import HOLE

_LABEL = r"[^\s/:.,;@'\"\\]"
_HOST = re.compile(
    rf"""(?P<host>
        (?:{_LABEL}+\.)?api\.openai\.com
      | (?:(?:{_LABEL}|\.)*\.)?openai\.azure\.(?:com|us|cn)
      | (?:{_LABEL}+\.)(?:cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)(?=(?::\d+)?/openai(?:/|$))
    )(?::\d+)?(?=[/?#{HOLE}]|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_URL = re.compile(r"(?:(?P<scheme>https?|wss?)://)?(?:[^\s/@]*@)?", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:https?|wss?)://[^\s\"'`<>\\|;)(]+|(?<![\w.@/-])(?:[\w*-]+\.)*(?:api\.openai\.com|openai\.azure\.com)(?![\w.-])[^\s\"'`<>\\|;)(]*",
    re.IGNORECASE,
)
_ENDPOINTS = {
    "chat/completions": "chat.completions",
    "completions": "completions",
    "embeddings": "embeddings",
    "responses": "responses",
    "conversations": "conversations",
    "images": "images",
    "audio/transcriptions": "audio.transcriptions",
    "audio/translations": "audio.translations",
    "audio/speech": "audio.speech",
    "files": "files",
    "uploads": "uploads",
    "batches": "batches",
    "fine_tuning": "fine_tuning",
    "fine-tunes": "fine_tuning",
    "models": "models",
    "moderations": "moderations",
    "assistants": "assistants",
    "threads": "threads",
    "vector_stores": "vector_stores",
    "realtime": "realtime",
    "evals": "evals",
    "containers": "containers",
    "videos": "videos",
    "edits": "edits",
    "search": "search",
    "answers": "answers",
    "classifications": "classifications",
}
_PATH = re.compile(rf"(?:^|/)({'|'.join(sorted(_ENDPOINTS, key=len, reverse=True))})(?=[/?#:{HOLE}]|$)")
_ACCOUNT = re.compile(r"(?:^|/)(?:dashboard|organization|usage|engines|skills|chatkit|sessions)(?:/|$)")
_VARIABLE = re.compile(r"\$\{(?:AZURE_)?OPENAI_(?:\w+_)?(?:BASE|URL|ENDPOINT|HOST)\}")
_AZURE_PATH = re.compile(
    rf"(?<={HOLE})/openai/(?:deployments(?=[/?]).*|models\?api-version=.*|deployments$)", re.DOTALL
)
_ENGINE = re.compile(r"/(?:deployments|engines)/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class ApiUrl:
    """A URL, or a bare host, of OpenAI's API or of an Azure OpenAI resource."""

    host: str
    path: str

    @property
    def azure(self) -> bool:
        """Whether the host is Azure's."""
        return ".azure." in self.host.lower()

    @property
    def endpoint(self) -> str | None:
        """The endpoint that the path names, None for another path or none at all."""
        return endpoint_of(self.path)

    @property
    def model(self) -> str | None:
        """The model or deployment that stands in the path, when it is known."""
        match = _ENGINE.search(self.path)
        return match[1] if match is not None and HOLE not in match[1] and "{" not in match[1] else None


def api_url(text: str) -> ApiUrl | None:
    """The API URL that a whole text is, with or without its scheme; None for any other text."""
    if "openai" not in text.lower() or any(c.isspace() for c in text):
        return None
    head = _URL.match(text)
    place = head.end() if head is not None else 0
    host = _HOST.match(text, place)
    return ApiUrl(host["host"], text[host.end() :]) if host is not None else None


def urls_in(text: str) -> list[tuple[int, int, ApiUrl]]:
    """(start, end, URL) of every API URL inside a longer text."""
    found = []
    for match in _INSIDE.finditer(text):
        written = match[0].rstrip(",.:")
        url = api_url(written)
        if url is not None:
            found.append((match.start(), match.start() + len(written), url))
    return found


def is_misplaced(url: ApiUrl) -> bool:
    """Whether a whole path is none of OpenAI's, so that host and path hardly belong together."""
    path = url.path.split("?")[0].strip("/")
    if not path or HOLE in path or "$" in path or path in ("v1", "openai", "openai/v1"):
        return False
    if url.azure:
        return not path.startswith("openai")
    return path.count("v1/") > 1 or (url.endpoint is None and not _ACCOUNT.search(path))


def endpoint_of(path: str) -> str | None:
    """The endpoint of a URL's path: `/v1/chat/completions` -> `chat.completions`."""
    match = _PATH.search(path)
    if match is not None:
        return _ENDPOINTS[match[1]]
    return "models" if re.search(r"/(?:engines|deployments)/?(?:\?|$)", path) else None


def configured_url(pattern: str) -> tuple[ApiUrl, bool] | None:
    """The API URL that a folded text is, and whether its host is written out.

    A base URL from a variable of OpenAI's own, and Azure's path below a host that is not known, are theirs as well.
    """
    url = api_url(pattern)
    if url is not None:
        return url, True
    variable = _VARIABLE.match(pattern)
    if variable is not None:
        return ApiUrl(variable[0], pattern[variable.end() :]), False
    azure = _AZURE_PATH.search(pattern)
    return (ApiUrl(pattern[: azure.start()], azure[0]), False) if azure is not None else None


def path_of(endpoint: str) -> str | None:
    """The path of an endpoint below a base URL (`chat/completions`), None when a request needs more than that."""
    if endpoint == "images":
        return "images/generations"
    return next((path for path, name in _ENDPOINTS.items() if name == endpoint), None)
