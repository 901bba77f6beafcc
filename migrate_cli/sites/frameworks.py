"""Uses of OpenAI through a framework: constructors, functions and settings, as the catalogue's table names them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate_cli.catalogue.frameworks import LIMITS, SAMPLING, Framework, Frameworks, frameworks
from migrate_cli.catalogue.frameworks import Use as Entry
from migrate_cli.files.secrets import mask
from migrate_cli.index import attributes
from migrate_cli.index.module import Module, Use
from migrate_cli.index.sdk import FORWARDERS, VENDORS
from migrate_cli.index.syntax import last_name
from migrate_cli.index.values import Class, External, Found, Unknown
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader, argument, arguments
from migrate_cli.sites.framework_links import deeds, feeding
from migrate_cli.sites.framework_models import PROVIDER_KEYS, Asked, Search, judge
from migrate_cli.sites.framework_names import Names, named_after, names_of, possible
from migrate_cli.sites.framework_settings import module_settings
from migrate_cli.sites.tried import lookup_caught

MAX_BASES = 6
FACTORIES = ("default_factory", "factory")
# A class of a package that is not in the table, named after OpenAI and after what it does.
TELLING = re.compile(
    r"(Async|Azure|Chat|Multi)*Open(AI|Ai|ai)"
    r"((_?(Async|Azure|Chat|Text|Document|Image|Audio|Prompt|Completions?|Responses?|Embedding|Server|Realtime))*"
    r"_?(Chat|LLM|Llm|Completions?|Embeddings?|Embedder|EmbeddingFunction|Model|Generator|Generation|Client|Driver|"
    r"Service|Assistant|Agent|Provider|Transcriber|Transcription|Backend|GPT|TTS|STT|Speech|Whisper|Moderation|"
    r"Augmenter|Encoder|Vectorizer|MultiModal))?"
)
ENDPOINTS = {
    "mbed": "embeddings",
    "ectorizer": "embeddings",
    "ncoder": "embeddings",
    "ranscri": "audio.transcriptions",
    "STT": "audio.transcriptions",
    "Whisper": "audio.transcriptions",
    "TTS": "audio.speech",
    "Speech": "audio.speech",
    "Image": "images",
    "oderation": "moderations",
    "Assistant": "assistants",
    "Responses": "responses",
    "Realtime": "realtime",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """What a called function turned out to be; `framework` and `entry` are None for a package without a table."""

    path: str
    framework: Framework | None
    entry: Entry | None
    found: Found
    certainty: Certainty


def framework_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every construction or call of a framework's OpenAI class or function."""
    table = frameworks()
    names = names_of(table, module)
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if possible(reader, module, names, use, call.func):
            reader.resolver.fresh_budget()
            hit = recognised(reader, table, module, use, call.func)
            site = built(reader, table, module, use, hit) if hit is not None else None
            if site is not None:
                yield site
        else:
            yield from handed_on(reader, table, module, names, use)
    yield from module_settings(reader, module, names)


def recognised(reader: Reader, table: Frameworks, module: Module, use: Use, function: ast.expr) -> Hit | None:
    """What a function is among the frameworks' own, None when it is nothing of theirs."""
    values = reader.resolver.eval(module, use.scope, use.block, function)
    hits = [h for f in values for path in paths(reader, f) if (h := meaning(table, f, path)) is not None]
    if hits:
        certainty = min((h.found.certainty for h in hits), key=list(Certainty).index)
        sure = len(hits) >= len(values) and all(h.certainty is Certainty.PROVED for h in hits)
        first = hits[0]
        return Hit(
            first.path, first.framework, first.entry, first.found, certainty if sure else Certainty.LIKELY
        )
    if values and all(loose(f) for f in values):
        return by_word(table, function, values[0])
    return None


def loose(found: Found) -> bool:
    """Whether a value is not known: a module loaded late, or a name that the file never binds."""
    value = found.value
    return isinstance(value, Unknown) or (
        isinstance(value, External) and value.path.startswith(("builtins.", "importlib.", "lazy_import."))
    )


def paths(reader: Reader, found: Found, depth: int = 0) -> Iterator[str]:
    """The dotted path of a class or function outside the project, or of what a project class derives from."""
    value = found.value
    if isinstance(value, External) and not value.made:
        yield value.path.removesuffix("[]")  # `Agent[Context](…)`
    elif isinstance(value, Class) and depth < MAX_BASES:
        for base in attributes.bases(reader.resolver, value):
            yield from paths(reader, base, depth + 1)


def meaning(table: Frameworks, found: Found, path: str) -> Hit | None:
    """What one dotted path is."""
    framework = table.owner(path)
    if framework is not None:
        entry = framework.use(path)
        return Hit(path, framework, entry, found, Certainty.PROVED) if entry is not None else None
    top, word = path.split(".")[0], path.rsplit(".", 1)[-1]
    if top in VENDORS or top in ("builtins", "client", "openai") or not TELLING.fullmatch(word):
        return None
    return Hit(path, None, None, found, Certainty.LIKELY) if "." in path else None


