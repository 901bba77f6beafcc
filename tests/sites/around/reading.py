"""What a scan says of one file around the code, given as path and text."""

from __future__ import annotations

from textwrap import dedent

from migrate_cli.model import Site
from migrate_cli.sites.around.run import may_hold, read_around


def sites(path: str, text: str | bytes) -> list[Site]:
    """All sites of one file; the first filter on bytes is asked as well."""
    data = text if isinstance(text, bytes) else dedent(text).encode()
    found, _ = read_around({path: data} if may_hold(path, data) else {})
    return found


def lines(path: str, text: str | bytes) -> list[str]:
    """`kind symbol:line` of each site, in order."""
    return [f"{s.kind.value} {s.symbol}:{s.location.line}" for s in sites(path, text)]


def spans(path: str, text: str) -> list[str]:
    """The exact text of each site."""
    data = dedent(text).encode()
    return [data[s.span.start : s.span.end].decode() for s in sites(path, text)]
