from __future__ import annotations

import json

from migrate_cli.report.json import outcome_json, scan_json
from tests.report import samples


def test_a_scan_names_its_schema() -> None:
    document = scan_json(samples.scan(samples.site(3)))
    assert document["schema"] == "migrate.scan/2"
    assert document["sites"][0]["location"]["line"] == 3


def test_decisions_point_at_their_sites() -> None:
    made = samples.mixed()
    document = scan_json(made.scan, [made])
    decisions = document["targets"][0]["decisions"]
    assert [decision["site"] for decision in decisions] == [0, 1, 2, 3, 4]


def test_counts_hold_every_fate_also_those_with_none() -> None:
    made = samples.settled()
    assert scan_json(made.scan, [made])["targets"][0]["counts"] == {
        "rewritten": 0,
        "review": 0,
        "manual": 0,
        "skipped": 0,
        "already migrated": 1,
    }


def test_equal_scans_give_equal_bytes() -> None:
    first, second = samples.mixed(), samples.mixed()
    assert json.dumps(scan_json(first.scan, [first])) == json.dumps(scan_json(second.scan, [second]))


def test_code_is_masked() -> None:
    document = scan_json(samples.scan(samples.client(2)))
    assert samples.KEY not in json.dumps(document)
    assert document["sites"][0]["code"] == 'OpenAI(api_key="sk-…d4")'


def test_code_without_a_key_is_left_alone() -> None:
    assert scan_json(samples.scan(samples.site(3)))["sites"][0]["code"] == samples.site(3).code


def test_a_cell_stays_apart_from_the_line() -> None:
    location = scan_json(samples.scan(samples.site(3, path="n.ipynb", cell=2)))["sites"][0]["location"]
    assert (location["cell"], location["line"]) == (2, 3)


def test_the_matrix_keeps_its_problems() -> None:
    document = scan_json(samples.scan(samples.site(3)), matrix=samples.ROWS)
    assert [row["problem"] for row in document["matrix"]] == [None, "no model for gpt-4o"]


def test_an_outcome_says_what_became_of_each_file_but_holds_no_file() -> None:
    made = samples.outcome(samples.mixed(), samples.CHANGED, samples.REFUSED)
    document = outcome_json(made, samples.handed_over(made), written=True)
    assert document["schema"] == "migrate.outcome/2"
    assert document["results"] == [
        {"path": "app.py", "status": "changed", "reason": None},
        {"path": "dirty.py", "status": "refused", "reason": "uncommitted changes in git"},
    ]


def test_a_cost_report_is_carried_as_it_is() -> None:
    made = samples.outcome(samples.settled())
    document = outcome_json(made, samples.handed_over(made), written=True, costs={"total": "1.20"})
    assert document["costs"] == {"total": "1.20"}
