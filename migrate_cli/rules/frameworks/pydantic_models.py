"""FRM14: Pydantic AI chooses the provider by a text, or builds OpenAI's when none is given.

`Agent("openai:gpt-4o")` gets an `OpenAIChatModel` with an `OpenAIProvider` that knows base URL and key (since
version 2 the text would mean the Responses API). `OpenAIModel(…)` and `OpenAIChatModel(…)` get the provider object
beside the new name, and an `OpenAIProvider(…)` gets base URL and key itself; one that wraps a client moves with it.
Structured output is asked for by a forced tool: where the provider refuses that, `output_type` becomes a
`PromptedOutput`, which puts the schema into the prompt.

`OpenAIChatModel` exists from release 0.7 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import (
    AddImport,
    Compatibility,
    Finding,
    Operation,
    Origin,
    Rule,
    Safety,
    SetArgument,
    Site,
)
from migrate_cli.rules.clients.client_endpoint import imported
from migrate_cli.rules.frameworks.built import (
    exchanged,
    pydantic_model,
    pydantic_provider,
    replacement_of,
    text_here,
)
from migrate_cli.rules.frameworks.forcing import Fit, forced_fit
from migrate_cli.rules.frameworks.models import exchange, pairs
from migrate_cli.rules.frameworks.moving import moved_by, obstacle, point, settled, short
from migrate_cli.rules.frameworks.requests import along, request_findings
from migrate_cli.rules.support import Example, Situation, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM14",
    "pydantic-ai",
    "Pydantic AI asks OpenAI by the name of a model",
    20,
    Safety.SAFE,
    leaves="models named in configuration or given to `run`; max_tokens in ModelSettings, which goes out as "
    "max_completion_tokens; the Responses class; releases before 0.7",
)
PROVIDER = AddImport("", "from pydantic_ai.providers.openai import OpenAIProvider")
MODEL = AddImport("", "from pydantic_ai.models.openai import OpenAIChatModel")
OUTPUTS = ("output_type", "result_type")
FREE = ("str", "[", "Output(", "|", "None", "lambda")  # plain text, or a way of output that was chosen


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for agents, models and providers of Pydantic AI."""
    move = moved_by(RULE, site)
    if move is None:
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
    elif short(site) in ("OpenAIProvider", "AzureProvider"):
        if not site.clients:
            yield from point(RULE, site, target, move)
    elif "provider" in move.add:
        yield from model_object(site, target, move)
    else:
        yield from named_agent(site, target, move)


def model_object(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """`OpenAIModel("gpt-4o", …)`: another name, and a provider where none is given."""
    provider = site.argument("provider")
    here: list[Operation] = []
    if site.argument("base_url") is not None or site.argument("api_key") is not None:
        yield from pointed(site, target, replace(move, base="base_url", key="api_key", add={}))
        return
    if provider is not None and not site.clients and provider.literal is None:
        yield by_hand(site, target, f"the provider of {short(site)} is decided at run time")
        return
    if not site.clients:
        code = pydantic_provider(target)
        here = [SetArgument(site.path, site.span, "provider", code), replace(PROVIDER, path=site.path)]
        here += imported(site.path, target.key_code)
    yield from pointed(site, target, replace(move, add={}), *here)


def pointed(site: Site, target: Target, move: Move, *extra: Operation) -> Iterator[Finding]:
    """The move of a model object, and what its requests need."""
    found = list(point(RULE, site, target, move, *extra, words=f"{short(site)} asks {target.provider.name}"))
    yield from found
    if any(f.edits for f in found):
        names = exchange(RULE, site, target, move).names
        yield from along(found, request_findings(RULE, site, target, move, names))


def named_agent(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """`Agent("openai:gpt-4o")`: an object in the place of the text."""
    blocked = obstacle(site, target, move)
    if blocked is not None:
        yield manual(RULE, site, target, blocked[0], compatibility=blocked[1], advice=blocked[2])
        return
    here = text_here(site)
    new = replacement_of(site, target, here[1]) if here is not None else None
    if here is None or new is None or new[0].startswith("gateway"):
        yield by_hand(
            site, target, f"{short(site)} chooses OpenAI by a text that is not plainly written here"
        )
        return
    code = pydantic_model(target, new[1], new[2])
    edits = [
        *exchanged(site, here[1], code, target),
        *(replace(i, path=site.path) for i in (MODEL, PROVIDER)),
    ]
    words = f"{short(site)}: {here[1].literal} → OpenAIChatModel with {new[2]} at {target.base_url}"
    yield edit(RULE, site, target, words, *edits)
    yield from output(site, target, move)


def output(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """A type that the answer must have, which is asked for by a forced tool."""
    given = next((a for name in OUTPUTS if (a := site.argument(name)) is not None), None)
    if given is None or any(part in given.code for part in FREE) or given.dictionary is not None:
        return
    if any(v.origin is Origin.NONE for v in given.values):
        return
    if forced_fit(target, pairs(site, target, move.default), "required") is not Fit.REFUSED:
        return
    words = f"{target.provider.name} refuses a forced tool, so `{given.name}` is asked for in the prompt"
    edits = (
        SetArgument(site.path, site.span, given.name, f"PromptedOutput({given.code})"),
        AddImport(site.path, "from pydantic_ai import PromptedOutput"),
    )
    make = edit if given.name == "output_type" else review
    yield make(RULE, site, target, words, *edits)


def by_hand(site: Site, target: Target, words: str) -> Finding:
    """What a person has to write."""
    advice = f"use {pydantic_model(target, '', '<model>')}"
    return manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)


_KIMI = (
    'provider=OpenAIProvider(base_url="https://api.moonshot.cn/v1", api_key=os.environ["MOONSHOT_API_KEY"])'
)
_OFF = 'settings={"extra_body": {"thinking": {"type": "disabled"}}}'
_IMPORTS = (
    "import os\n\nfrom pydantic_ai import Agent{}\n"
    "from pydantic_ai.models.openai import OpenAIChatModel\n"
    "from pydantic_ai.providers.openai import OpenAIProvider\n\n"
)
EXAMPLES = (
    Example(
        'from pydantic_ai import Agent\n\nagent = Agent("openai:gpt-4o", output_type=Person)\n',
        _IMPORTS.format(", PromptedOutput")
        + f'agent = Agent(OpenAIChatModel("kimi-k2.6", {_KIMI}, {_OFF}), output_type=PromptedOutput(Person))\n',
        "kimi",
    ),
    Example(
        "from pydantic_ai import Agent\nfrom pydantic_ai.models.openai import OpenAIChatModel\n\n"
        'agent = Agent(OpenAIChatModel("gpt-4o"))\n',
        _IMPORTS.format("") + f'agent = Agent(OpenAIChatModel("kimi-k2.6", {_KIMI}, {_OFF}))\n',
        "kimi",
    ),
    Example.untouched(
        "from pydantic_ai.models.openai import OpenAIChatModel\n"
        "from pydantic_ai.providers.openai import OpenAIProvider\n\n"
        'model = OpenAIChatModel("m", provider=OpenAIProvider(base_url="http://localhost:1/v1"))\n'
    ),
    Example.silent('from pydantic_ai import Agent\n\nagent = Agent("anthropic:claude-sonnet-4-0")\n'),
    Example.silent(
        'from pydantic_ai import Agent\n\nagent = Agent("test", output_type=Person)\n',
        "kimi",
    ),
    Example.told(
        "from pydantic_ai import Agent\n\nMODEL = 'openai:gpt-4o'\nagent = Agent(MODEL)\n",
        "not plainly written here",
    ),
)
