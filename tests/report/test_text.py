from __future__ import annotations

from dataclasses import replace

from migrate_cli.model import Fate, Level, Outcome, Plan
from migrate_cli.report.matrix import render_matrix
from migrate_cli.report.text import render_outcome, render_plans, render_undo_hint
from tests.report import samples
from tests.report.pages import drawn


def plan_page(*plans: Plan, **options: bool) -> str:
    return drawn(lambda c: render_plans(plans, {"ernie": "ERNIE", "glm": "GLM"}, c, **options))


def outcome_page(outcome: Outcome, *, written: bool = True, **options: bool) -> str:
    return drawn(lambda c: render_outcome(outcome, "ERNIE", c, written=written, **options))


def test_a_plan_shows_what_is_pending_and_the_sum() -> None:
    page = plan_page(samples.mixed())
    assert "app.py:4:5  manual      PAR03  ERNIE refuses logit_bias\n    do: drop the argument" in page
    assert "5 sites = 1 to rewrite + 1 review + 1 manual + 1 skipped + 1 already migrated" in page


def test_a_plan_leaves_settled_sites_to_verbose() -> None:
    assert "kept on purpose" not in plan_page(samples.mixed())
    assert "kept on purpose" in plan_page(samples.mixed(), verbose=True)


def test_two_plans_have_a_heading_each() -> None:
    page = plan_page(
        samples.mixed(), samples.plan(samples.decide(samples.site(3), Fate.MANUAL), provider="glm")
    )
    assert page.index("ERNIE, --to ernie") < page.index("GLM, --to glm")


def test_a_decision_without_findings_says_its_reason() -> None:
    page = plan_page(samples.plan(samples.decide(samples.site(3), Fate.MANUAL, reason="no model is known")))
    assert "chat.completions.create: no model is known" in page


def test_a_note_waits_for_verbose() -> None:
    at = samples.site(3)
    made = samples.plan(
        samples.decide(at, Fate.REWRITTEN, samples.finding(at, level=Level.NOTE, message="a note"))
    )
    assert "a note" not in plan_page(made)
    assert "a note" in plan_page(made, verbose=True)


def test_an_outcome_says_what_was_done_and_what_is_left() -> None:
    page = outcome_page(samples.outcome(samples.mixed(), samples.CHANGED))
    assert "Rewritten for ERNIE" in page
    assert "Left for you: 2 sites" in page
    assert "5 sites = 1 rewritten + 1 review + 1 manual + 1 skipped + 1 already migrated" in page


def test_a_site_edited_in_part_shows_the_edit_and_what_is_left() -> None:
    at = samples.site(3)
    hard = samples.finding(at, samples.BIAS_RULE, Level.MANUAL, message="refused")
    page = outcome_page(
        samples.outcome(samples.plan(samples.decide(at, Fate.MANUAL, samples.finding(at), hard)))
    )
    assert "app.py:3:5  rewritten   SDK01  base_url and key of ERNIE" in page
    assert "app.py:3:5  manual      PAR03  refused" in page
    assert page.count("app.py:3:5") == 2


def test_a_site_whose_file_was_left_alone_is_not_called_rewritten() -> None:
    at = samples.site(3)
    made = samples.plan(samples.decide(at, Fate.REWRITTEN, samples.finding(at)))
    failed = samples.decide(at, Fate.MANUAL, samples.finding(at), reason="the file has uncommitted changes")
    page = outcome_page(replace(samples.outcome(made, samples.REFUSED), decisions=(failed,)))
    assert "Rewritten" not in page
    assert "manual      chat.completions.create: the file has uncommitted changes" in page


def test_a_dry_run_claims_nothing() -> None:
    page = outcome_page(samples.outcome(samples.mixed(), run=None), written=False)
    assert "To rewrite for ERNIE" in page
    assert "1 to rewrite + 1 review" in page


def test_a_file_left_as_it_was_is_named_with_its_reason() -> None:
    page = outcome_page(samples.outcome(samples.mixed(), samples.CHANGED, samples.REFUSED))
    assert "Left as they were\ndirty.py: uncommitted changes in git" in page
    assert "app.py: " not in page


def test_a_finished_migration_has_nothing_left() -> None:
    page = outcome_page(samples.outcome(samples.settled(), run=None))
    assert "Left" not in page
    assert "Rewritten" not in page
    assert "1 site = 0 rewritten + 0 review + 0 manual + 0 skipped + 1 already migrated" in page


def test_no_report_prints_a_key() -> None:
    made = samples.mixed()
    page = plan_page(made, verbose=True) + outcome_page(samples.outcome(made))
    assert samples.KEY[:12] not in page


def test_the_way_back_can_be_pasted() -> None:
    page = drawn(lambda c: render_undo_hint(samples.outcome(samples.mixed()), c))
    assert page == "Take it back with migrate undo 20261121-120000-ernie --root /project\n"


def test_a_row_of_the_matrix_is_one_line() -> None:
    long = replace(samples.ROWS[0], blockers=("a reason that goes on " * 20, "another"))
    page = drawn(lambda c: render_matrix([long, samples.ROWS[1]], c))
    assert len(page.splitlines()) == 3
    assert "(+1) a reason that goes on" in page
    assert max(len(line) for line in page.splitlines()) <= 110
