"""A text with what a site needs of it: exact byte spans and places for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from migrate_cli.files.secrets import mask
from migrate_cli.files.text import line_starts, location
from migrate_cli.model import Argument, Location, Origin, Site, SiteKind, Span, Value


def _as_it_is(place: Location) -> Location:
    return place


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text, also as UTF-8 bytes; `settle` moves a place of a notebook's text into its cell."""

    path: str
    text: str
    data: bytes
    starts: tuple[int, ...]
    settle: Callable[[Location], Location] = _as_it_is

    @classmethod
    def of(cls, path: str, text: str) -> Page:
        """The page of a file that is plain text."""
        data = text.encode("utf-8", "surrogatepass")
        return cls(path, text, data, line_starts(data))

    def span(self, start: int, end: int) -> Span:
        """Byte span of the characters `[start, end)`."""
        if len(self.text) == len(self.data):
            return Span(start, end)
        first = len(self.text[:start].encode("utf-8", "surrogatepass"))
        return Span(first, first + len(self.text[start:end].encode("utf-8", "surrogatepass")))

    def place(self, span: Span) -> Location:
        """Where a span stands."""
        return self.settle(location(self.path, self.data, self.starts, span))

    def site(self, kind: SiteKind, symbol: str, start: int, end: int) -> Site:
        """A site that is the characters `[start, end)` and nothing more."""
        span = self.span(start, end)
        return Site(kind, self.path, span, self.place(span), symbol, span, mask(self.text[start:end]))

    def argument(self, name: str, literal: str, start: int, end: int) -> Argument:
        """A literal argument written at the characters `[start, end)`; a key in it is masked."""
        span = self.span(start, end)
        shown = mask(f"{name}='{literal}'").removeprefix(f"{name}='")[:-1]
        secret = shown != literal
        value = Value(Origin.LITERAL, self.path, span, self.place(span), literal=shown, secret=secret)
        return Argument(name, self.path, span, shown, (value,))


def named(site: Site, variable: str, name: Span) -> Site:
    """An environment site whose variable is named at the span `name`."""
    return replace(site, variable=variable, anchor=name)
