"""MED06: images.edit and images.create_variation.

Two providers have edits under OpenAI's path, nobody has variations; elsewhere images are edited by APIs of another
shape.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.endpoints.service import asks_for, method
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule("MED06", "image-edit", "edits and variations of images", 120, leaves="APIs of another shape")
EDITS = {"edit", "create_edit", "acreate_edit"}
VARIATIONS = {"create_variation", "acreate_variation"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every edit that is not offered, and for every variation."""
    if not asks_for(site, ("images",)) or target.id in ("azure", "local"):
        return
    known = target.behaviour("services.image_edits")
    provider = target.provider.name
    if method(site) in VARIATIONS:
        yield manual(
            RULE,
            site,
            target,
            f"{provider} does not offer variations of images, nor does anyone else we know",
            compatibility=Compatibility.UNSUPPORTED,
            advice="describe the image in a prompt for images.generate, or keep this call on OpenAI",
        )
    elif method(site) in EDITS and (known is None or known.holds is not True):
        yield manual(
            RULE,
            site,
            target,
            f"{provider} does not offer images.edit in OpenAI's shape",
            compatibility=Compatibility.UNSUPPORTED,
            advice="--images-to ernie or sensenova, or write against the provider's own image API",
        )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + "client.images.edit(image=f, prompt=p)\n", "does not offer images.edit", "glm"),
    Example.told(CLIENT + "client.images.create_variation(image=f)\n", "does not offer variations"),
    Example.silent(CLIENT + "client.images.edit(image=f, prompt=p)\n"),
    Example.silent(CLIENT + "client.images.generate(model=m, prompt=p)\n", "glm"),
    Example.silent("photos.images.edit(image=f)\n", "glm"),
)
