"""Keeps what `migrate probe` observed, in the user's data directory, and forgets it again."""

from __future__ import annotations

from pathlib import Path

from migrate_cli.catalogue.observed import Observations, as_bytes, file_name, observations, observations_home
from migrate_cli.files import trees
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.write import ChangedMeanwhile, NotWritable, create_bytes, remove_file
from migrate_cli.model import UserError


def keep(run: Observations) -> Path:
    """Write a run whole into a file of its own and say where. Raises UserError when it cannot be written."""
    root = observations_home()
    if root is None:
        raise UserError("there is no home directory to keep observations in; set XDG_DATA_HOME")
    try:
        trees.make(root)
        taken = {path.name for path in root.iterdir()}
        while True:
            path = root / file_name(run, taken)
            try:
                create_bytes(path, as_bytes(run))
            except ChangedMeanwhile:
                taken.add(path.name)  # another probe was faster
            else:
                return path
    except (NotWritable, OSError) as error:
        reason = error.reason if isinstance(error, NotWritable) else error.strerror or type(error).__name__
        raise UserError(f"the observations cannot be kept in {root}: {reason}") from None


def forget(provider: str | None = None) -> int:
    """Remove the observations of a provider (by id), or all, broken ones too; how many files that were.

    Raises UserError when one cannot be removed.
    """
    found = observations(provider)
    paths = [path for path, _ in found.runs] + [Path(name) for name in found.broken]
    for path in paths:
        try:
            remove_file(path, read_bytes(path))
        except (NotWritable, ChangedMeanwhile, OSError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise UserError(f"{path} cannot be removed: {reason}") from None
    return len(paths)
