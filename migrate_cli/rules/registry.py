"""All rules, in the order they are asked. A new rule is a new module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import (
    app_config,
    azure_client,
    call_settings,
    client_endpoint,
    dependency_pin,
    deploy_file,
    developer_role,
    embedding_encoding,
    embedding_index,
    foreign_client,
    framework_usage,
    key_variable,
    literal_key,
    missing_endpoint,
    model_name,
    module_settings,
    organisation,
    output_limit,
    patched_sdk,
    raw_request,
    request_fields,
    response_format,
    sampling,
    shell_and_docs,
    stop_sequences,
    thinking_default,
    token_counting,
    token_encoding,
    tool_calling,
    unresolved_receiver,
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


_MODULES = (
    unresolved_receiver,
    foreign_client,
    client_endpoint,
    azure_client,
    organisation,
    module_settings,
    call_settings,
    key_variable,
    missing_endpoint,
    model_name,
    thinking_default,
    developer_role,
    output_limit,
    sampling,
    stop_sequences,
    request_fields,
    tool_calling,
    response_format,
    embedding_encoding,
    embedding_index,
    deploy_file,
    app_config,
    dependency_pin,
    shell_and_docs,
    framework_usage,
    token_encoding,
    token_counting,
    patched_sdk,
    raw_request,
    literal_key,
)

RULES = tuple(RuleDoc(m.RULE, m.check, (m.__doc__ or "").strip(), m.EXAMPLES) for m in _MODULES)
