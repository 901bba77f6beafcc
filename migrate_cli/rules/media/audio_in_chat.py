"""MED04: audio in a chat, spoken by the user or by the model.

Qwen's omni models and some of Doubao's take `input_audio`; how others take sound was not found, or they refuse it.
Speech as an answer (`modalities`, `audio`) is OpenAI's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, ShapeKind, Site
from migrate_cli.rules.conversation import at, is_conversation, parts
from migrate_cli.rules.media.seeing import able, blind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MED04",
    "audio-in-chat",
    "sound in a chat",
    60,
    leaves="parts that are built in other files, and streams of sound",
)
ELSEWHERE = "use speech recognition before the chat, and speech synthesis behind it"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for sound that goes in, and one for sound that is asked for."""
    if not is_conversation(site):
        return
    heard = [p for p in parts(site) if p.text("type") == "input_audio"]
    found = blind(site, target, "audio_parts", "audio") if heard else None
    if found is not None:
        words, source = found
        hearing = able(target, "audio")
        advice = f"choose with --model one that hears: {', '.join(hearing[:3])}" if hearing else ELSEWHERE
        kind = Compatibility.UNSUPPORTED
        said = f"the call is given sound: {words}"
        yield at(manual(RULE, site, target, said, compatibility=kind, advice=advice, source=source), heard[0])
    entry = target.parameter("audio", None)
    if speaks(site) and entry is not None and entry.support in (Support.REJECTED, Support.UNKNOWN):
        words = f"speech is asked for: no model of {target.provider.name} is known to answer with it here"
        yield manual(RULE, site, target, words, advice=ELSEWHERE, source=entry.fact.source)


def speaks(site: Site) -> bool:
    """Whether a call is known to ask for speech."""
    shapes = [a.shape for name in ("modalities", "audio") for a in site.named(name) if a.shape is not None]
    voices = any(s.kind is ShapeKind.DICT and s.get("voice") is not None for s in shapes)
    return voices or any(i.value == "audio" for s in shapes for i in s.items)


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
HEARD = (
    HEAD + 'client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": '
    '[{"type": "input_audio", "input_audio": {"data": d, "format": "wav"}}]}])\n'
)
SPOKEN = (
    HEAD + 'client.chat.completions.create(model=m, messages=[], modalities=["text", "audio"], audio=voice)\n'
)
EXAMPLES = (
    Example.told(HEARD, "given sound", "spark"),
    Example.told(SPOKEN, "speech is asked for", "deepseek"),
    Example.silent(HEARD.replace("input_audio", "text"), "spark"),
    Example.silent(HEARD, "azure"),
    Example.silent(
        HEAD + "client.chat.completions.create(model=m, messages=[], modalities=kinds, audio=voice)\n"
    ),
    Example.silent(SPOKEN.replace(', "audio"], audio=voice', "]"), "deepseek"),
)
