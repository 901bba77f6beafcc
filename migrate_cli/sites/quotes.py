"""Source lines for people: any line of a file or of a notebook's cell, with every key in it masked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from migrate_cli.files.plain import decode_plain
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.secrets import mask
from migrate_cli.files.text import Unreadable
from migrate_cli.model import Location, Site

CODE = (".py", ".pyw", ".ipynb")
_NEWLINE = re.compile("\r\n?|\n")
Line = tuple[str, int | None, int]  # path, cell, line in it


def line_of(place: Location) -> Line:
    """Which line a place stands on."""
    return (place.path, place.cell, place.line)


def places_named(sites: Iterable[Site]) -> list[Location]:
    """Every place that an explanation of these sites names."""
    places = [site.location for site in sites]
    for site in sites:
        places += [step.location for step in site.evidence]
        values = [value for argument in site.arguments for value in argument.values]
        places += [value.location for value in values]
        places += [step.location for value in values for step in value.via]
    return [place for place in places if place.path]


def quoted(root: Path, places: Iterable[Location]) -> dict[Line, str]:
    """The lines that places stand on, whole; a line of a file that cannot be read any more is left out."""
    wanted = {line_of(place) for place in places}
    lines: dict[Line, str] = {}
    for path in {line[0] for line in wanted}:
        known = all_lines(root, path)
        lines.update((line, known[line]) for line in wanted if line in known)
    return lines


def all_lines(root: Path, path: str) -> dict[Line, str]:
    """Every line of a file, keys masked; empty when it cannot be read."""
    from migrate_cli.files.document import open_document

    try:
        data = read_bytes(root / path)
        document = open_document(path, data) if path.endswith(CODE) else None
        text = document.text if document is not None else decode_plain(data)
    except (OSError, Unreadable, SyntaxError):
        return {}
    lines: dict[Line, str] = {}
    for number, line in enumerate(_NEWLINE.split(mask(text)), 1):
        cell, inner = (document.cell_of(number) if document is not None else None) or (None, number)
        lines[path, cell, inner] = line
    return lines
