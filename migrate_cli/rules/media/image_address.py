"""MED01: how an image is handed over.

Kimi takes images as base64 or as uploaded files, not from an address on the web. One model of GLM takes bare base64:
there the `data:` prefix is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, ReplaceExpression, Rule, Safety, Shape, Site
from migrate_cli.rules.conversation import at, parts, written
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MED01",
    "image-address",
    "images by address, or with a prefix",
    20,
    Safety.SAFE,
    leaves="addresses that are only known at run time, and hosts that the provider cannot reach",
)
_REMOTE = re.compile(r"""^[fF]?["']{1,3}https?://""")
_DATA = re.compile(r"""^[fF](["'])data:image/[^{}]*;base64,\{([^{}!:]+)\}\1$""")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each image whose form the provider does not take."""
    remote, prefix = target.behaviour("media.remote_images"), target.behaviour("media.data_prefix")
    for part in parts(site):
        address = address_of(part)
        if address is None:
            continue
        name = target.provider.name
        if remote is not None and remote.holds and _REMOTE.match(address.code):
            words = f"an image by its address: {name} takes base64 or an uploaded file"
            advice = 'download it and send f"data:image/jpeg;base64,{...}"'
            kind, source = Compatibility.UNSUPPORTED, remote.fact.source
            yield at(
                manual(RULE, site, target, words, compatibility=kind, advice=advice, source=source), part
            )
        found = _DATA.match(written(address)[0])
        if prefix is not None and prefix.concerns(models_of(site, target)) and found:
            words = f"the `data:` prefix of an image goes: {name} takes bare base64 for this model"
            change = ReplaceExpression(part.path, written(address)[1], found[2].strip())
            kind, source = Compatibility.DIFFERS, prefix.fact.source
            yield at(edit(RULE, site, target, words, change, compatibility=kind, source=source), part)


def address_of(part: Shape) -> Shape | None:
    """Where the image of a part is said to be."""
    image = part.get("image_url")
    if part.text("type") != "image_url" or image is None:
        return None
    return image.get("url") if image.entries else image


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
ASK = (
    HEAD + 'client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": '
    '[{"type": "image_url", "image_url": {"url": ADDRESS}}]}])\n'
)
OWN = ASK.replace("gpt-4o-mini", "glm-5.3-flash")
EXAMPLES = (
    Example(
        OWN.replace("ADDRESS", 'f"data:image/png;base64,{data}"'),
        OWN.replace("ADDRESS", "data"),
        "glm",
    ),
    Example.told(ASK.replace("ADDRESS", '"https://example.com/cat.png"'), "by its address", "kimi"),
    Example.silent(ASK.replace("ADDRESS", 'f"data:image/png;base64,{data}"'), "kimi"),
    Example.silent(ASK.replace("ADDRESS", '"https://example.com/cat.png"'), "qwen"),
    Example.silent(ASK.replace("ADDRESS", "u"), "kimi"),
)
