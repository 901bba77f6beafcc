"""STR03: lines of a stream that are taken apart by hand.

`line.startswith("data: ")` expects a space that some hosts leave out, and then sees no line at all; `line[6:]` cuts the
first character of the answer. The prefix is compared without the space, and what follows it is stripped: that reads
both forms. Comments and blank lines, which DeepSeek sends while a request waits, must not reach `json.loads`.

Does not handle: lines that are split with a pattern of the program's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    Finding,
    Operation,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Use,
    Way,
)
from migrate_cli.rules.reading import at
from migrate_cli.rules.support import Example, Situation, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR03",
    "event-lines",
    "lines of a stream that are taken apart by hand",
    10,
    Safety.SAFE,
    leaves="lines that are split with a pattern of the program's own",
)
PREFIXES = {"data: ": '"data:"', "b'data: '": 'b"data:"'}
CUTS = ("[6:]", '[len("data: "):]', "[len('data: '):]")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the lines of a streamed raw request."""
    if site.kind is not SiteKind.REQUEST:
        return
    read = [u for u in site.uses if u.route == (None,) and reads_lines(u)]
    starts = [
        u
        for u in read
        if u.way is Way.METHOD and u.detail == "startswith" and u.literals[:1] and u.literals[0] in PREFIXES
    ]
    space = target.behaviour("streams.sse_without_space")
    if space is not None and space.holds and starts:
        yield at(apart(site, target, starts, read, space.fact.source), starts[0])
    comments = target.behaviour("streams.sse_comments")
    parsed = [u for u in read if u.way is Way.ARGUMENT and (u.detail or "").endswith("json.loads")]
    if comments is not None and comments.holds and parsed and not starts and not parsed[0].guarded:
        words = f"{target.provider.name} sends comment lines and blank lines while a request waits"
        advice = 'parse only lines that start with "data:"'
        yield at(review(RULE, site, target, words, advice=advice, source=comments.fact.source), parsed[0])


def reads_lines(use: Use) -> bool:
    """Whether a use is of a line of the answer's body."""
    return any(name.endswith(("iter_lines", "aiter_lines")) for name in use.through)


def apart(site: Site, target: Target, starts: list[Use], read: list[Use], source: str | None) -> Finding:
    """The edit of the prefix and of every cut; words where the rest of the line is taken in another way."""
    words = f'{target.provider.name} may send "data:" without a space after it: the line is then skipped'
    cuts = [u for u in read if u.code.endswith(CUTS)]
    edits: list[Operation] = [e for u in starts if (e := shorter(u)) is not None]
    edits += [ReplaceExpression(u.path, u.span, cut(u)) for u in {(u.path, u.span): u for u in cuts}.values()]
    if not cuts or len(edits) < len(starts) + 1:
        advice = 'test for "data:", and strip what follows it'
        return review(RULE, site, target, words, advice=advice, source=source)
    return edit(RULE, site, target, words, *edits, source=source)


def shorter(use: Use) -> Operation | None:
    """`startswith("data:")` in place of `startswith("data: ")`."""
    if use.outer is None or len(use.literals) != 1:
        return None
    prefix = PREFIXES[str(use.literals[0])]
    return ReplaceExpression(use.path, use.outer, f"{use.code}.startswith({prefix})")


def cut(use: Use) -> str:
    """`line[5:].strip()` in place of `line[6:]`."""
    whole = use.code[: use.code.rindex("[")]
    return f"{whole}[5:].strip()"


_HEAD = (
    "import json\nimport requests\n\n"
    'r = requests.post("https://api.openai.com/v1/chat/completions", json=body, stream=True)\n'
    "for line in r.iter_lines():\n"
)
_MOVED = _HEAD.replace("https://api.openai.com/v1", "https://api.moonshot.cn/v1")
EXAMPLES = (
    Example(
        _HEAD + '    if line.startswith(b"data: "):\n        show(json.loads(line[6:]))\n',
        _MOVED + '    if line.startswith(b"data:"):\n        show(json.loads(line[5:].strip()))\n',
        "kimi",
        beside=("CFG06",),
        options=Options(review=True),
    ),
    Example(
        _HEAD + '    text = line.decode("utf-8")\n    if not text.startswith("data: "):\n        continue\n'
        "    show(text[6:])\n",
        _MOVED + '    text = line.decode("utf-8")\n    if not text.startswith("data:"):\n        continue\n'
        "    show(text[5:].strip())\n",
        "kimi",
        beside=("CFG06",),
        options=Options(review=True),
    ),
    Example.untouched(
        _HEAD + '    if line.startswith(b"data: "):\n        show(json.loads(line[6:]))\n', "kimi"
    ),
    Example.told(
        _HEAD + '    if line.startswith(b"data: "):\n        show(line.split(b": ", 1)[1])\n',
        "without a space after it",
        "kimi",
    ),
    Example.told(_HEAD + "    show(json.loads(line))\n", "sends comment lines", "deepseek"),
    Example.silent(_HEAD + '    if line.startswith(b"data: "):\n        show(line[6:])\n', "ernie"),
    Example.silent(_HEAD + '    if line.startswith(b"data:"):\n        show(line[5:].strip())\n', "kimi"),
    Example.silent('if line.startswith("data: "):\n    show(line[6:])\n', "kimi"),
)
