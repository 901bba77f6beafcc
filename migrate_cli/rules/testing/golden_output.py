"""TST04: a test that expects words of the model.

Another model answers in other words, and a seed that made answers repeat is often not taken. Tests that ask the model
and look for a text in the answer fail now and then.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import GOLDEN
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TST04",
    "golden-output",
    "test that expects words of the model",
    10,
    leaves="Snapshots, and tests that ask the model through code in another file.",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for `assert "word" in answer` in a test that calls the API."""
    if site.kind is SiteKind.HINT and site.symbol == GOLDEN:
        yield manual(
            RULE,
            site,
            target,
            "a test that asks the model expects a word in its answer; another model may say it differently",
            compatibility=Compatibility.DIFFERS,
            advice="test the form of the answer, or run against a recorded one",
        )


_CALL = """\
from openai import OpenAI


def test_capital():
    answer = OpenAI().chat.completions.create(model="gpt-4o", messages=[]).choices[0].message.content
"""

EXAMPLES = (
    Example.told(f'{_CALL}    assert "Paris" in answer\n', "expects a word", "glm", path="test_app.py"),
    Example.silent(f"{_CALL}    assert answer\n", "glm", path="test_app.py"),
    Example.silent(f'{_CALL}    assert "Paris" in answer\n', "glm", path="app.py"),
)
