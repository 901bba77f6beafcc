"""The rules as people read them."""

from dataclasses import replace

import pytest

from migrate_cli.model import Options, Rule, Safety
from migrate_cli.report.rules import render_rule
from migrate_cli.rules.registry import RuleDoc
from migrate_cli.rules.support import Example
from tests.report.pages import drawn

RULE = Rule("XYZ01", "a-rule", "what it is about", 5, Safety.SAFE, leaves="the rest")
EDIT = Example("a = 1\nb = 1\n", "a = 2\nb = 1\n", "glm")


def shown(rule: Rule = RULE, doc: str = "", *examples: Example) -> str:
    return drawn(lambda console: render_rule(RuleDoc(rule, lambda *_: iter(()), doc, examples), console))


def test_documentation_of_several_lines_keeps_them() -> None:
    assert "XYZ01: one.\n\nTwo,\nthree.\n" in shown(RULE, "XYZ01: one.\n\nTwo,\nthree.")


def test_code_of_several_lines_keeps_them() -> None:
    assert "before\n    a = 1\n    b = 1\nafter\n    a = 2\n    b = 1\n" in shown(RULE, "", EDIT)


def test_control_characters_of_an_example_are_spelled_out() -> None:
    assert "    a\\x1b[2J\n" in shown(RULE, "", Example.untouched("a\x1b[2J\nb"))


@pytest.mark.parametrize(
    ("example", "title"),
    [
        (EDIT, "Example, for glm\n"),
        (replace(EDIT, path="conf.yaml"), "Example, for glm in conf.yaml\n"),
        (replace(EDIT, options=Options(review=True)), "Example, for glm with --review\n"),
        (
            replace(EDIT, options=Options(others={"embeddings": "qwen"})),
            "Example, for glm with --embeddings-to qwen\n",
        ),
    ],
)
def test_an_example_says_what_it_takes(example: Example, title: str) -> None:
    assert title in shown(RULE, "", example)


def test_a_rule_that_edits_only_with_an_option_says_so() -> None:
    upgrade = replace(EDIT, options=Options(upgrade_sdk=True))
    assert "  writes its edits by default, given --upgrade-sdk\n" in shown(RULE, "", upgrade)
    assert "  writes its edits by default\n" in shown(RULE, "", upgrade, EDIT)


def test_an_option_that_only_restraint_needs_is_no_condition() -> None:
    quiet = replace(Example.untouched("a = 1"), options=Options(guard=True))
    assert "  writes its edits by default\n" in shown(RULE, "", quiet)
