"""Sections of text within a limit of bytes: what does not fit is left out whole, and the text says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NAMED = 5  # of the sections left out, so many are named
_SHORT = 40  # characters of such a name
_RESERVE = 1_000  # bytes for the sentence that names them
_GLUE = "\n\n"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A section as text, with its name. A `part` belongs to the last section before it."""

    name: str
    text: str
    part: bool = False


def packed(opening: str, parcels: Sequence[Parcel], limit: int | None) -> str:
    """`opening` and the parcels in their order, ending in a newline, in at most `limit` bytes of UTF-8.

    Where they do not all fit, sections go before parts, so that a long list of parts does not push out what follows
    it; a part needs its section.
    """
    text = _joined([opening, *(parcel.text for parcel in parcels)])
    if limit is None or _size(text) <= limit:
        return text
    kept = _kept(parcels, limit - _RESERVE - _size(opening))
    left_out = [parcel.name for index, parcel in enumerate(parcels) if index not in kept]
    shown = (parcel.text for index, parcel in enumerate(parcels) if index in kept)
    return _joined([opening, *shown, _sentence(left_out, limit)])


def _kept(parcels: Sequence[Parcel], room: int) -> frozenset[int]:
    """The places of the parcels that fit."""
    owners = _owners(parcels)
    order = sorted(range(len(parcels)), key=lambda index: parcels[index].part)
    kept: set[int] = set()
    for index in order:
        size = _size(parcels[index].text + _GLUE)
        if size <= room and (owners[index] == index or owners[index] in kept):
            room -= size
            kept.add(index)
    return frozenset(kept)


def _owners(parcels: Sequence[Parcel]) -> list[int]:
    """For each parcel the place of its section, which is its own for a section."""
    owners: list[int] = []
    for index, parcel in enumerate(parcels):
        owners.append(owners[-1] if parcel.part and owners else index)
    return owners


def _sentence(names: Sequence[str], limit: int) -> str:
    shown = ", ".join(map(_short, names[:_NAMED]))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"_Left out to stay within {limit // 1024} KiB: {shown}{more}. The HTML report has everything._"


def _short(name: str) -> str:
    plain = "".join(character if character.isalnum() or character in " .:-" else " " for character in name)
    return plain if len(plain) <= _SHORT else f"{plain[: _SHORT - 1]}…"


def _joined(texts: Sequence[str]) -> str:
    return f"{_GLUE.join(texts)}\n"


def _size(text: str) -> int:
    return len(text.encode())
