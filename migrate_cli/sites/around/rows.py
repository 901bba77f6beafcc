"""The lines that name variables, read so that an edit can rename them, or put another line beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from migrate_cli.files.entry import Entry
from migrate_cli.files.secrets import contains_key
from migrate_cli.model import Given, Row, Site, SiteKind, Span
from migrate_cli.sites.around.sheet import Sheet, is_secret

_BEFORE = (
    r"(?P<before>[ \t]*(?:-[ \t]+)?(?:(?:export|ENV|ARG|set|setx|declare[ \t]+-x)[ \t]+|Environment=|\$env:)?"
    r"""["']?)"""
)
_SETTING = (
    r"""(?P<between>["']?[ \t]*(?::?=|:(?=[ \t])|:$)[ \t]*["']?)(?P<value>[^\r\n]*?)"""
    r"""(?P<after>["']?[ \t]*,?)(?P<comment>[ \t]+\#[^\r\n]*)?"""
)
_PASSED = r"""(?P<between>)(?P<value>)(?P<after>["']?,?)(?P<comment>[ \t]+\#[^\r\n]*)?"""
_STAND_IN = re.compile(
    r"<[^<>]*>|\[[^\[\]]*\]|\*+|x{3,}|\.{3,}|(?:sk-)?(?:proj-)?[\w .-]*(?:your|my|key[-_ ]?here|changeme|change[-_]me|"
    r"replace|insert|placeholder|dummy|fake|example|todo|xxx|test|\.\.\.|enter|secret[-_]?key|api[-_]?key|put|fill|"
    r"openai)[\w .…'<>/-]*|sk-[.…x*_-]*|none|null|empty|~",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"[$`%!&*]|\{\{|<<|\b(?:var|local|secrets|env)\.|^@")
_NAMES = re.compile(r"(?<!\w)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w)")
_OPENING = re.compile(r"[|>][+-]?\d?$|^[\[{&!*|>]")


def with_rows(sheet: Sheet, sites: Iterable[Site]) -> Iterator[Site]:
    """The sites, each variable with its line."""
    sites = list(sites)
    requests = [s.span for s in sites if s.kind is SiteKind.REQUEST]
    images = set(_images(sheet))
    for site in sites:
        if site.kind is not SiteKind.ENVIRONMENT or sheet.form == "hcl":
            yield site
            continue
        row = row_of(sheet, site)
        asks = any(span.start <= site.span.start < span.end for span in requests)
        reader = _reader(sheet, site, images)
        yield replace(site, row=replace(row, request=asks, reader=reader))


def row_of(sheet: Sheet, site: Site) -> Row:
    """The line of a variable."""
    data = sheet.page.data
    start = data.rfind(b"\n", 0, site.span.start) + 1
    end = data.find(b"\n", site.span.start)
    span = Span(start, end + 1 if end >= 0 else len(data))
    line = sheet.written(span)
    name = re.escape(str(site.variable))
    found = list(re.finditer(rf"(?<![A-Za-z0-9_]){name}(?![A-Za-z0-9_])", line))
    names = tuple(sheet.inside(span, *match.span()) for match in found)
    bare = line.rstrip("\r\n")
    for middle in (_SETTING, _PASSED):
        match = re.fullmatch(f"{_BEFORE}{name}{middle}", bare)
        if match is not None and not _OPENING.search(match["value"]):
            return _setting(sheet, site, Row(span, names, Given.NOTHING), match, line[len(bare) :])
    own = next((e for e in sheet.entries if _is_at(e, site)), None)
    given = _of_entry(sheet, site, own) if own is not None else None
    stored = own is not None and own.key != site.span and own.keys[-1] in ("name", "key")
    return Row(span, names, given or _in_a_longer_line(bare, str(site.variable)), stored=stored)


def _of_entry(sheet: Sheet, site: Site, own: Entry) -> Given | None:
    """What `{OPENAI_API_KEY: …}`, `{name: OPENAI_API_KEY, value: …}` or `valueFrom: …` give; None for others."""
    if own.key == site.span:
        return what(str(own.value or ""), str(site.variable))
    if own.keys[-1] not in ("name", "key"):
        return None
    item = own.keys[:-1]
    for entry in sheet.entries:
        if entry.keys == (*item, "value"):
            return what(str(entry.value or ""), str(site.variable))
        if entry.keys[: len(item) + 1] == (*item, "valueFrom") and entry.keys[-1] == "key":
            return Given.SAME if entry.value == site.variable else Given.REFERENCE
    return None


