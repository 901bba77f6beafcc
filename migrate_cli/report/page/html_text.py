"""Escaped text with its links: to addresses in it, and to the sources behind it."""

from __future__ import annotations

import re
from html import escape

from migrate_cli.report.page.links import parts
from migrate_cli.report.page.model import Cell, Line, Tone
from migrate_cli.report.page.sources import Numbers, cited, number_list, source_text

_DATE = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)")
_NAMED = 3  # of several sources, so many are shown on hover


def linked(text: str) -> str:
    """`text` escaped, with each address in it as a link."""
    return "".join(
        f'<a href="{escape(piece)}" rel="noreferrer">{escape(piece)}</a>' if is_address else kept(piece)
        for piece, is_address in parts(text)
    )


def kept(text: str) -> str:
    """`text` escaped, with the dates in it kept on one line."""
    return _DATE.sub(r'<span class="whole">\1</span>', escape(text))


def said(line: Line, numbers: Numbers) -> str:
    """A sentence, followed by the numbers of its sources."""
    found = cited(line, numbers)
    if not found:
        return linked(line.text)
    mark = cited_link(line, f"[{number_list(found)}]", numbers)
    return f"{linked(line.text)} {mark}"


def cited_link(item: Cell | Line, text: str, numbers: Numbers) -> str:
    """`text` as a link to the first of the item's sources, all of which show on hover and on focus.

    Without sources it is `text` alone.
    """
    found = cited(item, numbers)
    if not found:
        return kept(text)
    names = {number: source for source, number in numbers.items()}
    shown = "; ".join(f"[{number}] {source_text(names[number])}" for number in found[:_NAMED])
    more = f"; and {number_list(found[_NAMED:])}" if len(found) > _NAMED else ""
    return (
        f'<a class="src" href="#s{found[0]}" aria-describedby="{" ".join(f"s{n}" for n in found)}"'
        f' data-number="{number_list(found)}" data-source="{escape(shown + more)}">{kept(text)}</a>'
    )


def classes(*names: str) -> str:
    """A class attribute of the names that are not empty; nothing without any."""
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def tone_class(tone: Tone) -> str:
    """The class of a tone, empty for the plain one."""
    return "" if tone is Tone.PLAIN else tone.value
