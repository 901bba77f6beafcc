"""All that is known of one line: its sites with what else they could be, or why nothing was reported there."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.config import load_config
from migrate_cli.files.discover import Discovery, discover
from migrate_cli.files.prefilter import is_seed, read_bytes
from migrate_cli.index.module import Module
from migrate_cli.model import Certainty, Scan, Site, SiteId, SiteKind, UserError
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.library import Library, open_project
from migrate_cli.sites.places import Places
from migrate_cli.sites.quotes import CODE, Line, all_lines, places_named, quoted
from migrate_cli.sites.rejected import Rejected, alternatives, rejected_calls, rejected_imports

_PLACE = re.compile(r"(?P<file>.+?):(?:cell (?P<cell>\d+):)?(?P<line>\d+)(?::\d+)?:?")
_WANTED = "--explain-site wants FILE:LINE, or FILE:cell N:LINE in a notebook"
_NAMES_OPENAI = re.compile(r"openai|gpt-\d", re.IGNORECASE)
_NEWLINE = re.compile("\r\n?|\n")
_CALLED = frozenset({SiteKind.CLIENT, SiteKind.CALL, SiteKind.FRAMEWORK, SiteKind.REQUEST})


@dataclass(frozen=True, slots=True)
class Place:
    """A line as it was asked for: `path` relative to the root; without `cell`, that line of every cell."""

    path: str
    line: int
    cell: int | None = None

    def __str__(self) -> str:
        cell = f"cell {self.cell}:" if self.cell is not None else ""
        return f"{self.path}:{cell}{self.line}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a line.

    `others` says what else the function of a site may be; `remark` what the line is when nothing was reported there;
    `lines` are the source lines of every place that the sites name, keys masked.
    """

    place: Place
    scan: Scan
    sites: tuple[Site, ...]
    others: Mapping[SiteId, tuple[str, ...]]
    rejected: tuple[Rejected, ...]
    remark: str | None
    lines: Mapping[Line, str]


def explain_site(scan: Scan, paths: Sequence[Path], text: str) -> Explanation:
    """What `scan`, made of `paths`, knows of the line that `text` names.

    Raises UserError for a malformed place, a file that does not exist or is not among those read, and a line
    beyond its end.
    """
    root = Path(scan.root)
    place = find_place(root, text)
    found = discover(paths)
    if place.path not in {*found.files, *found.around}:
        raise UserError(
            f"{place.path} is not among the files that are read under {root}: name it as a path, too"
        )
    everything = all_lines(root, place.path)
    if everything and not any(_asked(place, *line) for line in everything):
        raise UserError(f"{place.path} has no line {str(place).removeprefix(place.path + ':')}")
    sites = tuple(site for site in scan.sites if _stands_on(site, place))
    others, rejected, remark = _looked_into(scan, found, place, sites)
    places = [*places_named(sites), *(step.location for r in rejected for step in r.evidence)]
    lines = quoted(root, (p for p in places if p.path != place.path)) | everything
    return Explanation(place, scan, sites, others, rejected, remark, lines)


def find_place(root: Path, text: str) -> Place:
    """The line that `FILE:LINE` names; FILE is looked for here, then under `root`. Raises UserError."""
    match = _PLACE.fullmatch(text.strip())
    if match is None or int(match["line"]) < 1:
        raise UserError(f"{_WANTED}, and got {text!r}")
    cell = int(match["cell"]) if match["cell"] else None
    for candidate in (Path(match["file"]), root / match["file"]):
        if candidate.is_file():
            real = candidate.resolve()
            if not real.is_relative_to(root):
                raise UserError(f"{match['file']} does not lie under {root}: name its directory as the path")
            return Place(real.relative_to(root).as_posix(), int(match["line"]), cell)
    raise UserError(f"--explain-site: there is no file {match['file']}")


def _asked(place: Place, path: str, cell: int | None, line: int) -> bool:
    return path == place.path and line == place.line and place.cell in (None, cell)


def _stands_on(site: Site, place: Place) -> bool:
    where = site.location
    return (
        where.path == place.path
        and place.cell in (None, where.cell)
        and where.line <= place.line <= where.end_line
    )


def _looked_into(
    scan: Scan,
    found: Discovery,
    place: Place,
    sites: Sequence[Site],
) -> tuple[dict[SiteId, tuple[str, ...]], tuple[Rejected, ...], str | None]:
    """What else the sites may be, what was rejected, and what the line is when there is neither."""
    reason = next((skip.reason for skip in scan.skips if skip.path == place.path), None)
    if reason is not None and not sites:
        return {}, (), f"{place.path} was not read: {reason}"
    if not place.path.endswith(CODE):
        return {}, (), None if sites else "nothing on this line names OpenAI's API, a key or a model in use"
    known = (path for path in found.files if (found.root / path).is_file())
    contents = {path: data for path in known if is_seed(data := read_bytes(found.root / path))}
    if place.path not in contents:
        return {}, (), "the file mentions nothing of OpenAI, so that it was not parsed"
    library, resolver = open_project(found, contents, load_config(found.root))
    module = resolver.project.module(place.path)
    if module is None:
        return {}, (), f"{place.path} was not read: {resolver.project.problems[place.path]}"
    reader = Reader(resolver, Places(library.cell_of))
    unsure = [s for s in sites if s.certainty is not Certainty.PROVED and s.kind in _CALLED]
    others = {site.id: said for site in unsure if (said := alternatives(reader, module, site))}
    taken = [site for site in scan.sites if site.path == place.path]
    rejected = tuple(
        r for line in _text_lines(library, module, place) for r in _on(reader, module, line, taken)
    )
    return others, rejected, None if sites or rejected else _remark(module, library, place)


def _on(reader: Reader, module: Module, line: int, taken: list[Site]) -> tuple[Rejected, ...]:
    lines = range(line, line + 1)
    return (
        *rejected_imports(reader, module, lines, taken),
        *rejected_calls(reader, module, lines, taken),
    )


def _text_lines(library: Library, module: Module, place: Place) -> list[int]:
    """The lines of the module's text that were asked for: one in a source file, one per cell of a notebook."""
    if not place.path.endswith(".ipynb"):
        return [place.line]
    cells = ((line, library.cell_of(place.path, line)) for line in range(1, len(module.starts) + 1))
    return [line for line, cell in cells if cell is not None and _asked(place, place.path, *cell)]


def _remark(module: Module, library: Library, place: Place) -> str:
    """What a line without any site and without any call of OpenAI's shape holds."""
    lines = _text_lines(library, module, place)
    unused = {node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if not any(node.lineno <= line <= (node.end_lineno or node.lineno) for line in lines):
            continue
        if node in unused:
            return "a docstring, or a text that is not used"
        if _NAMES_OPENAI.search(node.value):
            return "a text: only a whole variable name, host, model or key in it would count"
    written = _NEWLINE.split(module.text)
    if any(written[line - 1].lstrip().startswith("#") for line in lines):
        return "a comment"
    return "nothing on this line is a use of the OpenAI API by itself"
