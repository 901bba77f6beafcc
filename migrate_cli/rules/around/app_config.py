"""CFG02: configuration files that choose OpenAI: a model, a provider, a class, a base URL.

A value that flows into calls which all move is changed where it is written, together with them. One that nothing in
reach reads waits for a look: what reads the file may accept only certain names, which no file tells. `openai` as a
provider often only means the protocol and may stay, with another base URL.

Does not handle: models with a provider before them (`openai/gpt-4o`), class paths and providers: it says what to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from migrate_cli.model import Finding, Options, ReplaceText, Rule, Safety, Site, SiteKind, Span
from migrate_cli.rules import users
from migrate_cli.rules.around.shell_and_docs import SCRIPTS
from migrate_cli.rules.around.values import BASES, aimed, changed_model
from migrate_cli.rules.support import Example, Situation, edit, manual, migrated, review, skip
from migrate_cli.rules.users import Standing
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG02",
    "app-config",
    "configuration file that chooses OpenAI",
    5,
    Safety.SAFE,
    leaves="models with a provider before them, class paths and providers, of which it says what to write",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every model, provider, class path and base URL in a configuration file."""
    if site.form is None or site.form in SCRIPTS or target.id == "azure":
        return
    if site.kind is SiteKind.MODEL:
        yield model(site, target, situation)
    elif site.kind is SiteKind.SETTING and site.elsewhere is None:
        yield _setting(site, target)
    elif site.kind is SiteKind.TYPE:
        advice = f"keep the class and give it base_url: {target.base_url}; {key_words(target)}"
        yield manual(RULE, site, target, f"{site.symbol} is built from this file", advice=advice)
    elif site.kind is SiteKind.URL and is_base(site.code):
        yield _url(site, target, situation)


def is_base(code: str) -> bool:
    """Whether an address is one that programs ask below, and not a host in a list."""
    found = urlsplit(code.strip("\"'"))
    return bool(found.scheme) and not found.query


def readers_of(site: Site, situation: Situation) -> tuple[Site, ...]:
    """What in Python uses the value: by its place, or by the variable that it is given to."""
    value = next((v for a in site.arguments for v in a.values), None)
    span = value.span if value is not None else site.span
    found = situation.flows.get((site.path, span), ())
    name = (value.named or "").rpartition(".")[2] if value is not None else ""
    return found or (situation.reads.get(name, ()) if name.isupper() else ())


def model(site: Site, target: Target, situation: Situation) -> Finding:
    """What becomes of a model's name."""
    if site.elsewhere is not None:
        if target.owns(site.elsewhere):
            return migrated(RULE, site, target, f"already points to {target.provider.name}")
        return skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")
    _, mark, bare = _parts(site.symbol)
    if mark:
        return _prefixed(site, target, mark, bare)
    readers = readers_of(site, situation)
    chosen = aimed(readers, target, situation)
    if chosen is None:
        return manual(RULE, site, target, f"{site.symbol} feeds calls that go to different providers")
    value = next((v for a in site.arguments for v in a.values), None)
    standing = users.value(readers, situation)
    if standing is Standing.ALL and not users.surely(
        readers, (site.path, value.span if value else site.span)
    ):
        standing = Standing.UNKNOWN
    found = changed_model(RULE, site, chosen, site.symbol, value, standing) if value is not None else None
    if found is not None:
        return found
    words = f"no replacement for {site.symbol} is known"
    return manual(RULE, site, target, words, advice=f"--model {site.symbol}=NAME chooses one")


def _setting(site: Site, target: Target) -> Finding:
    """A provider, or a key or address of OpenAI's."""
    advice = f"set the base URL beside it to {target.base_url}; {key_words(target)}"
    return manual(
        RULE, site, target, f"`{site.symbol}` chooses OpenAI in a configuration file", advice=advice
    )


def _prefixed(site: Site, target: Target, mark: str, name: str) -> Finding:
    """A model with its provider before it: the provider is the protocol, and stays."""
    choice = target.choose(name)
    known = choice.to if choice is not None else None
    advice = f"openai{mark}{known or 'MODEL'} with the base URL {target.base_url}; {key_words(target)}"
    words = (
        f"{site.symbol} → {known}" if known else f"{site.symbol}: choose a model of {target.provider.name}"
    )
    source = choice.source if choice is not None else None
    return manual(RULE, site, target, words, advice=advice, source=source)


def _parts(symbol: str) -> tuple[str, str, str]:
    """`openai/gpt-4o` -> its provider, the mark between and the model; ("…", "", "") for anything else."""
    for mark in "/:":
        prefix, found, name = symbol.partition(mark)
        if found:
            return prefix, found, name
    return symbol, "", ""


def _url(site: Site, target: Target, situation: Situation) -> Finding:
    """A base URL: changed with the clients that it reaches."""
    words = f"{site.symbol} in a configuration file"
    advice = f"{target.base_url} as a base URL"
    plain = urlsplit(site.code).path in BASES and "azure" not in site.symbol
    if not plain or target.is_template:
        return manual(RULE, site, target, words, advice=advice)
    change = ReplaceText(site.path, site.span, target.base_url)
    place, readers = flowing(site, situation)
    sure = users.value(readers, situation) is Standing.ALL and users.surely(readers, (site.path, place))
    make = edit if sure else review
    return make(RULE, site, target, f"{words} → {target.base_url}", change)


def flowing(site: Site, situation: Situation) -> tuple[Span, tuple[Site, ...]]:
    """What in Python a value reaches, whether its place is told with its quotes or without, and that place."""
    start, end = site.span.start, site.span.end
    return next(
        (
            (span, found)
            for (path, span), found in situation.flows.items()
            if path == site.path and start - 1 <= span.start <= start and end <= span.end <= end + 1
        ),
        (site.span, ()),
    )


def key_words(target: Target) -> str:
    """Where the key comes from."""
    return f"key from {target.key_variable}" if target.key_variable else "no key is needed"


_CONFIG = "# llm\nllm:\n  temperature: 0.2\n  model: 'gpt-4o-mini'   # small\n  base_url: https://api.openai.com/v1\n"
_MOVED = _CONFIG.replace("gpt-4o-mini", "ernie-4.5-turbo-128k").replace(
    "https://api.openai.com/v1", "https://qianfan.baidubce.com/v2"
)
EXAMPLES = (
    Example(_CONFIG, _MOVED, path="config.yaml", options=Options(review=True)),
    Example.told(_CONFIG, "gpt-4o-mini → ernie-4.5-turbo-128k", path="config.yaml"),
    Example(
        '[llm]\nmodel = "gpt-4o-mini"\n',
        '[llm]\nmodel = "glm-5.3-flash"\n',
        "glm",
        path="settings.toml",
        options=Options(review=True),
    ),
    Example.told("llm:\n  provider: openai\n", "chooses OpenAI", path="config.yaml"),
    Example.silent('[prices]\n"gpt-4o" = 2.5\n', path="prices.toml"),
    Example.silent('{"model": "gpt-4o", "usage": {"total_tokens": 3}, "choices": []}\n', path="answer.json"),
    Example.silent("llm:\n  provider: anthropic\n  model: claude-sonnet-4-5\n", path="config.yaml"),
)
