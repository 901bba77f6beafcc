"""What a program does with what it gets: how it reads an answer, an error or an object of a framework."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.places import Location, Span
from migrate_cli.model.values import Certainty


class HopKind(str, Enum):
    """How one step into an object is written."""

    ATTRIBUTE = "attribute"  # .choices
    ITEM = "item"  # ["choices"]
    INDEX = "index"  # [0], [i], [1:]
    GET = "get"  # .get("usage"), .get("usage", {})
    LOOP = "loop"  # for one in …, also of a comprehension


class Way(str, Enum):
    """What happens to the thing that was read."""

    READ = "read"  # nothing below says it better
    ALIAS = "alias"  # given to a name, whose own uses follow
    METHOD = "method"  # a method of it is called: `detail` is its name
    ARGUMENT = "argument"  # passed to a function: `detail` is its dotted name as far as it resolves
    COMPARE = "compare"  # compared: `literals` are what with, `detail` the operator; also `match` and `in`
    ITERATE = "iterate"  # looped over
    JOIN = "join"  # concatenated, added up, formatted
    TEST = "test"  # asked for its truth
    RETURN = "return"  # handed to callers; they are followed where they are known
    YIELD = "yield"
    STORE = "store"  # put into an attribute, an item or a global: `detail` is the target's text
    APPEND = "append"  # put into a list: `detail` is the list's text
    RAISE = "raise"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step into an object; its expression ends at byte `end`.

    `key` is the attribute, the item's text or the index, None for an index that is only known at run time.
    """

    key: str | int | None
    kind: HopKind
    end: int


@dataclass(frozen=True, slots=True)
class Use:
    """One place where the program uses what a site gave it.

    `route` leads from the object to what is used, `("choices", 0, "message", "content")`; steps that names on the way
    already stand for are included, None is an index that is not known. `hops` are the steps written in this very
    expression, which starts from `base` (source text, `resp`). `span` is the expression and `code` its text (masked);
    `outer` the expression that does what `way` says (the whole call, comparison or sum), `statement` the simple
    statement around it, or the head of a compound one. `loop` is the first statement in the body of the innermost
    loop that runs over the object or a part of it. `guarded` says that the same thing is tested (or has an `or`
    default) on the way here; `caught` are the names of the exceptions that the innermost `try` around it catches.
    """

    route: tuple[str | int | None, ...]
    path: str
    span: Span
    location: Location
    code: str
    base: str
    way: Way
    hops: tuple[Hop, ...] = ()
    detail: str | None = None
    literals: tuple[str | int | float | bool | None, ...] = ()
    outer: Span | None = None
    statement: Span | None = None
    loop: Span | None = None
    guarded: bool = False
    caught: tuple[str, ...] = ()
    certainty: Certainty = Certainty.PROVED
