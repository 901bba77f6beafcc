"""PRM13: `seed` and `system_fingerprint`.

A seed is taken by some providers, within limits (ERNIE: from 1), and promises nothing. `system_fingerprint` is
usually missing: a comparison of it can no longer tell that the model was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Rule, Safety, Site, Use, Way
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM13",
    "seed",
    "seed, and the fingerprint of the answering system",
    5,
    Safety.SAFE,
    leaves="tests that rely on equal answers",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the seed of a chat call, and for comparisons of the fingerprint."""
    yield from parameter_support.findings(RULE, site, target, ("seed",))
    foreign = target.behaviour("parameters.foreign_tokens")
    if not is_chat(site) or (foreign is not None and foreign.holds is False):
        return
    for use in filter(compared, site.uses):
        words = f"{use.code} is usually missing on {target.provider.name}: the comparison in line {use.location.line}"
        finding = review(RULE, site, target, f"{words} tells nothing", advice="take the comparison out")
        yield replace(finding, place=use.location)


def compared(use: Use) -> bool:
    """Whether the fingerprint is compared with something that is not None."""
    return use.route[-1:] == ("system_fingerprint",) and use.way is Way.COMPARE and None not in use.literals


_CALL = (
    "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[]"
)
EXAMPLES = (
    Example(_CALL + ", seed=0)\n", _CALL + ", seed=1)\n"),
    Example(_CALL + ", seed=42)\n", _CALL + ")\n", "baichuan"),
    Example.told(_CALL + ")\nassert r.system_fingerprint == known\n", "is usually missing", "glm"),
    Example.silent(_CALL + ", seed=42)\n"),
    Example.silent(_CALL + ", seed=42)\n", "qwen"),
    Example.silent(_CALL + ")\nprint(r.system_fingerprint)\n", "glm"),
    Example.silent("random_state(seed=0)\n"),
)
