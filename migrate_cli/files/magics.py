"""IPython's own syntax, commented out so that a cell is plain Python, and put back.

Every form keeps the number of lines and starts its comment with a tag that occurs nowhere in the notebook:

    %matplotlib inline        TAG%matplotlib inline
        !pip list             pass  TAG!pip list           (indented: a block must not become empty)
    files = !ls               files = None  TAG!ls
    %time x = f()             x = f()  TAG<%time           (its code is code)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

# Cell magics that run their cell as Python in the notebook's own namespace.
_TRANSPARENT = frozenset(
    [
        "capture",
        "debug",
        "heat",
        "ipytest",
        "memit",
        "prun",
        "pyinstrument",
        "scalene",
        "snakeviz",
        "time",
        "timeit",
    ]
)
# Cell magics whose cell a shell runs; `%%!` is one without a name.
_SHELLS = frozenset(["", "bash", "sh", "script", "cmd", "system", "sx", "powershell", "pwsh"])
_WRITTEN = re.compile(r"%%(?:writefile|file)[ \t]+(?:-a[ \t]+|--append[ \t]+)?[\"']?([^\s\"']+\.py)\b")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_CELL_MAGIC = re.compile(r"%%(\w*)")
_ESCAPED = re.compile(r"([ \t\f]*)([%!?,;/].*)")
_HELP = re.compile(r"([ \t\f]*)(%{0,2}[^\W\d][\w.*]*(?:\[-?\d+\])?\?\??[ \t]*)")
_ASSIGNED = re.compile(r"([ \t\f]*[\w \t,.*\[\]\"']+=[ \t]*)([!%].+)")
_TIMED = re.compile(r"([ \t\f]*)(%time(?:it)?[ \t]+)([^\s-].*)")
_FUTURE = re.compile(r"from __future__ import [\w, ]+")
_OUTSIDE = re.compile(r"#|'''|\"\"\"|['\"]|[()\[\]{}]")


@dataclass(frozen=True, slots=True)
class _State:
    """Where a line leaves the tokenizer: open brackets, the open quote, a line to be continued."""

    depth: int = 0
    quote: str = ""
    continued: bool = False


def is_opaque(code: str) -> bool:
    """Whether a cell magic makes the whole cell something other than this notebook's Python."""
    names = (_CELL_MAGIC.match(content) for content, _ in leading(code))
    return any(match is not None and match[1] not in _TRANSPARENT for match in names)


def written_file(code: str) -> str | None:
    """The Python file that `%%writefile` makes of a cell, None for any other cell."""
    match = next((_WRITTEN.match(content) for content, _ in leading(code) if content.strip()), None)
    return match[1] if match is not None else None


def shell_view(code: str, body: str, tag: str) -> list[str]:
    """The lines of a cell with all but shell text and line magics blanked out; `body` is the cell shielded."""
    magic = next((_CELL_MAGIC.match(content) for content, _ in leading(code) if content.strip()), None)
    if is_opaque(code):
        whole = magic is not None and magic[1] in _SHELLS
        return [content if whole and not content.startswith("%%") else "" for content, _ in lines(code)]
    shown: list[str] = []
    goes_on = False
    for (content, _), (shielded, _) in zip(lines(code), lines(body), strict=True):
        after = shielded.partition(tag)[2]
        visible = goes_on or (after.startswith(("!", "%")) and not after.startswith("%%"))
        goes_on = visible and content.endswith("\\")
        shown.append(" " * (len(content) - len(after)) + after if visible else "")
    return shown


def lines(code: str) -> Iterator[tuple[str, str]]:
    """The lines of `code` as (content, newline); the last newline is empty when there is none."""
    for match in _LINE.finditer(code):
        if match[0]:
            yield match[1], match[2]


def leading(code: str) -> Iterator[tuple[str, str]]:
    """The lines of cell magics, and blank ones, that `code` starts with."""
    return takewhile(lambda line: line[0].startswith("%%") or not line[0].strip(), lines(code))


def shield(code: str, tag: str, *, late: bool) -> str:
    """`code` with IPython's syntax commented out under `tag`.

    `late` says that code precedes this cell: its `__future__` imports would no longer be legal in one text.
    """
    shielded: list[str] = []
    state, escaped = _State(), False
    for content, newline in lines(code):
        instead = None
        if escaped:  # a magic line goes on after a backslash
            instead = tag + content
        elif state == _State():
            instead = _shielded(content, tag, late)
        if instead is None:
            state = _after(content, state)
        else:
            escaped = content.endswith("\\")
        shielded.append((content if instead is None else instead) + newline)
    return "".join(shielded)


def unshield(body: str, tag: str) -> str:
    """The inverse of `shield`, for a body that may have been edited.

    Raises ValueError when an edit broke a line that has to stay one line.
    """
    return "".join(_restored(content, tag) + newline for content, newline in lines(body))


def parses(code: str) -> bool:
    """Whether this interpreter can parse `code`."""
    import ast
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _shielded(content: str, tag: str, late: bool) -> str | None:
    """The stand-in for a line that starts a statement; None when it is Python already."""
    if late and _FUTURE.fullmatch(content):
        return tag + content
    if (match := _TIMED.fullmatch(content)) and parses(match[3]):
        return f"{match[1]}{match[3]}  {tag}<{match[2]}"
    if match := _ESCAPED.fullmatch(content) or _HELP.fullmatch(content):
        return f"{match[1]}pass  {tag}{match[2]}" if match[1] else tag + content
    if match := _ASSIGNED.fullmatch(content):
        return f"{match[1]}None  {tag}{match[2]}"
    return None


def _restored(content: str, tag: str) -> str:
    before, found, after = content.partition(tag)
    if not found or not before:
        return after or before
    if after.startswith("<"):
        code = before.removesuffix("  ").lstrip(" \t\f")
        if not parses(code):
            raise ValueError(f"the code after {after[1:].strip()} has to stay on its line")
        return before[: len(before) - len(before.lstrip(" \t\f"))] + after[1:] + code
    return before.removesuffix("pass  ").removesuffix("None  ") + after


def _after(content: str, state: _State) -> _State:
    """Read one line of Python far enough to know whether the next one starts a statement."""
    depth, quote, place, comment = state.depth, state.quote, 0, False
    while match := (_inside(quote) if quote else _OUTSIDE).search(content, place):
        token, place = match[0], match.end()
        if quote:
            quote = "" if token == quote else quote
        elif token == "#":
            comment = True
            break
        elif token[0] in "'\"":
            quote = token
        else:
            depth = depth + 1 if token in "([{" else max(0, depth - 1)
    continued = content.endswith("\\") and not comment
    if len(quote) == 1 and not continued:
        quote = ""
    return replace(state, depth=depth, quote=quote, continued=continued)


def _inside(quote: str) -> re.Pattern[str]:
    return re.compile(r"\\.|" + quote)
