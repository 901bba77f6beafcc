"""FRM05: LangChain chooses the provider by a text: `init_chat_model("openai:gpt-4o")`, `create_agent("gpt-4.1")`.

`init_chat_model` keeps its prefix (or gets `model_provider="openai"`, where OpenAI was known by the model's name
alone), and base URL, key and model beside it. Functions that take nothing but the text get a `ChatOpenAI` object in
its place. A text that comes from elsewhere may name any provider at run time: it is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import (
    AddImport,
    Certainty,
    Compatibility,
    Finding,
    Operation,
    Rule,
    Safety,
    Site,
)
from migrate_cli.rules.frameworks.built import exchanged, langchain_model, replacement_of, text_here
from migrate_cli.rules.frameworks.models import exchange, split
from migrate_cli.rules.frameworks.moving import moved_by, obstacle, point, settled, short
from migrate_cli.rules.frameworks.requests import along, request_findings
from migrate_cli.rules.support import Example, Situation, edit, manual, put
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM05",
    "langchain-model-strings",
    "the provider chosen by a text such as openai:gpt-4o",
    15,
    Safety.SAFE,
    leaves="texts that come from configuration or from other modules; middleware with several models",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every function that is told the provider by a text."""
    move = moved_by(RULE, site)
    if move is None:
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
    elif move.base is None:
        yield from object_in_place(site, target, move)
    else:
        yield from told_apart(site, target, move)


def told_apart(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """`init_chat_model`, which takes base URL and key itself."""
    values = [v for a in site.model_arguments for v in a.values]
    prefixes = {split(site, v.literal)[0] for v in values if isinstance(v.literal, str)}
    provider = site.argument("model_provider")
    azure = "azure_openai:" in prefixes or (provider is not None and provider.literal == "azure_openai")
    if azure or site.certainty is not Certainty.PROVED or not values:
        yield out_of_reach(site, target)
        return
    extra: list[Operation] = []
    if "" in prefixes and provider is None:
        extra.append(put(site, "model_provider", '"openai"'))
    found = list(point(RULE, site, target, move, *extra))
    yield from found
    if any(f.edits for f in found):
        names = exchange(RULE, site, target, move).names
        yield from along(found, request_findings(RULE, site, target, move, names))


def object_in_place(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """A function that takes a text or an object: it gets the object."""
    here = text_here(site)
    blocked = obstacle(site, target, move)
    new = replacement_of(site, target, here[1]) if here is not None else None
    if blocked is not None:
        yield manual(RULE, site, target, blocked[0], compatibility=blocked[1], advice=blocked[2])
        return
    if here is None or new is None or new[0].startswith("azure"):
        yield out_of_reach(site, target)
        return
    code = langchain_model(target, new[1], new[2])
    edits = exchanged(site, here[1], code, target)
    words = f"{short(site)}: {here[1].literal} → ChatOpenAI with {new[2]} at {target.base_url}"
    yield edit(
        RULE, site, target, words, *edits, AddImport(site.path, "from langchain_openai import ChatOpenAI")
    )


def out_of_reach(site: Site, target: Target) -> Finding:
    """A text that is not written here, or that means Azure."""
    return manual(
        RULE,
        site,
        target,
        f"{short(site)} chooses OpenAI by a text that is not plainly written here",
        compatibility=Compatibility.DIFFERS,
        advice=f"pass {langchain_model(target, '', '<model>')} instead",
    )


EXAMPLES = (
    Example(
        'from langchain.chat_models import init_chat_model\n\nllm = init_chat_model("openai:gpt-4o-mini")\n',
        "import os\n\nfrom langchain.chat_models import init_chat_model\n\n"
        'llm = init_chat_model("openai:ernie-4.5-turbo-128k", base_url="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"])\n',
    ),
    Example(
        'from langchain.chat_models import init_chat_model\n\nllm = init_chat_model("gpt-4o-mini")\n',
        "import os\n\nfrom langchain.chat_models import init_chat_model\n\n"
        'llm = init_chat_model("ernie-4.5-turbo-128k", base_url="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"], model_provider="openai")\n',
    ),
    Example(
        'from langgraph.prebuilt import create_react_agent\n\nagent = create_react_agent("openai:gpt-4o", [look_up])\n',
        "import os\n\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n"
        'agent = create_react_agent(ChatOpenAI(model="deepseek-flash", base_url="https://api.deepseek.com", '
        'api_key=os.environ["DEEPSEEK_API_KEY"], extra_body={"thinking": {"type": "disabled"}}), [look_up])\n',
        "deepseek",
    ),
    Example.silent(
        'from langchain.chat_models import init_chat_model\n\nllm = init_chat_model("anthropic:claude-3")\n'
    ),
    Example.untouched(
        "from langchain.chat_models import init_chat_model\n\n"
        'llm = init_chat_model("gpt-4o", model_provider="azure_openai")\n'
    ),
    Example.untouched(
        "from langchain.chat_models import init_chat_model\n\n\ndef make(name):\n    return init_chat_model(name)\n"
    ),
    Example.silent(
        'from langgraph.prebuilt import create_react_agent\n\nagent = create_react_agent("groq:llama", [])\n'
    ),
)
