"""Drawing a report on a page, as a file would hold it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console

from migrate_cli.cli.options import Color
from migrate_cli.cli.screen import console


def drawn(draw: Callable[[Console], None]) -> str:
    """The text of a report without colour."""
    page = StringIO()
    draw(console(page, Color.NEVER))
    return page.getvalue()
