"""TOK01: tiktoken knows OpenAI's models by name, and no others.

`encoding_for_model` and `encoding_name_for_model` raise KeyError for every other model, so the program stops at the
first request after the model's name is changed. A fallback to `get_encoding("o200k_base")` keeps it running; the counts
are then estimates, which is not good enough for billing.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Origin, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual, note
from migrate_cli.targets.endpoint import Target

RULE = Rule("TOK01", "token-encoding", "tokenizer chosen by an OpenAI model name", 10)

NAMES = ("encoding_for_model", "encoding_name_for_model")
ADVICE = 'catch KeyError and fall back to tiktoken.get_encoding("o200k_base"), or count with the provider\'s tokenizer'


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every encoding that is chosen by a model's name, unless the name is written there."""
    if site.kind is not SiteKind.FRAMEWORK or site.framework != "tiktoken":
        return
    if site.symbol.rsplit(".", 1)[-1] not in NAMES:
        return
    values = [v for a in site.model_arguments for v in a.values]
    if values and all(v.origin is Origin.LITERAL and v.named is None for v in values):
        words = "keeps working: it names an OpenAI model by itself, but the counts are OpenAI's"
        yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
        return
    words = f"raises KeyError for the models of {target.provider.name}"
    yield manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=ADVICE)


EXAMPLES = (
    Example.untouched(
        "import tiktoken\n\n\ndef count(model, text):\n"
        "    return len(tiktoken.encoding_for_model(model).encode(text))\n"
    ),
    Example.untouched('import tiktoken\n\nencoding = tiktoken.get_encoding("cl100k_base")\n'),
)
