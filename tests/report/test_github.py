from __future__ import annotations

from migrate_cli.model import Fate, SiteKind
from migrate_cli.report.github import workflow_commands
from tests.report import samples


def test_a_site_in_use_is_a_warning_at_its_line() -> None:
    assert workflow_commands(samples.scan(samples.site(3))) == (
        "::warning file=app.py,line=3,endLine=3,col=5,title=OpenAI::call: chat.completions.create\n"
    )


def test_what_is_not_in_use_is_left_out() -> None:
    quiet = [
        samples.site(3, kind=SiteKind.TYPE),
        samples.site(4, ignored="kept"),
        samples.site(5, elsewhere="other.example"),
    ]
    assert workflow_commands(samples.scan(*quiet)) == ""


def test_a_plan_gives_its_findings_by_level() -> None:
    made = samples.mixed()
    levels = [line.split(" ")[0] for line in workflow_commands(made.scan, [made]).splitlines()]
    assert levels == ["::notice", "::warning", "::error"]


def test_a_settled_plan_gives_nothing() -> None:
    made = samples.settled()
    assert workflow_commands(made.scan, [made]) == ""


def test_characters_with_a_meaning_are_escaped() -> None:
    at = samples.site(3, path="a,b:c.py")
    finding = samples.finding(at, message="100 %\nsure")
    made = samples.plan(samples.decide(at, Fate.REWRITTEN, finding))
    assert workflow_commands(made.scan, [made]).startswith("::notice file=a%2Cb%3Ac.py,")
    assert "100 %25%0Asure" in workflow_commands(made.scan, [made])


def test_a_notebook_claims_no_line_of_its_file() -> None:
    line = workflow_commands(samples.scan(samples.site(3, path="n.ipynb", cell=2)))
    assert line.startswith("::warning file=n.ipynb,title=OpenAI::cell 2, line 3: ")


def test_a_file_that_could_not_be_read_is_an_error() -> None:
    page = workflow_commands(samples.scan(skips=(samples.UNREADABLE, samples.LARGE)))
    assert page == "::error file=broken.py::could not read: not UTF-8\n"
