"""All rules, in the order they are asked. A new rule is a new module and one line in its family's package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import (
    around,
    clients,
    embeddings,
    endpoints,
    environment,
    errors,
    formats,
    frameworks,
    legacy,
    media,
    messages,
    parameters,
    policy,
    responses,
    streams,
    testing,
    thinking,
    tokens,
    tools,
)
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

Check = Callable[[Site, Target, Situation], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A rule as its module tells it: identity, check, docstring, and the examples that test and document it."""

    rule: Rule
    check: Check
    doc: str
    examples: tuple[Example, ...]


_FAMILIES = (
    clients,
    legacy,
    environment,
    endpoints,
    thinking,
    messages,
    parameters,
    tools,
    formats,
    embeddings,
    media,
    streams,
    responses,
    errors,
    around,
    frameworks,
    tokens,
    testing,
    policy,
)

RULES = tuple(
    RuleDoc(module.RULE, module.check, (module.__doc__ or "").strip(), module.EXAMPLES)
    for family in _FAMILIES
    for module in family.MODULES
)
