"""SDK08: a client without the provider's base URL and key talks to api.openai.com.

The constructor gets `base_url` and `api_key`. A base URL that is OpenAI's own, as a literal or as the default of an
environment read, is replaced where it is written. A key written into the source becomes an environment read.

Does not handle: constructors whose arguments come from a dictionary that cannot be followed, and computed base URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from migrate_cli.index.settings_classes import RENAMABLE
from migrate_cli.model import (
    AddImport,
    Argument,
    Compatibility,
    Finding,
    Level,
    NextStep,
    Operation,
    Options,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    StepKind,
    Value,
)
from migrate_cli.rules.clients.addresses import foreign, is_openai_url
from migrate_cli.rules.clients.guarded import guarded
from migrate_cli.rules.endpoints.as_chat import chat_edits
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.support import Example, Situation, edit, manual, migrated, note, put, quoted, review
from migrate_cli.rules.written import rewritten
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK08",
    "client-endpoint",
    "client without the provider's base URL and key",
    5,
    Safety.SAFE,
    leaves="constructors whose arguments come from a dictionary that cannot be followed; base URLs from elsewhere",
    covers=("SDK08", "SDK09"),
)

MASKED = "…"
OPENAI_URL = "https://api.openai.com/"
RULE_OF_SDK = "the openai package reads OPENAI_API_KEY"
# Reads that name the variable on the spot.
PLAIN_READS = {
    "os.getenv", "os.environ.get", "os.environ[]", "os.environ.pop", "os.environ.setdefault", "decouple.config",
}  # fmt: skip
_RENAMED = PLAIN_READS | {RENAMABLE, "streamlit.secrets[]"}
PLAIN = {"openai.OpenAI", "openai.AsyncOpenAI"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the constructor of a plain client."""
    if site.kind is not SiteKind.CLIENT or site.symbol not in PLAIN:
        return
    if site.elsewhere is not None:
        yield from guarded_later(site, target, situation)
        return
    yield from point(RULE, site, target, situation)


def point(
    rule: Rule, site: Site, target: Target, situation: Situation, *extra: Operation
) -> Iterator[Finding]:
    """Findings that point the constructor `site` at the target, with `extra` edits that belong to the same change."""
    url = site.argument("base_url")
    if url is not None and points(url, target):
        yield migrated(rule, site, target, f"already points to {target.provider.name}")
        return
    blocked = obstacle(site, target, situation)
    if blocked is not None:
        yield manual(rule, site, target, blocked[0], compatibility=blocked[1])
        return
    if is_apart(target, situation):
        words = f"client points to {target.base_url}"
        yield edit(rule, site, target, words, *extra, *set_apart(site, target))
        return
    edits = address(site, target, url)
    keys, remark = key(site, target)
    if edits is None:
        yield computed(rule, site, target, url, (*extra, *keys))
        return
    changes = guarded(site, situation, (*extra, *edits, *keys))
    yield edit(rule, site, target, f"client points to {target.base_url}", *changes)
    if remark is not None:
        yield remark_finding(rule, site, target, remark)


