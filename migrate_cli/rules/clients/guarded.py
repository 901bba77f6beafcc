"""With `--guard`: the class of a client gives way to the generated one, which keeps to the provider's limits."""

from __future__ import annotations

from migrate_cli.index.sdk import CONSTRUCTORS
from migrate_cli.model import (
    AddImport,
    CreateFile,
    Level,
    Operation,
    RemoveImport,
    ReplaceExpression,
    Site,
    SiteKind,
)
from migrate_cli.rules.support import Situation
from migrate_cli.targets.guard import CLASSES, MARK, PLAIN_CLASSES


def fits(site: Site) -> bool:
    """Whether a client is made by calling a class of the SDK, or the generated one, by its own name.

    So are the settings of the module, which `--upgrade-sdk` makes a client of.
    """
    if site.kind is SiteKind.SETTING and site.form is None and not site.read:
        return True
    if site.kind is not SiteKind.CLIENT or site.form is not None:
        return False
    name = called(site).rsplit(".", 1)[-1]
    return name in CLASSES.values() or (name in CONSTRUCTORS and site.symbol in PLAIN_CLASSES)


def called(site: Site) -> str:
    """What is called to make the client, as it is written."""
    if site.anchor.start != site.span.start:
        return ""
    return site.code.encode("utf-8")[: site.anchor.end - site.anchor.start].decode("utf-8", "replace")


def guarded(site: Site, situation: Situation, edits: tuple[Operation, ...] = ()) -> tuple[Operation, ...]:
    """`edits` of a client, with those that put the generated class in its place; as they are without `--guard`."""
    guard = situation.guards.get(site.id)
    if guard is None:
        return edits
    written = () if guard.present == guard.text else (CreateFile(guard.path, guard.text, MARK),)
    if called(site) in CLASSES.values():
        return (*edits, *written)
    plain = PLAIN_CLASSES[site.symbol]
    name = CLASSES[f"openai.{plain}"]
    kept = tuple(
        e for e in edits if not renames(e, site) and e != AddImport(site.path, f"from openai import {plain}")
    )
    swap: tuple[Operation, ...] = (
        ReplaceExpression(site.path, site.anchor, name),
        AddImport(site.path, f"from {guard.module} import {name}"),
    )
    unused = () if site.dotted else (RemoveImport(site.path, "openai", called(site)),)
    return (*kept, *swap, *(u for u in unused if u not in kept), *written)


def guarded_class(plain: str, site: Site, situation: Situation) -> tuple[str | None, tuple[Operation, ...]]:
    """The class that stands for `plain` (`OpenAI`) where a client comes in the place of a setting, and its edits."""
    guard = situation.guards.get(site.id)
    if guard is None:
        return None, ()
    name = CLASSES[f"openai.{plain}"]
    written = () if guard.present == guard.text else (CreateFile(guard.path, guard.text, MARK),)
    return name, (AddImport(site.path, f"from {guard.module} import {name}"), *written)


def renames(operation: Operation, site: Site) -> bool:
    """Whether an edit replaces the class that is called."""
    return isinstance(operation, ReplaceExpression) and operation.span == site.anchor


def is_guarded(call: Site, situation: Situation) -> bool:
    """Whether every client that feeds a call is, or becomes, the generated one."""
    moving = (Level.EDIT, Level.MIGRATED)
    return bool(call.clients) and all(
        client in situation.guards and situation.levels.get(client) in moving for client in call.clients
    )
