"""The files of a scan: bytes that were read already, texts opened on demand, files left out for a good reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.text import Unreadable

if TYPE_CHECKING:
    from migrate_cli.config import Config
    from migrate_cli.files.discover import Discovery
    from migrate_cli.files.document import Document
    from migrate_cli.index.resolve import Resolver


def open_project(found: Discovery, contents: dict[str, bytes], config: Config) -> tuple[Library, Resolver]:
    """The files of a scan and a resolver over them; `contents` holds the bytes of those that can hold a usage."""
    from migrate_cli.index.declared import Declared
    from migrate_cli.index.project import Project
    from migrate_cli.index.resolve import Resolver

    library = Library(found.root, contents)
    known = dict.fromkeys((*contents, *found.project))
    project = Project(known, library.read, library.text, contents, found.beside)
    return library, Resolver(project, Declared(config.clients))


@dataclass(frozen=True, slots=True)
class Library:
    """What a project of Python files and notebooks below `root` is read through."""

    root: Path
    contents: dict[str, bytes]
    documents: dict[str, Document] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)

    def read(self, path: str) -> bytes:
        """Bytes of a file. Raises OSError."""
        return self.contents[path] if path in self.contents else read_bytes(self.root / path)

    def text(self, path: str, data: bytes) -> str:
        """Python text of a file. Raises ValueError with the reason when there is none."""
        from migrate_cli.files.document import open_document

        try:
            self.documents[path] = open_document(path, data)
        except Unreadable as error:
            if not error.problem:
                self.excused.add(path)
            raise ValueError(error.reason) from None
        return self.documents[path].text

    def cell_of(self, path: str, line: int) -> tuple[int, int] | None:
        """(cell, line in the cell) of a line of a notebook, None for a source file."""
        return self.documents[path].cell_of(line) if path in self.documents else None

    def broken_cells(self, path: str) -> tuple[int, ...]:
        """The cells of a notebook that do not parse."""
        notebook = self.documents[path].notebook
        return tuple(notebook.broken) if notebook is not None else ()
