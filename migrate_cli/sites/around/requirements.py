"""Requirements on the openai package, tiktoken and the OpenAI parts of frameworks, in every file that can hold them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.model import Site, SiteKind, Span
from migrate_cli.sites.around.pins import in_words
from migrate_cli.sites.around.sheet import Sheet
from migrate_cli.sites.packages import openai_package

_LINE = re.compile(r"^[ \t]*(?P<requirement>[A-Za-z0-9][^\n#]*?)[ \t]*(?:\\\s*|\s#[^\n]*)?$", re.MULTILINE)
_SPECIFIER = re.compile(
    r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*(?P<version>[^;@]*?)\s*(?:;.*|--.*|\\.*|@.*)?$", re.DOTALL
)
_WHOLE = re.compile(r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*(?:[=<>~!^;@ (].*)?", re.DOTALL)
_CONDA_CHANNEL = re.compile(r"^[\w-]+::")

Keys = tuple[str, ...]
_ANY = "*"
# Where a manifest lists requirements, as keys; a number stands for any place in a list, `*` for any name.
_STRINGS: tuple[Keys, ...] = (
    ("project", "dependencies", "0"),
    ("project", "optional-dependencies", _ANY, "0"),
    ("dependency-groups", _ANY, "0"),
    ("build-system", "requires", "0"),
    ("tool", "pdm", "dev-dependencies", _ANY, "0"),
    ("tool", "uv", "dev-dependencies", "0"),
    ("tool", "uv", "constraint-dependencies", "0"),
    ("tool", "uv", "override-dependencies", "0"),
    ("tool", "rye", "dev-dependencies", "0"),
    ("tool", "hatch", "envs", _ANY, "dependencies", "0"),
    ("tool", "hatch", "envs", _ANY, "extra-dependencies", "0"),
    ("tool", "flit", "metadata", "requires", "0"),
    ("tool", "flit", "metadata", "requires-extra", _ANY, "0"),
    ("tool", "setuptools", "dynamic", "dependencies", "0"),
)
_TABLES: tuple[Keys, ...] = (
    ("tool", "poetry", "dependencies"),
    ("tool", "poetry", "dev-dependencies"),
    ("tool", "poetry", "group", _ANY, "dependencies"),
    ("tool", "pixi", "dependencies"),
    ("tool", "pixi", "pypi-dependencies"),
    ("tool", "pixi", "feature", _ANY, "dependencies"),
    ("tool", "pixi", "feature", _ANY, "pypi-dependencies"),
)
_PIPFILE: tuple[Keys, ...] = (("packages",), ("dev-packages",))
_CONDA_LISTS = frozenset(
    {"dependencies", "pip", "run", "host", "build", "requires", "run_constrained", "specs"}
)
_INI_LISTS = frozenset({"install_requires", "tests_require", "setup_requires", "requires", "deps"})


def dependency_sites(sheet: Sheet) -> list[Site]:
    """Every requirement of a manifest; one site each."""
    read = _READERS.get(sheet.form)
    return list(read(sheet)) if read is not None else []


def _requirements(sheet: Sheet) -> Iterator[Site]:
    """A pip requirements file; options, includes and comments are passed over."""
    text = sheet.page.text
    whole = Span(0, len(sheet.page.data))
    for match in _LINE.finditer(text):
        requirement = match["requirement"].rstrip()
        if openai_package(requirement) is not None and _WHOLE.fullmatch(requirement):
            start = match.start("requirement")
            yield from _site(sheet, requirement, sheet.inside(whole, start, start + len(requirement)))


def _pyproject(sheet: Sheet) -> Iterator[Site]:
    for entry in sheet.entries:
        if isinstance(entry.value, str) and any(_fits(entry.keys, pattern) for pattern in _STRINGS):
            yield from _site(sheet, entry.value, _unquoted(entry))
    yield from _tables(sheet, _TABLES)


def _pipfile(sheet: Sheet) -> Iterator[Site]:
    return _tables(sheet, _PIPFILE)


def _tables(sheet: Sheet, tables: tuple[Keys, ...]) -> Iterator[Site]:
    """`name = "version"` and `name = {version = "…", extras = […]}`."""
    for table in tables:
        width = len(table)
        packages: dict[Keys, list[Entry]] = {}
        for entry in sheet.entries:
            if len(entry.keys) > width and _fits(entry.keys[:width], table):
                packages.setdefault(entry.keys[: width + 1], []).append(entry)
        for keys, entries in packages.items():
            extras = [str(e.value) for e in entries if "extras" in e.keys[width + 1 :]]
            given = (e for e in entries if e.keys[width + 1 :] in ((), ("version",)))
            version = next((e for e in given if isinstance(e.value, str)), None)
            name = f"{keys[-1]}[{','.join(extras)}]" if extras else keys[-1]
            shown = f"{name} {version.value if version is not None else ''}".strip()
            for site in _site(sheet, shown, _name_of(sheet, keys[-1], entries[0], width + 1)):
                pin = (sheet.argument("version", version, secret=False),) if version is not None else ()
                yield replace(site, arguments=pin)


def _name_of(sheet: Sheet, name: str, entry: Entry, depth: int) -> Span:
    """Where a package is named in its table."""
    if len(entry.keys) == depth and entry.key is not None:
        return entry.key
    before = (entry.key or entry.span).start
    at = sheet.page.data.rfind(name.encode(), 0, before)
    return Span(at, at + len(name)) if at >= 0 else entry.span


def _conda(sheet: Sheet) -> Iterator[Site]:
    """`- openai=1.2` and the list beneath `- pip:`."""
    for entry in sheet.entries:
        names = [key for key in entry.keys if not key.isdigit()]
        if isinstance(entry.value, str) and names and names[-1] in _CONDA_LISTS:
            requirement = _CONDA_CHANNEL.sub("", entry.value)
            yield from _site(sheet, requirement, _unquoted(entry))


def _hooks(sheet: Sheet) -> Iterator[Site]:
    """What pre-commit installs beside a hook: `additional_dependencies: [openai]`."""
    for entry in sheet.entries:
        if isinstance(entry.value, str) and entry.keys[-2:-1] == ("additional_dependencies",):
            yield from _site(sheet, entry.value, _unquoted(entry))


def _ini(sheet: Sheet) -> Iterator[Site]:
    """The lists of setup.cfg and of tox, one requirement a line."""
    for entry in sheet.entries:
        listed = entry.keys[-1] in _INI_LISTS or entry.keys[:1] == ("options.extras_require",)
        if not listed or not isinstance(entry.value, str):
            continue
        written = sheet.written(entry.span)
        for match in _LINE.finditer(written):
            requirement = re.sub(r"^[\w,{}-]+:\s+", "", match["requirement"])  # tox: `py311: openai`
            start = match.end("requirement") - len(requirement)
            yield from _site(sheet, requirement, sheet.inside(entry.span, start, start + len(requirement)))


def _lock(sheet: Sheet) -> Iterator[Site]:
    """The packages that a lock file pins, each once."""
    seen: set[str] = set()
    for pattern in _LOCKED:
        for match in pattern.finditer(sheet.page.text):
            package = openai_package(match["name"])
            if package is None or package in seen:
                continue
            seen.add(package)
            version = match["version"] or ""
            span = sheet.page.span(match.start("name"), match.end("name"))
            shown = f"{package}=={version}" if version else package
            because = (
                f"pinned by a lock file: {in_words(f'=={version}')}"
                if package == "openai" and version
                else None
            )
            yield sheet.site(
                SiteKind.DEPENDENCY, package, span, code=shown, because=because or "pinned by a lock file"
            )


_LOCKED = (
    re.compile(
        re.compile(
            r'\[\[package(?:s)?\]\]\s*\nname = "(?P<name>[^"]+)"\s*\nversion = "(?P<version>[^"]*)"'
            r"(?!\s*\nsource = \{ (?:editable|virtual))"  # the project itself
        ),
    ),
    re.compile(r'(?m)^\s{8}"(?P<name>[^"]+)": \{(?:[^{}]|\{[^{}]*\})*?"version": "==(?P<version>[^"]*)"'),
    re.compile(r"(?m)^- name: (?P<name>[\w.-]+)\n  version: ['\"]?(?P<version>[\w.]+)"),
    # requirements.lock
    re.compile(r"(?m)^(?P<name>[A-Za-z0-9][\w.-]*(?:\[[^\]\n]*\])?)==(?P<version>[\w.]+)"),
)
_READERS: dict[str, Callable[[Sheet], Iterator[Site]]] = {
    "requirements": _requirements,
    "pyproject": _pyproject,
    "pipfile": _pipfile,
    "conda": _conda,
    "yaml": _hooks,
    "setup.cfg": _ini,
    "ini": _ini,
    "lock": _lock,
}


def _fits(keys: Keys, pattern: Keys) -> bool:
    return len(keys) == len(pattern) and all(
        want in (_ANY, key) or (want == "0" and key.isdigit())
        for key, want in zip(keys, pattern, strict=True)
    )


def _unquoted(entry: Entry) -> Span:
    return Span(entry.span.start + 1, entry.span.end - 1) if entry.quoted else entry.span


def _site(sheet: Sheet, requirement: str, span: Span) -> Iterator[Site]:
    """The site of one requirement, if it is on something of OpenAI's."""
    site = requirement_site(sheet, requirement, span)
    if site is not None:
        yield site


def requirement_site(sheet: Sheet, requirement: str, span: Span) -> Site | None:
    """The site of a requirement that stands at `span`; None when it is on anything else."""
    package = openai_package(requirement)
    if package is None:
        return None
    match = _SPECIFIER.match(requirement)
    because = in_words(match["version"] if match else "") if package == "openai" else None
    return sheet.site(SiteKind.DEPENDENCY, package, span, code=" ".join(requirement.split()), because=because)