def guarded_later(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The guard for a client that is at its provider already."""
    if site.elsewhere is None or not target.owns(site.elsewhere) or is_apart(target, situation):
        return
    swap = guarded(site, situation)
    if swap:
        yield edit(RULE, site, target, "client keeps to the limits of its provider", *swap)


def is_apart(target: Target, situation: Situation) -> bool:
    """Whether a target is that of one capability, not the one that everything else moves to."""
    return any(target is other for other in situation.others.values())


def set_apart(site: Site, target: Target) -> list[Operation]:
    """Address and key at the constructor itself: what they come from may feed clients that go elsewhere."""
    code = target.key_code
    address_and_key = [put(site, "base_url", quoted(target.base_url)), put(site, "api_key", code)]
    return [*address_and_key, *imported(site.path, code)]


def computed(
    rule: Rule, site: Site, target: Target, url: Argument | None, rest: tuple[Operation, ...]
) -> Finding:
    """The finding for a base URL that is put together at run time; one that starts at OpenAI's host can be replaced.

    A path that the program puts behind the host itself is OpenAI's (SDK09): other providers have others.
    """
    words = f"base_url is decided at run time ({url.code if url else 'base_url'})"
    path = urlsplit(target.base_url).path.rstrip("/")
    if url is not None and "/v1" in url.code and path != "/v1":
        words += f", with /v1 behind the host, where {target.provider.name} has {path or 'nothing'}"
    advice = f"make it {target.base_url} for {target.provider.name}"
    others = sorted({urlsplit(str(v.literal)).netloc for v in foreign(url)}) if url is not None else []
    if url is not None and others and any(v.origin is Origin.NONE for v in url.values):
        words = f"the client also serves {', '.join(others)}, and OpenAI where {url.code} is left out"
        return manual(rule, site, target, words, advice=f"there, {advice}, with its key and model")
    known = [v.known for v in url.values] if url is not None else []
    if url is None or not known or not all(k and k.startswith(OPENAI_URL) for k in known):
        return manual(rule, site, target, words, advice=advice)
    change = ReplaceExpression(url.path, url.span, quoted(target.base_url))
    return review(rule, site, target, words, *rest, change, advice=advice)


def obstacle(site: Site, target: Target, situation: Situation) -> tuple[str, Compatibility] | None:
    """Why a constructor cannot be edited, if so, and how bad that is."""
    open_question = Compatibility.UNKNOWN
    if target.is_template:
        return f"the base URL of {target.provider.name} is your own: {target.base_url}", open_question
    if site.positional:
        return "constructed with positional arguments", open_question
    if site.unfollowed and site.argument("base_url") is None:
        return f"arguments come from `**{site.unfollowed[0]}`, which cannot be followed", open_question
    calls = situation.calls.get(site.id, ())
    if calls and not any(possible(target, call, review=situation.options.review) for call in calls):
        names = ", ".join(sorted({call.endpoint or call.symbol for call in calls}))
        words = f"only serves {names}, for which {target.provider.name} has no replacement; stays as it is"
        return words, Compatibility.UNSUPPORTED
    return None


def possible(target: Target, call: Site, *, review: bool = False) -> bool:
    """Whether a call has somewhere to go: an endpoint that exists, and a model unless all its names have none."""
    if call.endpoint is None or not (
        offered(target, call.endpoint) or becomes_chat(call, target) or (review and turns_into_chat(call))
    ):
        return False
    names = [
        v.literal for a in call.model_arguments for v in a.values if isinstance(v.literal, str) and v.literal
    ]
    choices = [target.choose(name) for name in names if not target.serves(name)]
    return not choices or any(c is None or c.to is not None for c in choices) or len(choices) < len(names)


def becomes_chat(call: Site, target: Target) -> bool:
    """Whether a call of the Responses API is so simple that it can be made as a chat (END01)."""
    return call.endpoint == "responses" and chat_edits(call, target) is not None


def turns_into_chat(call: Site) -> bool:
    """Whether a text completion is so simple that it can be made as a chat, which waits for a look (SDK07)."""
    from migrate_cli.rules.legacy.text_completions import chat_edits as as_chat

    return call.endpoint == "completions" and as_chat(call, upgraded=False) is not None


def unsupported(target: Target, endpoint: str) -> bool:
    """Whether the provider is known not to have an endpoint."""
    known = target.endpoint(endpoint)
    return known is not None and known.support.value == "rejected"


def offered(target: Target, endpoint: str) -> bool:
    """Whether the provider is known to have an endpoint at this very base URL."""
    known = target.endpoint(endpoint)
    return known is not None and known.support.value == "supported"


def is_target_url(value: Value, target: Target) -> bool:
    """Whether a base URL value is, or by default is, the target's."""
    return isinstance(value.literal, str) and target.owns(value.literal)


def address(site: Site, target: Target, url: Argument | None) -> list[Operation] | None:
    """Operations that set the base URL; None when it is computed."""
    wanted = quoted(target.base_url)
    if url is None or all(
        v.origin is Origin.NONE and v.path == url.path and v.span == url.span for v in url.values
    ):
        return [put(site, "base_url", wanted)]
    if any(not is_target_url(v, target) for v in foreign(url)):
        return None  # some of its clients are another provider's
    edits = otherwise(url, wanted)
    covered = [v for v in url.values if is_open(v)] if edits else chain(url)
    for value in url.values:
        if is_target_url(value, target) or value in covered:
            continue
        if value.origin is Origin.LITERAL or value.origin is Origin.NONE:
            edits.append(ReplaceExpression(value.path, value.span, wanted))
        elif value.origin is Origin.FILE:
            change = rewritten(value, target.base_url) if is_openai_url(value) else None
            if change is None:
                return None
            edits.append(change)
        elif str(value.variable).startswith("AZURE_"):
            return None
        elif value.origin is Origin.ENVIRONMENT and value.default_span and value.default_path:
            edits.append(ReplaceExpression(value.default_path, value.default_span, wanted))
        elif value.origin is Origin.ENVIRONMENT and value.read in ("os.getenv", "os.environ.get"):
            code = f'{value.read}("{value.variable}", {wanted})'
            edits.append(ReplaceExpression(value.path, value.span, code))
        elif value.origin is Origin.ENVIRONMENT and value.read == "os.environ[]":
            code = f'os.environ.get("{value.variable}", {wanted})'
            edits += [ReplaceExpression(value.path, value.span, code), *imported(value.path, code)]
        else:
            return None
    return edits


def is_open(value: Value) -> bool:
    """Whether a base URL may turn out to be none: a default of None, a variable without a default."""
    return value.origin is Origin.NONE or (value.origin is Origin.ENVIRONMENT and value.literal is None)


def chain(url: Argument) -> list[Value]:
    """The variables without a default that another one stands in for right behind them (`getenv(a) or getenv(b)`)."""
    reads = [v for v in url.values if v.origin is Origin.ENVIRONMENT]
    return [
        v
        for v in reads
        if v.literal is None
        and any(
            o.path == v.path and o.span > v.span and o.location.line - v.location.line <= 1 for o in reads
        )
    ]


def otherwise(url: Argument, wanted: str) -> list[Operation]:
    """`or URL` behind a base URL at the constructor: callers may pass None, and of several variables none be set."""
    here = url.dictionary is None and url.statement is None
    given = any(v.origin is Origin.NONE and v.span != url.span for v in url.values)
    if (
        not here
        or not (given or chain(url))
        or not all(is_open(v) or v.origin is Origin.LITERAL for v in url.values)
    ):
        return []
    code = url.code if re.fullmatch(r"[\w.]+", url.code) or " or " in url.code else f"({url.code})"
    return [ReplaceExpression(url.path, url.span, f"{code} or {wanted}")]


def points(url: Argument, target: Target) -> bool:
    """Whether a base URL is the target's, be it as the last resort of an `or`."""
    last = [
        v for v in url.values if (v.path, v.span.end) == (url.path, url.span.end) and is_target_url(v, target)
    ]
    spared = bool(last) and " or " in url.code
    chained = chain(url)
    return all(is_target_url(v, target) or (spared and is_open(v)) or v in chained for v in url.values)


def key(site: Site, target: Target) -> tuple[list[Operation], str | None]:
    """Operations that give the client the provider's key, and a remark when it comes from somewhere else."""
    argument = site.argument("api_key")
    code = target.key_code
    if argument is None:
        if site.unfollowed:
            return (
                [],
                f"the key comes from `**{site.unfollowed[0]}`: it must be the key of {target.provider.name}",
            )
        return [put(site, "api_key", code), *imported(site.path, code)], None
    written_here = all(v.span == argument.span and v.path == argument.path for v in argument.values)
    if written_here and all(v.origin in (Origin.NONE, Origin.LITERAL) for v in argument.values):
        return [ReplaceExpression(argument.path, argument.span, code), *imported(argument.path, code)], None
    edits: list[Operation] = []
    remark = None
    if argument.statement is not None and any(v.origin is Origin.NONE for v in argument.values):
        return [], f"the key is given by `{argument.code}`, and without one {RULE_OF_SDK}"
    for value in argument.values:
        if value.origin is Origin.LITERAL and not value.secret:
            remark = (
                f"the key is the placeholder at {value.location}: give it the key of {target.provider.name}"
            )
        elif value.origin is Origin.LITERAL:
            edits += [ReplaceExpression(value.path, value.span, code), *imported(value.path, code)]
        elif value.origin is Origin.NONE and MASKED in argument.code:
            remark = (
                "the key is partly written into the source: it must be the key of " + target.provider.name
            )
        elif value.origin is Origin.NONE:
            fallback = f"{argument.code} or {code}"
            edits += [
                ReplaceExpression(argument.path, argument.span, fallback),
                *imported(argument.path, code),
            ]
        elif value.origin is Origin.ENVIRONMENT and not is_key(value.variable):
            remark = f"the key is read from {value.variable}: it must hold the key of {target.provider.name}"
        elif value.origin in (Origin.DYNAMIC, Origin.FILE) or not renamed_where_read(value):
            remark = key_given_by(argument.code, target)
    return edits, remark


def renamed_where_read(value: Value) -> bool:
    """Whether the variable that a key is read from is renamed by ENV01, where it is read."""
    return value.origin is Origin.ENVIRONMENT and value.read in _RENAMED


def key_given_by(code: str, target: Target) -> str:
    """What to say of a key that an expression gives."""
    return f"the key is given by `{code}`: it must be the key of {target.provider.name}"


def imported(path: str, code: str) -> list[Operation]:
    """`import os` where the code needs it."""
    return [AddImport(path, "import os")] if "os." in code else []


def remark_finding(rule: Rule, site: Site, target: Target, remark: str) -> Finding:
    """The key's source needs a look, but nothing has to be edited here."""
    if remark.startswith("the key is read from"):
        told = note(rule, site, target, remark, compatibility=Compatibility.SAME)
        return replace(told, steps=tuple(own_variables(site, target)))
    return review(rule, site, target, remark)


def own_variables(site: Site, target: Target) -> Iterator[NextStep]:
    """What to set: the variables of the project's own that a client reads its key from, which keep their names."""
    read = (v for a in site.named("api_key") for v in a.values if v.origin is Origin.ENVIRONMENT)
    values = (v for v in read if not is_key(v.variable))
    for name in dict.fromkeys(v.variable for v in values if v.variable != target.key_variable):
        words = f"set {name} to the key of {target.provider.name} where the program runs"
        yield NextStep(StepKind.VARIABLE, words, f"export {name}=…")


def moves(findings: list[Finding]) -> Level:
    """What becomes of a client, from its findings: EDIT, MIGRATED, MANUAL or SKIP.

    One that has nowhere to go stays where it is (SKIP); one that waits for a person (MANUAL) will move.
    """
    levels = {f.level for f in findings}
    if any(f.level is Level.MANUAL and f.compatibility is Compatibility.UNSUPPORTED for f in findings):
        return Level.SKIP
    for level in (Level.MANUAL, Level.EDIT):
        if level in levels:
            return level
    if Level.REVIEW in levels:
        return Level.MANUAL
    return Level.MIGRATED if Level.MIGRATED in levels else Level.SKIP


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n",
        "import os\n\nfrom openai import OpenAI\n\n"
        'client = OpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])\n',
    ),
    Example(
        'import openai\n\nURL = "https://api.openai.com/v1"\nclient = openai.OpenAI(base_url=URL, api_key=load())\n',
        'import openai\n\nURL = "https://open.bigmodel.cn/api/paas/v4"\n'
        "client = openai.OpenAI(base_url=URL, api_key=load())\n",
        "glm",
    ),
    Example.untouched(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=k)\n'
    ),
    Example.untouched('from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:8000/v1")\n'),
    Example.untouched("from groq import Groq as OpenAI\n\nclient = OpenAI()\n"),
    Example.told(
        'import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url=os.environ["HOST"] + "/v1", api_key=k)\n',
        "with /v1 behind the host, where Zhipu AI / Z.AI (GLM) has /api/paas/v4",
        "glm",
    ),
    Example(
        'import os\nfrom openai import OpenAI\n\nhost = os.getenv("HOST", "https://api.openai.com")\n'
        'client = OpenAI(base_url=f"{host}/v1", api_key=k)\n',
        'import os\nfrom openai import OpenAI\n\nhost = os.getenv("HOST", "https://api.openai.com")\n'
        'client = OpenAI(base_url="https://open.bigmodel.cn/api/paas/v4", api_key=k)\n',
        "glm",
        options=Options(review=True),
    ),
    Example.untouched("from openai import OpenAI\n\n\ndef make(**options):\n    return OpenAI(**options)\n"),
)
