"""ENV07: one client, one key and one address for several capabilities.

Embeddings, images and speech go through the same client as chat, and not every provider has them: after the move of
the client, these calls meet an address that does not know them. With `--embeddings-to`, `--images-to` and
`--audio-to` they are made on a copy of the client with the other provider's address and key; all other settings of
the client stay. Without the option, the finding names the providers that have what is missing.

A client that serves one such capability alone moves there as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    AddImport,
    Compatibility,
    Finding,
    Level,
    Operation,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Span,
)
from migrate_cli.rules.clients.client_endpoint import imported, offered
from migrate_cli.rules.endpoints.service import absent, asks_for, offering, receiver
from migrate_cli.rules.support import Example, Situation, edit, manual, put, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV07",
    "split-client",
    "client that also serves what its provider lacks",
    30,
    Safety.SAFE,
    leaves="resources kept under a name (`images = client.images`), and calls through the module of openai>=1",
    covers=("ENV07", "EMB08"),
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for embeddings where they are missing, and for every call that goes to a provider of its own."""
    if site.kind is not SiteKind.CALL or site.endpoint is None:
        return
    capability = site.endpoint.partition(".")[0]
    if capability in situation.others:
        if not settled(site, target, situation):
            yield from apart(site, target, capability, situation)
    elif asks_for(site, ("embeddings",)) and (site.elsewhere is None or target.owns(site.elsewhere)):
        missing = absent(RULE, site, target)
        yield from () if missing is None else (missing,)


def settled(site: Site, target: Target, situation: Situation) -> bool:
    """Whether a call is where it belongs already, or on the client of somebody else."""
    base = site.argument("api_base")
    if base is not None and isinstance(base.literal, str) and target.owns(base.literal):
        return True
    if site.elsewhere is None:
        return False
    moving = (Level.EDIT, Level.MIGRATED)
    ours = bool(site.clients) and all(situation.levels.get(c) in moving for c in site.clients)
    return target.owns(site.elsewhere) or not ours


def apart(site: Site, target: Target, capability: str, situation: Situation) -> Iterator[Finding]:
    """A call that goes to `target`, which is not the provider of its client."""
    provider = target.provider.name
    if not offered(target, site.endpoint or ""):
        words = f"{provider} does not offer {site.endpoint} in OpenAI's shape"
        advice = f"name another with --{capability}-to: {', '.join(offering(target, site.endpoint or ''))}"
        yield manual(RULE, site, target, words, advice=advice)
        return
    if site.clients and all(alone(situation.calls.get(c, ()), capability) for c in site.clients):
        return
    options = f'base_url="{target.base_url}", api_key={target.key_code}'
    advice = f"make a second client with {options} and call {site.endpoint} on it"
    if target.is_template:
        words = f"the base URL of {provider} holds a name that only you know"
        yield manual(RULE, site, target, words, advice=advice)
        return
    edits = redirected(site, target)
    if edits is None:
        words = f"{site.endpoint} is called on `{site.code.partition('(')[0]}`, which cannot be split off"
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
    else:
        yield edit(RULE, site, target, f"{site.endpoint} goes to {target.base_url}", *edits)


def alone(calls: object, capability: str) -> bool:
    """Whether a client serves one capability only, so that it moves as a whole."""
    found = tuple(calls) if isinstance(calls, (tuple, list)) else ()
    return bool(found) and all((call.endpoint or "").partition(".")[0] == capability for call in found)


def redirected(site: Site, target: Target) -> list[Operation] | None:
    """The edits that send one call elsewhere; None when its client cannot be told apart."""
    key = target.key_code
    if site.legacy:
        made = [put(site, "api_base", quoted(target.base_url)), put(site, "api_key", key)]
        return None if site.unfollowed else [*made, *imported(site.path, key)]
    client = receiver(site)
    if client is None or site.symbol.startswith("openai."):
        return None
    span = Span(site.anchor.start, site.anchor.start + len(client.encode("utf-8")))
    copy = f"{client}.with_options(base_url={quoted(target.base_url)}, api_key={key})"
    change: list[Operation] = [ReplaceExpression(site.path, span, copy)]
    return [*change, *([AddImport(site.path, "import os")] if "os." in key else [])]


SHARED = (
    "import os\n\nfrom openai import OpenAI\n\n"
    'client = OpenAI(base_url="https://api.moonshot.cn/v1", api_key=os.environ["MOONSHOT_API_KEY"])\n'
    "client.chat.completions.create(model=m, messages=[])\n"
)
VECTORS = 'client.embeddings.create(model="text-embedding-v4", input=["a"])\n'
EXAMPLES = (
    Example(
        SHARED.replace("model=m", 'model="kimi-k3"') + VECTORS,
        SHARED.replace("model=m", 'model="kimi-k3"')
        + 'client.with_options(base_url="https://dashscope.aliyuncs.com/compatible-mode/v1", '
        'api_key=os.environ["DASHSCOPE_API_KEY"]).embeddings.create(model="text-embedding-v4", input=["a"])\n',
        "kimi",
        ("SDK08", "SDK23"),
        options=Options(others={"embeddings": "qwen"}),
    ),
    Example.told(SHARED + VECTORS, "does not offer embeddings", "kimi"),
    Example.silent(SHARED, "kimi"),
    Example.silent("from openai import OpenAI\n\nclient = OpenAI()\n" + VECTORS, "qwen"),
    Example.silent("from groq import Groq\n\nGroq().embeddings.create(model=m, input=[])\n", "kimi"),
)
