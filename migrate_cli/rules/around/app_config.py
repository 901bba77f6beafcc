"""CFG02: configuration files that choose OpenAI: a model, a provider, a class, a host.

Nothing is edited: what reads the file may accept only certain names, which no file tells. The finding says what to
write for the provider. `openai` as a provider often only means the protocol and may stay, with another base URL.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.around.shell_and_docs import SCRIPTS
from migrate_cli.rules.support import Example, Situation, manual, migrated, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule("CFG02", "app-config", "configuration file that chooses OpenAI", 5)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every model, provider, class path and host in a configuration file."""
    if site.form is None or site.form in SCRIPTS or target.id == "azure":
        return
    if site.kind is SiteKind.MODEL:
        yield model(site, target, site.symbol)
    elif site.kind is SiteKind.SETTING and site.elsewhere is None:
        yield _setting(site, target)
    elif site.kind is SiteKind.TYPE:
        advice = f"keep the class and give it base_url: {target.base_url}; {key_words(target)}"
        yield manual(RULE, site, target, f"{site.symbol} is built from this file", advice=advice)
    elif site.kind is SiteKind.URL:
        yield _url(site, target)


def model(site: Site, target: Target, name: str) -> Finding:
    """What becomes of a model's name."""
    if site.elsewhere is not None:
        if target.owns(site.elsewhere):
            return migrated(RULE, site, target, f"already points to {target.provider.name}")
        return skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")
    _, mark, bare = _parts(name)
    if mark:
        return _prefixed(site, target, mark, bare)
    choice = target.choose(name)
    if choice is not None and choice.to is not None:
        return manual(
            RULE,
            site,
            target,
            f"{name} → {choice.to}",
            compatibility=Compatibility.DIFFERS,
            advice=f"write {choice.to} here if this is what the program asks for",
            source=choice.source,
        )
    said = choice.note if choice is not None and choice.note else f"no replacement for {name} is known"
    return manual(
        RULE,
        site,
        target,
        said,
        compatibility=Compatibility.UNSUPPORTED,
        advice=f"--model {name}=NAME chooses one",
    )


def _setting(site: Site, target: Target) -> Finding:
    """A provider, or a key or address of OpenAI's."""
    advice = f"set the base URL beside it to {target.base_url}; {key_words(target)}"
    return manual(
        RULE, site, target, f"`{site.symbol}` chooses OpenAI in a configuration file", advice=advice
    )


def _prefixed(site: Site, target: Target, mark: str, name: str) -> Finding:
    """A model with its provider before it: the provider is the protocol, and stays."""
    choice = target.choose(name)
    known = choice is not None and choice.to is not None
    new = choice.to if choice is not None and known else f"a model of {target.provider.name}"
    advice = f"openai{mark}{new} with the base URL {target.base_url}; {key_words(target)}"
    source = choice.source if choice is not None else None
    return manual(RULE, site, target, f"{site.symbol} → {new}", advice=advice, source=source)


def _parts(symbol: str) -> tuple[str, str, str]:
    """`openai/gpt-4o` -> its provider, the mark between and the model; ("…", "", "") for anything else."""
    for mark in "/:":
        prefix, found, name = symbol.partition(mark)
        if found:
            return prefix, found, name
    return symbol, "", ""


def _url(site: Site, target: Target) -> Finding:
    words = f"{site.symbol} in a configuration file"
    advice = f"{target.base_url} as a base URL; in a list of allowed hosts, add its host"
    return manual(RULE, site, target, words, advice=advice)


def key_words(target: Target) -> str:
    """Where the key comes from."""
    return f"key from {target.key_variable}" if target.key_variable else "no key is needed"


EXAMPLES = (
    Example.untouched(
        "llm:\n  provider: openai\n  model: gpt-4o\n  base_url: https://api.openai.com/v1\n",
        path="config.yaml",
    ),
    Example.untouched('[prices]\n"gpt-4o" = 2.5\n', path="prices.toml"),
    Example.untouched(
        '{"model": "gpt-4o", "usage": {"total_tokens": 3}, "choices": []}\n', path="answer.json"
    ),
    Example.untouched("llm:\n  provider: anthropic\n  model: claude-sonnet-4-5\n", path="config.yaml"),
)
