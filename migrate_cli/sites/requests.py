"""HTTP and websocket calls that go to OpenAI's API without its SDK.

A call is one when its URL folds to an OpenAI host, whatever it is built from, and its function belongs to an HTTP
library or is at least named like one. The body's fields become arguments, named as in the body.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrate_cli.files.secrets import mask
from migrate_cli.index import strings
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.parameters import times_passed
from migrate_cli.index.sdk import VENDORS
from migrate_cli.index.syntax import dotted, root_name, terminal
from migrate_cli.index.values import HOLE, Display, External, Found, Text, Unknown
from migrate_cli.model import Argument, Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.bodies import body_arguments, for_another_vendor, key_argument, url_argument
from migrate_cli.sites.hosts import ApiUrl, configured_url, is_misplaced, urls_in

MAX_EVALUATIONS = 1500  # for one URL: enough for any that a person wrote, little for a helper that all call
VERBS = {"get", "post", "put", "patch", "delete", "head", "options"}
# Where the URL stands among the positional arguments, by the last name of the function.
PLACES = {
    **dict.fromkeys(VERBS, 0),
    **dict.fromkeys(
        ("urlopen", "urlretrieve", "ws_connect", "connect", "create_connection", "WebSocketApp"), 0
    ),
    **dict.fromkeys(("fetch", "pyfetch", "send"), 0),
    **dict.fromkeys(("request", "stream", "setopt"), 1),
    **dict.fromkeys(("connect_sse", "aconnect_sse"), 2),
}
BUILDERS = {"Request": 0, "build_request": 1, "HTTPRequest": 0}
COMMANDS = {
    "run", "Popen", "call", "check_call", "check_output", "system", "popen", "getoutput", "getstatusoutput",
    "create_subprocess_shell", "create_subprocess_exec",
}  # fmt: skip
LIBRARIES = {
    "requests", "httpx", "httpx2", "aiohttp", "urllib", "urllib2", "urllib3", "http", "websockets", "websocket",
    "pycurl", "tornado", "curl_cffi", "niquests", "cloudscraper", "requests_html", "grequests", "treq", "httplib2",
    "tls_client", "aiohttp_retry", "requests_toolbelt", "requests_cache", "requests_futures", "requests_oauthlib",
    "httpx_sse", "hishel", "primp", "pyodide", "asks", "httpcore",
}  # fmt: skip
RUNNERS = ("subprocess.", "os.", "asyncio.create_subprocess", "asyncio.subprocess")
# Libraries that stand in for the network in tests, and how their objects are usually called.
STAND_INS = {
    "respx", "responses", "requests_mock", "aioresponses", "pytest_httpx", "httpretty", "pook", "vcr", "unittest",
    "mock", "pytest_mock", "pytest_httpserver", "starlette", "fastapi", "flask", "django", "rest_framework",
}  # fmt: skip
# How people name code for vendors that speak another protocol, or OpenAI's at their own address.
OTHER_NAMES = {
    *VENDORS, "mistral", "claude", "gemini", "vllm", "lmstudio", "koboldcpp", "llamacpp", "deepseek", "huggingface",
    "perplexity", "replicate", "bedrock", "vertex", "palm", "ernie", "qwen", "moonshot", "hunyuan", "minimax",
}  # fmt: skip
NETWORK = ("url", "endpoint", "uri", "api", "req", "session", "http", "client", "socket", "host")
MOCK_NAMES = ("mock", "respx", "responses", "rsps", "httpretty", "router", "app")


def request_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every request of the file to an OpenAI host."""
    if not any(word in module.data for word in (b"http", b"socket", b"curl", b"url", b"URL")):
        return
    for use in module.calls_of((*PLACES, *COMMANDS)):
        reader.resolver.fresh_budget(MAX_EVALUATIONS)
        found = (
            command(reader, module, use) if terminal(use.node) in COMMANDS else request(reader, module, use)
        )
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes: the expression of its URL, where that stands, and what it folds to."""

    module: Module
    scope: Scope
    block: Block
    node: ast.expr
    texts: tuple[Found, ...]
    call: ast.Call  # the call that holds body and headers

    def urls(self) -> list[tuple[ApiUrl, bool, Found]]:
        """(URL, whether its host is written out, how it was found) for each text that is OpenAI's."""
        known = []
        for found in self.texts:
            url = configured_url(strings.pattern_of(found))
            if url is not None and not (_from_callers(found) and is_misplaced(url[0])):
                known.append((*url, found))
        return known

    def mostly_others(self) -> bool:
        """Whether more of the known hosts are other providers': a helper that serves them all is not OpenAI's."""
        patterns = {strings.pattern_of(found) for found in self.texts}
        ours = {strings.pattern_of(found) for _, _, found in self.urls()}
        others = {p.split("/")[2] for p in patterns - ours if p.count("/") > 1 and "://" in p}
        return len({host for host in others if HOLE not in host}) > len(ours)

    def is_given(self) -> bool:
        """Whether callers decide where the request goes."""
        return all(_from_callers(found) for _, _, found in self.urls())


