"""Edits of files that are not Python: exact byte spans are replaced, and the result is read back by its form."""

from __future__ import annotations

from migrate_cli.rewrite.plain.check import check_text
from migrate_cli.rewrite.plain.comments import rewrite_comments
from migrate_cli.rewrite.plain.spans import rewrite_text

__all__ = ["check_text", "rewrite_comments", "rewrite_text"]
