"""From paths to sites: discover, filter by bytes, read each candidate, settle what needs the whole project."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from migrate_cli.files.discover import discover
from migrate_cli.files.prefilter import is_seed, read_bytes
from migrate_cli.files.text import Unreadable
from migrate_cli.model import Scan, Site, Skip

if TYPE_CHECKING:
    from migrate_cli.files.document import Document

Progress = Callable[[int, int], None]

# Packages that read OPENAI_API_KEY (or the base URL) by themselves.
FRAMEWORKS = {
    "agents", "autogen", "autogen_ext", "chromadb", "crewai", "dspy", "embedchain", "guidance", "guardrails",
    "haystack", "langchain", "langchain_community", "langchain_openai", "litellm", "llama_index", "marvin", "mem0",
    "pydantic_ai", "ragas", "semantic_kernel", "smolagents",
}  # fmt: skip


def scan_paths(paths: Sequence[Path], progress: Progress | None = None) -> Scan:
    """Every usage site below `paths`.

    `progress` is called with (files done, files in all). Raises UserError for a path that does not exist; a file
    that cannot be read or parsed becomes a skip and the rest goes on.
    """
    found = discover(paths)
    skips = list(found.skips)
    candidates: list[str] = []
    contents: dict[str, bytes] = {}
    for done, path in enumerate(found.files, 1):
        try:
            data = read_bytes(found.root / path)
        except OSError as error:
            skips.append(Skip(path, f"could not be read: {error.strerror or error}", problem=True))
            continue
        if is_seed(data):
            candidates.append(path)
            contents[path] = data
        if progress is not None and (done % 64 == 0 or done == len(found.files)):
            progress(done, len(found.files))
    if not candidates:
        return Scan(str(found.root), (), tuple(skips), len(found.files), 0)
    collecting = gc.isenabled()
    gc.disable()  # syntax trees are many and hold no cycles: looking for some costs a quarter of the time
    try:
        return _read(found.root, found.project, candidates, contents, skips, len(found.files), progress)
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Library:
    """The files of a scan: bytes that were read already, texts opened on demand, files left out for a good reason."""

    root: Path
    contents: dict[str, bytes]
    documents: dict[str, Document] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)

    def read(self, path: str) -> bytes:
        return self.contents[path] if path in self.contents else read_bytes(self.root / path)

    def text(self, path: str, data: bytes) -> str:
        from migrate_cli.files.document import open_document

        try:
            self.documents[path] = open_document(path, data)
        except Unreadable as error:
            if not error.problem:
                self.excused.add(path)
            raise ValueError(error.reason) from None
        return self.documents[path].text

    def cell_of(self, path: str, line: int) -> tuple[int, int] | None:
        return self.documents[path].cell_of(line) if path in self.documents else None

    def broken_cells(self, path: str) -> tuple[int, ...]:
        notebook = self.documents[path].notebook
        return tuple(notebook.broken) if notebook is not None else ()


def _read(
    root: Path,
    project_files: Sequence[str],
    candidates: Sequence[str],
    contents: dict[str, bytes],
    skips: list[Skip],
    files: int,
    progress: Progress | None,
) -> Scan:
    from migrate_cli.index.project import Project
    from migrate_cli.index.resolve import Resolver
    from migrate_cli.sites.reader import read_sites, settle

    library = _Library(root, contents)
    frameworks: set[str] = set()
    project = Project(dict.fromkeys((*candidates, *project_files)), library.read, library.text, candidates)
    resolver = Resolver(project)
    sites: list[Site] = []
    for done, path in enumerate(candidates, 1):
        module = project.module(path)
        if module is None:
            skips.append(Skip(path, project.problems[path], problem=path not in library.excused))
            continue
        try:
            sites += read_sites(resolver, module, library.cell_of)
        except RecursionError:
            skips.append(Skip(path, "nested too deeply to be read", problem=True))
        frameworks |= {name for name in imported_packages(module.scope.bindings) if name in FRAMEWORKS}
        skips += [Skip(path, f"cell {n} does not parse", problem=True) for n in library.broken_cells(path)]
        if progress is not None:
            progress(files - len(candidates) + done, files)
    digests = {path: hashlib.sha256(project.data(path)).hexdigest() for path in library.documents}
    return Scan(
        str(root),
        tuple(sorted(settle(sites), key=lambda s: (s.path, s.span))),
        tuple(skips),
        files,
        len(candidates),
        tuple(sorted(frameworks)),
        digests,
    )


def imported_packages(bindings: object) -> set[str]:
    """Top-level names of the packages that a module imports."""
    assert isinstance(bindings, dict)
    return {
        b.module.split(".")[0]
        for group in bindings.values()
        for b in group
        if b.module and not b.module.startswith(".")
    }
