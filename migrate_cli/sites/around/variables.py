"""OPENAI_* and AZURE_OPENAI_* variables: where they are set, passed on or read.

A name counts where it is a key (`OPENAI_API_KEY: …`), a whole value (`- OPENAI_API_KEY`), assigned
(`OPENAI_API_KEY=…`) or marked as a variable (`$OPENAI_API_KEY`, `${{ secrets.OPENAI_API_KEY }}`,
`os.environ/OPENAI_API_KEY`). A name in a sentence or in a comment does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.model import Argument, Site, SiteKind, Span
from migrate_cli.sites.around.sheet import Sheet, foreign_host, is_secret
from migrate_cli.sites.around.shell_text import code_lines

NAME = re.compile(r"(?<![A-Za-z0-9_])(?:TF_VAR_)?(?:AZURE_)?OPENAI_[A-Z0-9_]*[A-Z0-9](?![A-Za-z0-9_])")
# Terraform and Bicep call their own variables so.
_HCL_NAME = re.compile(
    r"(?<![A-Za-z0-9_])(?:azure_?)?openai_?(?:api_?)?(?:key|base|endpoint)(?![A-Za-z0-9_])", re.I
)

# What stands before a name that is read or passed on, whatever the language of the file.
_CALLED = (
    r"(?<!\w)(?:secrets|envs?|vars?|values|environ|local|localenv)[.:/][\w.]*"  # secrets.NAME, env:NAME
    r"|(?:environ|env|secrets|vars)\s*\[\s*['\"]"
    r"|\b(?:env|env_var|getenv|credentials|secret|environ\.get|get|var)\(\s*['\"]?"
    r"|os\.environ/"
)
_MARKED = re.compile(rf"(?:\$\{{?\{{?\s*(?:[\w-]+[.:])*|\$\(|%|!|{_CALLED})$", re.IGNORECASE)
_MARKED_IN_SHELL = re.compile(
    rf"(?:{_CALLED})$", re.IGNORECASE
)  # a shell's own marks are read by shell_lines.py
_COMMAND = re.compile(
    r"""(?: (?:^|[\s;&|(])(?:export|unset|readonly|declare\s+-x|setenv|setx?|ARG|ENV|set\s+-gx)\s+(?:[\w]+\s+)*
      | (?:^|\s)(?:-e|--env|--build-arg|--set-secrets|--(?:set|update)-env-vars|--from-literal|--secret)
        [\s=]+['"]?(?:[^\s'"]*,)?(?:id=)?
    )$""",
    re.VERBOSE,
)
_DEFAULT = re.compile(r":?[-:,]\s*(?P<value>[^}\n]+)(?=\})")
_ASSIGNED = re.compile(r"\s*(?:[+:?]?=|:\s)")
_NAMES_ONLY = re.compile(r"[A-Z0-9_*,\s]+")
_TITLES = frozenset(
    [
        "description",
        "title",
        "summary",
        "help",
        "label",
        "message",
        "comment",
        "doc",
        "docs",
        "text",
        "prompt",
    ]
)
_BASES = ("OPENAI_BASE_URL", "OPENAI_API_BASE")


def variable_sites(sheet: Sheet) -> Iterator[Site]:
    """Every use of one of OpenAI's variables, one for each name and line."""
    names = re.compile(f"{NAME.pattern}|{_HCL_NAME.pattern}", re.IGNORECASE) if sheet.form == "hcl" else NAME
    scripts = set(sheet.scripts)
    values = {e.keys[:-1]: e for e in sheet.entries if e.keys[-1:] == ("value",)}
    hosts = _foreign_hosts(sheet)
    for entry in sheet.entries:
        for site in _key(sheet, names, entry):
            yield replace(site, elsewhere=hosts.get(entry.keys[:-1]))
        if entry.span not in scripts:
            for site in _value(sheet, names, entry):
                yield _with_value(sheet, site, entry, values.get(entry.keys[:-1]))


def _with_value(sheet: Sheet, site: Site, entry: Entry, value: Entry | None) -> Site:
    """`{name: OPENAI_MODEL, value: gpt-4o}`: the variable with what stands beside its name."""
    if value is None or value is entry or entry.value != site.symbol or site.arguments:
        return site
    return replace(site, arguments=(sheet.argument("value", value, secret=is_secret(site.symbol)),))


def _foreign_hosts(sheet: Sheet) -> dict[tuple[str, ...], str]:
    """The mappings whose base URL variable holds another provider's address, with its host."""
    hosts: dict[tuple[str, ...], str] = {}
    for entry in sheet.entries:
        if entry.keys[-1:] and entry.keys[-1] in _BASES and isinstance(entry.value, str):
            host = foreign_host(entry.value)
            if host is not None:
                hosts[entry.keys[:-1]] = host
    return hosts


def _key(sheet: Sheet, names: re.Pattern[str], entry: Entry) -> Iterator[Site]:
    """The name as a key: of a value, or of a mapping such as `valueFrom`."""
    for depth, key in enumerate(entry.keys):
        name = _whole(names, key)
        if name is None or (depth and entry.keys[depth - 1] == "properties"):
            continue  # in a schema it is only described
        if depth == len(entry.keys) - 1 and entry.key is not None:
            yield _site(sheet, name, entry.key, entry)
        elif (at := sheet.page.data.rfind(key.encode(), 0, entry.span.start)) >= 0:
            yield _site(sheet, name, Span(at, at + len(key)), None)


def _whole(names: re.Pattern[str], text: str) -> str | None:
    return text if names.fullmatch(text) else None


def _value(sheet: Sheet, names: re.Pattern[str], entry: Entry) -> Iterator[Site]:
    """Names inside a value."""
    if not isinstance(entry.value, str) or names.search(entry.value) is None:
        return
    written = sheet.written(entry.span)
    own = entry.keys[-1].lower() if entry.keys else ""
    passed_on = bool(entry.keys) and NAME.fullmatch(entry.keys[-1]) is not None
    for match in names.finditer(written):
        start = written.rfind("\n", 0, match.start()) + 1
        before = written[start : match.start()].lstrip().lstrip("\"'")
        end = written.find("\n", match.end())
        line = written[start : end if end >= 0 else len(written)].strip().strip("\"'")
        after = written[match.end() :]
        if before.startswith("#"):
            continue
        if passed_on and NAME.fullmatch(match[0]) is None:
            continue  # `OPENAI_API_KEY = var.openai_key`: the key says it
        alone = line == match[0] or _NAMES_ONLY.fullmatch(line) is not None
        first = not before and _ASSIGNED.match(after) is not None and not after.startswith(": ")
        if own in _TITLES and not _MARKED.search(before):
            continue
        if alone or first or _MARKED.search(before) or _COMMAND.search(before):
            site = _site(sheet, match[0], sheet.inside(entry.span, match.start(), match.end()), None)
            yield _with_default(sheet, site, entry, match.end())


def _with_default(sheet: Sheet, site: Site, entry: Entry, end: int) -> Site:
    """The site with what `${NAME:-default}` gives when the variable is not set."""
    found = _DEFAULT.match(sheet.written(entry.span), end)
    if found is None:
        return site
    given = Entry(entry.keys, found["value"], None, sheet.inside(entry.span, *found.span("value")), False)
    return replace(site, arguments=(sheet.argument("default", given, secret=is_secret(site.symbol)),))


def marked_in_scripts(sheet: Sheet) -> Iterator[Site]:
    """Names in shell text that are marked in ways that no shell knows: `${{ secrets.NAME }}`, `credentials('NAME')`."""
    for span in sheet.scripts:
        text = sheet.written(span)
        for start, line in code_lines(text):
            for match in NAME.finditer(line):
                alone = line.strip(" \t\r\\,\"'-") == match[0]
                if alone or _MARKED_IN_SHELL.search(line[: match.start()]):
                    at = sheet.inside(span, start + match.start(), start + match.end())
                    yield _site(sheet, match[0], at, None)


def _site(sheet: Sheet, name: str, span: Span, entry: Entry | None) -> Site:
    site = sheet.site(SiteKind.ENVIRONMENT, name, span, code=name)
    given: tuple[Argument, ...] = ()
    if entry is not None and entry.value is not None:
        given = (sheet.argument("value", entry, secret=is_secret(name)),)
    return replace(site, variable=name, arguments=given)
