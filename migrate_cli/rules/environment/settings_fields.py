"""The edit of a settings class's field that makes it read another variable.

The field keeps its name, and with it all that the program says of it. OpenAI's variable is read no longer.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    AddImport,
    Operation,
    ReplaceExpression,
    SetArgument,
    SettingsField,
    Site,
    WrapExpression,
)
from migrate_cli.rules.support import quoted


def reading(site: Site, field: SettingsField, new: str) -> Iterator[Operation]:
    """What makes the `field` that a site declares read the variable `new`."""
    if field.alias is not None:
        yield ReplaceExpression(site.path, field.alias, quoted(new))
        return
    keyword, code = "env" if field.version == 1 else "validation_alias", quoted(new)
    named = f"{keyword}={code}"
    if field.call is not None:
        yield SetArgument(site.path, field.call, keyword, code)
        return
    yield AddImport(site.path, f"from {field.package} import Field")
    if field.value is not None:
        yield WrapExpression(site.path, field.value, "Field(", f", {named})")
    elif field.annotation is not None:
        yield AddImport(site.path, "from typing import Annotated")
        yield WrapExpression(site.path, field.annotation, "Annotated[", f", Field({named})]")
