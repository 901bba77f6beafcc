"""How a program reads the answer of one call of openai<1, and what has to change for the current SDK.

Answers were dictionaries that could also be read through attributes; now they are objects that cannot be read through
keys. Where every read is known, each becomes an attribute. Where an answer goes somewhere that cannot be followed, or
missing keys are waited for, it is made a dictionary where it arrives (`.model_dump(exclude_unset=True)` holds what the
server sent, no more), and what was read through attributes is read through keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migrate_cli.model import (
    Certainty,
    HopKind,
    Operation,
    ReplaceExpression,
    ReplaceTail,
    Site,
    Span,
    Use,
    Way,
    WrapExpression,
)
from migrate_cli.rules.legacy.answers import EITHER, STREAM, UNKNOWN, answer, at, holds_objects
from migrate_cli.rules.legacy.hops import attributes, base_of, keys
from migrate_cli.rules.legacy.names import is_async

DUMP = ".model_dump(exclude_unset=True)"
_FINE = {
    "print", "len", "type", "id", "bool", "enumerate", "zip", "list", "tuple", "sorted", "reversed", "iter", "next",
    "aiter", "anext", "repr", "format", "pprint", "any", "all", "max", "min", "filter", "map",
}  # fmt: skip
_LOGGING = ("debug", "info", "warning", "warn", "error", "exception", "critical", "log")
_WRITERS = ("json.dump", "json.dumps", "pprint.pprint", "yaml.dump", "yaml.safe_dump", "pickle.dump")
_DUMPS = ("to_dict", "to_dict_recursive")
_LIST_METHODS = ("append", "extend", "sort", "reverse", "index", "count", "__len__")
_PLAIN = re.compile(r"[\w.]+")
_KEY_ERRORS = ("KeyError", "LookupError")


@dataclass(frozen=True, slots=True)
class Reading:
    """The edits that fit the reads to the current SDK, or why there are none. `unsure` asks for a look."""

    edits: tuple[Operation, ...] = ()
    obstacle: str | None = None
    unsure: str | None = None
    dumped: bool = False


class _Unfit(Exception):
    """A use that one of the two forms has no words for."""

    def __init__(self, use: Use, why: str) -> None:
        super().__init__(why)
        self.use = use


def read(site: Site) -> Reading:
    """How the answer of `site` is read, and the edits for that."""
    root = root_of(site)
    uses = [u for u in site.uses if not u.through]
    if not uses:
        return Reading()
    try:
        return Reading(tuple(dict.fromkeys(_as_objects(site, uses, root))))
    except _Unfit as first:
        try:
            if root == EITHER:
                raise _Unfit(first.use, "may be of a stream or of a whole answer")
            edits = tuple(dict.fromkeys(_as_dictionaries(site, uses, root)))
        except _Unfit as second:
            where = first.use.location
            return Reading(obstacle=f"the answer, {where.path}:{where.line}, {first}, and it {second}")
        unsure = _doubt(site, uses, is_streamed(site))
        return Reading(edits, unsure=unsure, dumped=True)


def root_of(site: Site) -> object:
    """What a call gives, as `answers` describes it."""
    return EITHER if is_either(site) else answer(site.endpoint, is_streamed(site))


def is_streamed(site: Site) -> bool:
    """Whether a call gives a stream: it says so, or is read like one."""
    flag = site.argument("stream")
    if flag is not None and isinstance(flag.literal, bool):
        return flag.literal
    return any(u.route[:1] == (None,) for u in site.uses) and flag is not None


def is_either(site: Site) -> bool:
    """Whether a call gives a stream or a whole answer, and the program reads both."""
    flag = site.argument("stream")
    if flag is None or isinstance(flag.literal, bool):
        return False
    return len({u.route[0] is None for u in site.uses if u.route}) > 1


def _doubt(site: Site, uses: Iterable[Use], streamed: bool) -> str | None:
    flag = site.argument("stream")
    if not streamed and (flag is not None and flag.literal is None):
        return f"`stream` (`{flag.code}`) may make it a stream"
    for use in uses:
        if use.certainty is not Certainty.PROVED and any(h.kind is HopKind.ATTRIBUTE for h in use.hops):
            return f"line {use.location.line} may also read something else than this answer"
    return None


# --- every read through attributes ---


def _as_objects(site: Site, uses: list[Use], root: object) -> Iterable[Operation]:
    if not _evidence(uses, root, site.endpoint) and any(_leaves(u, root, site.endpoint) for u in uses):
        raise _Unfit(uses[0], "goes where it cannot be followed")
    for use in uses:
        node = at(root, use.route, site.endpoint)
        by_key = any(h.kind in (HopKind.ITEM, HopKind.GET) for h in use.hops)
        if by_key and use.certainty is not Certainty.PROVED:
            raise _Unfit(use, "may also read something else")
        if by_key and any(name.rsplit(".", 1)[-1] in _KEY_ERRORS for name in use.caught):
            raise _Unfit(use, "a missing key is waited for")
        written = attributes(use, root, site.endpoint)
        if written is None:
            raise _Unfit(use, "reads a key that the SDK does not know")
        if asks(use) and isinstance(node, Mapping):
            yield _asked(use, node, written.tail)
            continue
        yield from written.edits(use)
        if holds_objects(node):
            yield from _object_given(use, node)


def _evidence(uses: Iterable[Use], root: object, endpoint: str | None) -> bool:
    """Whether the program reads an answer anywhere: that shows how."""
    return any(u.hops for u in uses if at(root, u.route, endpoint) != UNKNOWN)


def _leaves(use: Use, root: object, endpoint: str | None) -> bool:
    going = use.way in (Way.RETURN, Way.YIELD, Way.STORE, Way.ARGUMENT, Way.BUILD)
    if use.way is Way.ARGUMENT and (use.detail or "").startswith("builtins."):
        return False
    return going and not use.followed and holds_objects(at(root, use.route, endpoint))


def _object_given(use: Use, node: object) -> Iterable[Operation]:
    """What becomes of a use that hands on an object, or a list of some."""
    way, detail = use.way, use.detail or ""
    single = isinstance(node, Mapping)
    if way in (Way.ALIAS, Way.TEST, Way.READ, Way.RAISE, Way.JOIN, Way.COMPARE):
        return
    if way is Way.ITERATE and not single:
        return
    if way in (Way.RETURN, Way.YIELD) and use.followed:
        return
    if way is Way.STORE and use.followed and not _into_itself(use):
        return
    if way is Way.METHOD:
        yield from _method(use, node)
        return
    if way is Way.APPEND and single:
        yield WrapExpression(use.path, use.span, "", DUMP)
        return
    if way is Way.BUILD and detail == "None":
        return
    if way is Way.ARGUMENT:
        yield from _argument(use, single)
        return
    raise _Unfit(use, "hands the answer on")


def _into_itself(use: Use) -> bool:
    """Whether something is put into the answer."""
    return (use.detail or "").startswith((f"{use.code}[", f"{use.code}."))


def asks(use: Use) -> bool:
    """Whether a use asks for the presence of a key or attribute."""
    held = use.way is Way.COMPARE and use.detail in ("holds", "lacks")
    return held or (use.way is Way.ARGUMENT and use.detail == "builtins.hasattr")


def _asked(use: Use, node: Mapping[str, object], tail: str) -> Operation:
    """`"content" in delta`: a key that the SDK knows is always there, and None where nothing was sent."""
    key = use.literals[0] if len(use.literals) == 1 else None
    if not isinstance(key, str) or key not in node or use.outer is None or not _PLAIN.fullmatch(use.base):
        raise _Unfit(use, "asks for a key")
    test = "is" if use.detail == "lacks" else "is not"
    return ReplaceExpression(use.path, use.outer, f"{use.base}{tail}.{key} {test} None")


def _method(use: Use, node: object) -> Iterable[Operation]:
    of_list = isinstance(node, list) and use.detail in _LIST_METHODS
    of_stream = node == STREAM and use.detail in ("close", "__anext__", "__next__")
    if use.detail in _DUMPS and isinstance(node, Mapping) and use.outer is not None:
        yield ReplaceTail(use.path, use.outer, use.span.end, DUMP)
    elif not (of_list or of_stream):
        raise _Unfit(use, f"`.{use.detail}()` is called on the answer")


def _argument(use: Use, single: bool) -> Iterable[Operation]:
    path = use.detail or ""
    name = path.rsplit(".", 1)[-1]
    if use.followed or (path.startswith("builtins.") and name in _FINE) or name in ("pprint", *_LOGGING):
        return
    if path == "builtins.hasattr" and not single:
        return
    if single and path == "builtins.str":
        yield WrapExpression(use.path, use.span, "", ".model_dump_json(indent=2)")
    elif single and path in (*_WRITERS, "builtins.dict"):
        yield WrapExpression(use.path, use.span, "", DUMP)
    else:
        raise _Unfit(use, f"is passed to `{path}`, which cannot be followed")


# --- the answer as a dictionary ---


def _as_dictionaries(site: Site, uses: list[Use], root: object) -> Iterable[Operation]:
    yield _dumped(site, uses, root)
    for use in uses:
        if any(h.kind is HopKind.ATTRIBUTE for h in use.hops) and "AttributeError" in use.caught:
            raise _Unfit(use, "waits for a missing attribute")
        if use.way is Way.METHOD and use.detail in _DUMPS and use.outer is not None:
            yield ReplaceTail(use.path, use.outer, use.span.end, "")
        if use.way is Way.STORE and (use.detail or "").startswith(f"{use.code}."):
            raise _Unfit(use, "sets an attribute of the answer")
        written = keys(use, root, site.endpoint)
        if written is None:
            raise _Unfit(use, "reads it in a way that cannot be followed")
        if use.way is Way.ARGUMENT and use.detail == "builtins.hasattr":
            yield _held(use, written.tail)
        else:
            yield from written.edits(use)


def _held(use: Use, tail: str) -> Operation:
    """`hasattr(resp, "usage")` of a dictionary."""
    if len(use.literals) != 1 or use.outer is None or not _PLAIN.fullmatch(use.base):
        raise _Unfit(use, "asks for an attribute")
    return ReplaceExpression(use.path, use.outer, f'"{use.literals[0]}" in {use.base}{tail}')


def _dumped(site: Site, uses: list[Use], root: object) -> Operation:
    """Make a dictionary of the answer where it arrives."""
    span = _awaited(site, uses) if is_async(site.symbol) else site.span
    if span is None:
        raise _Unfit(uses[0], "is awaited elsewhere")
    if root == STREAM:
        word = "async for" if is_async(site.symbol) else "for"
        return WrapExpression(site.path, span, f"(chunk{DUMP} {word} chunk in ", ")")
    if is_async(site.symbol):
        return WrapExpression(site.path, span, "(", f"){DUMP}")
    return WrapExpression(site.path, span, "", DUMP)


def _awaited(site: Site, uses: Iterable[Use]) -> Span | None:
    """The `await` around a call."""
    for use in uses:
        base = base_of(use) if use.path == site.path and use.base.startswith("await") else None
        if base is not None and base.end == site.span.end:
            return base
    return None
