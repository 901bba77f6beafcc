"""From paths to sites: discover, filter by bytes, read each candidate, settle what needs the whole project."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate_cli.config import Config, load_config
from migrate_cli.files.discover import Discovery, discover
from migrate_cli.files.prefilter import is_seed, read_bytes
from migrate_cli.model import Scan, Site, Skip
from migrate_cli.sites.around.cassettes import cassette_hints
from migrate_cli.sites.around.run import may_hold, read_around, read_setup

if TYPE_CHECKING:
    from migrate_cli.index.module import Module
    from migrate_cli.index.resolve import Resolver
    from migrate_cli.sites.library import Library

SECONDS_PER_FILE = 30

Progress = Callable[[int, int], None]

# Packages that read OPENAI_API_KEY (or the base URL) by themselves.
FRAMEWORKS = {
    "ag2", "agents", "agno", "autogen", "autogen_ext", "chromadb", "crewai", "deepeval", "dsp", "dspy", "embedchain",
    "guidance", "guardrails", "haystack", "langchain", "langchain_classic", "langchain_community", "langchain_openai",
    "litellm", "llama_index", "marvin", "mem0", "phi", "pydantic_ai", "ragas", "semantic_kernel", "smolagents",
    "strands",
}  # fmt: skip


def scan_paths(paths: Sequence[Path], progress: Progress | None = None) -> Scan:
    """Every usage site below `paths`.

    `progress` is called with (files done, files in all). Raises UserError for a path that does not exist; a file
    that cannot be read or parsed becomes a skip and the rest goes on.
    """
    found = discover(paths)
    config = load_config(found.root)
    skips = list(found.skips)
    files = len(found.files) + len(found.around)
    contents = _sift(found.root, found.files, lambda _, data: is_seed(data), skips, _part(progress, 0, files))
    beside = _sift(found.root, found.around, may_hold, skips, _part(progress, len(found.files), files))
    around: list[Site] = []
    if beside:
        around, told = read_around(beside)
        skips += told
    if not contents:
        sites = tuple(sorted(around, key=lambda s: (s.path, s.span)))
        return Scan(str(found.root), sites, tuple(skips), files, len(beside), digests=digests_of(beside))
    collecting = gc.isenabled()
    gc.disable()  # syntax trees are many and hold no cycles: looking for some costs a quarter of the time
    try:
        scan = _read(found, contents, skips, files, progress, config)
    finally:
        if collecting:
            gc.enable()
    sites = tuple(sorted((*scan.sites, *around, *read_setup(contents)), key=lambda s: (s.path, s.span)))
    digests = {**scan.digests, **digests_of(beside)}
    hints = (*scan.hints, *cassette_hints(beside), *(_far_hints(found, sites) if sites else ()))
    return replace(scan, sites=sites, candidates=len(contents) + len(beside), digests=digests, hints=hints)


def _far_hints(found: Discovery, sites: Sequence[Site]) -> list[Site]:
    """What stands far from the calls: vector widths where embeddings are made, and JavaScript that uses OpenAI."""
    from migrate_cli.files.document import open_document
    from migrate_cli.files.text import Unreadable
    from migrate_cli.sites.hints import javascript, widths
    from migrate_cli.sites.page import Page

    embeds = any(site.endpoint == "embeddings" for site in sites)
    hints: list[Site] = []
    for path in (*found.files, *found.around):
        wide, script = embeds and path.endswith(widths.SUFFIXES), path.endswith(javascript.SUFFIXES)
        if not (wide or script):
            continue
        try:
            data = read_bytes(found.root / path)
            if wide and any(seed in data for seed in widths.SEEDS):
                hints += widths.width_hints(Page.of(path, open_document(path, data).text))
            if script and javascript.SEED in data:
                hints += javascript.script_hints(Page.of(path, open_document(path, data).text))
        except (OSError, Unreadable):
            continue  # said where the file was read for its sites
    return hints


def digests_of(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in contents.items()}


def _part(progress: Progress | None, before: int, files: int) -> Callable[[int], None] | None:
    """Progress that counts on from `before` files."""
    return None if progress is None else lambda done: progress(before + done, files)


def _sift(
    root: Path,
    paths: Sequence[str],
    wanted: Callable[[str, bytes], bool],
    skips: list[Skip],
    progress: Callable[[int], None] | None,
) -> dict[str, bytes]:
    """The bytes of the files that are worth more than reading them; one that cannot be read is added to `skips`."""
    contents: dict[str, bytes] = {}
    for done, path in enumerate(paths, 1):
        try:
            data = read_bytes(root / path)
        except OSError as error:
            skips.append(Skip(path, f"could not be read: {error.strerror or error}", problem=True))
            continue
        if wanted(path, data):
            contents[path] = data
        if progress is not None and (done % 64 == 0 or done == len(paths)):
            progress(done)
    return contents


def _read(
    found: Discovery,
    contents: dict[str, bytes],
    skips: list[Skip],
    files: int,
    progress: Progress | None,
    config: Config,
) -> Scan:
    from migrate_cli.sites.hints.code import code_hints
    from migrate_cli.sites.library import open_project
    from migrate_cli.sites.places import Places
    from migrate_cli.sites.reader import settle

    candidates = list(contents)
    library, resolver = open_project(found, contents, config)
    project = resolver.project
    frameworks: set[str] = set()
    sites: list[Site] = []
    hints: list[Site] = []
    for done, path in enumerate(candidates, 1):
        module = project.module(path)
        if module is None:
            skips.append(Skip(path, project.problems[path], problem=path not in library.excused))
            continue
        here = _of_module(resolver, module, library, skips)
        sites += here
        hints += code_hints(module, Places(library.cell_of), here) if here else ()
        named = FRAMEWORKS & imported_packages(module.scope.bindings)
        frameworks |= {
            name for name in named if project.find(path, name) is None
        }  # else it is the project itself
        skips += [Skip(path, f"cell {n} does not parse", problem=True) for n in library.broken_cells(path)]
        if progress is not None:
            progress(files - len(candidates) + done, files)
    digests = digests_of({path: project.data(path) for path in library.documents})
    digests |= project.beside.digests()
    return Scan(
        str(found.root),
        settle(sites),
        tuple(skips),
        files,
        len(candidates),
        tuple(sorted(frameworks)),
        digests,
        tuple(hints),
    )


def _of_module(resolver: Resolver, module: Module, library: Library, skips: list[Skip]) -> list[Site]:
    """The sites of one file of code; what goes wrong with it is added to `skips`."""
    from migrate_cli.sites.notebooks import notebook_sites
    from migrate_cli.sites.reader import read_sites

    path = module.path
    sites: list[Site] = []
    resolver.start_file(SECONDS_PER_FILE)
    try:
        sites += read_sites(resolver, module, library.cell_of)
        notebook = library.documents[path].notebook if path in library.documents else None
        if notebook is not None:
            sites += notebook_sites(resolver, notebook, module, library.cell_of, read_sites)
    except RecursionError:
        skips.append(Skip(path, "nested too deeply to be read", problem=True))
    except Exception as error:  # one bad file never ends a run
        skips.append(Skip(path, f"could not be analysed: {type(error).__name__}", problem=True))
    if resolver.late:
        reason = f"took longer than {SECONDS_PER_FILE} s: some places may be missing"
        skips.append(Skip(path, reason, problem=True))
    return sites


def imported_packages(bindings: object) -> set[str]:
    """Top-level names of the packages that a module imports."""
    assert isinstance(bindings, dict)
    return {
        b.module.split(".")[0]
        for group in bindings.values()
        for b in group
        if b.module and not b.module.startswith(".")
    }
