"""CFG06: HTTP and websocket calls to OpenAI without its SDK, and OpenAI's URLs in code.

The address, the header with the key and the model change together, and with them the fields of the body that the
provider does not take; nobody retries or checks the answer as the SDK does, so this waits for a look. A provider's
base URL is used as published: many do not end in `/v1`. Where there is no counterpart, it is told what to do instead.

Does not handle: URLs and headers that are put together at run time, keys written into a header, and how the answer
and its errors are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import (
    AddImport,
    Compatibility,
    Finding,
    Level,
    Operation,
    Options,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.around.values import counterpart
from migrate_cli.rules.clients.model_name import replacement
from migrate_cli.rules.parameter_support import judge
from migrate_cli.rules.support import Example, Situation, literals, manual, models_of, note, quoted, review
from migrate_cli.sites.hosts import path_of
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG06",
    "raw-request",
    "request or URL that goes to OpenAI without the SDK",
    20,
    Safety.REVIEW,
    leaves="URLs and headers put together at run time, keys in a header, and how the answer is read",
)

# Endpoints whose requests name a model.
MODELLED = ("chat.completions", "completions", "embeddings")
_READS = ("os.getenv", "os.environ.get", "os.environ[]")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every raw request and every URL in Python."""
    if site.form is not None or target.id == "azure":
        return
    if site.kind is SiteKind.REQUEST:
        found = request(site, target, situation)
        yield found
        if found.edits and site.endpoint in MODELLED and not names_a_model(site):
            words = "the model of this request is only known at run time"
            yield manual(RULE, site, target, words, advice=f"send a model of {target.provider.name} there")
    elif site.kind is SiteKind.URL:
        yield url(site, target, situation)


def names_a_model(site: Site) -> bool:
    """Whether it is known what a request asks for, or where that is set."""
    values = [value for argument in site.model_arguments for value in argument.values]
    return any(isinstance(v.literal, str) or v.origin in (Origin.ENVIRONMENT, Origin.FILE) for v in values)


def url(site: Site, target: Target, situation: Situation) -> Finding:
    """What to do about an address that stands in code by itself."""
    words = f"URL of OpenAI's API ({site.symbol})"
    if site.read:
        return note(RULE, site, target, f"{words}, which is only compared: left as it is")
    absent = missing(site, target, words)
    if absent is not None:
        return absent
    new = counterpart(site.code.strip("\"'rbuRBU"), target)
    if new is None:
        return manual(RULE, site, target, words, advice=f"use {address(site, target)}")
    if beside_what_stays(site, situation):
        words = f"{words}, in a file where a request stays"
        return manual(RULE, site, target, words, advice=f"use {address(site, target)} once the request moves")
    change = ReplaceExpression(site.path, site.span, quoted(new))
    return review(RULE, site, target, f"{words} → {new}", change)


def beside_what_stays(site: Site, situation: Situation) -> bool:
    """Whether a request in the file of an address stays: the address may be its base, which it puts a path behind."""
    return any(
        path == site.path and not symbol.startswith("openai.") and level is Level.SKIP
        for (path, _, symbol), level in situation.levels.items()
    )


def request(site: Site, target: Target, situation: Situation) -> Finding:
    """What to do about one request."""
    words = f"{site.symbol} calls OpenAI's {site.endpoint or 'API'} without the SDK"
    absent = missing(site, target, words)
    if absent is not None:
        return absent
    advice = [f"call {address(site, target)}"]
    if target.key_variable:
        advice.append(f"send `Authorization: Bearer` with the key in {target.key_variable}")
    moved = [] if shares_its_key(site, situation) else destination(site, target)
    fields, remarks = body(site, target)
    edits = [*moved, *key(site, target, situation), *models(site, target), *fields]
    advice += [*named_models(site, target), *remarks]
    if not moved:
        text = "; ".join(advice)
        return manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=text)
    advice.append("see that the answer is read as the provider gives it, errors included")
    return review(RULE, site, target, words, *dict.fromkeys(edits), advice="; ".join(advice))


def destination(site: Site, target: Target) -> list[Operation]:
    """The edits of a URL that is written out; none when a part of it is only known at run time."""
    edits: list[Operation] = []
    for value in (v for a in site.named("url") for v in a.values):
        new = counterpart(str(value.literal), target) if value.origin is Origin.LITERAL else None
        if new is None:
            return []
        edits.append(ReplaceExpression(value.path, value.span, quoted(new)))
    return edits


def key(site: Site, target: Target, situation: Situation) -> Iterator[Operation]:
    """The edits of a header's key that is read from one of OpenAI's variables for this request alone."""
    for value in (v for a in site.named("api_key") for v in a.values):
        own = str(value.variable).startswith("OPENAI_") and value.read in _READS
        if own and (value.path, value.span) not in situation.feeds:
            yield ReplaceExpression(value.path, value.span, target.key_code)
            if target.key_variable:
                yield AddImport(value.path, "import os")


