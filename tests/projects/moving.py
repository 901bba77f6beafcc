"""Moves a copy of an example to a provider, and judges how the moved program runs."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from migrate_cli import api
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.model import Outcome
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.profile import PATHS
from migrate_cli.runtime.standin import StandIn
from tests.projects.environments import interpreter
from tests.projects.programs import Program, copy, main_file
from tests.projects.running import Run, run

OLD_KEY = "canary-openai-0123456789"
NEW_KEY = "canary-provider-0123456789"
PROVIDERS = ("ernie", "glm", "qwen", "deepseek", "kimi")


def provider_called(name: str) -> Provider:
    """The catalogue entry of `name`."""
    return open_catalogue().provider(name)


def move(program: Program, name: str, target: Path, *, review: bool = False) -> tuple[Path, Outcome]:
    """A copy of the example, rewritten for the provider, and what the rewrite says of itself."""
    home = copy(program, target)
    plan = api.plan(api.scan([home]), name, review=review)
    return home, api.apply(plan, allow_dirty=True)


def execute(program: Program, home: Path, provider: Provider, generation: str, *, key: bool = True) -> Run:
    """Run the moved program with one SDK generation against the stand-in of its provider.

    Without `key` the user has forgotten to set the provider's variable, and still has OpenAI's.
    """
    variables = {
        **({str(provider.key_variable): NEW_KEY} if key else {}),
        "OPENAI_API_KEY": OLD_KEY,
        "AZURE_OPENAI_API_KEY": OLD_KEY,
    }
    log = home.parent / f"escapes-{generation}"
    with StandIn(provider, NEW_KEY, forbidden=(OLD_KEY,)) as standin:
        return run(interpreter(generation), main_file(program, home), standin, variables, log)


def execute_all(program: Program, home: Path, provider: Provider) -> dict[str, Run]:
    """Run the moved program with each SDK generation it claims to work with, two at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = pool.map(lambda generation: execute(program, home, provider, generation), program.generations)
        return dict(zip(program.generations, runs, strict=True))


def faults(exchange: Exchange, provider: Provider) -> list[str]:
    """What is wrong with one request of a moved program; empty when nothing is."""
    target = provider.model(exchange.verdict.model or "")
    path = PATHS[exchange.verdict.endpoint or "chat.completions"]
    found = {
        str(exchange): exchange.verdict.refused is not None,
        f"asked {exchange.original}": exchange.original != provider.sites[0].base_url.rstrip("/") + path,
        f"key {exchange.verdict.auth}": exchange.verdict.auth != "right",
        f"leaks {exchange.leaks}": bool(exchange.leaks),
        f"model {exchange.verdict.model}": target is None or target.status not in ("current", "limited"),
    }
    return [text for text, is_wrong in found.items() if is_wrong]


def said(exchanges: tuple[Exchange, ...]) -> list[tuple[str | None, str]]:
    """What the program asked, freed of all that a move may change: the endpoint and the texts of user and tools."""
    return sorted((e.verdict.endpoint, _texts(e.verdict.payload)) for e in exchanges)


def _texts(payload: Mapping[str, Any]) -> str:
    messages = [m.get("content") for m in payload.get("messages", []) if m.get("role") in ("user", "tool")]
    return repr((messages, payload.get("input"), payload.get("tools")))
