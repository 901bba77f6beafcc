"""The table of usage formats, in the order in which they are tried."""

from __future__ import annotations

from difflib import get_close_matches

from migrate_cli.costs.usage.deepseek import DEEPSEEK
from migrate_cli.costs.usage.format import Format
from migrate_cli.costs.usage.helicone import HELICONE
from migrate_cli.costs.usage.langfuse import LANGFUSE
from migrate_cli.costs.usage.langsmith import LANGSMITH
from migrate_cli.costs.usage.litellm import LITELLM, SPEND_LOGS
from migrate_cli.costs.usage.openai_costs import COSTS_API, COSTS_CSV
from migrate_cli.costs.usage.openai_usage import USAGE_API, USAGE_CSV
from migrate_cli.costs.usage.opentelemetry import OPENTELEMETRY
from migrate_cli.costs.usage.request_log import REQUEST_LOG
from migrate_cli.model import UserError

# The widest comes last: a request log is any record with a model and counts.
FORMATS = (
    COSTS_API,
    USAGE_API,
    COSTS_CSV,
    USAGE_CSV,
    OPENTELEMETRY,
    LANGFUSE,
    LANGSMITH,
    HELICONE,
    SPEND_LOGS,
    LITELLM,
    DEEPSEEK,
    REQUEST_LOG,
)


def describe() -> tuple[tuple[str, str], ...]:
    """(name, one line about it) of each format, for help texts, by name."""
    return tuple(sorted((each.name, each.about) for each in FORMATS))


def format_named(name: str) -> Format:
    """The format that `--usage-format` names. Raises UserError with the nearest right name."""
    names = {each.name: each for each in FORMATS}
    if name in names:
        return names[name]
    close = get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(sorted(names))}"
    raise UserError(f"no usage format is called {name}; {hint}")
