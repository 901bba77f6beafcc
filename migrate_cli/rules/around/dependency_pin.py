"""CFG03: requirements on the openai package, on tiktoken and on the OpenAI parts of frameworks.

The openai package stays the client, so they stay. `openai<1` is another program than 1.x: with `--upgrade-sdk` a pin
that lets 0.x in is raised to the versions that the rewritten calls were run with, once no file stays on `openai<1`
(SDK02 names those). Lock files are written by their tool, never by hand; the command is told.

Does not handle: pins with hashes, and packages that need different generations of openai in one project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    Finding,
    Operation,
    Options,
    ReplaceExpression,
    ReplaceText,
    Rule,
    Safety,
    Site,
    SiteKind,
    Span,
)
from migrate_cli.rules.steps import installed, raised, refreshed
from migrate_cli.rules.support import Example, Situation, edit, manual, quoted, skip
from migrate_cli.rules.upgrade import Upgrade
from migrate_cli.rules.written import rewritten
from migrate_cli.sites.around.pins import generations
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG03",
    "dependency-pin",
    "requirement on the openai package or a framework's OpenAI part",
    1,
    Safety.SAFE,
    leaves="pins with hashes, and packages that need different generations of openai in one project",
)

RAISED = ">=1.109,<4"  # what the executed tests run with
IN_A_SHELL = "~=1.109"  # `>` and `<` mean something else there
_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*)(?P<pin>[=<>~!^(\d*][^;@#]*?)?(?P<rest>\s*(?:[;@#].*|--.*|\\.*)?)"
)
_REFRESH = {
    "Pipfile.lock": "pipenv lock",
    "poetry.lock": "poetry lock",
    "uv.lock": "uv lock",
    "pdm.lock": "pdm lock",
    "pixi.lock": "pixi lock",
    "conda-lock.yml": "conda-lock",
    "pylock.toml": "pip lock -r requirements.txt",
}
_OLD = "allows openai 0.x"
_SHELL = ("shell", "docker", "make", "groovy")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every requirement."""
    if site.kind is not SiteKind.DEPENDENCY:
        return
    moving = situation.upgrade.bundles or situation.upgrade.hindrances
    upgrading = bool(moving) and any(situation.module_calls.values())
    if site.form == "lock":
        yield _lock(site, target, upgrading)
        return
    if site.symbol == "tiktoken":
        yield skip(RULE, site, target, "tiktoken stays, but it counts the tokens of OpenAI's models only")
        return
    if site.symbol == "openai" and upgrading and _lets_old_in(pin_of(site)):
        yield _raised(site, target, situation.upgrade)
        return
    said = next((step.text for step in site.evidence if step.text.startswith("allows ")), "")
    words = f"the {site.symbol} package stays the client"
    if said == _OLD:
        words = f"{words} ({said}: the module calls of that time)"
    elif said:
        words = f"{words} ({said})"
    yield skip(RULE, site, target, words)


def _lock(site: Site, target: Target, upgrading: bool) -> Finding:
    name = site.path.rpartition("/")[2]
    command = _REFRESH.get(name, "pip-compile" if name.endswith(".lock") else None)
    steps = (refreshed(site.path, command),)
    tool = f"`{command}`" if command else "its own tool"
    if upgrading and site.symbol == "openai" and _lets_old_in(site.code.partition("==")[2] and site.code[6:]):
        words = f"{name} pins {site.code}: refresh it with {tool} when the requirement is raised"
        return replace(manual(RULE, site, target, words), steps=steps)
    words = f"lock file: refresh it with {tool} after a change of requirements"
    return replace(skip(RULE, site, target, words), steps=steps)


def _lets_old_in(pin: str) -> bool:
    """Whether a pin that says anything allows openai 0.x."""
    return bool(pin.strip(" *()")) and 0 in generations(pin)


def pin_of(site: Site) -> str:
    """The versions that a requirement asks for."""
    match = _PIN.fullmatch(site.code)
    return (match["pin"] or "").strip() if match is not None else ""


def _raised(site: Site, target: Target, upgrade: Upgrade) -> Finding:
    """The pin with the versions of the rewritten calls; it waits for files that stay on openai<1."""
    waiting = sorted(upgrade.hindrances)
    if waiting:
        rest = f" and {len(waiting) - 1} more" if waiting[1:] else ""
        words = f"{site.code} stays: {waiting[0]}{rest} cannot leave openai<1 yet"
        advice = f"when that is done by hand (SDK02), raise it to openai{RAISED}, which rewritten files need"
        return manual(RULE, site, target, words, advice=advice)
    change = None if "--hash" in site.code else _change(site)
    if change is None:
        words = f"{site.code} is the SDK before 1.0"
        found = manual(RULE, site, target, words, advice=f"raise it to openai{RAISED}")
        return replace(found, steps=(installed(f"openai{RAISED}"),))
    found = edit(RULE, site, target, f"{site.code} → openai{RAISED}", change)
    needs = tuple(sorted(set(upgrade.bundles.values())))
    return replace(found, needs=needs, steps=(raised(f"openai{RAISED}"),))


def _change(site: Site) -> Operation | None:
    """The edit of a pin where it is written."""
    given = site.argument("version")
    if given is not None and given.values:
        return rewritten(given.values[0], RAISED)
    match = _PIN.fullmatch(site.code)
    if match is None or match["pin"] is None:
        return None
    size = site.span.end - site.span.start
    if site.path.endswith((".py", ".ipynb")) and site.form in (None, "setup.py"):
        text = f"{match['name']}{RAISED}{match['rest']}"
        return ReplaceExpression(site.path, site.span, quoted(text)) if size == len(site.code) + 2 else None
    if size != len(site.code.encode()) or site.path.endswith((".py", ".ipynb")):
        return None
    start = site.span.start + len(site.code[: match.start("pin")].encode())
    end = start + len(match["pin"].rstrip().encode())
    raised = IN_A_SHELL if site.form in _SHELL or site.form == "yaml" else RAISED
    return ReplaceText(site.path, Span(start, end), raised)


_UPGRADE = Options(upgrade_sdk=True)
_INSTALLED = (
    'import subprocess\n\nsubprocess.run(["pip", "install", "{}"])\n\nimport openai\n\n'
    'openai.ChatCompletion.create(model="gpt-4", messages=[])\n'
)
EXAMPLES = (
    Example(_INSTALLED.format("openai==0.28.1"), _INSTALLED.format(f"openai{RAISED}"), options=_UPGRADE),
    Example.told(
        f"from openai.embeddings_utils import cosine_similarity\n{_INSTALLED.format('openai==0.28.1')}",
        "openai==0.28.1 stays: program.py cannot leave openai<1 yet",
        options=_UPGRADE,
    ),
    Example.told("openai==0.28.1\ntiktoken\n", "the module calls of that time", path="requirements.txt"),
    Example.told('[project]\nname = "a"\ndependencies = ["openai>=1,<3"]\n', "stays", path="pyproject.toml"),
    Example.told("openai==0.28.1\n", "stays the client", path="requirements.txt", options=_UPGRADE),
    Example.silent("# openai\nopenai-whisper\n", path="requirements.txt"),
    Example.silent("[tool.poetry.extras]\nai = ['openai']\n", path="pyproject.toml"),
)
