"""CFG05: shell scripts, Makefiles, Dockerfiles and CI steps that call OpenAI or give a program one of its models.

Health checks and cron jobs keep using OpenAI after the code has moved. Nothing is edited; the finding says what to
write.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule("CFG05", "shell-and-docs", "shell text that calls OpenAI", 5)

SCRIPTS = frozenset({"shell", "docker", "make", "groovy"})  # forms that a shell reads from end to end


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every request, host and model in shell text."""
    if site.form is None or target.id == "azure":
        return
    if site.kind is SiteKind.REQUEST:
        yield _request(site, target)
    elif site.form in SCRIPTS and site.kind is SiteKind.URL:
        advice = f"use {target.base_url} there"
        yield manual(RULE, site, target, f"{site.symbol} in shell text", advice=advice)
    elif site.form in SCRIPTS and site.kind is SiteKind.MODEL:
        yield _model(site, target)


def _request(site: Site, target: Target) -> Finding:
    """A call of `curl` or the like."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    words = f"{site.symbol} calls OpenAI's {site.endpoint or 'API'}"
    if entry is not None and entry.instead:
        return manual(
            RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=entry.instead
        )
    key = f", the key in ${target.key_variable}" if target.key_variable else ""
    advice = f"call {target.base_url} in place of https://api.openai.com/v1{key}, and a model of {target.provider.name}"
    return manual(RULE, site, target, words, advice=advice)


def _model(site: Site, target: Target) -> Finding:
    name = site.symbol.removeprefix("openai/").removeprefix("openai:")
    choice = target.choose(name)
    if choice is not None and choice.to is not None:
        words = f"{name} → {choice.to}"
        return manual(RULE, site, target, words, advice=f"give {choice.to} there", source=choice.source)
    words = f"{name} is given to a program"
    return manual(RULE, site, target, words, advice=f"give a model of {target.provider.name} there")


EXAMPLES = (
    Example.untouched(
        'curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"\n', path="check.sh"
    ),
    Example.untouched("run:\n\tpython app.py --model gpt-4o-mini\n", path="Makefile"),
    Example.untouched(
        '# curl https://api.openai.com/v1/models\necho "see platform.openai.com"\n', path="help.sh"
    ),
)
