"""Recorded answers of OpenAI's API, which tests play back: one hint for each folder of them."""

from __future__ import annotations

from collections.abc import Mapping

from migrate_cli.files.kinds import is_recorded
from migrate_cli.files.text import line_starts, location
from migrate_cli.model import Certainty, Site, SiteKind, Span

TOPIC = "cassette"
_HOST = b"api.openai.com"


def is_cassette(path: str, data: bytes) -> bool:
    """Whether a file is a recording of OpenAI's API."""
    return path.endswith((".yaml", ".yml", ".json")) and is_recorded(path) and _HOST in data


def cassette_hints(contents: Mapping[str, bytes]) -> tuple[Site, ...]:
    """A hint at the first recording of each folder; its code says how many there are."""
    folders: dict[str, list[str]] = {}
    for path, data in contents.items():
        if is_cassette(path, data):
            folders.setdefault(path.rpartition("/")[0], []).append(path)
    return tuple(_hint(sorted(paths), contents) for _, paths in sorted(folders.items()))


def _hint(paths: list[str], contents: Mapping[str, bytes]) -> Site:
    data = contents[paths[0]]
    start = data.index(_HOST)
    span = Span(start, start + len(_HOST))
    place = location(paths[0], data, line_starts(data), span)
    count = f"{len(paths)} recordings" if len(paths) > 1 else "a recording"
    return Site(
        SiteKind.HINT, paths[0], span, place, TOPIC, span, count, certainty=Certainty.PROVED, form="text"
    )
