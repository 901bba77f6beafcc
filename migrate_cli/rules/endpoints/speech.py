"""MED08: speech.

Where the path exists, the voices are others: `alloy` and its kin are OpenAI's, and no name of a voice carries over.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MED08", "speech", "speech and its voices", 45, leaves="which voice to take: that is a matter of taste"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where there is no speech, and for voices of OpenAI's."""
    if not asks_for(site, ("audio.speech",)):
        return
    missing = absent(RULE, site, target)
    if missing is not None:
        if "audio" not in situation.others:
            yield missing
        return
    known = target.behaviour("services.openai_voices")
    voices = {v.literal for a in site.named("voice") for v in a.values if isinstance(v.literal, str)}
    if known is not None and known.holds is False and voices & VOICES:
        words = f"{target.provider.name} has no voice called {min(voices & VOICES)}"
        yield review(
            RULE, site, target, words, advice="choose a voice of its model", source=known.fact.source
        )


VOICES = {
    "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse",
}  # fmt: skip
CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
SAID = 'client.audio.speech.create(model=m, voice="{}", input="x")\n'
EXAMPLES = (
    Example.told(CLIENT + SAID.format("alloy"), "does not offer audio.speech", "kimi"),
    Example.told(CLIENT + SAID.format("alloy"), "no voice called alloy", "glm"),
    Example.silent(CLIENT + SAID.format("tongtong"), "glm"),
    Example.silent(CLIENT + "client.audio.transcriptions.create(model=m, file=f)\n", "kimi"),
    Example.silent(SAID.format("alloy"), "glm"),
)
