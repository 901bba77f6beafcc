"""OpenAI API hosts that stand as values: base URLs, allow lists, what a shell calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.model import Site, SiteKind, Span
from migrate_cli.sites.around.sheet import Sheet, last_name
from migrate_cli.sites.hosts import ApiUrl, urls_in

_TITLES = re.compile(
    r"(?:.*_)?(?:description|title|summary|help|label|message|comment|docs?|text|prompt|content|readme)", re.I
)
# `a.example, api.openai.com:443 *.example.org`: a list of hosts, and nothing that reads like a sentence.
_HOSTS_ONLY = re.compile(
    r"(?:\S*[\w*]\.[\w*]\S*|['\"\[\],;|\s]|self|none|unsafe-\w+|[a-z]+-src|['\w-]*:)+", re.IGNORECASE
)


def url_sites(sheet: Sheet) -> Iterator[Site]:
    """Every OpenAI host that is configuration."""
    if b"openai" not in sheet.page.data:
        return
    scripts = set(sheet.scripts)
    for entry in sheet.entries:
        yield from _key(sheet, entry)
        if entry.span not in scripts and isinstance(entry.value, str) and "openai" in entry.value:
            yield from _value(sheet, entry)


def _key(sheet: Sheet, entry: Entry) -> Iterator[Site]:
    """A host that is itself a key, as in allow lists and proxies' routes."""
    if entry.key is not None and "openai" in entry.keys[-1]:
        for first, last, url in urls_in(entry.keys[-1]):
            if last - first == len(entry.keys[-1]):
                yield _site(sheet, entry.key, url)


def _value(sheet: Sheet, entry: Entry) -> Iterator[Site]:
    value = str(entry.value)
    if _TITLES.fullmatch(last_name(entry.keys)):
        return
    lines = value.strip().split("\n")
    if not all(_HOSTS_ONLY.fullmatch(line) for line in lines if "openai" in line):
        return
    written = sheet.written(entry.span)
    for first, last, url in urls_in(written):
        end = last - 1 if written[last - 1] == "}" and "{" not in written[first:last] else last
        yield _site(sheet, sheet.inside(entry.span, first, end), url)


def _site(sheet: Sheet, span: Span, url: ApiUrl) -> Site:
    site = sheet.site(SiteKind.URL, url.host.lower(), span)
    return replace(site, endpoint=url.endpoint)
