"""CFG05: shell scripts, Makefiles, Dockerfiles and CI steps that call OpenAI or give a program one of its models.

Health checks and cron jobs keep using OpenAI after the code has moved. A request changes as a whole: address, key
variable and model; like a model that is given to a program, it waits for a look.

Does not handle: keys written into a command, addresses put together from variables, and samples in documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Options, ReplaceText, Rule, Safety, Site, SiteKind, Span
from migrate_cli.rules.around.values import changed_model, counterpart
from migrate_cli.rules.support import Example, Situation, literals, manual, review
from migrate_cli.rules.users import Standing
from migrate_cli.rules.written import rewritten
from migrate_cli.sites.hosts import urls_in
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG05",
    "shell-and-docs",
    "shell text that calls OpenAI",
    5,
    Safety.REVIEW,
    leaves="keys written into a command, addresses put together from variables, and samples in documentation",
)

SCRIPTS = frozenset({"shell", "docker", "make", "groovy"})  # forms that a shell reads from end to end
_KEY = re.compile(r"(?<![A-Za-z0-9_])OPENAI_(?:API_)?KEY(?![A-Za-z0-9_])")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every request, host and model in shell text."""
    if site.form is None or target.id == "azure":
        return
    if site.kind is SiteKind.REQUEST:
        yield _request(site, target)
    elif site.form in SCRIPTS and site.kind is SiteKind.URL:
        yield _url(site, target)
    elif site.form in SCRIPTS and site.kind is SiteKind.MODEL:
        yield _model(site, target)


def editable(site: Site) -> bool:
    """Whether the text of a site stands in its file as it is shown, and may be edited there."""
    whole = len(site.code.encode()) == site.span.end - site.span.start
    return whole and not site.path.endswith((".py", ".pyi", ".ipynb"))


def _url(site: Site, target: Target) -> Finding:
    new = counterpart(site.code, target) if editable(site) else None
    words = f"{site.symbol} in shell text"
    if new is None:
        return manual(RULE, site, target, words, advice=f"use {target.base_url} there")
    return review(RULE, site, target, f"{words} → {new}", ReplaceText(site.path, site.span, new))


def _request(site: Site, target: Target) -> Finding:
    """A call of `curl` or the like."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    words = f"{site.symbol} calls OpenAI's {site.endpoint or 'API'}"
    if entry is not None and entry.advice:
        return manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=entry.advice)
    key = f", the key in ${target.key_variable}" if target.key_variable else ""
    advice = f"call {target.base_url} in place of https://api.openai.com/v1{key}, and a model of {target.provider.name}"
    edits = list(_edits(site, target)) if editable(site) else []
    if not edits:
        return manual(RULE, site, target, words, advice=advice)
    return review(
        RULE, site, target, words, *edits, advice="see that the answer is read as the provider gives it"
    )


def _edits(site: Site, target: Target) -> Iterator[ReplaceText]:
    """The edits of a whole command; none when its address has no counterpart."""
    addresses = [
        (start, end, counterpart(site.code[start:end], target)) for start, end, _ in urls_in(site.code)
    ]
    if not addresses or any(new is None for _, _, new in addresses):
        return
    for start, end, new in addresses:
        yield ReplaceText(site.path, _inside(site, start, end), str(new))
    for match in _KEY.finditer(site.code) if target.key_variable else ():
        yield ReplaceText(site.path, _inside(site, *match.span()), str(target.key_variable))
    for value in (v for a in site.named("model") for v in literals(a)):
        choice = target.choose(str(value.literal))
        change = rewritten(value, choice.to) if choice is not None and choice.to is not None else None
        if change is not None:
            yield change


def _inside(site: Site, start: int, end: int) -> Span:
    """The byte span of some characters of a site's text."""
    first = site.span.start + len(site.code[:start].encode())
    return Span(first, first + len(site.code[start:end].encode()))


def _model(site: Site, target: Target) -> Finding:
    value = next((v for a in site.model_arguments for v in a.values), None)
    name = site.symbol.removeprefix("openai/").removeprefix("openai:")
    if value is not None and name == site.symbol and not site.path.endswith((".py", ".ipynb")):
        found = changed_model(RULE, site, target, name, value, Standing.UNKNOWN)
        if found is not None:
            return found
    choice = target.choose(name)
    new = choice.to if choice is not None and choice.to is not None else f"a model of {target.provider.name}"
    return manual(RULE, site, target, f"{name} is given to a program", advice=f"give {new} there")


_CURL = (
    'curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer $OPENAI_API_KEY" \\\n'
    '  -d \'{"model": "gpt-4o-mini", "messages": []}\'\n'
)
_MOVED = (
    'curl https://qianfan.baidubce.com/v2/chat/completions -H "Authorization: Bearer $QIANFAN_API_KEY" \\\n'
    '  -d \'{"model": "ernie-4.5-turbo-128k", "messages": []}\'\n'
)
EXAMPLES = (
    Example(_CURL, _MOVED, path="check.sh", options=Options(review=True)),
    Example.told(_CURL, "curl calls OpenAI's chat.completions", path="check.sh"),
    Example(
        "run:\n\tpython app.py --model gpt-4o-mini\n",
        "run:\n\tpython app.py --model ernie-4.5-turbo-128k\n",
        path="Makefile",
        options=Options(review=True),
    ),
    Example.told("curl https://api.openai.com/v1/moderations\n", "moderations", path="check.sh"),
    Example.silent(
        '# curl https://api.openai.com/v1/models\necho "see platform.openai.com"\n', path="help.sh"
    ),
    Example.silent("curl https://api.groq.com/openai/v1/models\n", path="check.sh"),
)
