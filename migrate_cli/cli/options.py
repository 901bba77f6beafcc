"""The options that commands share, and the reading of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from migrate_cli.model import UserError


class Color(str, Enum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Format(str, Enum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(str, Enum):
    """The formats of a cost report."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    SUMMARY = "summary"
    COMMENT = "comment"
    HTML = "html"


class RewriteFormat(str, Enum):
    """The formats of a rewrite."""

    TEXT = "text"
    JSON = "json"
    PR = "pr"


class ScanFormat(str, Enum):
    """The formats of a scan."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATHS]...", help="Files and directories to read; the current directory without."
    ),
]
Providers = Annotated[
    list[str] | None,
    typer.Option(
        "--to", metavar="PROVIDER", help="Provider to move to, as `migrate providers` lists it; repeatable."
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option("--model", metavar="OLD=NEW", help="Use NEW where the code says OLD; repeatable."),
]
TextOrJson = Annotated[Format, typer.Option("--format", help="text, or json for tools.")]
Site = Annotated[
    str | None,
    typer.Option(
        "--site", metavar="SITE", help="Platform of the provider: china, international, …; its first without."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the report to FILE instead of the screen."),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Judge offers and shutdowns as of this day.")
]
Evidence = Annotated[
    bool, typer.Option("--evidence", help="Show for each site why it is believed to be OpenAI.")
]
Colored = Annotated[
    Color, typer.Option("--color", help="Colour: auto, always or never; NO_COLOR is honoured.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Only findings and errors: no summary, no progress.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Also skipped files, settled sites and notes, one by one.")
]


def paths_or_here(paths: Sequence[Path] | None) -> list[Path]:
    """The paths given, or the current directory."""
    return list(paths) if paths else [Path()]


def read_models(pairs: Sequence[str] | None) -> dict[str, str]:
    """`OLD=NEW` pairs as a mapping; raises UserError if malformed or contradictory."""
    models: dict[str, str] = {}
    for pair in pairs or ():
        old, separator, new = (part.strip() for part in pair.partition("="))
        if not (old and separator and new):
            raise UserError(f"--model wants OLD=NEW, for example --model gpt-4o=MODEL, and got {pair!r}")
        if models.setdefault(old, new) != new:
            raise UserError(f"--model names two models for {old}: {models[old]} and {new}")
    return models


def read_codes(
    values: Sequence[str] | None, known: Callable[[], Sequence[str]], option: str
) -> frozenset[str]:
    """Rule codes or families (`PRM`), repeated or separated by commas; raises UserError for an unknown one."""
    codes = {code.strip().upper() for value in values or () for code in value.split(",") if code.strip()}
    listed = known() if codes else ()
    for code in sorted(codes):
        if not any(rule.startswith(code) for rule in listed):
            raise UserError(f"{option}: {no_rule(code, listed)}")
    return frozenset(codes)


def read_decimal(value: str | None, option: str) -> Decimal | None:
    """A positive decimal number, or None when the option is not given; raises UserError."""
    if value is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise UserError(f"{option} wants a positive number, for example {option} 7.1, and got {value!r}")
    return number


def read_date(value: str | None, option: str) -> date | None:
    """An ISO date, or None when the option is not given; raises UserError."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise UserError(f"{option} wants a date such as 2026-11-21, and got {value!r}") from None


def no_rule(code: str, known: Sequence[str]) -> str:
    """That there is no such rule, with the closest of the `known` codes."""
    from difflib import get_close_matches

    close = get_close_matches(code.upper(), known, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"there is no rule {code}; {hint}`migrate rules` lists them"
