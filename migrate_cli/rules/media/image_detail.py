"""MED02: `detail` of an image, which says how many tokens it may cost.

Qwen goes by `min_pixels` and `max_pixels` instead, so that the number of tokens, and the price, is another.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.conversation import at, parts
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule("MED02", "image-detail", "how closely an image is looked at", 5, leaves="the cost of an image")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note on each image with a detail that says nothing there."""
    known = target.behaviour("media.detail")
    if known is None or not known.holds:
        return
    for part in parts(site):
        image = part.get("image_url")
        if image is not None and image.get("detail") is not None:
            words = f"`detail` of an image says nothing on {target.provider.name}: {known.data} do"
            yield at(note(RULE, site, target, words, source=known.fact.source), part)


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
CLOSE = (
    HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": '
    '[{"type": "image_url", "image_url": {"url": u, "detail": "low"}}]}])\n'
)
EXAMPLES = (
    Example.told(CLOSE, "max_pixels", "qwen"),
    Example.silent(CLOSE, "doubao"),
    Example.silent(CLOSE.replace(', "detail": "low"', ""), "qwen"),
)
