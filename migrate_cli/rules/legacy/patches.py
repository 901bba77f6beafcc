"""Tests that replace a call of openai<1, once the program calls the current SDK."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import AddImport, Finding, Operation, ReplaceExpression, Rule, Site, WrapExpression
from migrate_cli.rules.legacy.names import is_async, path_of
from migrate_cli.rules.support import Situation, edit, manual, quoted
from migrate_cli.targets.endpoint import Target

# where the resource classes stand in all versions since 1.0 (looked up in openai 1.109.1, 2.54.0 and 3.54.0)
CLASSES = {
    "chat.completions": "Completions",
    "completions": "Completions",
    "embeddings": "Embeddings",
    "images": "Images",
    "audio.transcriptions": "Transcriptions",
    "audio.translations": "Translations",
    "moderations": "Moderations",
    "models": "Models",
    "files": "Files",
    "fine_tuning.jobs": "Jobs",
}
ANSWERS = {
    "chat.completions": "openai.types.chat.ChatCompletion",
    "completions": "openai.types.Completion",
    "embeddings": "openai.types.CreateEmbeddingResponse",
    "images": "openai.types.ImagesResponse",
}
QUIET = {"return_value", "name"}  # keywords of `patch` that do not depend on how the method is called


def upgraded(rule: Rule, site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for one replacement: its path is changed, and a dictionary that it gives becomes an object."""
    path = path_of(site.symbol)
    resource, _, method = (path or "").rpartition(".")
    if resource not in CLASSES:
        yield manual(rule, site, target, f"replaces {site.symbol}, which the current SDK does not have")
        return
    name = f"{'Async' if is_async(site.symbol) else ''}{CLASSES[resource]}"
    place = f"openai.resources.{resource}.{name}"
    answer = ANSWERS.get(resource)
    made = f"{answer}.construct(**{{…}})" if answer is not None else "an object of the SDK"
    called = site.code.split("(", 1)[0].rsplit(".", 1)[-1]
    if (
        called != "patch"
        or site.dotted
        or site.positional > 1
        or not QUIET.issuperset(a.name for a in site.arguments)
    ):
        words = f"replaces {site.symbol}: the program now calls {place}.{method}"
        yield manual(rule, site, target, words, advice=f"replace that; what it gives must be {made}")
        return
    edits: list[Operation] = [ReplaceExpression(site.path, site.anchor, quoted(f"{place}.{method}"))]
    given = site.argument("return_value")
    if given is not None and given.code.startswith("{") and answer is not None:
        edits += [
            WrapExpression(given.path, given.span, f"{answer}.construct(**", ")"),
            AddImport(site.path, "import openai"),
        ]
    found = edit(rule, site, target, f"replaces {place}.{method} now", *edits)
    yield replace(found, needs=tuple(sorted(set(situation.upgrade.bundles.values()))))
    if given is None:
        words = f"what replaces {place}.{method} must give {made}, not a dictionary"
        yield manual(rule, site, target, words, advice=f"write return_value = {made}")