def shares_its_key(site: Site, situation: Situation) -> bool:
    """Whether the key in the header is read for a client that stays, too: it would go to another provider."""
    read = {(v.path, v.span) for a in site.named("api_key") for v in a.values}
    clients = (client for place, client in situation.feeds.items() if place in read)
    return any(situation.levels.get(client) in (Level.MANUAL, Level.SKIP) for client in clients)


def models(site: Site, target: Target) -> Iterator[Operation]:
    """The edits of the body's models."""
    for value in (v for a in site.model_arguments for v in literals(a) if isinstance(v.literal, str)):
        choice = target.choose(str(value.literal))
        if choice is not None and choice.to is not None and not target.serves(str(value.literal)):
            yield replacement(value, choice.to)


def body(site: Site, target: Target) -> tuple[list[Operation], list[str]]:
    """The edits of fields that the provider does not take as they are, and what a person has to see to."""
    chosen = models_of(site, target) or (None,)
    edits: list[Operation] = []
    remarks: list[str] = []
    if site.endpoint != "chat.completions":
        return edits, remarks
    for argument in site.arguments:
        entry = target.parameter(argument.name, chosen[0])
        for finding in judge(RULE, site, target, argument, entry) if entry is not None else ():
            edits += finding.edits
            remarks += [finding.message] if finding.message else []
    return edits, remarks


def missing(site: Site, target: Target, words: str) -> Finding | None:
    """The finding for an endpoint that the provider does not have, or of which nothing is known, else None."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    if entry is None or entry.support not in (Support.REJECTED, Support.UNKNOWN):
        return None
    refused = entry.support is Support.REJECTED
    known = f"{target.provider.name} does not offer {site.endpoint}"
    return manual(
        RULE,
        site,
        target,
        f"{words}; {known}" if refused else f"{words}; nothing is known about it on {target.provider.name}",
        compatibility=Compatibility.UNSUPPORTED if refused else Compatibility.UNKNOWN,
        advice=entry.advice,
        source=entry.fact.source,
    )


def address(site: Site, target: Target) -> str:
    """The provider's URL for the same purpose, as far as it is known to be served there."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    path = path_of(site.endpoint) if site.endpoint is not None else None
    if path is None:
        return target.base_url
    if entry is None or entry.support is Support.UNKNOWN:
        return f"{target.base_url} (nothing is known about {site.endpoint} on {target.provider.name})"
    return f"{target.base_url.rstrip('/')}/{path}"


def named_models(site: Site, target: Target) -> list[str]:
    """The models of the body with what replaces each."""
    names = [v.literal for a in site.model_arguments for v in literals(a) if isinstance(v.literal, str)]
    choices = [(name, target.choose(name)) for name in dict.fromkeys(names) if not target.serves(name)]
    return [
        f"model {name} → {choice.to}"
        for name, choice in choices
        if choice is not None and choice.to is not None
    ]


_BEFORE = (
    "import os\n\nimport requests\n\nrequests.post(\n"
    '    "https://api.openai.com/v1/chat/completions",\n'
    '    headers={"Authorization": f"Bearer {os.environ[\'OPENAI_API_KEY\']}"},\n'
    '    json={"model": "gpt-4o-mini", "messages": [], "logit_bias": {}},\n)\n'
)
_AFTER = (
    "import os\n\nimport requests\n\nrequests.post(\n"
    '    "https://qianfan.baidubce.com/v2/chat/completions",\n'
    '    headers={"Authorization": f"Bearer {os.environ[\'QIANFAN_API_KEY\']}"},\n'
    '    json={"model": "ernie-4.5-turbo-128k", "messages": []},\n)\n'
)
EXAMPLES = (
    Example(_BEFORE, _AFTER, options=Options(review=True)),
    Example.told(_BEFORE, "without the SDK"),
    Example.told('BASE_URL = "https://api.openai.com/v1"\n', "URL of OpenAI's API"),
    Example.told(
        'import requests\n\nrequests.post("https://api.openai.com/v1/moderations", json={})\n',
        "nothing is known about it",
    ),
    Example(
        'def is_openai(url):\n    return url.startswith("https://api.openai.com/v1")\n',
        'def is_openai(url):\n    return url.startswith("https://api.openai.com/v1")\n',
        options=Options(review=True),
    ),
    Example.told(
        "import requests\n\n\nclass Decisions:\n    def __init__(self, base=None):\n"
        '        self.base = (base or "https://api.openai.com/v1").rstrip("/")\n\n'
        '    def decide(self):\n        return requests.post(f"{self.base}/decisions", json={})\n',
        "in a file where a request stays",
        options=Options(review=True),
    ),
    Example.told('if url == "https://api.openai.com/v1":\n    work()\n', "only compared"),
    Example(
        'import requests\n\nrequests.post("https://api.openai.com/v1/chat/completions", json=body)\n',
        'import requests\n\nrequests.post("https://api.deepseek.com/chat/completions", json=body)\n',
        "deepseek",
        says="only known at run time",
        options=Options(review=True),
    ),
    Example.silent('import requests\n\nrequests.get("https://platform.openai.com/docs")\n'),
    Example.silent('import requests\n\nrequests.post("https://api.groq.com/openai/v1/chat/completions")\n'),
)
