"""What a program does with what it gets: how it reads an answer, an error or an object of a framework."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.places import Location, Span
from migrate_cli.model.values import Argument, Certainty


class HopKind(str, Enum):
    """How one step into an object is written."""

    ATTRIBUTE = "attribute"  # .choices
    ITEM = "item"  # ["choices"]
    INDEX = "index"  # [0], [i], [1:]
    GET = "get"  # .get("usage"), .get("usage", {})
    LOOP = "loop"  # one of many: next(…)


class Way(str, Enum):
    """What happens to the thing that was read."""

    READ = "read"  # nothing below says it better
    ALIAS = "alias"  # given to a name, whose own uses follow
    METHOD = "method"  # a method of it is called: `detail` is its name, `literals` what it is given
    ARGUMENT = "argument"  # passed to a function: `detail` is its dotted name as far as it resolves
    COMPARE = "compare"  # compared: `literals` are what with, `detail` the operator; also `match` and `in`
    ITERATE = "iterate"  # looped over
    JOIN = "join"  # concatenated, added up, formatted: `detail` is Add, Mult, Add= (for +=), join, format, …
    TEST = "test"  # asked for its truth
    RETURN = "return"  # handed to callers; they are followed where they are known
    YIELD = "yield"
    STORE = "store"  # put into an attribute, an item or a global: `detail` is the target's text
    APPEND = "append"  # put into a list: `detail` is the list's text
    BUILD = (
        "build"  # put into a display: `detail` is its key there, `literals` are the keys of a dict display
    )
    KEY = "key"  # something else is looked up under it: `detail` is that thing's text
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
    loop statement that runs over the object or a part of it, None inside a comprehension, in another function and
    where the body stands on the loop's own line; `part` is the statement of that body which holds the use. `keywords`
    are those of the call that it is passed to, or whose method it is.
    `guarded` says that the same thing is tested (or has an `or` default) on the way here; `tested` are the routes of
    everything of this object that is; `caught` are the names of the exceptions that the innermost `try` around it
    catches. `through` are the methods that were called on the way and give the same thing in another form
    (`model_dump`, `strip`, `parse`). A slice is a hop but no step of the route. An element of a stream or list is a
    step None: `chunk.choices` in a loop over a stream is `(None, "choices")`. `arguments` are the keywords of a METHOD
    of a framework's object.
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
    part: Span | None = None
    keywords: tuple[str, ...] = ()
    guarded: bool = False
    tested: tuple[tuple[str | int | None, ...], ...] = ()
    through: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    certainty: Certainty = Certainty.PROVED
    arguments: tuple[Argument, ...] = ()
    followed: bool = False  # ARGUMENT, RETURN, YIELD, STORE: what becomes of it there is among the uses too


@dataclass(frozen=True, slots=True)
class Caught:
    """How a program waits for an error of the SDK.

    `way` is `except`, `isinstance`, or the dotted name of the function that is given the class
    (`tenacity.retry_if_exception_type`, `backoff.on_exception`); `made` where the program makes such an error itself.
    `span` and `code` are the types of the clause, or the whole call; `given` the source of the call's positional
    arguments, `keywords` the names of its others, `function` the source of what is called. `classes` are the last
    names of all classes of the clause or call, `beside` those of the other clauses of the same `try`. `name` is what
    `as` calls the error, `body` where that name stands for it. `does` holds what the clause does with it: `raise`,
    `sleep`, `continue`; and `combined` where a call is an operand, as in `retry_if_exception_type(A) & other`. The
    uses of the error stand at the first site of a clause (`first`).
    """

    way: str
    path: str
    span: Span
    code: str
    classes: tuple[str, ...]
    beside: tuple[str, ...] = ()
    name: str | None = None
    body: Span | None = None
    does: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    function: str = ""
    first: bool = True
