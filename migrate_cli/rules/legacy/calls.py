"""SDK02: calls of openai<1 (`openai.ChatCompletion.create`, `acreate`, …) in the form of the current SDK.

With `--upgrade-sdk` a call goes to the client that takes the place of the module's settings, or where those stand in
branches, in functions or in other files, to the module's own client (`openai.chat.completions.create`), which reads
the settings when it is called. `acreate` goes to an async client. `request_timeout` becomes `timeout`, `headers`
becomes `extra_headers`, and a key or base URL given with the call a client with these options. Everything that would
not run half done is written together, or not at all; the message then names what stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrate_cli.model import (
    AddImport,
    Argument,
    Finding,
    Operation,
    Options,
    Origin,
    RemoveImport,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.clients.client_endpoint import imported, is_target_url, offered
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.legacy.names import POSITIONAL, function_of, is_async, owner_of, path_of
from migrate_cli.rules.support import Example, Situation, bundled, drop, edit, manual, rename
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK02",
    "legacy-call",
    "call of openai<1",
    10,
    Safety.SAFE,
    leaves="calls that have no form in the current SDK (edits, engines, fine-tunes, `transcribe_raw`), methods passed "
    "on as values, arguments given by position or hidden in a dictionary that cannot be followed",
    covers=("SDK02", "SDK03"),
)

CONNECTION = ("api_key", "api_base")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call that is upgraded, and for what keeps a file from it."""
    if not situation.options.upgrade_sdk:
        return
    for hindrance in situation.upgrade.hindrances.get(site.path, ()):
        if hindrance.site == site.id:
            words = f"stays on openai<1, and with it all that belongs to it: {hindrance.reason}"
            yield manual(RULE, site, target, words, advice="change this place by hand, then run again")
    if site.kind is not SiteKind.CALL or not site.legacy or not situation.upgrade.moves(site):
        return
    path = path_of(site.symbol)
    if path is None or not offered(target, site.endpoint or ""):
        if site.endpoint != "completions" and left_alone(site, situation):  # SDK07 speaks of those
            yield manual(RULE, site, target, gone(site), advice=again(path))
        return
    edits = [*function(site, path, target, situation), *arguments(site)]
    words = f"becomes `{path}` of the current SDK"
    yield bundled(edit(RULE, site, target, words, *edits), situation)
    if site.unfollowed and not site.model_arguments and left_alone(site, situation):
        words = f"what comes through `**{site.unfollowed[0]}` needs the names of the current SDK"
        advice = "where it is called: `model` for engine, `timeout` for request_timeout, `extra_headers` for headers"
        yield manual(RULE, site, target, words, advice=advice)


def left_alone(site: Site, situation: Situation) -> bool:
    """Whether a call keeps its old form while its file moves on."""
    bundle = situation.upgrade.bundles.get(site.path)
    return bundle is not None and bundle not in situation.upgrade.waiting


def gone(site: Site) -> str:
    """That a call which the provider has no place for does not even run where its file has moved on."""
    return f"`{site.symbol}` is gone from the SDK that this file now uses"


def again(path: str | None) -> str:
    """What to write in its place."""
    return (
        f"write `{path}` on a client of the service that it goes to"
        if path is not None
        else "it has no successor"
    )


def obstacle(site: Site) -> str | None:
    """Why a call has no form for the current SDK, if so."""
    path = path_of(site.symbol)
    if path is None:
        return f"`{site.symbol}` has no successor in the current SDK"
    called = function_of(site)
    if called is None or owner_of(called) is None:
        return f"`{site.symbol}` is called under another name"
    if site.positional and path not in POSITIONAL:
        return "arguments are given by position"
    if site.positional > 1:
        return "more than one argument is given by position"
    for name in (*CONNECTION, "request_timeout", "headers"):
        for argument in site.named(name):
            hidden = argument.dictionary is not None or argument.statement is not None
            if hidden and name in CONNECTION and not nothing(argument):
                return f"`{name}` comes in a dictionary"
    limit = site.argument("request_timeout")
    if limit is not None and limit.code.lstrip().startswith(("(", "[")):
        return "`request_timeout` is a pair"
    return "`request_id` is given" if site.argument("request_id") is not None else None


def nothing(argument: Argument) -> bool:
    """Whether an argument is None."""
    return bool(argument.values) and all(v.origin is Origin.NONE for v in argument.values)


def function(site: Site, path: str, target: Target, situation: Situation) -> list[Operation]:
    """The edits that give a call its new function."""
    owner = owner_of(function_of(site) or "") or ""
    edits: list[Operation] = []
    if not owner:
        edits += [
            AddImport(site.path, "import openai"),
            RemoveImport(site.path, "openai", site.symbol.split(".")[-2]),
        ]
    module = owner or "openai"
    own, more = connection(site, target)
    edits += more
    receiver = receiver_of(site, module, own, situation)
    edits.append(ReplaceExpression(site.path, site.anchor, f"{receiver}.{path}"))
    return edits


def receiver_of(site: Site, module: str, own: dict[str, str], situation: Situation) -> str:
    """What the method is called on."""
    clients = situation.upgrade.clients.get(site.path)
    waits = is_async(site.symbol)
    name = (clients.asynchronous if waits else clients.sync) if clients is not None else None
    if name is not None:
        return f"{name}.with_options({written(own)})" if own else name
    if not waits and not own:
        return module
    given = {"api_key": f"{module}.api_key", "base_url": f"{module}.base_url", **own}
    cls = "AsyncOpenAI" if waits else "OpenAI"
    return f"{module}.{cls}({written(given)})"