def named_after_another(module: Module, scope: Scope) -> bool:
    """Whether a function, or else its file, says by its name that it talks to another vendor."""
    names = f"{scope.name} {module.path.rsplit('/', 1)[-1]}".lower()
    return "openai" not in names and any(vendor in names for vendor in OTHER_NAMES)


def named_after_openai(module: Module, scope: Scope) -> bool:
    """Whether a function says by its name that it talks to OpenAI, and its file does not say otherwise."""
    return "openai" in scope.name.lower() and not named_after_another(module, scope)


def _from_callers(found: Found) -> bool:
    """Whether an address, or its host, came in as a parameter."""
    return times_passed(found) > 0


def request(reader: Reader, module: Module, use: Use) -> Site | None:
    """The site of one call that is named like a request; None when it goes elsewhere or is none."""
    call = use.node
    assert isinstance(call, ast.Call)
    name = terminal(call) or ""
    node = url_expression(call, PLACES[name])
    if node is None or not plausible(node, call) or root_name(call.func) in MOCK_NAMES:
        return None
    address = address_of(reader, module, use, node)
    functions: tuple[Found, ...] = ()
    if not address.urls():
        if not _is_path(address.texts):
            return None
        functions = reader.resolver.eval(module, use.scope, use.block, call.func)
        address = below_base(reader, module, use, functions, address)
    urls = address.urls()
    whole = len(urls) == len(address.texts)
    if not urls or not (whole or any(url.endpoint for url, _, _ in urls)):
        return None
    if address.mostly_others() and not named_after_openai(module, use.scope):
        return None
    if not whole and address.is_given() and named_after_another(module, use.scope):
        return None
    if for_another_vendor(reader, address.module, address.scope, address.block, address.call):
        return None
    functions = functions or reader.resolver.eval(module, use.scope, use.block, call.func)
    library = library_of(functions)
    if library is None and (not could_be(functions) or mocked(call.func)):
        return None
    sure = library is not None and whole and all(written for _, written, _ in urls)
    sure = sure and all(f.certainty is Certainty.PROVED for _, _, f in urls)
    return build(reader, module, use, address, library or dotted(call.func) or name, sure=sure)


def url_expression(call: ast.Call, place: int) -> ast.expr | None:
    """The expression that a request takes its URL from."""
    for keyword in call.keywords:
        if keyword.arg in ("url", "uri", "endpoint"):
            return keyword.value
    if terminal(call) == "setopt" and not (
        len(call.args) == 2 and getattr(call.args[0], "attr", None) == "URL"
    ):
        return None
    if terminal(call) == "request" and len(call.args) == 1:
        place = 0
    before = call.args[: place + 1]
    return (
        before[place] if len(before) > place and not any(isinstance(a, ast.Starred) for a in before) else None
    )


def plausible(node: ast.expr, call: ast.Call) -> bool:
    """Whether an argument may be an address; most calls of `get` and the like are settled here, unresolved."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and ("/" in node.value or "." in node.value)
    if isinstance(node, (ast.JoinedStr, ast.BinOp)):
        return strings.promising(node)
    if isinstance(node, (ast.Dict, ast.List, ast.Tuple, ast.Lambda, ast.Compare)):
        return False
    return terminal(call) not in ("get", "delete", "options", "connect", "send", "patch") or telling(
        node, call
    )


def telling(node: ast.expr, call: ast.Call) -> bool:
    """Whether the names of an argument, or of what is called, speak of the network."""
    words = f"{dotted(node)} {dotted(call.func)}".lower()
    return strings.telling(node) or any(word in words for word in NETWORK)


def address_of(reader: Reader, module: Module, use: Use, node: ast.expr) -> Address:
    """The address that an expression is: a text, or the URL of a request that was built before."""
    for found in reader.resolver.eval(module, use.scope, use.block, node):
        value = found.value
        if (
            not isinstance(value, External)
            or value.origin is None
            or not isinstance(value.origin.node, ast.Call)
        ):
            continue
        built, origin = value.origin.node, value.origin
        last = value.path.rsplit(".", 1)[-1]
        if last in BUILDERS:
            inner = url_expression(built, BUILDERS[last] if "requests" not in value.path else 1)
            if inner is not None:
                texts = strings.texts(reader.resolver, origin.module, origin.scope, origin.block, inner)
                return Address(origin.module, origin.scope, origin.block, inner, texts, built)
    texts = strings.texts(reader.resolver, module, use.scope, use.block, node)
    assert isinstance(use.node, ast.Call)
    return Address(module, use.scope, use.block, node, texts, use.node)


def _is_path(texts: Iterable[Found]) -> bool:
    patterns = [strings.pattern_of(f) for f in texts]
    return any(
        "://" not in p and ("/" in p or p in ("embeddings", "responses", "models", "completions"))
        for p in patterns
    )


def below_base(
    reader: Reader, module: Module, use: Use, functions: tuple[Found, ...], address: Address
) -> Address:
    """The address of a path that is asked of a client with a base URL."""
    assert isinstance(use.node, ast.Call)
    if not isinstance(use.node.func, ast.Attribute) or library_of(functions) is None:
        return address
    joined: list[Found] = []
    for found in reader.resolver.eval(module, use.scope, use.block, use.node.func.value):
        base = base_of(found.value) if isinstance(found.value, External) else None
        if base is None:
            continue
        display, node = base
        for root in strings.texts(reader.resolver, display.module, display.scope, display.block, node):
            for path in address.texts:
                text = strings.pattern_of(root).rstrip("/") + "/" + strings.pattern_of(path).lstrip("/")
                joined.append(
                    Found(Text(text, module, address.node), (*path.steps, *root.steps), found.certainty)
                )
    return Address(address.module, address.scope, address.block, address.node, tuple(joined), address.call)


def base_of(value: External) -> tuple[Display, ast.expr] | None:
    """The base URL, or the host, that an HTTP client was made with."""
    origin = value.origin
    if origin is None or not isinstance(origin.node, ast.Call):
        return None
    for keyword in origin.node.keywords:
        if keyword.arg in ("base_url", "host", "prefix_url"):
            return origin, keyword.value
    first = value.path.endswith(("ClientSession", "HTTPSConnection", "HTTPConnection", "BaseUrlSession"))
    return (origin, origin.node.args[0]) if first and origin.node.args else None


def library_of(functions: Iterable[Found]) -> str | None:
    """The dotted name of an HTTP library's function among the values of a function."""
    for found in functions:
        value = found.value
        if isinstance(value, External) and value.path.split(".")[0] in LIBRARIES:
            return value.path
    return None


