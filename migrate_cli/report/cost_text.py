"""The cost report for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate_cli.costs.lines import CostReport
from migrate_cli.report.cost_page import cost_page
from migrate_cli.report.page.text import render_page

if TYPE_CHECKING:
    from rich.console import Console


def render_costs(report: CostReport, console: Console) -> None:
    """Print the whole report on `console`; clear at 80 columns, and with all of its columns at 160."""
    render_page(cost_page(report), console)
