"""From paths to sites: discover, filter by bytes, read each candidate, settle what needs the whole project."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from migrate_cli.files.discover import discover
from migrate_cli.files.prefilter import is_seed, read_bytes
from migrate_cli.files.text import Unreadable
from migrate_cli.model import Scan, Site, Skip

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
    return _read(found.root, found.project, candidates, contents, skips, len(found.files), progress)


def _read(
    root: Path,
    project_files: Sequence[str],
    candidates: Sequence[str],
    contents: dict[str, bytes],
    skips: list[Skip],
    files: int,
    progress: Progress | None,
) -> Scan:
    from migrate_cli.files.document import Document, open_document
    from migrate_cli.index.project import Project
    from migrate_cli.index.resolve import Resolver
    from migrate_cli.sites.reader import read_sites, settle

    documents: dict[str, Document] = {}
    excused: set[str] = set()
    frameworks: set[str] = set()

    def read(path: str) -> bytes:
        return contents[path] if path in contents else read_bytes(root / path)

    def text(path: str, data: bytes) -> str:
        try:
            documents[path] = open_document(path, data)
        except Unreadable as error:
            if not error.problem:
                excused.add(path)
            raise ValueError(error.reason) from None
        return documents[path].text

    def cell_of(path: str, line: int) -> tuple[int, int] | None:
        return documents[path].cell_of(line) if path in documents else None

    project = Project(dict.fromkeys((*candidates, *project_files)), read, text)
    resolver = Resolver(project)
    sites: list[Site] = []
    for done, path in enumerate(candidates, 1):
        module = project.module(path)
        if module is None:
            skips.append(Skip(path, project.problems[path], problem=path not in excused))
            continue
        try:
            sites += read_sites(resolver, module, cell_of)
        except RecursionError:
            skips.append(Skip(path, "nested too deeply to be read", problem=True))
        frameworks |= {name for name in imported_packages(module.scope.bindings) if name in FRAMEWORKS}
        broken = documents[path].notebook.broken if documents[path].notebook else ()  # type: ignore[union-attr]
        skips += [Skip(path, f"cell {number} does not parse", problem=True) for number in broken]
        if progress is not None:
            progress(files - len(candidates) + done, files)
    digests = {path: hashlib.sha256(project.data(path)).hexdigest() for path in documents}
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
