"""TOL09: the arguments of a tool call are an empty text.

Where a tool has no parameters, some providers send `""` in place of `"{}"`, on which `json.loads` fails. An answer that
was cut off at its limit ends in the middle of the JSON: that needs a `try` of the program's own. The form before tools
gets its `or` from TOL01, together with the rest of what moves there.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Use, Way, WrapExpression
from migrate_cli.rules.reading import at, first_of_each, is_chat
from migrate_cli.rules.support import Example, Situation, edit
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL09",
    "tool-arguments",
    "arguments of a tool call that are empty",
    3,
    Safety.SAFE,
    leaves="arguments that are cut off, or hold objects as text",
)
PARSERS = ("json.loads", "orjson.loads", "ujson.loads", "simplejson.loads", "ast.literal_eval")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each place where the arguments are parsed as they are."""
    known = target.behaviour("responses.empty_arguments")
    if not is_chat(site) or known is None or not known.holds:
        return
    for use in first_of_each(u for u in site.uses if parsed(u) and not old(u)):
        words = f"{target.provider.name} sends empty arguments for a tool without parameters: `{use.code}`"
        change = WrapExpression(use.path, use.span, "", ' or "{}"')
        yield at(edit(RULE, site, target, words, change, source=known.fact.source), use)


def parsed(use: Use) -> bool:
    """Whether a use parses arguments that nothing was asked about."""
    of_call = use.route[-2:] in (("function", "arguments"), ("function_call", "arguments"))
    return of_call and use.way is Way.ARGUMENT and use.detail in PARSERS and not use.guarded


def old(use: Use) -> bool:
    """Whether a use reads the form before tools, whose expression TOL01 writes anew."""
    return "function_call" in use.route


_HEAD = (
    "import json\nfrom openai import OpenAI\n\nclient = OpenAI()\n"
    "r = client.chat.completions.create(model=m, messages=[], tools=t)\n"
)
EXAMPLES = (
    Example(
        _HEAD + "args = json.loads(r.choices[0].message.tool_calls[0].function.arguments)\n",
        _HEAD + 'args = json.loads(r.choices[0].message.tool_calls[0].function.arguments or "{}")\n',
        "glm",
    ),
    Example(
        _HEAD
        + "for call in r.choices[0].message.tool_calls:\n    run(**json.loads(call.function.arguments))\n",
        _HEAD + "for call in r.choices[0].message.tool_calls:\n"
        '    run(**json.loads(call.function.arguments or "{}"))\n',
        "qwen",
    ),
    Example.silent(
        _HEAD + "for call in r.choices[0].message.tool_calls:\n    if call.function.arguments:\n"
        "        run(**json.loads(call.function.arguments))\n",
        "qwen",
    ),
    Example.silent(
        _HEAD + "args = json.loads(r.choices[0].message.tool_calls[0].function.arguments)\n", "ernie"
    ),
    Example.silent(
        _HEAD.replace("tools", "functions")
        + "args = json.loads(r.choices[0].message.function_call.arguments)\n",
        "glm",
    ),
    Example.silent("args = json.loads(call.function.arguments)\n", "glm"),
)
