"""A file around the code as its readers see it: keys with values, stretches of shell text, and exact spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from migrate_cli.files.entry import Entry
from migrate_cli.files.secrets import mask
from migrate_cli.model import Argument, Certainty, Origin, Site, SiteKind, Span, Step, Value
from migrate_cli.sites.hosts import api_url
from migrate_cli.sites.page import Page

# A whole value that is a variable with what it is without one: `${MODEL:-gpt-4o}`, `${oc.env:MODEL,gpt-4o}`.
FALLBACK = re.compile(r"^[\"']?\$\{(?:(?:oc\.)?env:)?\w+(?::-|:|-|,)\s*(?P<value>[^${}\s]+)\}[\"']?$")
# A value that only says where the real one is kept.
REFERENCE = re.compile(r"\$[A-Z_][A-Z0-9_]*|\$\{\w+\}|\$\(\w+\)|\$?\{\{[^{}]*\}\}|var\.\w+")
IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")
SECRET = re.compile(r"key|token|secret|password", re.IGNORECASE)
LONGEST = 200  # characters of code kept with a site


@dataclass(frozen=True, slots=True)
class Sheet:
    """`entries` are the file's values under their keys, `scripts` the spans of text that a shell runs."""

    page: Page
    form: str
    entries: tuple[Entry, ...] = ()
    scripts: tuple[Span, ...] = ()

    def written(self, span: Span) -> str:
        """The text of a span as it stands in the file."""
        return self.page.data[span.start : span.end].decode("utf-8", "replace")

    def inside(self, span: Span, start: int, end: int) -> Span:
        """The byte span of the characters `[start, end)` of the text of `span`."""
        text = self.written(span)
        first = span.start + len(text[:start].encode())
        return Span(first, first + len(text[start:end].encode()))

    def site(
        self,
        kind: SiteKind,
        symbol: str,
        span: Span,
        *,
        code: str | None = None,
        certainty: Certainty = Certainty.PROVED,
        because: str | None = None,
    ) -> Site:
        """A site that is exactly this span; `because` is its evidence in words."""
        place = self.page.place(span)
        shown = mask(code if code is not None else self.written(span))[:LONGEST]
        steps = (Step(place, because),) if because else ()
        found = Site(
            kind, self.page.path, span, place, symbol, span, shown, certainty=certainty, evidence=steps
        )
        return replace(found, form=self.form)

    def argument(self, name: str, entry: Entry, *, secret: bool) -> Argument:
        """The value of an entry as an argument; of a secret nothing is kept but that it is there."""
        secret = secret and REFERENCE.fullmatch(str(entry.value or "").strip()) is None
        shown = "…" if secret and entry.value else mask(str(entry.value or ""))
        place = self.page.place(entry.span)
        value = Value(
            Origin.FILE,
            self.page.path,
            entry.span,
            place,
            literal=shown,
            secret=secret and bool(entry.value),
            named=".".join(entry.keys),
        )
        return Argument(name, self.page.path, entry.span, shown, (value,))


def is_secret(name: str) -> bool:
    """Whether what a variable or setting of this name holds must not be shown."""
    return SECRET.search(name) is not None


def last_name(keys: tuple[str, ...]) -> str:
    """The innermost key that is a name and not a place in a list."""
    return next((key for key in reversed(keys) if not key.isdigit()), "")


def foreign_host(url: str) -> str | None:
    """Host of a whole URL that is not OpenAI's; None when it is, or is not known before the program runs."""
    host = urlsplit(url.strip()).netloc
    if not host or any(mark in host for mark in "${<") or api_url(url.strip()) is not None:
        return None
    return host.rsplit("@", 1)[-1]


def as_meant(sheet: Sheet, entry: Entry, beside: Mapping[str, Entry]) -> Entry:
    """An entry as it is meant: `{name: MODEL, value: x}` is `MODEL: x`, and `${MODEL:-x}` is x when nothing is set."""
    if entry.keys[-1] == "value":
        name = next((beside[key] for key in ("name", "key") if key in beside), None)
        if name is not None and len(name.keys) == len(entry.keys) and IDENTIFIER.fullmatch(str(name.value)):
            entry = replace(entry, keys=(*entry.keys[:-1], str(name.value)))
    found = FALLBACK.search(sheet.written(entry.span)) if isinstance(entry.value, str) else None
    if found is not None:
        span = sheet.inside(entry.span, *found.span("value"))
        entry = replace(entry, value=found["value"], span=span, quoted=False)
    return entry


def siblings(entries: Collection[Entry]) -> dict[tuple[str, ...], dict[str, Entry]]:
    """What stands in each mapping by its own key: an entry, or the first of those inside a container."""
    groups: dict[tuple[str, ...], dict[str, Entry]] = {}
    for entry in entries:
        for depth, key in enumerate(entry.keys):
            groups.setdefault(entry.keys[:depth], {}).setdefault(key, entry)
    return groups
