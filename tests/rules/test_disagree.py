"""Findings that are about one and the same place."""

from dataclasses import replace

from migrate_cli.model import (
    Compatibility,
    Finding,
    Level,
    Location,
    Operation,
    ReplaceExpression,
    Site,
    SiteKind,
    Span,
)
from migrate_cli.rules.around.raw_request import RULE
from migrate_cli.rules.disagree import spared
from migrate_cli.rules.support import but

SITE = Site(SiteKind.URL, "a.py", Span(3, 9), Location("a.py", 1, 4, 1, 10), "x", Span(3, 9), "'old'")
EDIT = ReplaceExpression("a.py", Span(3, 9), '"https://new.example/v1"')
OTHER = ReplaceExpression("a.py", Span(20, 30), '"new-model"')


def finding(level: Level, *edits: Operation) -> Finding:
    """A finding with these edits."""
    return Finding(RULE, SITE, "glm", level, Compatibility.SAME, "says something", None, edits)


def kept(*findings: Finding) -> list[Level]:
    """The levels of the findings that are still there."""
    return [f.level for f in spared({("a.py", 0, "x"): findings})[("a.py", 0, "x")]]


def test_a_look_at_what_is_written_anyway_is_spared() -> None:
    assert kept(finding(Level.EDIT, EDIT, OTHER), finding(Level.REVIEW, EDIT)) == [Level.EDIT]


def test_a_look_at_more_than_that_stays() -> None:
    assert kept(finding(Level.EDIT, EDIT), finding(Level.REVIEW, EDIT, OTHER)) == [Level.EDIT, Level.REVIEW]


def test_a_look_without_edits_stays() -> None:
    assert kept(finding(Level.EDIT, EDIT), finding(Level.REVIEW)) == [Level.EDIT, Level.REVIEW]


def test_a_look_at_another_text_in_the_same_place_stays() -> None:
    other = replace(EDIT, code='"https://other.example"')
    assert kept(finding(Level.EDIT, EDIT), finding(Level.REVIEW, other)) == [Level.EDIT, Level.REVIEW]


def test_work_by_hand_on_an_address_that_is_replaced_is_spared() -> None:
    assert kept(finding(Level.EDIT, EDIT), finding(Level.MANUAL)) == [Level.EDIT]


def test_work_by_hand_on_an_address_that_waits_stays() -> None:
    assert kept(finding(Level.REVIEW, EDIT), finding(Level.MANUAL)) == [Level.REVIEW, Level.MANUAL]


def test_reasons_add_up_to_one_sentence() -> None:
    assert but(but("a → b", "it waits"), "it is shared") == "a → b, but it waits, and it is shared"
