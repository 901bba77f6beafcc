"""Shell text: variables of OpenAI, `curl` to its hosts, URLs, and what `pip install` brings.

For shell scripts, lines of Makefiles, Dockerfiles and workflows, PowerShell and batch files, and the shell lines of
notebooks. Comments, and messages that only tell the reader to set something, are no usage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Argument, Site, SiteKind
from migrate_cli.sites.hosts import urls_in
from migrate_cli.sites.packages import openai_package
from migrate_cli.sites.page import Page, named

VARIABLE = r"(?:AZURE_)?OPENAI_[A-Z0-9_]*[A-Z0-9]"
_QUOTED = r"""'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]"""
_COMMENT = re.compile(
    rf"""({_QUOTED})|(?<![^\s;&|(`])\#[^\n]*|^[ \t]*(?:@?rem\b|::)[^\n]*""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_COMMAND = re.compile(rf"(?:{_QUOTED}|[`^][ \t]*\r?\n|[^\n;|&'\"\\]|['\"])+")
# A text shown to the reader: `cat <<EOF … EOF` that goes nowhere but to the screen.
_SHOWN = re.compile(
    r"""^[^\n>]*\bcat[ \t]*(?:1?>&2[ \t]*)?<<-?[ \t]*(['"]?)(\w+)\1[ \t]*(?:1?>&2)?[ \t]*\n
        ([\s\S]*?)^[ \t]*\2[ \t]*$""",
    re.MULTILINE | re.VERBOSE,
)
_MESSAGE = re.compile(
    r"^\W*(?:(?:then|else|do|\{|!)\s+)*(?:echo|printf|print|Write-\w+|die|error|warn(?:ing)?|info|fail|abort|log\w*|say|msg)\b"
    r"(?![\s\S]*>\s*(?!&2|/dev/(?:stderr|tty))[\w./~$\"'>])"
)
_ASSIGNED = re.compile(
    rf"""(?P<lead>(?:\b(?:export|declare|readonly|local|ENV|ARG|setx?)[ \t]+(?:-\w+[ \t]+)*["']?)?\$?(?:env:)?)
        (?<![A-Za-z0-9_/-])(?P<name>{VARIABLE})["']?[ \t]*[?:+]?=(?![=~])[ \t]*
        (?P<value>"[^"\n]*"|'[^'\n]*'|(?:\$[({{][^\n)}}]*[)}}]|[^\s;&|"'`)])*)""",
    re.VERBOSE,
)
_READ = re.compile(
    rf"(?<![\\])(?:\$\{{?(?:env:)?(?P<a>{VARIABLE})\b(?:[:?=+-][^}}\n]*)?\}}?|\$\((?P<b>{VARIABLE})\)|%(?P<c>{VARIABLE})%)"
)
_TOLD = re.compile(
    rf"""(?:(?<![\w-])(?:unset|printenv|export|declare|typeset|readonly|local|setx|set|read|ARG|ENV|-e|--env|--build-arg|-v|%env|%set_env
        |secrets?[ ]+set|env[ ]+(?:add|rm|set)|--from-literal)
        (?:[ \t=]+-[A-Za-z]+(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?)*[ \t=]+["']?)
        (?P<name>{VARIABLE})(?![\w=])(?:[ \t]+(?P<value>"[^"\n]*"|'[^'\n]*'|[^\s;&|"'`)=-][^\s;&|"'`)]*))?""",
    re.VERBOSE,
)
_FETCH = re.compile(
    r"""(?<![\w./-])(?P<tool>curl(?:\.exe)?|wget|https?|xh|curlie|hurl|websocat|wscat
        |Invoke-RestMethod|Invoke-WebRequest|irm|iwr)\b(?=[ \t\\`^"'])""",
    re.IGNORECASE | re.VERBOSE,
)
_MODEL = re.compile(r"""\\?["']model\\?["']\s*:\s*\\?["'](?P<model>[^"'\\$\n]+)\\?["']""")
_INSTALL = re.compile(
    r"""(?<![\w./-])(?:
        (?:uv[ \t]+)?pip[\d.]*[ \t]+install | uv[ \t]+(?:add|tool[ \t]+install) | (?:poetry|pdm|rye|pixi)[ \t]+add
      | pipenv[ \t]+install | pipx[ \t]+install | (?:conda|mamba|micromamba)[ \t]+install
    )\b""",
    re.VERBOSE,
)
_WORD = re.compile(r""""(?P<a>[^"\n]*)"|'(?P<b>[^'\n]*)'|(?P<c>[^\s"'\\`]+)""")
_TAKES_VALUE = {
    "-r", "--requirement", "-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links",
    "-t", "--target", "-n", "--name", "-p", "--prefix", "--group", "-G", "--python", "--source",
}  # fmt: skip


def shell_sites(page: Page, text: str | None = None, offset: int = 0) -> list[Site]:
    """Sites of a shell text: the whole page, or `text`, which stands at the character `offset` of the page."""
    text = page.text if text is None else text
    if not ("penai" in text or "OPENAI" in text or "tiktoken" in text or "OpenAI" in text):
        return []
    plain = _visible(text)
    sites: list[Site] = []
    for start, end in _commands(plain):
        command = plain[start:end]
        if _MESSAGE.match(command):
            found = _reads(page, _without_single_quotes(command), offset + start, [])
        else:
            found = _of_command(page, command, offset + start)
        sites += [site for _, site in found]
    return sorted(sites, key=lambda s: (s.span, s.kind.value))


def _visible(text: str) -> str:
    """The text with comments and shown texts blanked out; every character keeps its place."""

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[1] else re.sub(r"[^\n]", " ", match[0])

    def shown(match: re.Match[str]) -> str:
        start, end = match.start(3) - match.start(), match.end(3) - match.start()
        return match[0][:start] + re.sub(r"[^\n]", " ", match[3]) + match[0][end:]

    return _SHOWN.sub(shown, _COMMENT.sub(blank, text))


def _without_single_quotes(command: str) -> str:
    return re.sub(r"'[^']*'", lambda match: " " * len(match[0]), command)


def _commands(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each command; one that names nothing of interest is left out."""
    for match in _COMMAND.finditer(text):
        found = match[0]
        if "penai" in found or "OPENAI" in found or "OpenAI" in found or "tiktoken" in found:
            start = match.start() + len(found) - len(found.lstrip())
            yield start, match.start() + len(found.rstrip())


Placed = tuple[tuple[int, int], Site]


def _of_command(page: Page, command: str, at: int) -> Iterator[Placed]:
    """The sites of one command, which stands at the character `at` of the page."""
    held: list[tuple[int, int]] = []
    request = _request(page, command, at)
    if request is not None:
        yield request
        held.append(request[0])
    assigned = list(_assignments(page, command, at))
    yield from assigned
    yield from _reads(page, command, at, [(span, site.symbol) for span, site in assigned])
    held += [span for span, _ in assigned]
    yield from _installs(page, command, at)
    for start, end, url in urls_in(command):
        if not any(first <= at + start < last for first, last in held):
            yield (
                (at + start, at + end),
                replace(page.site(SiteKind.URL, url.host, at + start, at + end), endpoint=url.endpoint),
            )


def _request(page: Page, command: str, at: int) -> Placed | None:
    """`curl` and its like, from the tool to the end of the command, when it goes to an API host."""
    tool = _FETCH.search(command)
    urls = [u for u in urls_in(command) if tool is not None and u[0] > tool.start()]
    if tool is None or not urls:
        return None
    start, end, (_, _, url) = tool.start(), len(command.rstrip("\\`^ \t\r\n)")), urls[0]
    end = max(end, urls[0][1])
    site = page.site(SiteKind.REQUEST, tool["tool"].lower().removesuffix(".exe"), at + start, at + end)
    arguments: tuple[Argument, ...] = ()
    model = _MODEL.search(command, start)
    if model is not None:
        arguments = (
            page.argument("model", model["model"], at + model.start("model"), at + model.end("model")),
        )
    return (at + start, at + end), replace(site, endpoint=url.endpoint, arguments=arguments)


def _assignments(page: Page, command: str, at: int) -> Iterator[Placed]:
    """`export OPENAI_API_KEY=…` and the forms of other shells."""
    seen: set[int] = set()
    for pattern in (_ASSIGNED, _TOLD):
        for match in pattern.finditer(command):
            name = match.start("name")
            if name in seen:
                continue
            seen.add(name)
            value = match["value"] or ""
            end = match.end("value") if value else match.end("name")
            start = match.start() if pattern is _ASSIGNED else name
            site = _variable(page, match["name"], at + start, at + end, at + name)
            bare = value.strip("\"'")
            if bare and not bare.startswith(("$", "%", "`", "<", "{")):
                inside = at + match.start("value") + value.index(bare)
                written = page.argument("value", bare, inside, inside + len(bare))
                site = replace(site, arguments=(written,))
            yield (at + start, at + end), site


def _reads(
    page: Page, command: str, at: int, assigned: list[tuple[tuple[int, int], str]]
) -> Iterator[Placed]:
    """`$OPENAI_API_KEY` and its other spellings, unless the very statement assigns the same name."""
    for match in _READ.finditer(command):
        group = next(g for g in "abc" if match[g])
        place = at + match.start()
        if any(first <= place < last and match[group] == symbol for (first, last), symbol in assigned):
            continue
        if match.start() and any(first <= place < last and place == first for (first, last), _ in assigned):
            continue
        site = _variable(page, match[group], place, at + match.end(), at + match.start(group))
        yield (place, at + match.end()), site


def _variable(page: Page, name: str, start: int, end: int, place: int) -> Site:
    site = page.site(SiteKind.ENVIRONMENT, name, start, end)
    return named(site, name, page.span(place, place + len(name)))


def _installs(page: Page, command: str, at: int) -> Iterator[Placed]:
    """One dependency for each requirement on OpenAI that an install command names."""
    install = _INSTALL.search(command)
    if install is None:
        return
    passing = False
    for word in _WORD.finditer(command, install.end()):
        group = next((g for g in "abc" if word[g]), None)
        if group is None:
            continue
        text = word[group]
        if passing or text.startswith("-"):
            passing = not passing and text in _TAKES_VALUE
            continue
        package = openai_package(text)
        if package is not None:
            start, end = at + word.start(group), at + word.end(group)
            yield (start, end), page.site(SiteKind.DEPENDENCY, package, start, end)
