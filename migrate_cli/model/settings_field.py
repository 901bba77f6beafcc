"""How a field of a settings class is written, as far as an edit of the variable that it reads needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from migrate_cli.model.places import Span


@dataclass(frozen=True, slots=True)
class SettingsField:
    """A field of pydantic's `BaseSettings`, whose settings are of `version` 1 or 2.

    `package` is where `Field` comes from. The variable is named by the literal at `alias`; without one by the field's
    own name, and then a `Field(…)` call at `call`, another default at `value` or only the `annotation` is there.
    """

    version: int
    package: str
    alias: Span | None = None
    call: Span | None = None
    value: Span | None = None
    annotation: Span | None = None
