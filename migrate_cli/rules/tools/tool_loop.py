"""TOL10: a tool loop that asks `finish_reason`.

Some servers answer `stop`, or nothing, although the message holds tool calls: the loop ends before the tools ran, or
never. The tool calls themselves are asked for, after a look. A loop over a stream is only named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, HopKind, Options, ReplaceExpression, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, first_of_each, fits, is_chat, owner
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL10",
    "tool-loop",
    "a tool loop that asks finish_reason",
    5,
    Safety.REVIEW,
    leaves="loops over a stream, which are named but not edited",
)
ASKED = {"tool_calls": "tool_calls", "function_call": "function_call"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each comparison of finish_reason with the value for tools."""
    known = target.behaviour("responses.tool_finish_reason")
    if not is_chat(site) or known is None or not known.holds:
        return
    for use in first_of_each(u for u in site.uses if compared(u)):
        words = f"{target.provider.name} may answer tool calls with another finish_reason: `{use.code}`"
        code = asked_for(use)
        change = (ReplaceExpression(use.path, use.outer, code),) if code and use.outer else ()
        advice = "ask whether the message has tool calls"
        yield at(review(RULE, site, target, words, *change, advice=advice, source=known.fact.source), use)


def compared(use: Use) -> bool:
    """Whether a use compares a finish reason with the value for tools."""
    tail = use.route[1:] if use.route[:1] == (None,) else use.route
    return (
        fits(tail, "choices", None, "finish_reason")
        and use.way is Way.COMPARE
        and any(v in ASKED for v in use.literals)
    )


def asked_for(use: Use) -> str | None:
    """The question for the tool calls; None where it is not one plain comparison of a whole answer."""
    choice = owner(use)
    if use.route[:1] == (None,) or choice is None or len(use.literals) != 1 or use.detail not in ("==", "!="):
        return None
    name = ASKED[str(use.literals[0])]
    last = use.hops[-1].kind
    if last is HopKind.ATTRIBUTE:
        code = f"{choice}.message.{name}"
    elif last is HopKind.ITEM:
        code = f'{choice}["message"].get("{name}")'
    else:
        return None
    return code if use.detail == "==" else f"not {code}"


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    "r = client.chat.completions.create(model=m, messages=[], tools=t)\n"
)
EXAMPLES = (
    Example(
        _HEAD + 'while r.choices[0].finish_reason == "tool_calls":\n    r = turn(r)\n',
        _HEAD + "while r.choices[0].message.tool_calls:\n    r = turn(r)\n",
        "minimax",
        options=Options(review=True),
    ),
    Example(
        _HEAD + 'choice = r.choices[0]\nif choice.finish_reason != "tool_calls":\n    end()\n',
        _HEAD + "choice = r.choices[0]\nif not choice.message.tool_calls:\n    end()\n",
        "local",
        options=Options(review=True),
    ),
    Example.told(
        _HEAD + 'if r.choices[0].finish_reason == "tool_calls":\n    run(r)\n',
        "another finish_reason",
        "local",
    ),
    Example.silent(_HEAD + 'if r.choices[0].finish_reason == "tool_calls":\n    run(r)\n', "ernie"),
    Example.silent(_HEAD + 'if r.choices[0].finish_reason == "stop":\n    end()\n', "minimax"),
    Example.silent('if r.choices[0].finish_reason == "tool_calls":\n    run(r)\n', "minimax"),
)
