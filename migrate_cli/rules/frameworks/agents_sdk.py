"""FRM15: the Agents SDK asks the Responses API of OpenAI, and sends prompts and answers there as traces.

Where agents are run, the program sets a default client with the provider's base URL and key, chooses chat completions
and switches tracing off: traces would go on to api.openai.com, with the provider's key if the default client's is
used. Agents get a model of the provider, also those that named none. An `OpenAIChatCompletionsModel` keeps its client,
which moves by itself. All of this is one change.

Hosted tools (web search, file search, …) exist on the Responses API only: the line is named. So is an `output_type`
where the provider refuses JSON by schema.
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
    ReplaceExpression,
    Rule,
    Safety,
    SetArgument,
    Site,
)
from migrate_cli.rules.frameworks.agents_setup import AGENTS, RUNNERS, named, parts, setup
from migrate_cli.rules.frameworks.forcing import Fit, Names, format_fit
from migrate_cli.rules.frameworks.framework_usage import advice
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import framework_of, moved_by, point, settled, short
from migrate_cli.rules.frameworks.requests import thinking, written
from migrate_cli.rules.support import Example, Situation, edit, manual, migrated, note, put, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM15",
    "openai-agents",
    "the Agents SDK asks the Responses API and sends traces to OpenAI",
    20,
    Safety.SAFE,
    leaves="models named in RunConfig or read at run time; agents of other packages; voice and realtime agents",
)
HOSTED = (
    "WebSearchTool(", "FileSearchTool(", "CodeInterpreterTool(", "HostedMCPTool(", "ImageGenerationTool(",
    "ComputerTool(", "LocalShellTool(",
)  # fmt: skip
SETTINGS = "model_settings"
# What a setting must not say, and what it says instead.
SWITCHES = {
    "set_default_openai_api": ("responses", '"chat_completions"'),
    "set_tracing_disabled": ("False", "True"),
}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for agents, for what runs them, and for the settings of the SDK."""
    move = moved_by(RULE, site)
    if move is None or target.id == "azure":
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    sites = parts(situation.parts)
    name = short(site)
    if name in AGENTS:
        yield from agent(site, target, move, sites)
    elif name in RUNNERS:
        yield from runner(site, target, sites)
    elif name == "OpenAIChatCompletionsModel":
        yield from set_up(site, target, sites, list(point(RULE, site, target, move)))
    else:
        yield from setting(site, target, name)


def agent(site: Site, target: Target, move: Move, sites: tuple[Site, ...]) -> Iterator[Finding]:
    """An agent that names a model of OpenAI, or none."""
    names = exchange(RULE, site, target, move).names
    found = list(
        point(RULE, site, target, move, *quiet(site, target, names), words=f"{short(site)} runs there")
    )
    yield from set_up(site, target, sites, found)
    if any(f.edits for f in found):
        yield from unfit(site, target, names)


def set_up(site: Site, target: Target, sites: tuple[Site, ...], found: list[Finding]) -> Iterator[Finding]:
    """The findings, with what the program has to do once in the same change."""
    once = setup(sites, target)
    if once is None and any(f.edits for f in found):
        yield manual(
            RULE,
            site,
            target,
            f"{short(site)} asks OpenAI, and no import at the top of a file shows where to set another client",
            compatibility=Compatibility.DIFFERS,
            advice=advice(site, target, framework_of(site)),
        )
        return
    yield from (replace(f, edits=(*f.edits, *(once or ()))) if f.edits else f for f in found)


def quiet(site: Site, target: Target, names: Names) -> Iterator[Operation]:
    """Thinking switched off, in the agent's settings."""
    body, _, _ = thinking(target, names)
    given = site.argument(SETTINGS)
    if not body:
        return
    if given is None:
        yield put(site, SETTINGS, f"ModelSettings(extra_body={written(body)})")
        yield AddImport(site.path, "from agents import ModelSettings")
    elif (
        given.code.startswith("ModelSettings(")
        and "extra_body" not in given.code
        and given.dictionary is None
    ):
        yield SetArgument(given.path, given.span, "extra_body", written(body))