def could_be(functions: Iterable[Found]) -> bool:
    """Whether a function that is not a library's may still send a request: nothing else is known of it."""
    values = [f.value for f in functions]
    return all(isinstance(v, (Unknown, External)) for v in values) and not any(
        isinstance(v, External) and v.path.split(".")[0] in STAND_INS | {"builtins"} for v in values
    )


def mocked(function: ast.expr) -> bool:
    """Whether the names of a receiver say that it stands in for the network in a test."""
    return any(word in dotted(function).lower() for word in MOCK_NAMES[:5])


def build(reader: Reader, module: Module, use: Use, address: Address, symbol: str, *, sure: bool) -> Site:
    """The site of a request."""
    call = use.node
    assert isinstance(call, ast.Call)
    urls = address.urls()
    given: list[Argument] = [url_argument(reader, address.module, address.scope, address.block, address.node)]
    given += body_arguments(reader, address.module, address.scope, address.block, address.call)
    given += key_argument(reader, address.module, address.scope, address.block, address.call)
    return Site(
        SiteKind.REQUEST,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        symbol,
        module.span(call.func),
        mask(module.code(call)),
        endpoint=next((u.endpoint for u, _, _ in urls if u.endpoint), None),
        certainty=Certainty.PROVED if sure else Certainty.LIKELY,
        evidence=reader.places.chain(urls[0][2].steps),
        arguments=tuple(dict.fromkeys(given)),
        positional=len(call.args),
    )


def command(reader: Reader, module: Module, use: Use) -> Site | None:
    """`subprocess.run(["curl", "https://api.openai.com/…"])` and its relatives."""
    call = use.node
    assert isinstance(call, ast.Call)
    if not call.args or not any(tool in module.data for tool in (b"curl", b"wget")):
        return None
    functions = reader.resolver.eval(module, use.scope, use.block, call.func)
    runs = [f.value for f in functions if isinstance(f.value, External) and f.value.path.startswith(RUNNERS)]
    if not runs:
        return None
    text = line(reader, module, use, call)
    urls = [url for _, _, url in urls_in(text)]
    if not urls or not any(tool in text.split("openai")[0] for tool in ("curl", "wget")):
        return None
    return Site(
        SiteKind.REQUEST,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        "curl",
        module.span(call.func),
        mask(module.code(call)),
        endpoint=urls[0].endpoint,
    )


def line(reader: Reader, module: Module, use: Use, call: ast.Call) -> str:
    """The command line that a call runs, as far as it is known."""
    parts = call.args if terminal(call) == "create_subprocess_exec" else call.args[:1]
    texts: list[str] = []
    for part in parts:
        for found in reader.resolver.eval(module, use.scope, use.block, part):
            value = found.value
            if isinstance(value, Display) and isinstance(value.node, (ast.List, ast.Tuple)):
                inner = value.node.elts
                texts += [
                    strings.pattern_of(f)
                    for e in inner
                    for f in strings.texts(reader.resolver, value.module, value.scope, value.block, e)
                ]
            else:
                texts.append(strings.pattern_of(found))
    return " ".join(texts)
