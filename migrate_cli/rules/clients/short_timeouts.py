"""SDK19: a timeout that was long enough for OpenAI.

A model that thinks sends nothing for a long time when the answer is not streamed, and DeepSeek keeps a queued request
open for minutes. A short timeout then ends the call, and the SDK pays for a second attempt. Nothing is raised
silently; the finding says which number meets which model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, literals, models_of, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK19",
    "short-timeouts",
    "timeout tuned for OpenAI",
    5,
    Safety.ADVICE,
    leaves="timeouts of httpx objects and of frameworks; timeouts around the call (`asyncio.wait_for`)",
)

SHORT = 60  # seconds; below that the survey of November 2026 calls a timeout short for a thinking model
NAMES = ("timeout", "request_timeout")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for short timeouts of a client with its calls, and of one call."""
    calls = situation.calls.get(site.id, ()) if site.kind is SiteKind.CLIENT else (site,)
    if site.kind not in (SiteKind.CLIENT, SiteKind.CALL):
        return
    waiting = [c for c in calls if c.endpoint == "chat.completions" and not streams(c)]
    numbers = [seconds(v.literal) for name in NAMES for a in site.named(name) for v in literals(a)]
    short = [n for n in numbers if n is not None and n < SHORT]
    if not short or not waiting:
        return
    thinking = thinkers(waiting, target)
    queue = target.behaviour("clients.queues_quietly")
    if thinking:
        words = f"a timeout of {short[0]:g} s is short for {', '.join(thinking)}, which always thinks before it answers"
        yield review(RULE, site, target, words, advice=f"allow {SHORT} s or more, or stream the answer")
    elif queue is not None and queue.holds:
        words = (
            f"a timeout of {short[0]:g} s ends requests that {target.provider.name} still holds in its queue"
        )
        yield note(RULE, site, target, words, source=queue.fact.source)


def seconds(value: object) -> float | None:
    """A number of seconds, None for anything else."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def streams(call: Site) -> bool:
    """Whether the answer of a call is streamed, as far as that is written."""
    argument = call.argument("stream")
    return (argument is not None and argument.literal is not False) or call.symbol.endswith(".stream")


def thinkers(calls: Iterable[Site], target: Target) -> list[str]:
    """The models of these calls that think whatever they are told."""
    names = dict.fromkeys(name for call in calls for name in models_of(call, target))
    known = [(name, target.model(name)) for name in names]
    return [
        n for n, m in known if m is not None and m.thinking is not None and m.thinking.default == "always"
    ]


EXAMPLES = (
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI(timeout=10)\n"
        'client.chat.completions.create(model="o3", messages=[])\n',
        "a timeout of 10 s is short for kimi",
        "kimi",
    ),
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI(timeout=10)\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n',
        "holds in its queue",
        "deepseek",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI(timeout=120)\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n',
        "deepseek",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI(timeout=10)\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[], stream=True)\n',
        "deepseek",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI(timeout=10)\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n',
        "qwen",
    ),
)
