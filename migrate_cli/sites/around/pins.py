"""Which generations of the openai package a version requirement allows: 0.x, 1.x, 2.x, 3.x."""

from __future__ import annotations

import re
from math import inf

GENERATIONS = (0, 1, 2, 3)
_CLAUSE = re.compile(
    r"(?P<sign>===|==|~=|>=|<=|!=|>|<|\^|~|=)?\s*v?(?P<version>\d+(?:\.\d+)*)(?P<star>\.\*)?[\w.+-]*"
)
Version = tuple[float, ...]


def generations(specifier: str) -> tuple[int, ...]:
    """The generations with at least one version that every clause of `specifier` allows; all without a clause.

    Understands PEP 440, Poetry's `^1.2` and `~1.2`, and conda's `=1.2`. `||` joins alternatives.
    """
    if "||" in specifier:
        either = {g for part in specifier.split("||") for g in generations(part)}
        return tuple(sorted(either))
    bounds = [_bounds(match) for match in _CLAUSE.finditer(specifier)]
    return tuple(generation for generation in GENERATIONS if _meets(generation, bounds))


def _meets(generation: int, bounds: list[tuple[Version, Version, bool]]) -> bool:
    """Whether a version of the generation lies within all bounds."""
    lower: Version = (generation,)
    upper: Version = (generation + 1,)
    closed = False
    for first, last, including in bounds:
        low, high = _trimmed(first), _trimmed(last)
        lower = max(lower, low)
        if high < upper:
            upper, closed = high, including
    return lower < upper or (closed and lower == upper)


def _bounds(match: re.Match[str]) -> tuple[Version, Version, bool]:
    """(lowest, highest, whether the highest itself is allowed) of one clause."""
    version: Version = tuple(int(part) for part in match["version"].split("."))
    sign = match["sign"] or "=="
    if sign == "!=":
        return (0,), (inf,), False
    if sign in (">=", ">"):
        return version, (inf,), False
    if sign in ("<", "<="):
        return (0,), version, sign == "<="
    if sign == "^":
        first = next((i for i, part in enumerate(version) if part), len(version) - 1)
        return version, _next(version[: first + 1]), False
    if sign == "~=":
        return version, _next(version[:-1] or version), False
    if sign == "~":
        return version, _next(version[:2]), False
    if match["star"] or sign == "=":
        return version, _next(version), False
    return version, version, True


def _trimmed(version: Version) -> Version:
    """The version without zeros at its end: 1.0 is no later than 1."""
    while len(version) > 1 and version[-1] == 0:
        version = version[:-1]
    return version


def _next(version: Version) -> Version:
    return (*version[:-1], version[-1] + 1)


def in_words(specifier: str) -> str:
    """The generations in words: "allows openai 1.x and 2.x"."""
    allowed = generations(specifier)
    if allowed == GENERATIONS:
        return "allows any generation of openai (0.x to 3.x)"
    if not allowed:
        return "the allowed versions of openai could not be read"
    *rest, last = (f"{g}.x" for g in allowed)
    return f"allows openai {', '.join(rest)} and {last}" if rest else f"allows openai {last}"
