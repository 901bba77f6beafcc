"""CFG03: requirements on the openai package, on tiktoken and on the OpenAI parts of frameworks.

The openai package stays the client, so they stay. The finding says which generations a pin allows: `openai<1` is
another program than 1.x, and some packages need `openai<3` or `openai>=3`. Lock files are written by their tool, never
by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule("CFG03", "dependency-pin", "requirement on the openai package or a framework's OpenAI part", 1)

_REFRESH = {
    "Pipfile.lock": "pipenv lock",
    "poetry.lock": "poetry lock",
    "uv.lock": "uv lock",
    "pdm.lock": "pdm lock",
    "pixi.lock": "pixi lock",
    "conda-lock.yml": "conda-lock",
}
_OLD = "allows openai 0.x"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every requirement."""
    if site.kind is not SiteKind.DEPENDENCY:
        return
    if site.form == "lock":
        name = site.path.rpartition("/")[2]
        command = _REFRESH.get(name, "its own tool")
        yield skip(RULE, site, target, f"lock file: refresh it with {command} after a change of requirements")
        return
    if site.symbol == "tiktoken":
        yield skip(RULE, site, target, "tiktoken stays, but it counts the tokens of OpenAI's models only")
        return
    said = next((step.text for step in site.evidence if step.text.startswith("allows ")), "")
    words = f"the {site.symbol} package stays the client"
    if said == _OLD:
        words = f"{words} ({said}: the module calls of that time)"
    elif said:
        words = f"{words} ({said})"
    yield skip(RULE, site, target, words)


EXAMPLES = (
    Example.untouched("openai==0.28.1\ntiktoken\n", path="requirements.txt"),
    Example.untouched('[project]\nname = "a"\ndependencies = ["openai>=1,<3"]\n', path="pyproject.toml"),
    Example.untouched("# openai\nopenai-whisper\n", path="requirements.txt"),
)
