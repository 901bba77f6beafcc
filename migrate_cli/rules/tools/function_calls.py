"""TOL01: `functions` and `function_call`, the form that came before tools.

Kimi refuses them, the others do not document them. Four things change together, or none: the request (`tools`,
`tool_choice`), what is read of the answer (`message.tool_calls[0].function`), the result that is sent back (role
`tool` with the id of the call), and the finish reason. Where the answer goes out of sight, the edits wait for
--review; where a part cannot be rewritten, its line is named and nothing is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of, review
from migrate_cli.rules.tools.choices import How, forced, verdict
from migrate_cli.rules.tools.old_form import group, in_old_form
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL01",
    "function-calls",
    "functions and function_call, which came before tools",
    30,
    Safety.SAFE,
    leaves="streamed function calls, and functions that are sent from another file than the one that reads the answer",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each call in the old form, with all edits of its file."""
    if not concerns(site, target):
        return
    found = group(site, target, situation)
    if found is None:
        return
    source = _source(site, target)
    words = f"functions become tools: {target.provider.name} does not document the form before"
    if found.blocks:
        advice = f"rewrite request, answer and messages together; by hand: {by_reason(found.blocks)}"
        yield manual(RULE, site, target, words, advice=advice, source=source)
    elif found.sure and not _only_asks(site, target):
        yield edit(RULE, site, target, words, *found.edits, source=source)
    else:
        advice = "look for other readers of `function_call`: the answer goes further than can be followed"
        yield review(RULE, site, target, words, *found.edits, advice=advice, source=source)


def concerns(site: Site, target: Target) -> bool:
    """Whether a call is in the old form, and the provider does not take that."""
    model = (models_of(site, target) or (None,))[0]
    entry = target.parameter("functions", model)
    taken = entry is None or entry.support is Support.SUPPORTED or entry.action is not Action.MANUAL
    return in_old_form(site) and not taken


def by_reason(blocks: Iterable[str]) -> str:
    """What stands in the way, each reason once with its lines: `lines 3, 9: functions beside tools`."""
    places: dict[str, list[str]] = {}
    for block in dict.fromkeys(blocks):
        place, _, reason = block.partition(": ")
        places.setdefault(reason, []).append(place.removeprefix("line "))
    return "; ".join(f"line{'s' * (len(at) > 1)} {', '.join(at)}: {why}" for why, at in places.items())


def _source(site: Site, target: Target) -> str | None:
    entry = target.parameter("functions", None)
    return entry.fact.source if entry is not None else None


def _only_asks(site: Site, target: Target) -> bool:
    """Whether a forced call becomes one that is only asked for."""
    choices = [c for a in site.named("function_call") if (c := forced(a)) is not None]
    return any(verdict(site, target, c).how is How.AUTO for c in choices)


HEAD = "import json\n\nfrom openai import OpenAI\n\nclient = OpenAI()\n"
ASK = (
    'response = client.chat.completions.create(\n    model="gpt-4o-mini", messages=messages, functions=[WEATHER], '
    'function_call="auto"\n)\n'
)
NEW = (
    'response = client.chat.completions.create(\n    model="gpt-4o-mini", messages=messages, '
    'tools=[{"type": "function", "function": WEATHER}], tool_choice="auto"\n)\n'
)
LOOP = (
    "message = response.choices[0].message\nif message.function_call:\n    name = message.function_call.name\n"
    "    given = json.loads(message.function_call.arguments)\n    messages.append(message)\n"
    '    messages.append({"role": "function", "name": name, "content": call(given)})\n'
)
TOOLS = (
    "message = response.choices[0].message\nif message.tool_calls:\n"
    "    name = message.tool_calls[0].function.name\n"
    "    given = json.loads(message.tool_calls[0].function.arguments)\n    messages.append(message)\n"
    '    messages.append({"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": call(given)})\n'
)
SECOND = 'client.chat.completions.create(model="gpt-4o-mini", messages=messages)\n'
START = 'messages = [{"role": "user", "content": q}]\n'
EXAMPLES = (
    Example(HEAD + START + ASK + LOOP + SECOND, HEAD + START + NEW + TOOLS + SECOND, "kimi"),
    Example(
        HEAD + "chat = client.chat.completions.create(model=m, messages=[], functions=fs)\n"
        "call = chat.choices[0].message.function_call\nprint(call.name)\n",
        HEAD + "chat = client.chat.completions.create(model=m, messages=[], "
        'tools=fs and [{"type": "function", "function": function} for function in fs])\n'
        "call = chat.choices[0].message.tool_calls[0].function if chat.choices[0].message.tool_calls else None\n"
        "print(call.name)\n",
        "glm",
    ),
    Example(
        HEAD + "chat = client.chat.completions.create(model=m, messages=[], functions=[F])\n"
        "if call := chat.choices[0].message.function_call:\n    print(call.name)\n",
        HEAD + "chat = client.chat.completions.create(model=m, messages=[], "
        'tools=[{"type": "function", "function": F}])\n'
        "if call := (chat.choices[0].message.tool_calls[0].function "
        "if chat.choices[0].message.tool_calls else None):\n    print(call.name)\n",
        "glm",
    ),
    Example.told(
        HEAD
        + "for chunk in client.chat.completions.create(model=m, messages=[], functions=fs, stream=True):\n"
        "    print(chunk.choices[0].delta.function_call)\n",
        "functions become tools: DeepSeek does not document the form before",
        "deepseek",
    ),
    Example.untouched("toolbox.run(tools=[t], functions=[f])\n"),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[], tools=[t], tool_choice="auto")\n'
    ),
    Example.silent(HEAD + START + ASK + LOOP + SECOND, "azure"),
)