def _setting(sheet: Sheet, site: Site, row: Row, match: re.Match[str], newline: str) -> Row:
    """A line that is nothing but the setting."""
    passed = not match["between"]
    given = Given.NOTHING if passed else what(match["value"], str(site.variable))
    if not passed and given is Given.EMPTY and _opens_a_block(sheet, site):
        return row
    value = sheet.inside(row.span, *match.span("value")) if not passed else None
    text = match["value"] if given is not Given.SECRET else ""
    quote = match["after"].rstrip(", \t")
    comma = "," if sheet.form == "json" or match["after"].endswith(",") else ""
    siblings = frozenset(_beside(sheet, site))
    keyed = sheet.form in ("yaml", "json", "toml", "pyproject")
    return replace(
        row,
        given=given,
        value=value,
        text=text,
        before=match["before"],
        between=match["between"],
        after=f"{quote}{comma}{newline}",
        beside=siblings,
        alone=keyed and not siblings,
    )


def what(value: str, variable: str) -> Given:
    """What a line gives the variable."""
    value = value.strip().strip("\"'").strip()
    if not value:
        return Given.EMPTY
    if _REFERENCE.search(value):
        others = re.sub(rf"(?<![A-Za-z0-9_]){re.escape(variable)}(?![A-Za-z0-9_])", "", value)
        same = others != value and not re.search(r"[A-Za-z]{3,}_[A-Z_]+", others) and not contains_key(value)
        return Given.SAME if same else Given.REFERENCE
    if not is_secret(variable):
        return Given.PLAIN
    if contains_key(value):
        return Given.SECRET
    return Given.STAND_IN if _STAND_IN.fullmatch(value) else Given.SECRET


def _in_a_longer_line(line: str, variable: str) -> Given:
    """What a variable is given somewhere on a line; NOTHING when it is only read there."""
    name = re.escape(variable)
    value = r"""(?P<value>"[^"]*"|'[^']*'|[^\s;&|,"']*)"""
    patterns = (
        rf"""(?<![A-Za-z0-9_]){name}["']?[ \t]*=(?!=)[ \t]*{value}""",
        rf"(?:\bENV|%env|%set_env|\bsetx?|-gx)[ \t]+{name}[ \t]+(?!=){value}",
    )
    found = {what(match["value"], variable) for one in patterns for match in re.finditer(one, line)}
    if is_secret(variable) and contains_key(line):
        return Given.SECRET
    for given in (Given.SECRET, Given.PLAIN, Given.REFERENCE, Given.STAND_IN, Given.EMPTY):
        if given in found:
            return given
    return Given.NOTHING


def _opens_a_block(sheet: Sheet, site: Site) -> bool:
    """Whether the name is the key of a mapping and not of a value: `OPENAI_API_KEY:` before `required: true`."""
    return any(site.variable in entry.keys[:-1] for entry in sheet.entries)


def _beside(sheet: Sheet, site: Site) -> Iterator[str]:
    """The other names of the same mapping or list; of a script, every name that looks like a variable's."""
    own = next((e for e in sheet.entries if _is_at(e, site)), None)
    if own is None:
        yield from (name for name in _NAMES.findall(sheet.page.text) if name != site.variable)
        return
    depth = len(own.keys) - 1
    for entry in sheet.entries:
        if entry is own or len(entry.keys) <= depth or entry.keys[:depth] != own.keys[:depth]:
            continue
        name = entry.keys[depth]
        yield str(entry.value) if name.isdigit() and len(entry.keys) == depth + 1 else name


def _is_at(entry: Entry, site: Site) -> bool:
    """Whether an entry is the one that the site names: by its key, or as an item that is only the name."""
    return entry.key == site.span or (entry.span.start <= site.span.start < entry.span.end)


def _images(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The services of a compose file that run somebody's image and are not built here."""
    if sheet.form != "yaml":
        return
    built = {e.keys[:2] for e in sheet.entries if e.keys[:1] == ("services",) and "build" in e.keys[2:3]}
    for entry in sheet.entries:
        if entry.keys[:1] == ("services",) and entry.keys[2:] == ("image",) and entry.keys[:2] not in built:
            yield entry.keys[:2]


def _reader(sheet: Sheet, site: Site, images: Collection[tuple[str, ...]]) -> str | None:
    """Who reads a variable that is set for something of somebody else's, in words."""
    entry = next((e for e in sheet.entries if _is_at(e, site)), None)
    if entry is None:
        return None
    if entry.keys[:2] in images:
        return f"the image of the service {entry.keys[1]}"
    if entry.keys[:1] == ("jobs",) and "steps" in entry.keys:
        step = entry.keys[: entry.keys.index("steps") + 2]
        uses = next((e.value for e in sheet.entries if e.keys == (*step, "uses")), None)
        return f"the action {uses}" if uses is not None else None
    return None