def by_word(table: Frameworks, function: ast.expr, found: Found) -> Hit | None:
    """`litellm.completion` where `litellm` is loaded in a way that cannot be followed, or not at all."""
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return None
    framework = table.named(function.value.id)
    path = f"{function.value.id}.{function.attr}"
    entry = framework.use(path) if framework is not None else None
    return Hit(path, framework, entry, found, Certainty.LIKELY) if entry is not None else None


def built(
    reader: Reader,
    table: Frameworks,
    module: Module,
    use: Use,
    hit: Hit,
    anchor: ast.expr | None = None,
) -> Site | None:
    """The site of a call, None when another provider is meant."""
    call = use.node
    assert isinstance(call, ast.Call)
    asked = ask(reader, module, use, hit, anchor)
    given, certainty = asked.arguments, hit.certainty
    if hit.framework is not None and hit.entry is not None:
        judged = judge(table, hit.framework, hit.entry, asked)
        if judged is None:
            return None
        certainty = max(certainty, judged, key=list(Certainty).index)
        given = (*given, *(a for a in asked.inner if a not in given))
    return Site(
        SiteKind.FRAMEWORK,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        hit.path,
        module.span(anchor or call.func),
        mask(module.code(call)),
        endpoint=endpoint(hit),
        certainty=certainty,
        evidence=reader.places.chain(hit.found.steps),
        arguments=given,
        positional=len(call.args),
        unfollowed=asked.unfollowed,
        clients=feeding(reader, module, use),
        dotted=isinstance(call.func, ast.Attribute),
        framework=hit.framework.id if hit.framework is not None else hit.path.split(".")[0],
        uses=deeds(reader, module, use, hit.entry),
        caught=lookup_caught(module, call) if hit.path.startswith("tiktoken.") else None,
    )


def ask(reader: Reader, module: Module, use: Use, hit: Hit, anchor: ast.expr | None) -> Asked:
    """The arguments of a call, the positional one that matters by its name, and what its configuration holds."""
    call = use.node
    assert isinstance(call, ast.Call)
    given, unfollowed = arguments(reader, module, use)
    framework, entry = hit.framework, hit.entry
    if framework is None or entry is None:
        return Asked(given, hidden=bool(unfollowed), unfollowed=unfollowed)
    passed = call.args if anchor is None else call.args[1:]
    at = entry.position
    first = passed[at] if at is not None and at < len(passed) else None
    if first is not None and not isinstance(first, ast.Starred):
        name = entry.config[0] if entry.judge == "config" and entry.config else framework.model[0]
        given = (argument(reader, module, use.scope, use.block, name, first), *given)
    addressed = (*framework.model, *framework.base, *framework.key)
    wanted = frozenset({*addressed, *PROVIDER_KEYS, *SAMPLING, *LIMITS})
    search = Search(reader, wanted)
    configured = False
    for keyword in entry.config:
        node = next((k.value for k in call.keywords if k.arg == keyword), None)
        node = node or (first if entry.judge == "config" and keyword == entry.config[0] else None)
        if node is not None:
            search.walk(module, use.scope, use.block, node)
            configured = True
    return Asked(
        given,
        tuple(dict.fromkeys(search.found)),
        search.hidden or bool(unfollowed),
        configured or (entry.judge == "config" and bool(call.args)),
        frozenset(a.name for a in given),
        unfollowed,
    )


def endpoint(hit: Hit) -> str | None:
    """The endpoint that the call reaches; for a package without a table its name says it."""
    if hit.entry is not None:
        return hit.entry.endpoint
    word = hit.path.rsplit(".", 1)[-1]
    return next((e for part, e in ENDPOINTS.items() if part in word), "chat.completions")


def handed_on(reader: Reader, table: Frameworks, module: Module, names: Names, use: Use) -> Iterator[Site]:
    """`partial(litellm.completion, …)`, `asyncio.to_thread(ChatOpenAI, …)`, `field(default_factory=ChatOpenAI)`."""
    call = use.node
    assert isinstance(call, ast.Call)
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg in FACTORIES)]
    for anchor in given:
        word = last_name(anchor) if isinstance(anchor, (ast.Name, ast.Attribute)) else None
        if word is None or not (named_after(word) or word in names.held or word in names.last):
            continue
        if anchor in call.args and not forwards(reader, module, use):
            continue
        hit = recognised(reader, table, module, use, anchor)
        site = built(reader, table, module, use, hit, anchor) if hit is not None else None
        if site is not None:
            yield site


def forwards(reader: Reader, module: Module, use: Use) -> bool:
    """Whether a call gives its other arguments to the function that comes first."""
    assert isinstance(use.node, ast.Call)
    takers = reader.resolver.eval(module, use.scope, use.block, use.node.func)
    return any(isinstance(f.value, External) and f.value.path in FORWARDERS for f in takers)
