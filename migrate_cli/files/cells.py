"""The code cells of an `.ipynb` file, where their sources stand in the JSON, and how to write one anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from migrate_cli.files.text import Unreadable

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
_ESCAPED_LETTER = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_RAW_LINE = re.compile(r"(?:[^\\]|\\[^n])*\\n|(?:[^\\]|\\[^n])+")
_TEXT_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class CodeCell:
    """`number` counts all cells from 1; `start` and `end` bound the source's JSON value, in characters."""

    number: int
    code: str
    start: int
    end: int


def read_cells(text: str) -> tuple[CodeCell, ...]:
    """The code cells of a notebook; format 3 and older keep them in worksheets.

    Raises Unreadable for broken JSON, other files, and (not as a problem) other languages than Python.
    """
    outer: dict[str, Any] = {}
    cells: list[CodeCell] = []
    counted = 0

    def cell(_: int | str, at: int) -> int:
        nonlocal counted
        counted += 1
        found, end = _read_cell(text, at, counted)
        cells.extend(found)
        return end

    def member(key: int | str, at: int) -> int:
        if key == "cells":
            outer["cells"] = True
            return _array(text, at, cell)
        if key == "worksheets":
            outer["worksheets"] = True
            return _array(text, at, lambda _, place: _object(text, place, member))
        outer[str(key)], end = _DECODER.raw_decode(text, at)
        return end

    try:
        end = _object(text, _skip(text, 0), member)
        if _skip(text, end) != len(text):
            raise ValueError("something follows the end")
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("not a notebook, or a half-written one: broken JSON") from None
    _check_kind(outer)
    return tuple(cells)


def _check_kind(outer: dict[str, Any]) -> None:
    if "cells" not in outer:
        reason = "notebook of format 3 or older, without cells"
        raise Unreadable(reason if "worksheets" in outer else "not a notebook: no cells")
    metadata = outer.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    for section, name in (("kernelspec", "language"), ("language_info", "name")):
        inner = metadata.get(section)
        language = inner.get(name) if isinstance(inner, dict) else None
        if isinstance(language, str) and language:
            if "python" not in language.lower():
                raise Unreadable(f"notebook in another language: {language}", problem=False)
            return


def _read_cell(text: str, at: int, number: int) -> tuple[tuple[CodeCell, ...], int]:
    """The cell at `at` if it holds code, and where it ends."""
    kind: Any = None
    source: Any = ""
    place: tuple[int, int] | None = None

    def member(key: int | str, start: int) -> int:
        nonlocal kind, source, place
        value, end = _DECODER.raw_decode(text, start)
        if key == "cell_type":
            kind = value
        elif key == "source" or (key == "input" and place is None):
            source, place = value, (start, end)
        return end

    end = _object(text, at, member)
    if kind != "code" or place is None:
        return (), end
    code = "".join(source) if isinstance(source, list) else source
    if not isinstance(code, str):
        raise ValueError("source is no text")
    try:
        code.encode()
    except UnicodeEncodeError:
        raise Unreadable(f"cell {number} holds half a character (a lone surrogate)") from None
    return (CodeCell(number, code, *place),), end


def replace_cells(text: str, changed: dict[int, str], cells: tuple[CodeCell, ...]) -> str:
    """`text` with new code for the cells numbered in `changed`, written as the old code was."""
    plain = text.isascii() and _ESCAPED_LETTER.search(text) is not None
    for cell in reversed(cells):
        if cell.number in changed:
            raw = text[cell.start : cell.end]
            write = _write_list if raw.startswith("[") else _write_string
            text = text[: cell.start] + write(raw, changed[cell.number], plain) + text[cell.end :]
    return text


def _write_list(raw: str, code: str, plain: bool) -> str:
    """A list of lines. Lines that were there keep their very spelling, the spaces between their pattern."""
    spans: list[tuple[int, int]] = []

    def element(_: int | str, at: int) -> int:
        end = _DECODER.raw_decode(raw, at)[1]
        spans.append((at, end))
        return end

    _array(raw, 0, element)
    old = [json.loads(raw[start:end]) for start, end in spans]
    spelled = {line: raw[start:end] for line, (start, end) in zip(old, spans, strict=True)}
    joined = "".join(old)
    new = code.splitlines(True) if old == joined.splitlines(True) else _TEXT_LINE.findall(code)
    before = raw[1 : spans[0][0]] if spans else ""
    after = raw[spans[-1][1] : -1] if spans else ""
    gaps = [raw[left[1] : right[0]] for left, right in pairwise(spans)]
    usual = gaps[0] if gaps else "," + (before or " ")
    written = [spelled.get(line) or _spell(line, plain) for line in new]
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    for index in range(1, len(written)):
        # Past an insertion the old gaps are counted from the end.
        place = index if index <= kept else index - (len(new) - len(old))
        written[index] = (gaps[place - 1] if 0 < place < len(old) else usual) + written[index]
    return f"[{before}{''.join(written)}{after}]"


def _write_string(raw: str, code: str, plain: bool) -> str:
    """One string. Lines that were there keep their very spelling."""
    pieces = _RAW_LINE.findall(raw[1:-1])
    spelled: dict[str, str] = {json.loads(f'"{piece}"'): piece for piece in pieces}
    return '"' + "".join(spelled.get(n) or _spell(n, plain)[1:-1] for n in _TEXT_LINE.findall(code)) + '"'


def _spell(line: str, plain: bool) -> str:
    return json.dumps(line, ensure_ascii=plain)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _object(text: str, at: int, visit: Callable[[int | str, int], int]) -> int:
    """Walk the object at `at` and return its end; `visit(key, place of value)` returns the value's end."""

    def member(_: int | str, place: int) -> int:
        key, end = _DECODER.raw_decode(text, place)
        if not isinstance(key, str):
            raise ValueError("key is no string")
        return visit(key, _skip(text, _expect(text, _skip(text, end), ":")))

    return _sequence(text, at, "{}", member)


def _array(text: str, at: int, visit: Callable[[int | str, int], int]) -> int:
    """Walk the array at `at` the same way, with the index for a key."""
    return _sequence(text, at, "[]", visit)


def _sequence(text: str, at: int, brackets: str, visit: Callable[[int | str, int], int]) -> int:
    at = _skip(text, _expect(text, at, brackets[0]))
    if text[at : at + 1] == brackets[1]:
        return at + 1
    index = 0
    while True:
        at = _skip(text, visit(index, at))
        if text[at : at + 1] == brackets[1]:
            return at + 1
        at = _skip(text, _expect(text, at, ","))
        index += 1


def _expect(text: str, at: int, character: str) -> int:
    if text[at : at + 1] != character:
        raise ValueError(f"expected {character}")
    return at + 1
