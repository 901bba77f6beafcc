"""Small programs, one construct each, that are moved to many providers and really run there.

A folder `cases/NAME/` holds the program (`program.py`, or what `main` names) and `case.yaml`:

    about: one line that says what would break
    main: program.py              # the file that is run
    sdk: ["1", "2", "3"]          # generations of the openai package after the move; they take turns over the providers
    providers: [ernie, glm]       # `all` of PROVIDERS where the construct differs by provider, else some of them
    without: {kimi: no embeddings}  # providers left out, and why
    options: {review: true}       # as `api.plan` takes them
    requests: 1                   # requests that reach the provider
    output: [Hello]               # texts that the program prints
    asked: ['"max_tokens": 50']   # texts that some request holds, as JSON
    unasked: [logit_bias]         # texts that no request holds: what a provider passes over, or nobody documents
    unfixed: {STR01: deepseek}    # with this rule off, the moved program must fail at that provider

A case that names no providers is moved to TURN of them, which its name chooses, so that together the cases reach
every provider; `plain_chat` and all that differs by provider is moved to each.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from migrate_cli import api
from migrate_cli.model import Outcome
from migrate_cli.runtime.standin import StandIn
from tests.projects.environments import interpreter
from tests.projects.moving import NEW_KEY, OLD_KEY, faults, provider_called
from tests.projects.running import Run, run

HOME = Path(__file__).parent / "cases"
# The providers of 2024's offers that still serve a model, and those that people move to today.
PROVIDERS = ("ernie", "sensenova", "glm", "baichuan", "hunyuan", "qwen", "deepseek", "kimi", "doubao")
TURN = 3
_LISTS = ("sdk", "providers", "output", "asked", "unasked")


@dataclass(frozen=True)
class Case:
    """One program and what must hold after its move."""

    name: str
    about: str
    requests: int
    main: str = "program.py"
    sdk: tuple[str, ...] = ("1", "2", "3")
    providers: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    output: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    unfixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def offers(self) -> tuple[str, ...]:
        """The providers that it can be moved to."""
        return tuple(p for p in self.providers or PROVIDERS if p not in self.without)

    @property
    def targets(self) -> tuple[str, ...]:
        """The providers it is moved to: those it names, or as many as take their turn."""
        first = zlib.crc32(self.name.encode()) % len(self.offers)
        turn = (*self.offers, *self.offers)[first : first + TURN]
        return tuple(p for p in self.offers if self.providers or p in turn)

    def generation(self, provider: str) -> str:
        """The SDK that it runs with at a provider."""
        return self.sdk[self.offers.index(provider) % len(self.sdk)]


def read_cases() -> tuple[Case, ...]:
    """Every case, by name."""
    return tuple(_read(path) for path in sorted(HOME.glob("*/case.yaml")))


def _read(path: Path) -> Case:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if data.get("providers") == "all":
        data["providers"] = PROVIDERS
    lists = {name: tuple(data[name]) for name in _LISTS if name in data}
    return Case(**{"name": path.parent.name, **data, **lists})


def move_case(
    case: Case, provider: str, target: Path, *, ignore: tuple[str, ...] = ()
) -> tuple[Path, Outcome]:
    """A copy of the case, rewritten for the provider, and what the rewrite says of itself."""
    home = Path(shutil.copytree(HOME / case.name, target / case.name))
    (home / "case.yaml").unlink()
    plan = api.plan(api.scan([home]), provider, ignore=ignore, **case.options)
    return home, api.apply(plan, allow_dirty=True)


def run_case(case: Case, home: Path, provider_name: str) -> Run:
    """Run the moved program with its SDK against the stand-in of its provider."""
    provider, generation = provider_called(provider_name), case.generation(provider_name)
    variables = {str(provider.key_variable): NEW_KEY, "OPENAI_API_KEY": OLD_KEY}
    with StandIn(provider, NEW_KEY, forbidden=(OLD_KEY,)) as standin:
        return run(interpreter(generation), home / case.main, standin, variables, home.parent / "escapes")


def problems(case: Case, result: Run, provider_name: str) -> list[str]:
    """What is wrong with a run; empty when the program did there what it is for."""
    provider = provider_called(provider_name)
    found = [fault for exchange in result.exchanges for fault in faults(exchange, provider)]
    found += [f"exit code {result.code}"] * bool(result.code)
    found += [f"reached for {host}" for host in result.escapes]
    found += [f"does not print {text!r}" for text in case.output if text not in result.output]
    sent = [json.dumps(exchange.verdict.payload) for exchange in result.exchanges]
    found += [f"does not ask for {text}" for text in case.asked if not any(text in body for body in sent)]
    found += [f"asks for {text}" for text in case.unasked if any(text in body for body in sent)]
    made = len(result.exchanges)
    return found + [f"{made} requests instead of {case.requests}"] * (made != case.requests)
