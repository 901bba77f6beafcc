"""MED07: transcriptions and translations.

Few providers have the path, with limits of their own (glm: 25 MB and 30 seconds per file); subtitles, times of words
and translations into English are not offered. OpenAI itself stops whisper-1 on 2027-02-26.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule("MED07", "transcription", "transcriptions and translations", 90, leaves="cutting long recordings")
TIMED = {"srt", "vtt", "verbose_json"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where there is no such path, and for what its answers do not hold."""
    if not asks_for(site, ("audio.transcriptions", "audio.translations", "audio")) or speaks(site):
        return
    missing = absent(RULE, site, target)
    if missing is not None:
        if "audio" not in situation.others:
            yield missing
        return
    known = target.behaviour("services.transcription_formats")
    if known is None or known.holds is not False:
        return
    provider = target.provider.name
    formats = {v.literal for a in site.named("response_format") for v in a.values}
    timed = sorted(str(f) for f in formats if f in TIMED)
    if timed or site.argument("timestamp_granularities") is not None:
        words = f"{provider} gives text only, not {timed[0] if timed else 'the times of words'}"
        yield review(RULE, site, target, words, advice="cut the recording and time the pieces yourself")
    if known.note:
        words = f"transcription on {provider}: {known.note}"
        yield review(RULE, site, target, words, advice="cut longer recordings", source=known.fact.source)


def speaks(site: Site) -> bool:
    """Whether a call makes speech instead of reading it."""
    return (site.endpoint or "").startswith("audio.speech")


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
HEARD = "client.audio.transcriptions.create(model=m, file=f{})\n"
EXAMPLES = (
    Example.told(CLIENT + HEARD.format(""), "does not offer audio.transcriptions", "kimi"),
    Example.told(CLIENT + HEARD.format(""), "30 seconds per file", "glm"),
    Example.told(CLIENT + HEARD.format(', response_format="srt"'), "text only, not srt", "siliconflow"),
    Example.silent(CLIENT + HEARD.format(""), "siliconflow"),
    Example.silent(CLIENT + 'client.audio.speech.create(model=m, voice="alloy", input="x")\n', "kimi"),
    Example.silent("recorder.audio.transcriptions.create(model=m, file=f)\n", "kimi"),
)
