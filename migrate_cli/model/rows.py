"""How a file that is not Python names one of OpenAI's variables, as far as an edit must know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.places import Span


class Given(str, Enum):
    """What a line gives a variable."""

    NOTHING = "nothing"  # only its name stands there: it is read or passed on
    EMPTY = "empty"
    STAND_IN = "stand-in"  # a text in the place of a key: `your-key-here`, `sk-…`, `<key>`
    SAME = "same"  # the variable of the same name elsewhere: `${OPENAI_API_KEY}`, `${{ secrets.OPENAI_API_KEY }}`
    REFERENCE = "reference"  # something else that holds it: `${KEY}`, `{{ .Values.key }}`, `$(pass openai)`
    PLAIN = "plain"  # a value that is no secret
    SECRET = "secret"  # what can only be the key itself


@dataclass(frozen=True, slots=True)
class Row:
    """One line that names a variable. `names` are the places of the name on it, `span` is the line with its end.

    `value` is the place of what stands inside the quotes, `given` what it is and `text` its words (never a
    secret's). Where the line is nothing but this setting, `before`, `between` and `after` are what stands around
    name and value, so that another line like it can be written; `before` is None elsewhere. `beside` are the other
    names that are given values there, `alone` says that the line is all that its mapping or list holds. `reader`
    says who reads the variable when that is not this project's code.
    """

    span: Span
    names: tuple[Span, ...]
    given: Given
    value: Span | None = None
    text: str = ""
    before: str | None = None
    between: str = ""
    after: str = ""
    beside: frozenset[str] = frozenset()
    alone: bool = False
    reader: str | None = None
    request: bool = False  # it stands in a command that asks OpenAI
    stored: bool = False  # a store outside of the repository holds the value under a name of its own
