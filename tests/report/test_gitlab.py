from __future__ import annotations

import json

from migrate_cli.model import Certainty
from migrate_cli.report.gitlab import code_quality
from tests.report import samples


def test_an_entry_has_what_gitlab_asks_for() -> None:
    [entry] = code_quality(samples.scan(samples.site(3)))
    assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert entry["location"] == {"path": "app.py", "lines": {"begin": 3}}
    assert (entry["check_name"], entry["severity"]) == ("openai-call", "minor")


def test_fingerprints_are_unique() -> None:
    entries = code_quality(samples.scan(samples.site(3), samples.site(4)))
    assert len({entry["fingerprint"] for entry in entries}) == 2


def test_severities_follow_the_plan() -> None:
    made = samples.mixed()
    assert [entry["severity"] for entry in code_quality(made.scan, [made])] == ["info", "minor", "major"]


def test_a_guess_is_for_information() -> None:
    [entry] = code_quality(samples.scan(samples.site(3, certainty=Certainty.GUESS)))
    assert entry["severity"] == "info"


def test_what_is_ignored_or_moved_is_left_out() -> None:
    made = samples.settled()
    assert code_quality(made.scan, [made]) == []
    assert code_quality(samples.scan(samples.site(3, ignored="kept"))) == []


def test_a_notebook_claims_no_line_of_its_file() -> None:
    [entry] = code_quality(samples.scan(samples.site(7, path="n.ipynb", cell=2)))
    assert entry["location"]["lines"] == {"begin": 1}
    assert entry["description"].startswith("Cell 2, line 7: ")


def test_no_key_is_printed() -> None:
    assert samples.KEY[8:20] not in json.dumps(code_quality(samples.scan(samples.client(2))))
