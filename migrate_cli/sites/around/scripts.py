"""Shell text inside and outside of configuration: what `sites/shell_lines.py` reads, and models given to commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Site, SiteKind
from migrate_cli.sites.around.sheet import Sheet, is_secret
from migrate_cli.sites.shell_lines import shell_sites

_SLASHES = re.compile(r"(?m)^[ \t]*//[^\n]*|/\*.*?\*/", re.DOTALL)


def script_sites(sheet: Sheet) -> Iterator[Site]:
    """The sites of every stretch of shell text, with their place in the file."""
    for span in sheet.scripts:
        text = sheet.written(span)
        before = len(sheet.page.data[: span.start].decode("utf-8", "replace"))
        if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
            text, before = text[1:-1], before + 1
        if sheet.form == "groovy":
            text = _SLASHES.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for site in shell_sites(sheet.page, text, before):
            yield replace(_closed(site), form=sheet.form)


def _closed(site: Site) -> Site:
    """An assignment of a key without what is assigned, whatever it looks like."""
    if site.kind is not SiteKind.ENVIRONMENT or not is_secret(site.symbol):
        return site
    given = tuple(
        replace(a, code="…", values=tuple(replace(v, literal="…", secret=True) for v in a.values))
        for a in site.arguments
    )
    return replace(site, code=site.symbol, arguments=given)
