"""FRM13: instructor forces a tool to get an object, which some providers refuse.

Its default mode names the one tool that the model must call. Where the provider refuses a forced tool,
`instructor.Mode.JSON` asks for a JSON object, with the schema in the prompt; instructor checks the answer and asks
again, as before. A client made by `from_provider("openai/…")` gets base URL, key and model, too. A client that is
handed to `from_openai` or `patch` moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import (
    AddImport,
    Certainty,
    Compatibility,
    Finding,
    Operation,
    Rule,
    Safety,
    SetArgument,
    Site,
    SiteKind,
    Use,
)
from migrate_cli.rules.frameworks.forcing import Fit, forced_fit, format_fit
from migrate_cli.rules.frameworks.models import pairs, split
from migrate_cli.rules.frameworks.moving import moved_by, point, settled
from migrate_cli.rules.support import Example, Situation, edit, manual, put, review
from migrate_cli.rules.thinking_support import says_off
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM13",
    "instructor-mode",
    "instructor forces a tool to get an object",
    15,
    Safety.SAFE,
    leaves="clients that are made in one file and handed to instructor in another; modes chosen at run time",
)
FORCING = ("TOOLS", "TOOLS_STRICT", "FUNCTIONS", "PARALLEL_TOOLS")
SCHEMA = "JSON_SCHEMA"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for clients that instructor wraps, and for those that it makes."""
    move = moved_by(RULE, site)
    if move is not None:
        yield from made(site, target, move, situation)
    elif site.kind is SiteKind.CLIENT and (site.elsewhere is None or target.owns(site.elsewhere)):
        for use in site.uses:
            if use.detail is not None and use.detail.startswith("instructor.") and use.outer is not None:
                yield from wrapped(site, target, use, asked(site, target, situation))


def wrapped(site: Site, target: Target, use: Use, names: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    """A client that is handed to instructor."""
    assert use.outer is not None
    chosen = next((a for a in use.arguments if a.name == "mode"), None)
    if chosen is not None and (chosen.dictionary is not None or chosen.statement is not None):
        return
    fit, mode = better(target, names, chosen.code if chosen is not None else "TOOLS")
    if mode is None:
        return
    edits = (
        SetArgument(use.path, use.outer, "mode", f"instructor.Mode.{mode}"),
        AddImport(use.path, "import instructor"),
    )
    certain = (
        fit is Fit.REFUSED and use.certainty is Certainty.PROVED and use.detail == "instructor.from_openai"
    )
    make = edit if certain else review
    yield replace(make(RULE, site, target, reason(target, fit, mode), *edits), place=use.location)


def made(site: Site, target: Target, move: Move, situation: Situation) -> Iterator[Finding]:
    """A client that instructor makes by a text."""
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    names = [v.literal for a in site.model_arguments for v in a.values if isinstance(v.literal, str)]
    if not names or any(split(site, name)[0] != "openai/" for name in names):
        words = "from_provider chooses OpenAI by a text that is not plainly written here"
        advice = f'give it base_url="{target.base_url}", the key in {target.key_variable} and mode=instructor.Mode.JSON'
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
        return
    chosen = site.argument("mode")
    # the calls of such a client name no model, so that nothing switches its thinking off
    thinking = tuple((new, new) for _, new in pairs(site, target, move.default))
    _, mode = better(target, thinking, chosen.code if chosen is not None else "TOOLS")
    extra: list[Operation] = []
    if mode is not None:
        extra = [put(site, "mode", f"instructor.Mode.{mode}"), AddImport(site.path, "import instructor")]
    yield from point(RULE, site, target, move, *extra)


def asked(site: Site, target: Target, situation: Situation) -> tuple[tuple[str, str], ...]:
    """The models that the client's calls ask for, with what they become, but for calls that have thinking off."""
    calls = situation.calls.get(site.id, ())
    return tuple(
        dict.fromkeys(
            (old, new)
            for call in calls
            for old, new in pairs(call, target)
            if not calm(call, target.model(new))
        )
    )


def calm(call: Site, model: TargetModel | None) -> bool:
    """Whether a call switches the thinking of its model off."""
    return model is not None and says_off(call, model)


def better(target: Target, names: tuple[tuple[str, str], ...], mode: str) -> tuple[Fit, str | None]:
    """How a mode fares, and the one to take instead; None where it may stay, or is not known."""
    word = mode.rsplit(".", 1)[-1]
    if word in FORCING:
        fit = forced_fit(target, names, "named")
    elif word == SCHEMA:
        fit = format_fit(target, names, "json_schema")
    else:
        return Fit.FINE, None
    if fit is Fit.FINE:
        return fit, None
    return fit, "JSON" if format_fit(target, names, "json_object") is Fit.FINE else "MD_JSON"


def reason(target: Target, fit: Fit, mode: str) -> str:
    """Why a mode is changed."""
    how = "refuses" if fit is Fit.REFUSED else "is not known to take"
    return f"instructor: {target.provider.name} {how} a tool that is forced, so the mode becomes {mode}"


EXAMPLES = (
    Example(
        "import instructor\nfrom openai import OpenAI\n\nclient = instructor.from_openai(OpenAI())\n"
        'client.chat.completions.create(model="gpt-4o", response_model=Person, messages=[])\n',
        "import os\n\nimport instructor\nfrom openai import OpenAI\n\n"
        'client = instructor.from_openai(OpenAI(base_url="https://api.moonshot.cn/v1", '
        'api_key=os.environ["MOONSHOT_API_KEY"]), mode=instructor.Mode.JSON)\n'
        'client.chat.completions.create(model="kimi-k2.6", response_model=Person, messages=[])\n',
        "kimi",
        beside=("SDK08", "SDK12"),
    ),
    Example(
        'import instructor\n\nclient = instructor.from_provider("openai/gpt-4o-mini")\n',
        "import os\n\nimport instructor\n\n"
        'client = instructor.from_provider("openai/ernie-4.5-turbo-128k", '
        'base_url="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])\n',
    ),
    Example.silent(
        "import instructor\nfrom openai import OpenAI\n\nclient = instructor.from_openai(OpenAI())\n"
        'client.chat.completions.create(model="gpt-4o", response_model=Person, messages=[])\n',
    ),
    Example.silent(
        "import instructor\nfrom openai import OpenAI\n\n"
        "client = instructor.from_openai(OpenAI(), mode=instructor.Mode.MD_JSON)\n",
        "kimi",
    ),
    Example.silent(
        "import instructor\nfrom openai import OpenAI\n\n"
        'client = instructor.from_openai(OpenAI(base_url="https://api.deepseek.com", api_key=key()))\n'
        'client.chat.completions.create(model="deepseek-flash", response_model=Person, messages=[], '
        'extra_body={"thinking": {"type": "disabled"}})\n',
        "deepseek",
    ),
    Example.silent('import instructor\n\nclient = instructor.from_provider("anthropic/claude-3")\n', "kimi"),
)
