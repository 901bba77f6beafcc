"""Every rule's examples, run through the whole plan: each is a test, and equal texts prove restraint."""

import ast
import json
from pathlib import Path

import pytest
import yaml

from migrate_cli import api
from migrate_cli.model import Plan, Scan
from migrate_cli.rules.registry import RULES, RuleDoc
from migrate_cli.rules.support import Example

CASES = [(doc, example) for doc in RULES for example in doc.examples]
EDITED = [(doc, example) for doc, example in CASES if example.before != example.after]
PARSERS = {".py": ast.parse, ".json": json.loads, ".yaml": yaml.safe_load, ".yml": yaml.safe_load}
NAMES = [f"{doc.rule.code}-{number}" for doc in RULES for number, _ in enumerate(doc.examples, 1)]


def run(folder: Path, source: str, doc: RuleDoc, example: Example) -> str:
    """`source` after the rule (and those beside it) for the example's provider."""
    file = folder / example.path
    file.write_text(source, encoding="utf-8")
    scan = api.scan([file])
    api.apply(plan_of(scan, doc, example), allow_dirty=True)
    return file.read_text(encoding="utf-8")


def plan_of(scan: Scan, doc: RuleDoc, example: Example) -> Plan:
    """The plan of the rule (and those beside it) for the example's provider and options."""
    wishes = example.options
    return api.plan(
        scan,
        example.provider,
        select=(doc.rule.code, *example.beside),
        review=wishes.review,
        upgrade_sdk=wishes.upgrade_sdk,
        guard=wishes.guard,
        todo=wishes.todo,
        others=wishes.others,
    )


@pytest.mark.parametrize(("doc", "example"), CASES, ids=NAMES)
def test_example(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    assert run(tmp_path, example.before, doc, example) == example.after


@pytest.mark.parametrize(("doc", "example"), CASES, ids=NAMES)
def test_expectation_parses(doc: RuleDoc, example: Example) -> None:
    assert PARSERS.get(Path(example.path).suffix, str)(example.after) is not None


@pytest.mark.parametrize(("doc", "example"), EDITED, ids=lambda value: getattr(value, "provider", None))
def test_expectation_is_settled(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    assert run(tmp_path, example.after, doc, example) == example.after


SPOKEN = [(doc, example) for doc, example in CASES if example.says]
SILENT = [(doc, example) for doc, example in CASES if example.says == ""]


def said(folder: Path, doc: RuleDoc, example: Example) -> list[str]:
    """What the rule says of the example."""
    file = folder / example.path
    file.write_text(example.before, encoding="utf-8")
    plan = plan_of(api.scan([file]), doc, example)
    decisions = (*plan.decisions, *plan.notices)
    return [f.message for d in decisions for f in d.findings if f.rule.code == doc.rule.code]


@pytest.mark.parametrize(("doc", "example"), SPOKEN, ids=lambda value: getattr(value, "says", None))
def test_example_is_told(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    assert str(example.says) in " ".join(said(tmp_path, doc, example))


@pytest.mark.parametrize(("doc", "example"), SILENT, ids=lambda value: getattr(value, "provider", None))
def test_example_is_not_worth_a_word(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    assert said(tmp_path, doc, example) == []


@pytest.mark.parametrize("doc", RULES, ids=[doc.rule.code for doc in RULES])
def test_rule_is_documented_and_restrained(doc: RuleDoc) -> None:
    assert doc.doc.startswith(f"{doc.rule.code}: ")
    assert any(example.before == example.after for example in doc.examples)


def test_codes_and_names_are_unique() -> None:
    assert len({doc.rule.code for doc in RULES}) == len(RULES) == len({doc.rule.name for doc in RULES})
