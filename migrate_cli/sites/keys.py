"""Keys of OpenAI that are written out, anywhere in a text: code, comments, notebook outputs, configuration.

A key is known by OpenAI's own forms (`sk-proj-…`, the mark T3BlbkFJ that all keys since 2021 carry, the 48
characters of the first ones) or by the name it is given to. Stand-ins of documentation are no keys. Nothing of a
key but its first three and last two characters leaves this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import looks_like_key, short
from migrate_cli.model import Certainty, Site, SiteKind, Span
from migrate_cli.sites.hosts import api_url
from migrate_cli.sites.page import Page

if TYPE_CHECKING:
    from migrate_cli.index.module import Module
    from migrate_cli.sites.arguments import Reader

SPELLINGS = ("OPENAI", "openai", "OpenAI", "openAI", "Openai")
SEEDS = ("sk-", *SPELLINGS)  # a text without any of these holds no key that this module knows

_FORM = re.compile(
    r"""(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))(?:
        sk-(?:proj|svcacct|admin|service)-[\w-]{20,}
      | sk-[\w-]{10,}T3BlbkFJ[\w-]{10,}
      | sk-[A-Za-z0-9]{48}(?![\w-])
    )""",
    re.VERBOSE | re.ASCII,
)
_NAMED = re.compile(
    r"""(?<![A-Za-z0-9])(?P<name>OPENAI[_.-]?(?:[A-Z]+[_-])*KEY(?:_\d+)?)
        ["'\])]*\s*(?:[:=]|:=|\?=|,(?=\s*["']))\s*(?:str\s*=\s*)?
        [rbf]?["']?(?P<value>[A-Za-z0-9+/=_-]{24,})(?![\w.(\[/-])""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_PREFIX = re.compile(r"sk-(?:proj-|svcacct-|admin-|service-|None-)?")
_WORDS = (
    "your", "example", "xxxx", "fake", "dummy", "test", "placeholder", "redacted", "secret", "insert", "replace",
    "change", "sample", "here", "apikey", "api_key", "api-key", "openai", "token", "qwerty", "asdf", "foobar", "mock",
    "none", "null", "todo", "valid", "hidden", "notreal", "not-real", "not_real", "demo",
)  # fmt: skip
_MARK = "T3BlbkFJ"


def key_sites(page: Page) -> list[Site]:
    """Every literal key in a text, each once, in order."""
    if not any(seed in page.text for seed in SEEDS):
        return []
    found: dict[int, Site] = {}
    for match in _at(_FORM, page.text, "sk-"):
        if is_real(match[0]):
            sure = _MARK in match[0] or not match[0][3:].isalnum()
            found[match.start()] = _site(page, match.start(), match[0], sure=sure)
    for start, value in _named(page.text):
        found.setdefault(start, _site(page, start, value, sure=True))
    return [found[start] for start in sorted(found)]


def module_keys(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The literal keys of a Python file, comments included, and those that only their argument tells."""
    page = Page(module.path, module.text, module.data, module.starts, reader.places.settle)
    found = key_sites(page)
    taken = [site.span for site in found]
    for site in sites:
        for span in key_values(module.path, site):
            literal = module.data[span.start : span.end].decode().strip("rbfuRBFU").strip("\"'")
            if is_key_value(literal) and not any(_overlap(span, other) for other in taken):
                taken.append(span)
                place = reader.places.span(module, span)
                shown = short(literal)
                found.append(Site(SiteKind.KEY, module.path, span, place, shown, span, shown))
    return found


def key_values(path: str, site: Site) -> Iterator[Span]:
    """Where the literals stand that a site of OpenAI takes as its key; a client of another host takes another's."""
    bases = [a.literal for a in site.arguments if a.name in ("base_url", "api_base", "openai_api_base")]
    if any(isinstance(base, str) and api_url(base) is None for base in bases):
        return
    for argument in site.arguments:
        if argument.name.endswith(("api_key", "api_token", "value", "default")):
            yield from (v.span for v in argument.values if v.secret and v.path == path)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _named(text: str) -> Iterator[tuple[int, str]]:
    """(place, value) of what a variable or setting for OpenAI's key is given."""
    for match in (m for word in SPELLINGS for m in _at(_NAMED, text, word)):
        if is_key_value(match["value"]):
            yield match.start("value"), match["value"]


def _at(pattern: re.Pattern[str], text: str, word: str) -> Iterator[re.Match[str]]:
    """Where the pattern matches from the word on: to find the word first is ten times as fast."""
    place = text.find(word)
    while place >= 0:
        match = pattern.match(text, place)
        if match is not None:
            yield match
        place = text.find(word, match.end() if match is not None else place + 1)


def _site(page: Page, start: int, key: str, *, sure: bool) -> Site:
    site = page.site(SiteKind.KEY, short(key), start, start + len(key))
    certainty = Certainty.PROVED if sure else Certainty.LIKELY
    return replace(site, code=short(key), certainty=certainty)


def is_openai_key(literal: str) -> bool:
    """Whether a whole literal has one of the forms of OpenAI's own keys and is no stand-in."""
    return _FORM.fullmatch(literal) is not None and is_real(literal)


def is_key_value(literal: str) -> bool:
    """Whether what a key's name is given is a key: of OpenAI's form, or random like the keys of Azure."""
    if is_openai_key(literal):
        return True
    return len(literal) >= 24 and looks_like_key(literal) and is_real(literal)


def is_real(key: str) -> bool:
    """Whether a text of a key's form looks random: no words, no runs, no pattern that comes again."""
    body = _PREFIX.sub("", key, count=1).replace(_MARK, "")
    lower = body.lower()
    if any(word in lower for word in _WORDS):
        return False
    letters = "".join(c for c in lower if c.isalpha())
    digits = "".join(c for c in lower if c.isdigit())
    if len(set(body)) < 9 or not letters or not digits:
        return False
    if max(_longest_run(lower), _longest_run(digits)) >= 5 or _longest_run(letters) >= 6:
        return False
    chunks = [lower[i : i + 4] for i in range(len(lower) - 3)]
    return max(map(chunks.count, chunks), default=0) < 3


def _longest_run(text: str) -> int:
    """Length of the longest stretch that stands still, climbs or falls by one: `aaaa`, `1234`, `dcba`."""
    best = length = 1 if text else 0
    last = None
    for left, right in pairwise(text):
        step = ord(right) - ord(left)
        length = length + 1 if step == last and abs(step) <= 1 else 2 if abs(step) <= 1 else 1
        last = step
        best = max(best, length)
    return best
