"""MED03: images for a model that only reads text.

Where the model that a call moves to is known to take text only, the request is refused, or the image is left out in
silence. The models of the provider that see are named; which one fits is a question of price and quality.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.conversation import at, parts
from migrate_cli.rules.media.seeing import able, blind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MED03",
    "image-input",
    "images for a model that only reads text",
    15,
    leaves="parts that are built in other files, and models that are only known at run time (`--guard` warns of those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """One finding for a call that is given an image its new model does not see."""
    images = [p for p in parts(site) if p.text("type") == "image_url"]
    found = blind(site, target, "image_url_parts", "image") if images else None
    if found is None:
        return
    words, source = found
    seeing = able(target, "image")
    advice = f"choose with --model one that sees: {', '.join(seeing[:3])}" if seeing else "no model here sees"
    kind = Compatibility.UNSUPPORTED
    said = f"the call is given an image: {words}"
    yield at(manual(RULE, site, target, said, compatibility=kind, advice=advice, source=source), images[0])


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
SEEN = (
    HEAD
    + 'client.chat.completions.create(model="gpt-4-vision-preview", messages=[{"role": "user", "content": '
    '[{"type": "text", "text": q}, {"type": "image_url", "image_url": {"url": u}}]}])\n'
)
EXAMPLES = (
    Example.told(SEEN, "takes text only", "ernie"),
    Example.told(
        HEAD + 'def picture(u):\n    return {"type": "image_url", "image_url": {"url": u}}\n\n\n'
        'client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": [picture(u)]}])\n',
        "given an image",
        "spark",
    ),
    Example.silent(SEEN, "doubao"),
    Example.silent(SEEN.replace("gpt-4-vision-preview", "gpt-4o")),
    Example.silent(SEEN.replace('"gpt-4-vision-preview"', "m"), "ernie"),
    Example.silent(
        HEAD + 'PART = {"type": "image_url"}\nclient.embeddings.create(model=m, input=x)\n', "spark"
    ),
)
