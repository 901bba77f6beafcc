"""MSG07: content as a list of text parts, where a text is expected.

Text models of GLM and ERNIE take text only, DeepSeek does so in messages of the assistant and of tools. A list with
nothing but texts becomes one text, which says the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, ReplaceExpression, Rule, Safety, Shape, ShapeKind, Site
from migrate_cli.rules.conversation import at, messages, role, written
from migrate_cli.rules.splice import joined_texts
from migrate_cli.rules.support import Example, Situation, edit, models_of, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG07",
    "text-lists",
    "content written as a list of texts",
    5,
    Safety.SAFE,
    leaves="lists that are built at run time (`--guard` joins those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each list of texts that the provider's model does not take."""
    known = target.behaviour("messages.text_lists")
    if known is None or not known.concerns(models_of(site, target)):
        return
    for message in messages(site):
        content = message.get("content")
        if content is None or role(message) not in known.data or not only_texts(content):
            continue
        words = f"content of the {role(message)} is a list of texts: {target.provider.name} expects one text"
        texts = [t for part in content.items if (t := part.get("text")) is not None]
        source = known.fact.source
        text = written(texts[0])[0] if len(texts) == 1 else joined_texts(texts, "\n")
        if text is None or "…" in text or content.added or any(t.added for t in texts):
            yield at(note(RULE, site, target, words, source=source), message)
            continue
        make = edit if len(texts) == 1 else review
        change = ReplaceExpression(message.path, written(content)[1], text)
        yield at(make(RULE, site, target, words, change, source=source), message)


def only_texts(content: Shape) -> bool:
    """Whether content is a list that is known to hold text parts, and nothing else."""
    return (
        content.kind is ShapeKind.LIST
        and content.complete
        and bool(content.items)
        and all(
            {e.key for e in p.entries} == {"type", "text"} and p.text("type") == "text" for p in content.items
        )
    )


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
LISTED = (
    HEAD + 'client.chat.completions.create(model="gpt-3.5-turbo", messages=[{"role": "assistant", '
    '"content": [{"type": "text", "text": p}]}, {"role": "user", "content": q}])\n'
)
EXAMPLES = (
    Example(LISTED, LISTED.replace('[{"type": "text", "text": p}]', "p"), "deepseek"),
    Example.silent(LISTED, "qwen"),
    Example.silent(LISTED.replace('"assistant"', '"user"'), "deepseek"),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "assistant", '
        '"content": [{"type": "text", "text": p}, *images]}])\n',
        "deepseek",
    ),
)
