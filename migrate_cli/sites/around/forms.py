"""From a file's text to its sheet: one reader for each form. What does not parse is read line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from migrate_cli.files.entry import Entry, byte_offsets
from migrate_cli.files.keyed_json import read_json
from migrate_cli.files.keyed_lines import read_dotenv, read_ini
from migrate_cli.files.keyed_toml import read_toml
from migrate_cli.files.keyed_yaml import read_yaml
from migrate_cli.model import Span
from migrate_cli.sites.around.sheet import Sheet, last_name
from migrate_cli.sites.page import Page

KEYED: dict[str, Callable[[str], tuple[Entry, ...]]] = {
    "yaml": read_yaml,
    "conda": read_yaml,
    "json": read_json,
    "toml": read_toml,
    "pyproject": read_toml,
    "pipfile": read_toml,
    "ini": read_ini,
    "setup.cfg": read_ini,
    "dotenv": read_dotenv,
}
SCRIPTS = ("shell", "docker", "make", "groovy")

# Keys whose values a shell runs, in workflows, compose files, task runners and unit files.
_SCRIPT_KEYS = re.compile(
    r"(?:.*[_-])?(?:run|script|scripts|cmds?|commands?|args|entrypoint|sh|bash|shell|execstart|execstartpre|"
    r"commands_pre|commands_post|install|test|build|start|inlinescript|postcreatecommand|poststartcommand)",
    re.IGNORECASE,
)
# Lists of `NAME=value`, as compose and many other files write an environment.
_ENVIRONMENTS = re.compile(r"(?:.*[_-])?(?:environment|env|envs|env_?vars|variables|set_env)", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"(?P<key>[A-Za-z_]\w*)=(?P<value>[^\n]*)")
_LOOSE = re.compile(
    r"""^[ \t]*(?:-[ \t]+|export[ \t]+)?["']?(?P<key>[A-Za-z_][\w.-]*)["']?[ \t]*(?:=|:(?=\s))[ \t]*
    (?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\n#]*?)[ \t]*,?[ \t]*(?:\#[^\n]*)?\r?$""",
    re.VERBOSE | re.MULTILINE,
)
_HCL_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*|(?m:^|(?<=\s))\#[^\n]*", re.DOTALL)
_HCL_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\n])*\'')
_HCL_LINE = re.compile(
    r"""^[ \t]*(?:
      "?(?P<key>[\w./-]+)"?[ \t]*[=:][ \t]*(?P<value>[^\n]*?)[ \t\r]*
      |(?P<block>[A-Za-z_][^\n={}]*?)[ \t]*\{[ \t]*(?P<empty>\})?[ \t\r]*
      |(?:param|var)[ \t]+(?P<name>\w+)(?:[ \t]+\w+)?(?:[ \t]*=[ \t]*(?P<given>[^\n]*?))?[ \t\r]*
      |(?P<close>[}\])][^\n]*)
      |(?P<item>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*,?[ \t\r]*
    )$""",
    re.VERBOSE | re.MULTILINE,
)


def sheet(page: Page, form: str) -> tuple[Sheet, str | None]:
    """The sheet of a text, and why it had to be read line by line (None when it was not)."""
    whole = Span(0, len(page.data))
    if form in SCRIPTS:
        return Sheet(page, form, (), (whole,)), None
    if form == "hcl":
        return Sheet(page, form, tuple(hcl_entries(page.text))), None
    read = KEYED.get(form)
    if read is None:
        return Sheet(page, form), None
    try:
        found, broken = read(page.text), None
        found = tuple(_assigned(page, found))
        if "{{" in page.text:
            found = (*found, *_filled_in(page.text, found))
    except (ValueError, RecursionError) as error:
        found = tuple(loose_entries(page.text))
        deep = isinstance(error, RecursionError)
        broken = "nested too deeply" if deep else " ".join(str(error).split())
    # A web server's or proxy's directives are no INI: what they pass on to is read as a shell's words are.
    directives = (whole,) if page.path.endswith((".conf", ".cfg")) and form == "ini" else ()
    return Sheet(page, form, found, (*directives, *scripts(found))), broken


