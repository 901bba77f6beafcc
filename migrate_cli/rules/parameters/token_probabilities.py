"""PRM12: `logprobs`: few providers give the probabilities of tokens.

Where they are not documented, `choices[0].logprobs` is None and reading on raises AttributeError; a classifier built
on them has no replacement. Kimi gives them on K2.6 and K2.7 only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Level, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.parameter_support import is_off, lines_of
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM12", "token-probabilities", "probabilities of tokens", 60, leaves="what is built on them")

NAMES = ("logprobs", "top_logprobs")
ADVICE = "for a yes or no with a confidence, ask for JSON that holds both"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call, with the lines that read the probabilities."""
    if all(is_off(a) for name in NAMES for a in site.named(name)):
        return
    reads = [u for u in site.uses if "logprobs" in u.route]
    told = False
    for finding in parameter_support.findings(RULE, site, target, NAMES):
        if finding.level is not Level.MANUAL:
            yield finding
        elif not told:
            told = True
            where = f"; they are read in {lines_of(site, reads)}" if reads else ""
            yield replace(finding, message=finding.message + where, advice=ADVICE)


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[], "
EXAMPLES = (
    Example.told(_CALL + "logprobs=True)\n", "`logprobs` is not known to be taken", "glm"),
    Example.told(
        _CALL + "logprobs=True, top_logprobs=5)\nprint(r.choices[0].logprobs.content)\n",
        "they are read in line 5",
        "deepseek",
    ),
    Example.silent(_CALL + "logprobs=True, top_logprobs=5)\n", "qwen"),
    Example.silent(_CALL + "logprobs=False)\n", "glm"),
    Example.silent("evaluate(logprobs=True)\n", "glm"),
)
