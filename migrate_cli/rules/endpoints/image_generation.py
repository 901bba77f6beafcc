"""MED05: images.generate.

Where the path exists, `quality` and `style` are not taken and sizes come from lists of the provider's own, so these
fields are dropped after a look; what the sizes are is told. URLs of results are good for a while only: download them.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Rule, Safety, Site
from migrate_cli.rules.endpoints.service import absent, asks_for, method
from migrate_cli.rules.support import Example, Situation, drop, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MED05",
    "image-generation",
    "images.generate",
    20,
    Safety.REVIEW,
    leaves="sizes: which ones a model takes is not known well enough to choose one",
)
MADE = {"generate", "create", "acreate", "agenerate"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where there are no images, and for fields that are not taken."""
    if not asks_for(site, ("images",)) or method(site) not in MADE:
        return
    missing = absent(RULE, site, target)
    if missing is not None:
        if "images" not in situation.others:
            yield missing
        return
    known = target.behaviour("services.image_fields")
    if known is None or not known.holds:
        return
    for name in known.data:
        for argument in site.named(name):
            words = f"`{name}` dropped: not taken by the images of {target.provider.name}"
            yield review(RULE, site, target, words, drop(site, argument), source=known.fact.source)
    sizes = [v.literal for a in site.named("size") for v in a.values if isinstance(v.literal, str)]
    if sizes and known.note:
        words = f"size {sizes[0]} may not be taken by {target.provider.name}"
        yield review(RULE, site, target, words, advice=known.note, source=known.fact.source)


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + 'client.images.generate(model=m, prompt="x")\n', "does not offer images", "kimi"),
    Example(
        CLIENT + 'client.images.generate(model=m, prompt="x", style="vivid")\n',
        CLIENT + 'client.images.generate(model=m, prompt="x")\n',
        "glm",
        options=Options(review=True),
    ),
    Example(
        CLIENT + 'client.images.generate(model="dall-e-3", prompt="x", quality="hd")\n',
        CLIENT + 'client.images.generate(model="cogview-4", prompt="x", quality="hd")\n',
        "glm",
        beside=("SDK12",),
    ),
    Example.told(
        CLIENT + 'client.images.generate(model=m, prompt="x", size="1792x1024")\n', "size 1792x1024", "doubao"
    ),
    Example.silent(CLIENT + 'client.images.generate(model=m, prompt="x")\n', "glm"),
    Example.silent(CLIENT + "client.images.edit(image=f, prompt=p)\n", "kimi"),
    Example.silent('painter.images.generate(model=m, prompt="x", style="vivid")\n', "glm"),
)
