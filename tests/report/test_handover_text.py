"""The one screen after a rewrite, and the body of its pull request."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from migrate_cli.model import Fate, Finding, Level, Outcome
from migrate_cli.report.handover_text import duration, render_handover, where
from migrate_cli.report.pull_request import pull_request
from tests.report import samples
from tests.report.pages import drawn


def screen(made: Outcome, *, written: bool = True) -> str:
    """What is printed of an outcome."""
    return drawn(
        lambda console: render_handover(made, samples.handed_over(made), "ERNIE", console, written=written)
    )


def body(made: Outcome, *, written: bool = True) -> str:
    """The pull request of an outcome."""
    return pull_request(made, samples.handed_over(made), "ERNIE", written=written)


def left(*findings: Finding) -> Outcome:
    """A run that left these findings."""
    decisions = [samples.decide(f.site, Fate.MANUAL, f) for f in findings]
    return samples.outcome(samples.plan(*decisions), run=None)


def manual(line: int, message: str = "not offered") -> Finding:
    """Work by hand at a line."""
    return samples.finding(samples.site(line), level=Level.MANUAL, message=message)


MIXED = samples.outcome(samples.mixed(), samples.CHANGED)


def test_the_sum_names_every_fate_once() -> None:
    assert (
        screen(MIXED).splitlines()[-1] == "5 sites: 1 changed · 1 review · 1 manual · 1 skipped · 1 already"
    )


def test_nothing_is_said_to_be_changed_when_it_was_not_written() -> None:
    assert "1 to change" in screen(MIXED, written=False)
    assert "Moved to" not in screen(MIXED, written=False)


def test_places_of_one_task_share_a_line() -> None:
    assert "app.py:3, app.py:5" in screen(left(manual(3), manual(5)))


def test_a_long_list_is_cut_and_says_so() -> None:
    many = left(*(manual(line, f"not offered: {line}") for line in range(1, 21)))
    assert "… and 8 more with --verbose" in screen(many)


def test_nothing_left_has_no_heading() -> None:
    assert "Left for you" not in screen(samples.outcome(samples.settled(), run=None))


def test_no_key_reaches_the_screen_or_the_pull_request() -> None:
    outcome = left(manual(3, f"the key {samples.KEY}"))
    assert samples.KEY not in screen(outcome) + body(outcome)


def test_a_pull_request_has_every_fate_and_a_box_per_task() -> None:
    text = body(MIXED)
    assert "| changed | 1 |" in text
    assert text.count("- [ ] ") == 2 + len(samples.handed_over(MIXED).steps)


def test_names_of_files_cannot_write_markdown() -> None:
    at = samples.site(3, path="a|b*.py")
    assert "a\\|b\\*.py" in body(left(samples.finding(at, level=Level.MANUAL)))


def test_a_plan_is_not_called_a_move() -> None:
    assert body(MIXED, written=False).startswith("## Plan to move")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (25, "25 min"), (60, "1 h"), (190, "3 h 10 min")]
)
def test_a_duration_in_words(minutes: int, words: str) -> None:
    assert duration(minutes) == words


@pytest.mark.parametrize(
    ("lines", "words"), [([1], "app.py:1"), ([1, 2, 3, 4, 5], "app.py:1, app.py:2, app.py:3 and 2 more")]
)
def test_places_in_words(lines: Sequence[int], words: str) -> None:
    assert where([samples.site(line).location for line in lines]) == words
