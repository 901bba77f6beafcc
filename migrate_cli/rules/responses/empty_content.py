"""RSP04: the content of an answer can be None.

It is when thinking used up the output limit, or when the model calls a tool: `content.strip()` then fails. `or ""`
keeps the program going with an empty text; whether an empty answer is an error is for the program to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Certainty, Finding, HopKind, Rule, Safety, Site, Span, Use, Way, WrapExpression
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_message, owner
from migrate_cli.rules.support import Example, Situation, edit
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP04",
    "content-may-be-empty",
    "an answer without content",
    3,
    Safety.SAFE,
    leaves="empty answers that are stored as if they were good ones",
)
GIVEN = (Way.ALIAS, Way.RETURN, Way.ARGUMENT, Way.STORE)
FAILING = ("len", "re.search", "re.match", "re.findall", "re.sub", "re.split", "re.fullmatch")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each place where None in place of a text would fail, or where what fails was read."""
    known = target.behaviour("responses.content_none")
    if not is_chat(site) or known is None or not known.holds:
        return
    uses = [u for use in of_message(site, "content") if (u := before_slice(use)) is not None]
    failing = first_of_each(u for u in uses if fails(u))
    for use in mended(uses, failing):
        words = f"the content can be None on {target.provider.name}, and `{failing[0].code}` would fail"
        brackets = ("", "") if use.way in GIVEN else ("(", ")")
        change = WrapExpression(use.path, use.span, brackets[0], f' or ""{brackets[1]}')
        yield at(edit(RULE, site, target, words, change, source=known.fact.source), use)


def mended(uses: list[Use], failing: tuple[Use, ...]) -> tuple[Use, ...]:
    """Where to mend it: where the content is read, if nothing else is made of it there, else where it surely fails."""
    if all(u.hops for u in failing):
        return failing
    told_apart = any(u.way is Way.COMPARE and None in u.literals for u in uses)
    replayed = any(u.way in (Way.BUILD, Way.APPEND) and u.certainty is Certainty.PROVED for u in uses)
    read = first_of_each(u for u in uses if u.hops and not u.guarded and (u.way in GIVEN or fails(u)))
    if told_apart or replayed or not read:
        return tuple(u for u in failing if u.hops or u.certainty is Certainty.PROVED)
    return read


def before_slice(use: Use) -> Use | None:
    """The use that fails first: of a slice, what is sliced. None where brackets stand around that."""
    if not use.hops or use.hops[-1].kind is not HopKind.INDEX:
        return use
    code = owner(use) or ""
    if not use.code.startswith(code) or code.count("(") != code.count(")"):
        return None
    span = Span(use.span.start, use.span.start + len(code.encode("utf-8")))
    return replace(use, span=span, code=code, hops=use.hops[:-1], way=Way.METHOD, detail="__getitem__")


def fails(use: Use) -> bool:
    """Whether None fails in this very place, and nothing was asked about it before."""
    if use.guarded or use.through or use.detail == "format":
        return False
    if use.way is Way.ARGUMENT:
        return (use.detail or "").removeprefix("builtins.") in FAILING
    if use.way is Way.METHOD:
        return hasattr(str, use.detail or "")  # of anything else, it is no text that comes here
    return use.way is Way.JOIN and use.detail in ("Add", "Add=", "join")


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example(
        _HEAD + "text = r.choices[0].message.content.strip()\n",
        _HEAD + 'text = (r.choices[0].message.content or "").strip()\n',
        "deepseek",
    ),
    Example(
        _HEAD + "text = r.choices[0].message.content\nlines = text.splitlines()\n",
        _HEAD + 'text = r.choices[0].message.content or ""\nlines = text.splitlines()\n',
        "kimi",
    ),
    Example(
        _HEAD + "def first(text):\n    text.strip()\n    return text[1:]\n\n\n"
        "print(first(r.choices[0].message.content))\n",
        _HEAD + "def first(text):\n    text.strip()\n    return text[1:]\n\n\n"
        'print(first(r.choices[0].message.content or ""))\n',
        "deepseek",
    ),
    Example(
        _HEAD + "head = r.choices[0].message.content[:80].strip()\n",
        _HEAD + 'head = (r.choices[0].message.content or "")[:80].strip()\n',
        "deepseek",
    ),
    Example(
        _HEAD + "text = r.choices[0].message.content\nprint(text[:80])\n",
        _HEAD + 'text = r.choices[0].message.content or ""\nprint(text[:80])\n',
        "deepseek",
    ),
    Example.silent(
        _HEAD + 'text = r.choices[0].message.content or ""\nprint(text[:80].strip(), len(text[1:]))\n',
        "deepseek",
    ),
    Example.silent(
        _HEAD + "text = r.choices[0].message.content\nif text:\n    print(text[:80].strip())\n", "deepseek"
    ),
    Example.silent(_HEAD + "head = (r.choices[0].message.content)[:80].strip()\n", "deepseek"),
    Example.silent(
        _HEAD + "text = r.choices[0].message.content\nif text:\n    text = text.strip()\n", "deepseek"
    ),
    Example.silent(_HEAD + "print(r.choices[0].message.content)\n", "deepseek"),
    Example.silent(
        _HEAD + "def keep(data):\n    return list(data.items())\n\n\nkeep(r.choices[0].message.content)\n",
        "deepseek",
    ),
    Example.silent(_HEAD + "text = r.choices[0].message.content.strip()\n", "ernie"),
    Example.silent("text = r.choices[0].message.content.strip()\n", "deepseek"),
)
