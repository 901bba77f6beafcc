"""Whether a bundle can take the catalogue's place: read by the very loader that will read it, and checked for sense."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migrate_cli.catalogue.bundle import Bundle, BundleError, names, parse_bundle
from migrate_cli.catalogue.installed import PACKAGED, in_use, packaged_date
from migrate_cli.catalogue.loader import Catalogue, open_catalogue
from migrate_cli.catalogue.typed import wrong
from migrate_cli.model import UserError
from migrate_cli.update.failure import UpdateFailed

_ODD = (LookupError, RecursionError, TypeError, ValueError, ArithmeticError, AttributeError)


def parsed(data: bytes, source: str) -> Bundle:
    """The bundle in `data`. Raises UpdateFailed when it is none, lacks a file, or is older than what is in use."""
    try:
        bundle = parse_bundle(data)
    except BundleError as error:
        raise _useless(source, str(error)) from None
    missing = sorted(set(names(PACKAGED)) - set(bundle.files))
    if missing:
        raise _useless(source, f"it lacks {missing[0]}")
    date, which = _in_place()
    if bundle.compiled < date:
        raise UpdateFailed(f"{source} is of {bundle.compiled}, older than the {which} catalogue of {date}")
    return bundle


def verified(directory: Path, source: str) -> Catalogue:
    """The unpacked bundle as a catalogue, all of it read. Raises UpdateFailed naming what is wrong."""
    offered = Catalogue(directory)
    try:
        offered.check()
        missing = sorted(open_catalogue(PACKAGED).behaviours() - offered.behaviours())
        problem = f"it lacks {missing[0]}" if missing else next(_nonsense(offered), None)
    except UserError as error:
        place = str(error).replace(str(directory), "").lstrip("/\\")
        raise _useless(source, place.replace(".yaml: ", ": ", 1)) from None
    except _ODD as error:
        raise _useless(source, f"{type(error).__name__} while reading it") from None
    if problem is not None:
        raise _useless(source, problem)
    return offered


def _nonsense(catalogue: Catalogue) -> Iterator[str]:
    for name in catalogue.provider_ids():
        yield from wrong(catalogue.provider(name), name)
    for model in catalogue.openai_models().values():
        yield from wrong(model, f"openai {model.id}")
    for offer in catalogue.offers():
        yield from wrong(offer, f"offer {offer.id}")


def _in_place() -> tuple[str, str]:
    """Date of the catalogue that a bundle must not be older than, and which one that is."""
    current = in_use()
    if current.origin == "update" and current.edition is not None:
        return current.edition.compiled, "updated"
    return packaged_date(), "packaged"


def _useless(source: str, why: str) -> UpdateFailed:
    return UpdateFailed(f"{source} cannot be used: {why}")
