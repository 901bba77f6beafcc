"""Why a rewrite did not happen. Messages are one line and never hold source text."""

from __future__ import annotations


class RewriteError(Exception):
    """The operations cannot be applied to this file; the file stays as it is."""


class Conflict(RewriteError):
    """Two operations want different things of one place."""


class NotFound(RewriteError):
    """An operation names a place, an argument or a key that the file does not have."""


class Refused(RewriteError):
    """The edit is clear, but cannot be made here without risk."""
