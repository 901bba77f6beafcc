"""What a program with the Agents SDK does once, before an agent runs: another client, chat completions, no traces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate_cli.model import AddImport, InsertStatement, Operation, Site, SiteKind
from migrate_cli.rules.clients.client_endpoint import imported
from migrate_cli.rules.frameworks.built import address_of
from migrate_cli.rules.frameworks.moving import short
from migrate_cli.targets.endpoint import Target

RUNNERS = ("Runner.run", "Runner.run_sync", "Runner.run_streamed")
AGENTS = ("Agent", "Agent.clone")


def parts(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The sites of the Agents SDK."""
    return tuple(s for s in sites if s.framework == "openai_agents" and s.ignored is None)


def named(sites: Sequence[Site], *names: str) -> tuple[Site, ...]:
    """The constructions and calls with one of these names."""
    return tuple(s for s in sites if s.kind is SiteKind.FRAMEWORK and short(s) in names)


def setup(sites: Sequence[Site], target: Target) -> list[Operation] | None:
    """Operations that set client, endpoint and tracing where agents are run; None where there is no place for them."""
    edits: list[Operation] = []
    for path in hosts(sites):
        above = [
            s.span for s in sites if s.kind is SiteKind.IMPORT and s.path == path and s.location.column == 1
        ]
        if not above:
            return None
        statements = list(missing(sites, target, path))
        if statements:
            edits.append(InsertStatement(path, max(above), "\n".join(code for code, _ in statements)))
        edits += [AddImport(path, f"from agents import {name}") for _, name in statements]
        if any(name == "set_default_openai_client" for _, name in statements):
            edits += [AddImport(path, "from openai import AsyncOpenAI"), *imported(path, target.key_code)]
    return edits


def hosts(sites: Sequence[Site]) -> list[str]:
    """The files that run agents; where nothing is seen to run them, the files that make them."""
    chosen = named(sites, *RUNNERS) or named(sites, *AGENTS, "OpenAIChatCompletionsModel")
    return list(dict.fromkeys(s.path for s in chosen))


def missing(sites: Sequence[Site], target: Target, path: str) -> Iterator[tuple[str, str]]:
    """The statements that a file lacks which runs agents, each with the function that it calls.

    What another file sets counts when that file runs no agent itself: then it is there to be imported.
    """
    by_name = bool(named(sites, *AGENTS))
    apart = set(hosts(sites)) - {path}
    sites = [s for s in sites if s.path not in apart]
    if by_name and not named(sites, "set_default_openai_client"):
        client = f"AsyncOpenAI({address_of(target)})"
        yield f"set_default_openai_client({client}, use_for_tracing=False)", "set_default_openai_client"
    if by_name and not named(sites, "set_default_openai_api"):
        yield 'set_default_openai_api("chat_completions")', "set_default_openai_api"
    if not named(sites, "set_tracing_disabled", "set_tracing_export_api_key"):
        yield "set_tracing_disabled(True)", "set_tracing_disabled"
