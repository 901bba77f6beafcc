"""What ends an update."""

from __future__ import annotations


class UpdateFailed(Exception):
    """The update was not taken and what was in use still is; the text is one plain sentence without its full stop."""
