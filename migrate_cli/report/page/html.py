"""The page as one HTML file of its own: nothing is fetched from anywhere, and nothing runs inline."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from migrate_cli.files.packaged import packaged_text
from migrate_cli.report.page.clean import cleaned
from migrate_cli.report.page.html_bars import bars
from migrate_cli.report.page.html_table import table
from migrate_cli.report.page.html_text import classes, linked, said, tone_class
from migrate_cli.report.page.model import (
    Bars,
    Block,
    Bullets,
    Line,
    Page,
    Paragraph,
    Section,
    Sources,
    Table,
    Verdict,
)
from migrate_cli.report.page.sources import Numbers, numbered, source_text


def page_html(page: Page) -> str:
    """The whole document, ending in a newline. The same page gives the same bytes."""
    page = cleaned(page)
    style, script = (packaged_text("migrate_cli.report.page", name) for name in ("page.css", "page.js"))
    return "\n".join(_document(page, numbered(page), style, script)) + "\n"


def _document(page: Page, numbers: Numbers, style: str, script: str) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(page.title)}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield from _header(page, numbers)
    yield "<main>"
    for section in page.sections:
        yield from _section(section, numbers, 2)
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _header(page: Page, numbers: Numbers) -> Iterator[str]:
    yield f"<header>\n<h1>{escape(page.title)}</h1>"
    if page.subtitle:
        yield f"<p>{linked(page.subtitle)}</p>"
    if page.dated.text:
        yield f'<p class="line dated">{said(page.dated, numbers)}</p>'
    yield _contents("Contents", page.sections)
    yield "</header>"


def _contents(label: str, sections: Sequence[Section]) -> str:
    links = "".join(
        f'<li><a href="#{escape(section.id)}">{escape(section.heading)}</a></li>' for section in sections
    )
    return f'<nav aria-label="{escape(label)}"><ul>{links}</ul></nav>'


def _section(section: Section, numbers: Numbers, level: int) -> Iterator[str]:
    name = escape(section.id)
    yield f'<section id="{name}" aria-labelledby="{name}-h">'
    yield f'<h{level} id="{name}-h">{escape(section.heading)}</h{level}>'
    if len(section.parts) > 1:
        yield _contents(section.heading, section.parts)
    for block in section.blocks:
        yield from _block(block, numbers)
    for part in section.parts:
        yield from _section(part, numbers, level + 1)
    yield "</section>"


def _block(block: Block, numbers: Numbers) -> Iterator[str]:
    match block:
        case Verdict():
            yield from _lines(block.lines, numbers, 'ul class="verdict"')
        case Paragraph():
            yield f"<p{classes('line', tone_class(block.line.tone))}>{said(block.line, numbers)}</p>"
        case Bullets():
            if block.title:
                yield f'<p class="title">{escape(block.title)}</p>'
            yield from _lines(block.lines, numbers, "ul")
        case Table():
            yield from table(block, numbers)
        case Bars():
            yield from bars(block)
        case Sources():
            listed = (
                f'<li id="s{number}">{linked(source_text(source))}</li>' for source, number in numbers.items()
            )
            yield from ('<ol class="sources">', *listed, "</ol>")


def _lines(lines: Sequence[Line], numbers: Numbers, tag: str) -> Iterator[str]:
    yield f"<{tag}>"
    yield from (f"<li{classes('line', tone_class(line.tone))}>{said(line, numbers)}</li>" for line in lines)
    yield "</ul>"
