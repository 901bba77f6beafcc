"""Settings of the `openai` module as one client: `client = openai.OpenAI(api_key=…, base_url=…)` in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import (
    Argument,
    Finding,
    InsertStatement,
    Operation,
    Origin,
    RemoveStatement,
    ReplaceExpression,
    Rule,
    Site,
    Value,
)
from migrate_cli.rules.clients.addresses import pointed
from migrate_cli.rules.clients.client_endpoint import (
    PLAIN_READS,
    imported,
    is_target_url,
    key_given_by,
)
from migrate_cli.rules.clients.guarded import guarded_class
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.support import Situation, bundled, edit, quoted, review
from migrate_cli.targets.endpoint import Target

MASKED = "…"


def as_client(rule: Rule, site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for one setting of a file that gets a client of its own; the last one makes room for it."""
    settings = [s for s in situation.settings if s.path == site.path]
    removal = RemoveStatement(site.path, site.span)
    if site is not settings[-1]:
        yield bundled(edit(rule, site, target, "becomes an argument of the client", removal), situation)
        return
    named = {s.symbol.rsplit(".", 1)[-1]: s.arguments[0] for s in settings}
    key, more, remark = key_code(named["api_key"], target)
    url, others = url_code(named.get("api_base"), target)
    clients = situation.upgrade.clients[site.path]
    module = prefix(site)
    edits: list[Operation] = [removal, *more, *others]
    for name, cls in ((clients.sync, "OpenAI"), (clients.asynchronous, "AsyncOpenAI")):
        if name is not None:
            own, guarding = guarded_class(cls, site, situation)
            edits += guarding
            line = f"{name} = {own or f'{module}.{cls}'}(api_key={key}, base_url={url})"
            edits.append(InsertStatement(site.path, site.span, line))
    words = f"the settings become a client that points to {target.base_url}"
    yield bundled(edit(rule, site, target, words, *edits), situation)
    if remark is not None:
        yield review(rule, site, target, remark)


def prefix(site: Site) -> str:
    """How a file writes the module: `openai` in `openai.api_key = …`."""
    return re.split(r"[:=]", site.code, maxsplit=1)[0].strip().rsplit(".", 1)[0]


def key_code(argument: Argument, target: Target) -> tuple[str, list[Operation], str | None]:
    """How the client's key is written, the edits beside it, and a remark where it comes from somewhere else."""
    edits: list[Operation] = []
    inline = [v for v in argument.values if v.path == argument.path and v.span == argument.span]
    if MASKED in argument.code or any(v.origin in (Origin.LITERAL, Origin.NONE) or plain(v) for v in inline):
        return target.key_code, imported(argument.path, target.key_code), None
    code, remark = argument.code, None
    for value in argument.values:
        if value.origin is Origin.ENVIRONMENT and is_key(value.variable):
            name = target.key_variable or ""
            code = re.sub(rf"([\"']){re.escape(str(value.variable))}\1", rf"\g<1>{name}\g<1>", code)
        elif value.origin is Origin.LITERAL and value.secret:
            edits += [
                ReplaceExpression(value.path, value.span, target.key_code),
                *imported(value.path, target.key_code),
            ]
        elif value.origin is not Origin.ENVIRONMENT or value.variable != target.key_variable:
            remark = key_given_by(argument.code, target)
    return code, edits, remark


def plain(value: Value) -> bool:
    """Whether a value is OpenAI's variable, read without a default."""
    reads = value.origin is Origin.ENVIRONMENT and value.read in PLAIN_READS
    return reads and is_key(value.variable) and value.default_span is None


def url_code(argument: Argument | None, target: Target) -> tuple[str, list[Operation]]:
    """How the client's base URL is written, and the edits beside it."""
    if argument is None:
        return quoted(target.base_url), []
    if all(is_target_url(v, target) for v in argument.values):
        return argument.code, []
    values = [v for v in argument.values if not is_target_url(v, target)]
    if all(v.path == argument.path and v.span == argument.span for v in values if v.default_span is None):
        spliced = with_defaults(argument, values, target)
        if spliced is not None:
            return spliced, []
    return argument.code, pointed(values, target)


def with_defaults(argument: Argument, values: list[Value], target: Target) -> str | None:
    """The expression with the target's base URL in the place of its literal, or of the defaults of its reads."""
    if any(v.default_span is None for v in values):
        return quoted(target.base_url)
    data = argument.code.encode("utf-8")
    for value in sorted(values, key=lambda v: v.default_span or v.span, reverse=True):
        span = value.default_span or value.span
        start, end = span.start - argument.span.start, span.end - argument.span.start
        if (value.default_path or value.path) != argument.path or start < 0 or end > len(data):
            return None
        data = data[:start] + quoted(target.base_url).encode("utf-8") + data[end:]
    return data.decode("utf-8")
