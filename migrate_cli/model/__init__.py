"""The vocabulary: frozen values that every other module speaks in.

Spans are half-open ranges of UTF-8 byte offsets into a file's decoded text without its byte-order mark;
that is what `ast` columns and libcst byte spans agree on. Locations are for people: 1-based lines and
columns in characters. Paths are POSIX and relative to the project root.
"""

from __future__ import annotations

from migrate_cli.model.findings import (
    Compatibility,
    Decision,
    Fate,
    Finding,
    Level,
    NextStep,
    Rule,
    Safety,
    StepKind,
)
from migrate_cli.model.operations import (
    AddEntry,
    AddImport,
    CreateFile,
    InsertStatement,
    LeaveTodo,
    Operation,
    RemoveArgument,
    RemoveImport,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameItem,
    ReplaceExpression,
    ReplaceTail,
    ReplaceText,
    SetArgument,
    SetItem,
    WrapExpression,
)
from migrate_cli.model.places import (
    Location,
    Span,
    Step,
)
from migrate_cli.model.rows import Given, Row
from migrate_cli.model.runs import (
    FileResult,
    MatrixRow,
    Options,
    Outcome,
    Plan,
    Scan,
    Skip,
    Status,
)
from migrate_cli.model.settings_field import SettingsField
from migrate_cli.model.sites import (
    FRAMEWORK_MODEL_ARGUMENTS,
    MODEL_ARGUMENTS,
    Role,
    Site,
    SiteId,
    SiteKind,
)
from migrate_cli.model.uses import Caught, Hop, HopKind, Use, Way
from migrate_cli.model.values import (
    Argument,
    Certainty,
    Entry,
    Origin,
    Shape,
    ShapeKind,
    Value,
)

__all__ = [
    "FRAMEWORK_MODEL_ARGUMENTS",
    "MODEL_ARGUMENTS",
    "AddEntry",
    "AddImport",
    "Argument",
    "Caught",
    "Certainty",
    "Compatibility",
    "CreateFile",
    "Decision",
    "Entry",
    "Fate",
    "FileResult",
    "Finding",
    "Given",
    "Hop",
    "HopKind",
    "InsertStatement",
    "LeaveTodo",
    "Level",
    "Location",
    "MatrixRow",
    "NextStep",
    "Operation",
    "Options",
    "Origin",
    "Outcome",
    "Plan",
    "RemoveArgument",
    "RemoveImport",
    "RemoveItem",
    "RemoveStatement",
    "RenameArgument",
    "RenameItem",
    "ReplaceExpression",
    "ReplaceTail",
    "ReplaceText",
    "Role",
    "Row",
    "Rule",
    "Safety",
    "Scan",
    "SetArgument",
    "SetItem",
    "SettingsField",
    "Shape",
    "ShapeKind",
    "Site",
    "SiteId",
    "SiteKind",
    "Skip",
    "Span",
    "Status",
    "Step",
    "StepKind",
    "Use",
    "UserError",
    "Value",
    "Way",
    "WrapExpression",
]


class UserError(Exception):
    """A mistake the user can mend: printed as one line, exit code 2."""
