"""The edits that send a list of texts in slices, where everything the program reads of the answer is in sight."""

from __future__ import annotations

import re

from migrate_cli.model import (
    Argument,
    Certainty,
    Operation,
    ReplaceExpression,
    Site,
    Span,
    Use,
    Way,
    WrapExpression,
)

_PLAIN = re.compile(r"[A-Za-z_]\w*(\.\w+)*(\[[\w\"']+\])?")
_WORD = re.compile(r"\w+")
NAMES = (
    ("start", "part", "item", "texts"),
    ("start", "part", "item", "batch"),
    ("offset", "answer", "entry", "inputs"),
)


def sliced(site: Site, given: Argument, limit: int) -> list[Operation]:
    """The edits, [] where they would not be complete."""
    if given.dictionary is not None or given.statement is not None or given.path != site.path:
        return []
    if any(u.certainty is not Certainty.PROVED or u.path != site.path for u in site.uses):
        return []
    whole = [u for u in site.uses if u.route == () and u.way is Way.ALIAS]
    if whole:
        return through_name(site, given, limit, whole)
    direct = [
        u for u in site.uses if u.hops and u.span.start <= site.span.start and site.span.end <= u.span.end
    ]
    if len(direct) != 1 or not accounted(site, direct) or not reads_data(direct[0]):
        return []
    start, _, item, texts = free_names(site, "")
    loop, source = looped(given, start, texts, limit)
    end = direct[0].hops[0].end
    edit = WrapExpression(site.path, Span(direct[0].span.start, end), f"[{item} {loop} for {item} in ", "]")
    return [edit, ReplaceExpression(given.path, given.span, source)] if source else []


def through_name(site: Site, given: Argument, limit: int, whole: list[Use]) -> list[Operation]:
    """The edits where the answer has a name of its own."""
    name = whole[0].detail or ""
    reads = [u for u in site.uses if u.base == name and u.hops]
    plain = len(whole) == 1 and _WORD.fullmatch(name) is not None and is_call(site, whole[0])
    if not plain or not accounted(site, reads) or not all(reads_data(u) or counts(u) for u in reads):
        return []
    start, part, item, texts = free_names(site, name)
    loop, source = looped(given, start, texts, limit)
    if not source:
        return []
    edits: list[Operation] = [
        WrapExpression(site.path, whole[0].span, "[", f" {loop}]"),
        ReplaceExpression(given.path, given.span, source),
    ]
    for use in reads:
        last = use.hops[0] if reads_data(use) else use.hops[1]
        read = use.code.encode()[len(name.encode()) : last.end - use.span.start].decode()
        code = (
            f"[{item} for {part} in {name} for {item} in {part}{read}]"
            if reads_data(use)
            else f"sum({part}{read} for {part} in {name})"
        )
        edits.append(ReplaceExpression(use.path, Span(use.span.start, last.end), code))
    return list(dict.fromkeys(edits))


def is_call(site: Site, use: Use) -> bool:
    """Whether the answer alone is given a name, not one of several things."""
    before = use.code.encode()[: max(site.span.start - use.span.start, 0)].decode(errors="replace")
    return use.span.end == site.span.end and before.strip() in ("", "await")


def looped(given: Argument, start: str, texts: str, limit: int) -> tuple[str, str]:
    """The `for` clauses of the slices, and what is sent of each; "" where the input is no short expression."""
    code = given.code
    if _PLAIN.fullmatch(code):
        return f"for {start} in range(0, len({code}), {limit})", f"{code}[{start} : {start} + {limit}]"
    if "\n" in code or len(code) > 100 or "…" in code:
        return "", ""
    clauses = f"for {texts} in [{code}] for {start} in range(0, len({texts}), {limit})"
    return clauses, f"{texts}[{start} : {start} + {limit}]"


def reads_data(use: Use) -> bool:
    """Whether the list of vectors is read, from the answer itself."""
    return use.hops[0].key == "data" and use.code.lstrip("(").startswith(use.base)


def counts(use: Use) -> bool:
    """Whether a number of tokens is read and used on the spot."""
    keys = [h.key for h in use.hops]
    return (
        len(keys) == 2
        and keys[0] == "usage"
        and str(keys[1]).endswith("_tokens")
        and use.code.startswith(use.base)
    )


def accounted(site: Site, reads: list[Use]) -> bool:
    """Whether the answer is read in these places only; what the program does with its parts does not matter."""
    return all(
        use in reads or (use.way is Way.ALIAS and use.route == ()) or is_part(use) for use in site.uses
    )


def is_part(use: Use) -> bool:
    """Whether something is used that was read out of the answer before: a list of vectors, one of them, a number."""
    own = use.hops and not use.code.startswith(use.base)
    return bool(use.route) and not own and len(use.route) > len(use.hops)


def free_names(site: Site, name: str) -> tuple[str, str, str, str]:
    """Names for the loops that the call and its reads do not use."""
    words = {w for text in (site.code, name, *(u.code for u in site.uses)) for w in _WORD.findall(text)}
    return next((names for names in NAMES if not words & set(names)), ("start_", "part_", "item_", "texts_"))
