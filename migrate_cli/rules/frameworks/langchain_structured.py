"""FRM02: LangChain's `with_structured_output` asks for JSON by schema unless told otherwise.

Where the provider refuses that, `method="function_calling"` gives the same object through a forced tool; where it
refuses that too, `method="json_mode"` is left, which needs the schema in the prompt and therefore a look. Nothing
is done where the provider takes what is asked for, or where the method is only known at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    Compatibility,
    Finding,
    Operation,
    RemoveArgument,
    Rule,
    Safety,
    SetArgument,
    Site,
    Use,
)
from migrate_cli.rules.frameworks.forcing import Fit, Names, forced_fit, format_fit
from migrate_cli.rules.frameworks.models import pairs
from migrate_cli.rules.frameworks.moving import move_of
from migrate_cli.rules.support import Example, Situation, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM02",
    "langchain-structured-output",
    "LangChain's structured output asks for JSON by schema",
    20,
    Safety.SAFE,
    leaves="objects that another file imports, or that reach the call through a function that is not followed; "
    "`ProviderStrategy` and `response_format` of create_agent; langchain-openai before 0.3, whose default is another",
)
LANGCHAIN = ("FRM01", "FRM05")
DEFAULT = "json_schema"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the structured output that is asked of one chat object."""
    move = move_of(site)
    if move is None or move.rule not in LANGCHAIN or "langchain_openai" not in origins(site):
        return
    if site.elsewhere is not None and not target.owns(site.elsewhere):
        return
    names = pairs(site, target, move.default)
    for use in site.uses:
        method = asked(use)
        if use.detail == "with_structured_output" and method is not None:
            yield from judged(site, target, use, method, names)


def origins(site: Site) -> str:
    """Where the class comes from: init_chat_model builds the class of langchain_openai."""
    return "langchain_openai" if site.symbol.endswith("init_chat_model") else site.symbol


def asked(use: Use) -> str | None:
    """The method that is asked for, None when it is not known."""
    given = next((a for a in use.arguments if a.name == "method"), None)
    if given is None:
        return DEFAULT
    return given.literal if isinstance(given.literal, str) else None


def judged(site: Site, target: Target, use: Use, method: str, names: Names) -> Iterator[Finding]:
    """One call of the method, against what the provider takes."""
    fits = {
        "json_schema": format_fit(target, names, "json_schema"),
        "function_calling": forced_fit(target, names, "named", site.code),
        "json_mode": format_fit(target, names, "json_object"),
    }
    now = fits.get(method, Fit.FINE)
    if now is Fit.FINE or use.outer is None:
        return
    provider = target.provider.name
    how = "refuses" if now is Fit.REFUSED else "is not known to take"
    words = f"with_structured_output: {provider} {how} {method}"
    other = next((m for m in ("function_calling", "json_mode") if m != method and fits[m] is Fit.FINE), None)
    if other is None:
        advice = "ask for JSON in the prompt, and parse and check the answer"
        kind = Compatibility.UNSUPPORTED if now is Fit.REFUSED else Compatibility.UNKNOWN
        yield replace(
            manual(RULE, site, target, words, compatibility=kind, advice=advice), place=use.location
        )
        return
    edits = changes(use, other)
    words = f"{words}, so it becomes {other}"
    if other == "function_calling" and now is Fit.REFUSED:
        found = edit(RULE, site, target, words, *edits)
    else:
        prompt = 'json_mode sends no schema: put it into the prompt, with the word "JSON"'
        advice = prompt if other == "json_mode" else "the answer comes as the arguments of a tool"
        found = review(RULE, site, target, words, *edits, advice=advice)
    yield replace(found, place=use.location)


def changes(use: Use, method: str) -> list[Operation]:
    """The edits that ask for another method; `strict` is nothing that json_mode knows."""
    assert use.outer is not None
    edits: list[Operation] = [SetArgument(use.path, use.outer, "method", f'"{method}"')]
    if method == "json_mode" and any(a.name == "strict" for a in use.arguments):
        edits.append(RemoveArgument(use.path, use.outer, "strict"))
    return edits


_MOVED = (
    "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
    'llm = ChatOpenAI(model="deepseek-flash", base_url="https://api.deepseek.com", api_key=os.environ["K"])\n'
)
_KIMI = (
    "from langchain_openai import ChatOpenAI\n\n"
    'llm = ChatOpenAI(model="kimi-k2.6", base_url="https://api.moonshot.cn/v1", api_key=key())\n'
    "person = llm.with_structured_output(Person)\n"
)
EXAMPLES = (
    Example(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model="gpt-4o")\n'
        "person = llm.with_structured_output(Person)\n",
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="deepseek-flash", base_url="https://api.deepseek.com", '
        'api_key=os.environ["DEEPSEEK_API_KEY"], extra_body={"thinking": {"type": "disabled"}})\n'
        'person = llm.with_structured_output(Person, method="function_calling")\n',
        "deepseek",
        beside=("FRM01",),
    ),
    Example.silent(
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="qwen3.8-flash", base_url="https://dashscope.aliyuncs.com/compatible-mode/v1", '
        'api_key=key(), extra_body={"enable_thinking": False})\n'
        'person = llm.with_structured_output(Person, method="function_calling")\n',
        "qwen",
    ),
    Example.told(_KIMI, "so it becomes json_mode", "kimi"),
    Example.silent(_MOVED + 'person = llm.with_structured_output(Person, method="json_mode")\n', "deepseek"),
    Example.silent(_MOVED + "person = llm.with_structured_output(Person, method=how())\n", "deepseek"),
    Example.silent(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model="gpt-4o")\n'
        "person = llm.with_structured_output(Person)\n"
    ),
    Example.silent(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(base_url="http://localhost:1/v1")\n'
        "person = llm.with_structured_output(Person)\n",
        "deepseek",
    ),
)