def written(options: Mapping[str, str]) -> str:
    """Keyword arguments as source text."""
    return ", ".join(f"{key}={code}" for key, code in options.items())


def connection(site: Site, target: Target) -> tuple[dict[str, str], list[Operation]]:
    """The key and base URL that a call brings along, as options of a client, and the edits that take them away."""
    own: dict[str, str] = {}
    edits: list[Operation] = []
    for argument in site.named("api_key"):
        edits.append(drop(site, argument))
        if any(v.origin is Origin.LITERAL for v in argument.values):
            own["api_key"] = target.key_code
            edits += imported(site.path, target.key_code)
        elif not nothing(argument):
            own["api_key"] = renamed_inside(argument, target)
            edits += imported(site.path, own["api_key"])
    for argument in site.named("api_base"):
        edits.append(drop(site, argument))
        known = all(
            v.origin in (Origin.LITERAL, Origin.NONE) or is_target_url(v, target) for v in argument.values
        )
        if not known:
            own["base_url"] = argument.code
    return own, edits


def renamed_inside(argument: Argument, target: Target) -> str:
    """The text of a key that reads the provider's variable, not OpenAI's: it moves, so ENV01's edit would be lost."""
    text = argument.code.encode()
    for value in sorted(argument.values, key=lambda v: v.span.start, reverse=True):
        start, end = (place - argument.span.start for place in (value.span.start, value.span.end))
        inside = value.path == argument.path and 0 <= start < end <= len(text)
        if inside and is_key(value.variable):
            text = text[:start] + target.key_code.encode() + text[end:]
    return text.decode()


def arguments(site: Site) -> list[Operation]:
    """The keywords that are called something else now."""
    edits: list[Operation] = []
    limits = site.named("request_timeout")
    if limits:
        edits += [drop(site, a) for a in site.named("timeout")]
    edits += [rename(site, a, "timeout") for a in limits]
    edits += [rename(site, a, "extra_headers") for a in site.named("headers")]
    return edits


UPGRADE = Options(upgrade_sdk=True)
EXAMPLES = (
    Example(
        'import openai\n\nopenai.api_key = load()\nopenai.api_base = "https://api.openai.com/v1"\n'
        'r = openai.ChatCompletion.create(model="gpt-4o", messages=[], request_timeout=5)\n'
        'print(r["choices"][0]["message"]["content"])\n',
        'import openai\n\nclient = openai.OpenAI(api_key=load(), base_url="https://qianfan.baidubce.com/v2")\n'
        'r = client.chat.completions.create(model="gpt-4o", messages=[], timeout=5)\n'
        "print(r.choices[0].message.content)\n",
        beside=("SDK01", "SDK04"),
        options=UPGRADE,
    ),
    Example(
        "import openai\n\n\nasync def ask(key):\n    openai.api_key = key\n"
        '    return (await openai.ChatCompletion.acreate(model="gpt-4o", messages=[])).choices[0].message.content\n',
        'import openai\nopenai.base_url = "https://qianfan.baidubce.com/v2/"\n\n\n'
        "async def ask(key):\n    openai.api_key = key\n"
        "    return (await openai.AsyncOpenAI(api_key=openai.api_key, base_url=openai.base_url)"
        '.chat.completions.create(model="gpt-4o", messages=[])).choices[0].message.content\n',
        beside=("SDK01", "SDK04"),
        options=UPGRADE,
    ),
    Example(
        "import os\nimport openai\n\n"
        'openai.ChatCompletion.create(model=m, messages=[], api_key=other() or os.getenv("OPENAI_API_KEY"))\n',
        'import os\nimport openai\nopenai.base_url = "https://qianfan.baidubce.com/v2/"\n'
        'openai.api_key = os.environ.get("QIANFAN_API_KEY", "")\n\n'
        'openai.OpenAI(api_key=other() or os.environ["QIANFAN_API_KEY"], base_url=openai.base_url)'
        ".chat.completions.create(model=m, messages=[])\n",
        beside=("SDK01", "ENV01"),
        options=UPGRADE,
    ),
    Example.told(
        'import openai\n\nopenai.ChatCompletion.create("key", model="gpt-4o", messages=[])\n',
        "by position",
        options=UPGRADE,
    ),
    Example.told(
        'import openai\nfrom openai.error import RateLimitError\n\nopenai.Moderation.create(input="a")\n',
        "`openai.Moderation.create` is gone",
        options=UPGRADE,
    ),
    Example(
        "import openai\n\nopenai.base_url = b\n\n\ndef ask(**kwargs):\n"
        "    return openai.ChatCompletion.create(**kwargs).choices\n",
        "import openai\n\nopenai.base_url = b\n\n\ndef ask(**kwargs):\n"
        "    return openai.chat.completions.create(**kwargs).choices\n",
        says="needs the names of the current SDK",
        options=UPGRADE,
    ),
    Example.untouched('import openai\n\nopenai.ChatCompletion.create(model="gpt-4o", messages=[])\n'),
    Example.silent("import openai_mock as openai\n\nopenai.ChatCompletion.create(model=m)\n"),
)
