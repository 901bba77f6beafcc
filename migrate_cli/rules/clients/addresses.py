"""Base URLs that are written in the source, and the edits that put the target's there."""

from __future__ import annotations

from collections.abc import Iterable

from migrate_cli.model import Argument, Operation, Origin, ReplaceExpression, Value
from migrate_cli.rules.support import quoted
from migrate_cli.targets.endpoint import Target


def pointed(values: Iterable[Value], target: Target, code: str | None = None) -> list[Operation]:
    """The edits that put the target's base URL, or `code`, where these values, or their defaults, are written."""
    wanted = code or quoted(target.base_url)
    return [ReplaceExpression(v.default_path or v.path, v.default_span or v.span, wanted) for v in values]


def of_module(target: Target, name: str) -> str:
    """The base URL as the module's setting `name` takes it.

    `openai.base_url` is joined to the path of a request as it is: without its last slash the request would go to
    `…/v2chat/completions` (measured with openai 1.109.1, 2.54.0 and 3.54.0). A client adds the slash by itself.
    """
    return quoted(f"{target.base_url.rstrip('/')}/" if name == "base_url" else target.base_url)


def replaceable(value: Value) -> bool:
    """Whether a base URL value is written in the source; Azure's variable is still set where Azure was used."""
    return value.origin in (Origin.LITERAL, Origin.NONE) or (
        value.origin is Origin.ENVIRONMENT
        and value.default_span is not None
        and not str(value.variable).startswith("AZURE_")
    )


def is_openai_url(value: Value) -> bool:
    """Whether a base URL is OpenAI's own, or none at all."""
    text = str(value.literal)
    return "://" not in text or "openai" in text.split("/")[2]


def foreign(url: Argument) -> list[Value]:
    """The base URLs of other hosts that are written out."""
    return [v for v in url.values if v.origin is Origin.LITERAL and not is_openai_url(v)]
