"""TOK01: tiktoken knows OpenAI's models by name, and no others.

`encoding_for_model` and `encoding_name_for_model` raise KeyError for every other model, so the program stops at the
first count after the model's name is changed. Where all names that come here have the same encoding, it is asked for
by its own name: the counts stay what they were. Where the model is only known at run time, o200k_base is put there
with --review. The counts are estimates for another provider's models, which is not good enough for billing.

A name written at the call itself goes on working: it is left alone. So is a call that catches KeyError.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    Compatibility,
    Finding,
    Operation,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.support import Example, Situation, edit, manual, note, quoted, review
from migrate_cli.rules.tokens.encodings import USUAL, encoding_of
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOK01",
    "token-encoding",
    "tokenizer chosen by an OpenAI model name",
    10,
    Safety.SAFE,
    leaves="imports of the function under another name; counts that are used for billing",
)

FUNCTIONS = ("encoding_for_model", "encoding_name_for_model")
ADVICE = f'use tiktoken.get_encoding("{USUAL}"), or count with the provider\'s tokenizer'


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every encoding that is chosen by a model's name, unless the name is written there."""
    if site.kind is not SiteKind.FRAMEWORK or site.framework != "tiktoken" or target.id == "azure":
        return
    function = site.symbol.rsplit(".", 1)[-1]
    if function not in FUNCTIONS:
        return
    values = [v for a in site.model_arguments for v in a.values]
    if values and all(v.origin is Origin.LITERAL and v.named is None for v in values):
        words = "keeps working: it names an OpenAI model by itself, but the counts are OpenAI's"
        yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
        return
    if site.caught is not None:
        words = "the models of other providers are caught here; the counts are estimates"
        yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
        return
    sure = bool(values) and all(v.origin is Origin.LITERAL for v in values)
    names = {encoding_of(v.literal) if isinstance(v.literal, str) else None for v in values}
    encoding = names.pop() if sure and len(names) == 1 else None
    change = by_name(site, function, encoding or USUAL)
    words = f"{function} raises KeyError for the models of {target.provider.name}"
    if change is None:
        yield manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=ADVICE)
    elif encoding is not None:
        yield edit(RULE, site, target, f"{words}: {encoding} by its own name counts the same", *change)
    else:
        said = f"{words}; {USUAL} by its own name counts for all, as an estimate"
        yield review(RULE, site, target, said, *change, advice=ADVICE)


def by_name(site: Site, function: str, encoding: str) -> list[Operation] | None:
    """The encoding asked for by its own name; None where tiktoken itself is out of sight."""
    if function == "encoding_name_for_model":
        return [ReplaceExpression(site.path, site.span, quoted(encoding))]
    called = site.code.split("(", 1)[0].strip()
    home, _, word = called.rpartition(".")
    if word != function or not home:
        return None
    return [ReplaceExpression(site.path, site.span, f"{home}.get_encoding({quoted(encoding)})")]


EXAMPLES = (
    Example(
        'import tiktoken\n\nMODEL = "gpt-4o"\nencoding = tiktoken.encoding_for_model(MODEL)\n',
        'import tiktoken\n\nMODEL = "gpt-4o"\nencoding = tiktoken.get_encoding("o200k_base")\n',
    ),
    Example(
        'import tiktoken\n\nMODEL = "gpt-3.5-turbo"\nname = tiktoken.encoding_name_for_model(MODEL)\n',
        'import tiktoken\n\nMODEL = "gpt-3.5-turbo"\nname = "cl100k_base"\n',
        "glm",
    ),
    Example.told(
        "import tiktoken\n\n\ndef count(model, text):\n"
        "    return len(tiktoken.encoding_for_model(model).encode(text))\n",
        "raises KeyError",
    ),
    Example.untouched(
        "import tiktoken\n\n\ndef encoding(model):\n    try:\n        return tiktoken.encoding_for_model(model)\n"
        '    except KeyError:\n        return tiktoken.get_encoding("cl100k_base")\n'
    ),
    Example.untouched('import tiktoken\n\nencoding = tiktoken.encoding_for_model("gpt-4o")\n'),
    Example.silent('import tiktoken\n\nencoding = tiktoken.get_encoding("cl100k_base")\n'),
)
