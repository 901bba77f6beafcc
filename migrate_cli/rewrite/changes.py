"""What shall become of the keywords of one call, or the keys of one dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrate_cli.model import (
    AddEntry,
    RemoveArgument,
    RemoveItem,
    RenameArgument,
    RenameItem,
    SetArgument,
    SetItem,
)
from migrate_cli.rewrite.errors import Conflict, NotFound

KeywordOperation = (
    AddEntry | SetArgument | RemoveArgument | RenameArgument | SetItem | RemoveItem | RenameItem
)


@dataclass(frozen=True, slots=True)
class Changes:
    """Names to set (with code, in order), to drop and to rename; no name is asked two things of."""

    values: tuple[tuple[str, str], ...]
    removed: frozenset[str]
    renamed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, operations: Sequence[KeywordOperation]) -> Changes:
        """Gather the operations on one node; equal ones count once. Raises Conflict where they disagree."""
        values: dict[str, str] = {}
        renamed: dict[str, str] = {}
        removed: set[str] = set()
        made: dict[str, dict[str, str]] = {}
        for operation in operations:
            if isinstance(operation, AddEntry):
                _put(made.setdefault(operation.argument, {}), operation.name, operation.code)
            elif isinstance(operation, SetArgument | SetItem):
                _put(values, operation.name, operation.code)
            elif isinstance(operation, RenameArgument | RenameItem):
                _put(renamed, operation.name, operation.to)
            else:
                removed.add(operation.name)
        for argument, entries in made.items():
            shown = ", ".join(f'"{name}": {code}' for name, code in entries.items())
            _put(values, argument, f"{{{shown}}}")
        # `removed` and a rename's goal may meet: the old owner of a name makes room for the new one.
        targets = list(renamed.values())
        asked = [*values, *removed, *renamed]
        for name in [*asked, *targets]:
            if asked.count(name) > 1 or targets.count(name) > 1 or (name in targets and name in values):
                raise Conflict(f"two edits disagree about {name!r}")
        return cls(tuple(values.items()), frozenset(removed), tuple(renamed.items()))

    def require(self, present: Sequence[str]) -> None:
        """Check against the names that are there.

        Raises NotFound when one to drop or rename is missing, Conflict when a new name is already taken.
        """
        for name in [*sorted(self.removed), *(old for old, _ in self.renamed)]:
            if name not in present:
                raise NotFound(f"there is no {name!r} here to change")
        leaving = {*self.removed, *(old for old, _ in self.renamed)}
        for _, new in self.renamed:
            if new in present and new not in leaving:
                raise Conflict(f"{new!r} is already there")


def _put(table: dict[str, str], name: str, value: str) -> None:
    if table.setdefault(name, value) != value:
        raise Conflict(f"two edits disagree about {name!r}")
