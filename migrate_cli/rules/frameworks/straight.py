"""The move of a framework's chat object that needs no more than address, key and model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import Certainty, Compatibility, Finding, Level, Operation, Origin, Rule, Site
from migrate_cli.rules.frameworks.langchain_embeddings import wide
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import by_hand, obstacle, point, settled, short
from migrate_cli.rules.frameworks.requests import along, request_findings
from migrate_cli.rules.support import manual
from migrate_cli.targets.endpoint import Target


def moved(rule: Rule, site: Site, target: Target, move: Move, *extra: Operation) -> Iterator[Finding]:
    """Findings that move a construction or call, and what has to change in its requests.

    Where a model that only run time knows may be any vendor's, nothing is written.
    """
    done = settled(rule, site, target)
    if done is not None:
        yield done
        return
    if site.certainty is not Certainty.PROVED and not named_somewhere(site):
        yield at_run_time(rule, site, target, move)
        return
    found = list(point(rule, site, target, move, *extra))
    if site.certainty is not Certainty.PROVED:
        found = [looked_at(f) for f in found]
    yield from found
    if any(f.edits for f in found) and site.endpoint == "chat.completions":
        names = exchange(rule, site, target, move).names
        sent = request_findings(rule, site, target, move, names)
        yield from (looked_at(f) if site.certainty is not Certainty.PROVED else f for f in along(found, sent))
    elif any(f.edits for f in found) and site.endpoint == "embeddings":
        yield from new_vectors(rule, site, target, move)


def new_vectors(rule: Rule, site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """What another model means for the vectors that are stored."""
    names = exchange(rule, site, target, move).names
    model = target.model(names[0][1]) if names else None
    if model is not None:
        yield from wide(rule, site, target, model.id, model.embedding)


def named_somewhere(site: Site) -> bool:
    """Whether every model that may come here is known by name."""
    values = [v for a in site.model_arguments for v in a.values]
    return bool(values) and all(isinstance(v.literal, str) and v.origin is not Origin.DYNAMIC for v in values)


def at_run_time(rule: Rule, site: Site, target: Target, move: Move) -> Finding:
    """A model that is decided at run time: it may be of any vendor."""
    message, compatibility = f"{short(site)} is told its model at run time", Compatibility.UNKNOWN
    blocked = obstacle(site, target, move)
    if blocked is not None:
        message, compatibility = blocked[0], blocked[1]
    name = f"{move.prefix or ''}MODEL"
    advice = f"where it is OpenAI's: {by_hand(target, move)}, as {name}"
    return manual(rule, site, target, message, compatibility=compatibility, advice=advice)


def looked_at(finding: Finding) -> Finding:
    """An edit that is only likely waits for a look."""
    if finding.level is not Level.EDIT:
        return finding
    words = f"{finding.message}, but the model may be another at run time"
    return replace(finding, level=Level.REVIEW, message=words)