def scripts(entries: tuple[Entry, ...]) -> Iterator[Span]:
    """The values that are shell text."""
    for entry in entries:
        if isinstance(entry.value, str) and _SCRIPT_KEYS.fullmatch(last_name(entry.keys)):
            yield entry.span
        elif isinstance(entry.value, str) and "scripts" in entry.keys[:-1]:
            yield entry.span  # package.json, pdm, hatch


def _assigned(page: Page, entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """The entries, those of an environment's list (`- NAME=value`) by the name they assign to."""
    for entry in entries:
        listed = len(entry.keys) > 1 and entry.keys[-1].isdigit() and isinstance(entry.value, str)
        match = _ASSIGNMENT.fullmatch(str(entry.value)) if listed else None
        if match is None or _ENVIRONMENTS.fullmatch(entry.keys[-2]) is None:
            yield entry
            continue
        at = page.data.find(match[0].encode(), entry.span.start, entry.span.end)
        if at < 0:  # written with escapes
            yield entry
            continue
        middle = at + len(match["key"])
        span = Span(middle + 1, middle + 1 + len(match["value"].encode()))
        yield Entry((*entry.keys[:-1], match["key"]), match["value"], Span(at, middle), span, entry.quoted)


def _filled_in(text: str, known: tuple[Entry, ...]) -> Iterator[Entry]:
    """The values that a template fills in: to YAML they are mappings with strange keys."""
    keys = {entry.key for entry in known}
    return (e for e in loose_entries(text) if e.key not in keys and str(e.value).startswith("{{"))


def loose_entries(text: str) -> Iterator[Entry]:
    """`key: value` and `key = value` lines of a text of no known syntax."""
    offsets = byte_offsets(text)
    for match in _LOOSE.finditer(text):
        written = match["value"]
        quoted = len(written) > 1 and written[0] in "\"'" and written[-1] == written[0]
        key = Span(offsets(match.start("key")), offsets(match.end("key")))
        span = Span(offsets(match.start("value")), offsets(match.end("value")))
        yield Entry((match["key"],), written[1:-1] if quoted else written, key, span, quoted)


def hcl_entries(text: str) -> Iterator[Entry]:
    """The attributes of Terraform and Bicep by block, strings without their quotes; comments are passed over."""
    offsets = byte_offsets(text)
    text = _HCL_COMMENT.sub(lambda match: _blank(text, match), text)
    blocks: list[str] = []
    for match in _HCL_LINE.finditer(text):
        if match["close"] is not None:
            del blocks[-1:]
        elif match["name"] is not None:
            yield _hcl_entry(match, tuple(blocks), offsets, "name", "given")
        elif match["block"] is not None:
            blocks.append(match["block"].split()[0])
            for string in _HCL_STRING.finditer(match[0]):
                span = Span(offsets(match.start() + string.start()), offsets(match.start() + string.end()))
                yield Entry((*blocks, "name"), string[0][1:-1], None, span, True)
            if match["empty"] is not None:
                del blocks[-1:]
        else:
            value = "item" if match["item"] is not None else "value"
            yield _hcl_entry(match, tuple(blocks), offsets, "key", value)
            opened = (match["value"] or "")[-1:]
            if opened and opened in "{[(":
                blocks.append(match["key"])


def _blank(text: str, match: re.Match[str]) -> str:
    """A comment as blanks, unless the mark stands inside a string."""
    start = text.rfind("\n", 0, match.start()) + 1
    before = text[start : match.start()]
    inside = before.count('"') % 2 or before.count("'") % 2
    return match[0] if inside else re.sub(r"[^\n]", " ", match[0])


def _hcl_entry(
    match: re.Match[str], blocks: tuple[str, ...], offsets: Callable[[int], int], name: str, value: str
) -> Entry:
    """The entry whose key and value are these groups of a line."""
    written = match[value]
    key = Span(offsets(match.start(name)), offsets(match.end(name))) if match[name] is not None else None
    keys = (*blocks, match[name] if match[name] is not None else "0")
    if written is None:
        return Entry(keys, None, key, key or Span(0, 0), False)
    quoted = len(written) > 1 and written[0] in "\"'" and written[-1] == written[0]
    span = Span(offsets(match.start(value)), offsets(match.end(value)))
    return Entry(keys, written[1:-1] if quoted else written, key, span, quoted)
