"""Why a site is believed to be OpenAI, below its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate_cli.files.secrets import mask
from migrate_cli.model import Site
from migrate_cli.report import words

if TYPE_CHECKING:
    from rich.console import Console


def render_evidence(site: Site, console: Console) -> None:
    """The steps of the chain, and the expressions that could not be followed."""
    for step in site.evidence:
        words.line(console, ("    because ", "dim"), mask(step.text), (f"  [{step.location}]", "dim"))
    for expression in site.unfollowed:
        words.line(console, ("    not followed: ", "dim"), f"**{mask(expression)}")
