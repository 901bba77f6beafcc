from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from migrate_cli.model import Certainty, Fate, Level, Plan, Site, SiteKind
from migrate_cli.report import sarif as module
from migrate_cli.report.sarif import sarif
from tests.report import samples
from tests.report.sarif_schema import SCHEMA


def log_of(*plans: Plan) -> dict[str, Any]:
    log = sarif(plans[0].scan, plans)
    jsonschema.validate(log, SCHEMA)
    return log["runs"][0]  # type: ignore[no-any-return]


def log_of_sites(*sites: Site) -> dict[str, Any]:
    log = sarif(samples.scan(*sites))
    jsonschema.validate(log, SCHEMA)
    return log["runs"][0]  # type: ignore[no-any-return]


def test_without_a_target_each_site_is_a_result_under_its_kind() -> None:
    run = log_of_sites(samples.client(2), samples.site(3))
    assert [result["ruleId"] for result in run["results"]] == ["openai-client", "openai-call"]


@pytest.mark.parametrize("kind", SiteKind)
def test_every_kind_has_a_rule_of_its_own(kind: SiteKind) -> None:
    run = log_of_sites(samples.site(3, kind=kind))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [f"openai-{kind.value}"]


def test_a_file_that_is_not_python_has_its_region() -> None:
    site = samples.site(3, path=".env", kind=SiteKind.KEY, form="dotenv")
    physical = log_of_sites(site)["results"][0]["locations"][0]["physicalLocation"]
    assert physical["region"]["startLine"] == 3


def test_rule_index_points_at_the_rule() -> None:
    run = log_of(samples.mixed())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_a_region_holds_characters_of_the_source() -> None:
    physical = log_of_sites(samples.site(3))["results"][0]["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 40}


@pytest.mark.parametrize(
    ("path", "uri"), [("src/a b.py", "src/a%20b.py"), ("src/é.py", "src/%C3%A9.py"), ("a.py", "a.py")]
)
def test_a_path_is_a_relative_uri(path: str, uri: str) -> None:
    result = log_of_sites(samples.site(3, path=path))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_notebook_names_its_cell_and_claims_no_line() -> None:
    result = log_of_sites(samples.site(3, path="n.ipynb", cell=7))["results"][0]
    assert result["message"]["text"].startswith("Cell 7, line 3: ")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def fingerprints(run: dict[str, Any]) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]


def test_fingerprints_survive_a_shift_of_lines() -> None:
    assert fingerprints(log_of_sites(samples.site(3))) == fingerprints(log_of_sites(samples.site(30)))


def test_equal_code_in_one_file_has_different_fingerprints() -> None:
    assert len(set(fingerprints(log_of_sites(samples.site(3), samples.site(4))))) == 2


def test_a_fingerprint_tells_files_apart() -> None:
    assert len(set(fingerprints(log_of_sites(samples.site(3), samples.site(3, path="b.py"))))) == 2


def test_levels_follow_the_fate() -> None:
    levels = [result["level"] for result in log_of(samples.mixed())["results"]]
    assert levels == ["note", "warning", "error", "note"]


def test_a_guess_is_a_note() -> None:
    assert log_of_sites(samples.site(3, certainty=Certainty.GUESS))["results"][0]["level"] == "note"


def test_what_is_migrated_is_no_result() -> None:
    assert log_of(samples.settled())["results"] == []


def test_an_ignored_site_is_suppressed_with_its_reason() -> None:
    result = log_of_sites(samples.site(3, ignored="kept on purpose"))["results"][0]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "kept on purpose"}]


def test_a_site_in_use_is_not_suppressed() -> None:
    assert "suppressions" not in log_of_sites(samples.site(3))["results"][0]


def test_a_note_alone_does_not_become_a_finding_of_its_rule() -> None:
    at = samples.site(3)
    note = samples.finding(at, level=Level.NOTE)
    assert (
        log_of(samples.plan(samples.decide(at, Fate.MANUAL, note)))["results"][0]["ruleId"] == "openai-call"
    )


def test_no_key_is_printed() -> None:
    text = json.dumps(log_of_sites(samples.client(ignored=f"key {samples.KEY}")))
    assert samples.KEY not in text
    assert samples.KEY[8:20] not in text


def test_an_unreadable_file_is_a_notification() -> None:
    run = sarif(samples.scan(skips=(samples.UNREADABLE, samples.LARGE)))["runs"][0]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert not run["invocations"][0]["executionSuccessful"]
    assert [note["message"]["text"] for note in notes] == ["could not read: not UTF-8"]


def test_two_targets_share_one_run() -> None:
    other = samples.plan(samples.decide(samples.site(3), Fate.MANUAL), provider="glm")
    assert len(log_of(samples.mixed(), other)["results"]) == 5


def test_too_many_results_keep_the_worst_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RESULTS", 1)
    run = log_of(samples.mixed())
    assert [result["level"] for result in run["results"]] == ["error"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith(
        "3 of the mildest"
    )
