"""FMT03: `json_object` without the word JSON in any message.

DeepSeek and Qwen refuse such a request with 400. OpenAI has the same rule, but is easier to satisfy. Where all that
is said stands in the source and the word is not among it, the edit adds a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Rule, Safety, Site
from migrate_cli.rules.formats.instruction import instructed, words_of
from migrate_cli.rules.formats.response_format import wanted
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT03",
    "json-word",
    "json_object without the word JSON in the prompt",
    5,
    Safety.REVIEW,
    leaves="messages that are only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a call whose messages are all written out and do not hold the word."""
    known = target.behaviour("formats.json_word")
    if not is_chat(site) or known is None or not known.holds or wanted(site) != "json_object":
        return
    said = words_of(site)
    if said is not None and said and "json" not in said.lower():
        words = f'{target.provider.name} refuses json_object unless a message holds the word "JSON"'
        edits = instructed(site, '"Answer in JSON."')
        yield review(
            RULE, site, target, words, *edits, advice="say so in a message", source=known.fact.source
        )


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages="
_FORMAT = ', response_format={"type": "json_object"})\n'
EXAMPLES = (
    Example(
        _CALL + '[{"role": "user", "content": "List colours"}]' + _FORMAT,
        _CALL + '[{"role": "user", "content": "List colours" + "\\n\\n" + "Answer in JSON."}]' + _FORMAT,
        "deepseek",
        options=Options(review=True),
    ),
    Example.told(
        _CALL + '[{"role": "system", "content": "Be short"}, {"role": "user", "content": "Hi"}]' + _FORMAT,
        "refuses json_object unless",
        "qwen",
    ),
    Example.silent(_CALL + '[{"role": "user", "content": "List colours as JSON"}]' + _FORMAT, "deepseek"),
    Example.silent(_CALL + '[{"role": "user", "content": question}]' + _FORMAT, "deepseek"),
    Example.silent(_CALL + '[{"role": "user", "content": "List colours"}])\n', "deepseek"),
    Example.silent(_CALL + '[{"role": "user", "content": "List colours"}]' + _FORMAT, "hunyuan"),
)
