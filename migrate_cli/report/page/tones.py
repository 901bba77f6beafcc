"""The styles of the tones on a terminal: a colour each, and no more of them."""

from __future__ import annotations

from migrate_cli.report.page.model import Tone

STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "red", Tone.QUIET: "dim"}