def unfit(site: Site, target: Target, names: Names) -> Iterator[Finding]:
    """What an agent asks for that chat completions, or this provider, cannot give."""
    provider = target.provider.name
    tools, output = site.argument("tools"), site.argument("output_type")
    hosted = [t.rstrip("(") for t in HOSTED if tools is not None and t in tools.code]
    if tools is not None and hosted:
        words = f"{', '.join(hosted)}: OpenAI runs these tools itself, on the Responses API only"
        found = manual(
            RULE,
            site,
            target,
            words,
            compatibility=Compatibility.UNSUPPORTED,
            advice="give the agent a function tool that does the same",
        )
        yield replace(
            found, place=tools.values[0].location if tools.values[0].location.line else site.location
        )
    fit = format_fit(target, names, "json_schema")
    if output is None or output.code in ("str", "None") or fit is Fit.FINE:
        return
    if fit is Fit.UNSURE:
        yield note(
            RULE, site, target, f"output_type asks for JSON by schema, which {provider} is not known to take"
        )
        return
    found = manual(
        RULE,
        site,
        target,
        f"output_type asks for JSON by schema, which {provider} refuses",
        compatibility=Compatibility.UNSUPPORTED,
        advice="drop it, ask for JSON in the instructions, and parse and check the answer",
    )
    yield replace(found, place=site.location)


def runner(site: Site, target: Target, sites: tuple[Site, ...]) -> Iterator[Finding]:
    """A call that runs an agent: it asks whom the program has set."""
    given = named(sites, "set_default_openai_client", "OpenAIChatCompletionsModel")
    agents = named(sites, *AGENTS)
    places = {s.elsewhere for s in given}
    if not agents and places and None not in places:
        if any(target.owns(str(host)) for host in places):
            yield migrated(RULE, site, target, f"already runs on {target.provider.name}")
        return
    once = setup(sites, target)
    if once is None or not (agents or given):
        words = f"{short(site)}: which model it runs is decided elsewhere"
        guide = advice(site, target, framework_of(site))
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=guide)
        return
    words = (
        f"{short(site)} asks {target.provider.name} through chat completions, and sends no traces to OpenAI"
    )
    if once:
        yield edit(RULE, site, target, words, *once)


def setting(site: Site, target: Target, name: str) -> Iterator[Finding]:
    """A setting of the SDK that is made already."""
    if name == "set_default_openai_client":
        shared = site.argument("use_for_tracing")
        if shared is None or shared.literal is True:
            words = "the provider's key is not used for traces, which go to OpenAI"
            yield edit(RULE, site, target, words, put(site, "use_for_tracing", "False"))
    elif name == "set_default_openai_key":
        words = "sets the key alone: the address stays OpenAI's"
        guide = advice(site, target, framework_of(site))
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=guide)
    elif name == "set_tracing_export_api_key":
        words = "prompts and answers go on to OpenAI as traces"
        yield review(RULE, site, target, words, advice="call set_tracing_disabled(True) instead")
    else:
        yield from switched(site, target, name)


def switched(site: Site, target: Target, name: str) -> Iterator[Finding]:
    """`set_default_openai_api("responses")` and `set_tracing_disabled(False)`, the other way round."""
    wrong, right = SWITCHES.get(name, ("", ""))
    function, _, given = site.code.partition("(")
    if wrong and wrong in given:
        change = ReplaceExpression(site.path, site.span, f"{function}({right})")
        yield edit(RULE, site, target, f"{name}({right})", change)


_SETUP = (
    'set_default_openai_client(AsyncOpenAI(base_url="https://qianfan.baidubce.com/v2", '
    'api_key=os.environ["QIANFAN_API_KEY"]), use_for_tracing=False)\n'
    'set_default_openai_api("chat_completions")\nset_tracing_disabled(True)\n'
)
EXAMPLES = (
    Example(
        "from agents import Agent, Runner\n\n"
        'agent = Agent(name="Cook", model="gpt-4o-mini")\nprint(Runner.run_sync(agent, "Hello"))\n',
        "import os\n\n"
        "from agents import Agent, Runner, set_default_openai_api, set_default_openai_client, set_tracing_disabled\n"
        "from openai import AsyncOpenAI\n"
        + _SETUP
        + '\nagent = Agent(name="Cook", model="ernie-4.5-turbo-128k")\nprint(Runner.run_sync(agent, "Hello"))\n',
    ),
    Example(
        "from agents import set_default_openai_api, set_tracing_disabled\n\n"
        'set_default_openai_api("responses")\nset_tracing_disabled(disabled=False)\n',
        "from agents import set_default_openai_api, set_tracing_disabled\n\n"
        'set_default_openai_api("chat_completions")\nset_tracing_disabled(True)\n',
    ),
    Example.untouched("from agents import Agent\n\nagent = Agent(name='A', model=litellm_model())\n"),
    Example.silent(
        'from agents import Agent\n\nagent = Agent(name="A", model="litellm/anthropic/claude-3")\n'
    ),
    Example.silent('from my.agents import Agent\n\nagent = Agent(name="A", model="gpt-4o")\n'),
)
