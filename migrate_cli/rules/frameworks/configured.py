"""Dictionaries that tell a framework which model to ask: the entries of a `config_list`, a `model_list`, a `config`.

Each dictionary that names a model of OpenAI gets base URL, key and model together; those of other vendors stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from migrate_cli.catalogue.frameworks import Move, frameworks
from migrate_cli.model import Argument, Operation, Origin, SetArgument, SetItem, Site, Span
from migrate_cli.rules.clients.client_endpoint import address, is_target_url, key
from migrate_cli.rules.frameworks.models import Exchange, named, split
from migrate_cli.rules.frameworks.moving import plain, spelled, translated
from migrate_cli.rules.frameworks.requests import thinking, written
from migrate_cli.targets.endpoint import Target


@dataclass(frozen=True, slots=True)
class Part:
    """One dictionary: where it stands, its entries, and the model that it names."""

    path: str
    dictionary: Span
    arguments: tuple[Argument, ...]
    model: Argument

    def argument(self, name: str) -> Argument | None:
        """The entry called `name`."""
        return next((a for a in self.arguments if a.name == name), None)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What becomes of one dictionary: the edits, the exchange of its model, and what only a person can do."""

    edits: tuple[Operation, ...] = ()
    model: Exchange = field(default_factory=Exchange)
    obstacle: str | None = None
    remark: str | None = None


def parts(site: Site) -> Iterator[Part]:
    """The dictionaries behind a site that name a model of OpenAI."""
    groups: dict[tuple[str, Span], list[Argument]] = {}
    for argument in site.arguments:
        if argument.dictionary is not None:
            groups.setdefault((argument.path, argument.dictionary), []).append(argument)
    for (path, dictionary), arguments in groups.items():
        model = next((a for a in arguments if a in site.model_arguments), None)
        if model is not None and openai_names(site, model):
            yield Part(path, dictionary, tuple(arguments), model)


def openai_names(site: Site, model: Argument) -> bool:
    """Whether an entry names a model of OpenAI, with a prefix that means it or without any."""
    names = [v.literal for v in model.values if isinstance(v.literal, str)]
    split_names = [split(site, name) for name in names]
    return any(prefix or frameworks().models.match(name) for prefix, name in split_names)


def pointed(site: Site, target: Target, move: Move, part: Part) -> Pointed:
    """What becomes of one dictionary."""
    if any(v.origin is not Origin.LITERAL for v in part.model.values):
        return Pointed(obstacle=f"the model `{part.model.code}` is not plainly written in the dictionary")
    kind = next((a for n in ("api_type", "custom_llm_provider") if (a := part.argument(n)) is not None), None)
    if kind is not None and kind.literal not in ("openai", "open_ai", None):
        return Pointed(obstacle=f"the entry is of the kind {kind.code}, which has an address of its own")
    model = Exchange()
    for value in part.model.values:
        model = named(site, target, value, model, move.prefix)
    if model.obstacle is not None:
        return Pointed(obstacle=model.obstacle[0])
    seen = replace(site, arguments=part.arguments, unfollowed=())
    names = spelled(seen, move)
    seen = replace(seen, arguments=tuple(plain(a, names) for a in seen.arguments))
    url = seen.argument("base_url")
    done = url is not None and all(is_target_url(v, target) for v in url.values)
    edits = [] if done else address(seen, target, url)
    if edits is None:
        return Pointed(obstacle="the base URL of the entry is decided at run time, or is another provider's")
    keys, remark = key(seen, target)
    changes = [inside(part, translated(e, names)) for e in (*edits, *keys)]
    return Pointed((*changes, *model.edits, *switched(site, target, move, part, model)), model, remark=remark)


def switched(site: Site, target: Target, move: Move, part: Part, model: Exchange) -> list[Operation]:
    """The field that switches thinking off, where the framework sends such fields on."""
    body, _, _ = thinking(target, model.names)
    if move.body is None or not body or move.body in site.code:
        return []
    return [SetItem(part.path, part.dictionary, move.body, written(body))]


def inside(part: Part, operation: Operation) -> Operation:
    """An operation on the call as one on the dictionary."""
    if isinstance(operation, SetArgument):
        return SetItem(part.path, part.dictionary, operation.name, operation.code)
    return operation
