"""SDK25: the SDK is taken from a package that watches it (langfuse, posthog, helicone, promptlayer, …).

The drop-in hands the arguments on, so the client moves like any other. Such tools price by OpenAI's model names: after
the change their cost is 0 or missing until the new model's prices are entered there.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.index.sdk import DROP_INS
from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK25",
    "instrumented",
    "SDK that comes through an observing package",
    10,
    Safety.ADVICE,
    leaves="instrumentation that patches the SDK from outside (OpenTelemetry, weave, Helicone's proxy)",
)
SOURCE = "https://github.com/langfuse/langfuse-python/blob/main/langfuse/openai.py"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A word about each import of a drop-in."""
    if site.kind is not SiteKind.IMPORT or target.id == "azure":
        return
    package = next((p.split(".")[0] for p in DROP_INS if imports(site.code, p)), None)
    if package is not None:
        words = f"{package} prices by OpenAI's model names: enter the prices of {target.provider.name} there"
        yield note(RULE, site, target, words, source=SOURCE)


def imports(code: str, path: str) -> bool:
    """Whether an import statement brings the SDK from a drop-in module or name."""
    module, _, name = path.rpartition(".")
    words = code.replace(",", " ").replace("(", " ").replace(")", " ").split()
    return path in words or (words[:2] == ["from", module] and name in words)


EXAMPLES = (
    Example.told("from langfuse.openai import OpenAI\n\nclient = OpenAI()\n", "langfuse prices by"),
    Example.silent("from openai import OpenAI\n\nclient = OpenAI()\n"),
    Example.silent("from langfuse import Langfuse\nfrom openai import OpenAI\n\nclient = OpenAI()\n"),
)
