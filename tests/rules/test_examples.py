"""Every rule's examples, run through the whole plan: each is a test, and equal texts prove restraint."""

import ast
import json
from pathlib import Path

import pytest
import yaml

from migrate_cli import api
from migrate_cli.rules.registry import RULES, RuleDoc
from migrate_cli.rules.support import Example

CASES = [(doc, example) for doc in RULES for example in doc.examples]
PARSERS = {".py": ast.parse, ".json": json.loads, ".yaml": yaml.safe_load, ".yml": yaml.safe_load}
NAMES = [f"{doc.rule.code}-{number}" for doc in RULES for number, _ in enumerate(doc.examples, 1)]


def run(folder: Path, source: str, doc: RuleDoc, example: Example) -> str:
    """`source` after the rule (and those beside it) for the example's provider."""
    file = folder / example.path
    file.write_text(source, encoding="utf-8")
    scan = api.scan([file])
    plan = api.plan(scan, example.provider, select=(doc.rule.code, *example.beside))
    api.apply(plan, allow_dirty=True)
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("doc", "example"), CASES, ids=NAMES)
def test_example(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    assert run(tmp_path, example.before, doc, example) == example.after


@pytest.mark.parametrize(("doc", "example"), CASES, ids=NAMES)
def test_expectation_parses_and_is_settled(tmp_path: Path, doc: RuleDoc, example: Example) -> None:
    PARSERS.get(Path(example.path).suffix, str)(example.after)
    assert run(tmp_path, example.after, doc, example) == example.after


@pytest.mark.parametrize("doc", RULES, ids=[doc.rule.code for doc in RULES])
def test_rule_is_documented_and_restrained(doc: RuleDoc) -> None:
    assert doc.doc.startswith(f"{doc.rule.code}: ")
    assert any(example.before == example.after for example in doc.examples)


def test_codes_and_names_are_unique() -> None:
    assert len({doc.rule.code for doc in RULES}) == len(RULES) == len({doc.rule.name for doc in RULES})
