"""A file as Python text, whatever it is on disk, and the edited text back into its bytes."""

from __future__ import annotations

from dataclasses import dataclass

from migrate_cli.files.notebook import Notebook, close_notebook, open_notebook
from migrate_cli.files.text import SourceText, decode, encode


@dataclass(frozen=True, slots=True)
class Document:
    """Python text of a source file or of a notebook's code cells."""

    text: str
    source: SourceText | None = None
    notebook: Notebook | None = None

    def restore(self, text: str) -> bytes:
        """The file's bytes with `text` in place of its own.

        Raises Unreadable when the encoding or the notebook cannot take the new text.
        """
        if self.notebook is not None:
            return close_notebook(self.notebook, text)
        assert self.source is not None
        return encode(self.source, text)

    def cell_of(self, line: int) -> tuple[int, int] | None:
        """(cell, line in the cell) of a line of a notebook, None for a source file."""
        return self.notebook.cell_of(line) if self.notebook is not None else None


def open_document(path: str, data: bytes) -> Document:
    """Read a `.py` or `.ipynb` file. Raises Unreadable with the reason."""
    if path.endswith(".ipynb"):
        notebook = open_notebook(data)
        return Document(notebook.source, notebook=notebook)
    source = decode(data)
    return Document(source.text, source=source)
