"""A notebook as one Python text, and the edited text back into the notebook's bytes.

All code cells follow each other, each after a comment line that marks it. IPython's own syntax is commented
out (see `magics`). Cells of another language and cells that do not parse stand as comment lines without
content, so one bad cell does not hide the others. Only the sources of changed cells are written; every
other byte stays.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from dataclasses import dataclass

from migrate_cli.files import magics
from migrate_cli.files.cells import CodeCell, read_cells, replace_cells
from migrate_cli.files.text import Unreadable


@dataclass(frozen=True, slots=True)
class Notebook:
    """`source` is the Python text. `broken` numbers the cells that do not parse: nothing in them is seen.

    `opaque` numbers those and the cells in another language; `marks` are the lines of the cell markers. `shell` holds
    the shell lines and line magics on the very lines that they have in `source`, at their columns in the cell.
    """

    data: bytes
    source: str
    cells: tuple[CodeCell, ...]
    broken: tuple[int, ...]
    opaque: frozenset[int]
    marks: tuple[int, ...]
    marker: str
    tag: str
    shell: str = ""

    def written_files(self) -> list[tuple[str, CodeCell, int]]:
        """(name, cell, line of `source` that its marker stands on) of each cell that `%%writefile` makes Python of."""
        named = (
            (magics.written_file(cell.code), cell, line)
            for cell, line in zip(self.cells, self.marks, strict=True)
        )
        return [(name, cell, line) for name, cell, line in named if name is not None]

    def cell_of(self, line: int) -> tuple[int, int]:
        """The cell that a 1-based line of `source` lies in, and the line within it, both from 1."""
        if not self.cells:
            return 1, line
        index = max(bisect_right(self.marks, line) - 1, 0)
        return self.cells[index].number, max(line - self.marks[index], 1)


def open_notebook(data: bytes) -> Notebook:
    """Read a notebook (format 4 or later).

    Raises Unreadable for anything else; its `problem` is false for a sound notebook in another language.
    """
    cells = read_cells(_text(data))
    marker = _unused("# ---- cell ", "-", cells)
    tag = _unused("# ipython: ", ":", cells)
    parts: list[str] = []
    shell: list[str] = []
    broken: list[int] = []
    opaque: set[int] = set()
    marks: list[int] = []
    line, late = 1, False
    for cell in cells:
        body = magics.shield(cell.code, tag, late=late)
        sound = magics.is_opaque(cell.code) or magics.parses(body + "\n")
        if not sound:
            broken.append(cell.number)
        if not sound or magics.is_opaque(cell.code):
            opaque.add(cell.number)
            body = "\n".join(tag.rstrip() for _ in magics.lines(cell.code))
        else:
            late = late or bool(cell.code.strip())
        part = f"{marker}{cell.number}\n{body}\n"
        parts.append(part)
        count = sum(1 for _ in magics.lines(part))
        view = magics.shell_view(cell.code, magics.shield(cell.code, tag, late=late), tag) if sound else ()
        shell += ["", *view, *[""] * (count - 1 - len(view))]
        marks.append(line)
        line += count
    shown = "\n".join(shell)
    return Notebook(
        data, "".join(parts), cells, tuple(broken), frozenset(opaque), tuple(marks), marker, tag, shown
    )


def close_notebook(notebook: Notebook, new_source: str) -> bytes:
    """The notebook's bytes with the edited text put back; the same bytes when nothing changed.

    Lines added where they cannot stay (before the first cell, in a cell of another language, above a cell
    magic) move on to the next place where they can. Raises Unreadable when cell markers or commented-out
    lines got lost, or a line has nowhere to go: the notebook must then be left alone.
    """
    if new_source == notebook.source:
        return notebook.data
    carried, bodies = _split(notebook, new_source)
    old_bodies = _split(notebook, notebook.source)[1]
    changed: dict[int, str] = {}
    for cell, old, body in zip(notebook.cells, old_bodies, bodies, strict=True):
        if cell.number in notebook.opaque:
            carried += _foreign(body, notebook.tag)
            continue
        if body == old and not carried:
            continue
        if body.count(notebook.tag) != old.count(notebook.tag):
            raise Unreadable(f"the edit lost a commented-out line of cell {cell.number}")
        try:
            changed[cell.number] = magics.unshield(_settled(cell, body, carried, notebook.tag), notebook.tag)
        except ValueError as error:
            raise Unreadable(f"cell {cell.number}: {error}") from None
        carried = []
    if carried:
        raise Unreadable("no Python cell is left to take an added line")
    text = replace_cells(_text(notebook.data), changed, notebook.cells)
    _verify(notebook, text, changed)
    bom = codecs.BOM_UTF8 if notebook.data.startswith(codecs.BOM_UTF8) else b""
    return bom + text.encode()


def _text(data: bytes) -> str:
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"not valid utf-8 (byte {error.start})") from None


def _unused(start: str, filler: str, cells: tuple[CodeCell, ...]) -> str:
    """A comment opening that no cell contains."""
    head = start.rstrip()
    while any(head in cell.code for cell in cells):
        head += filler
    return head + " "


def _split(notebook: Notebook, source: str) -> tuple[list[str], list[str]]:
    """Lines before the first marker, and the text of each cell."""
    sections: list[list[str]] = [[]]
    numbers: list[str] = []
    for content, newline in magics.lines(source):
        if content.startswith(notebook.marker):
            numbers.append(content.removeprefix(notebook.marker))
            sections.append([])
        else:
            sections[-1].append(content + newline)
    if numbers != [str(cell.number) for cell in notebook.cells]:
        raise Unreadable("the edit lost a cell marker")
    head = [line for line in sections[0] if line.strip()]
    return head, ["".join(section).removesuffix("\n") for section in sections[1:]]


def _foreign(body: str, tag: str) -> list[str]:
    """The lines that an edit added to a cell which shows no content."""
    return [content + "\n" for content, _ in magics.lines(body) if content.strip() not in ("", tag.strip())]


def _settled(cell: CodeCell, body: str, carried: list[str], tag: str) -> str:
    """The body with added lines below the cell magics that it starts with."""
    above = sum(1 for content, _ in magics.leading(cell.code) if content.startswith("%%"))
    rows = [content + newline for content, newline in magics.lines(body)]
    magical = [index for index, row in enumerate(rows) if row.startswith(f"{tag}%%")][:above]
    end = magical[-1] + 1 if magical else 0
    magic = [row for row in rows[:end] if row.startswith(tag) or not row.strip()]
    moved = [row for row in rows[:end] if row not in magic]
    if magic and carried and not magic[-1].endswith(("\n", "\r")):
        magic[-1] += "\n"
    return "".join([*magic, *carried, *moved, *rows[end:]])


def _verify(notebook: Notebook, text: str, changed: dict[int, str]) -> None:
    """Read the result back: every cell must hold what was meant."""
    meant = [(cell.number, changed.get(cell.number, cell.code)) for cell in notebook.cells]
    if [(cell.number, cell.code) for cell in read_cells(text)] != meant:
        raise Unreadable("the changed notebook does not read back as meant")
