"""Sites of all files around the code, and of the requirements in `setup.py`; a bad file becomes a skip."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from migrate_cli.files.kinds import TEXT, form_of
from migrate_cli.files.prefilter import is_seed_around
from migrate_cli.files.text import Unreadable, decode
from migrate_cli.model import Site, Skip
from migrate_cli.sites.around import cassettes

LONGEST_NAME = 80  # of a model, fine-tuned ones included


def may_hold(path: str, data: bytes) -> bool:
    """Whether a file that is not Python can hold a usage, by its bytes."""
    if cassettes.is_cassette(path, data):
        return True
    return is_seed_around(data, keys_only=form_of(path) in (None, TEXT))


def read_around(contents: Mapping[str, bytes]) -> tuple[list[Site], list[Skip]]:
    """The sites of files that are not Python, given as path -> bytes, and what could not be read."""
    from migrate_cli.catalogue.loader import open_catalogue
    from migrate_cli.sites.around.models import KINDS
    from migrate_cli.sites.around.reader import around_sites

    catalogue = open_catalogue()

    @cache
    def endpoint_of(name: str) -> str | None:
        model = None if len(name) > LONGEST_NAME or " " in name else catalogue.openai_model(name)
        return KINDS[model.kind] if model is not None else None

    sites: list[Site] = []
    skips: list[Skip] = []
    for path, data in contents.items():
        try:
            found, broken = around_sites(path, data, endpoint_of)
        except Unreadable as error:
            skips.append(Skip(path, error.reason, problem=error.reason != "binary file"))
        except RecursionError:
            skips.append(Skip(path, "nested too deeply to be read", problem=True))
        except Exception as error:  # one bad file never ends a run
            skips.append(Skip(path, f"could not be analysed: {type(error).__name__}", problem=True))
        else:
            sites += found
            if broken is not None:
                skips.append(Skip(path, f"{broken}: read line by line"))
    return sites, skips


def read_setup(contents: Mapping[str, bytes]) -> list[Site]:
    """The requirements in the setup scripts among Python files given as path -> bytes."""
    from migrate_cli.sites.around.setup_script import setup_sites

    found: list[Site] = []
    for path, data in contents.items():
        if path.rpartition("/")[2] == "setup.py":
            try:
                found += setup_sites(path, decode(data).text)
            except Unreadable:
                continue  # told when it was read as code
    return found
