"""FRM08: LlamaIndex's OpenAI class refuses model names that it does not know.

It looks the context size up in a table of its own (`ValueError: Unknown model`). `OpenAILike` takes its place, with
what it does not know of itself: that the model chats (else it posts to /completions), that it calls functions, and
the context size of the catalogue (else it cuts prompts at 3900 tokens). The class sends a temperature with every
request, also when the program names none: where the provider takes one value only, none is sent.

The package `llama-index-llms-openai-like` is needed from then on.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Operation, Rule, Safety, Site
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import moved_by, needs, point, settled
from migrate_cli.rules.frameworks.requests import along, request_findings
from migrate_cli.rules.support import Example, Situation, put
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM08",
    "llamaindex-chat",
    "LlamaIndex's OpenAI class refuses other providers' models",
    20,
    Safety.SAFE,
    leaves="agents of the old OpenAIAgent kind, which FRM00 speaks of; type annotations, which OpenAILike satisfies",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of LlamaIndex's chat class."""
    move = moved_by(RULE, site)
    if move is None:
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    names = exchange(RULE, site, target, move).names
    found = list(point(RULE, site, target, move, *window(site, target, [new for _, new in names])))
    yield from found
    if any(f.edits for f in found):
        yield from needs(RULE, site, target, move)
        yield from along(found, request_findings(RULE, site, target, move, names))


def window(site: Site, target: Target, models: list[str]) -> Iterator[Operation]:
    """The context size, where the catalogue knows it."""
    known = [m.context for name in models if (m := target.model(name)) is not None and m.context is not None]
    if known and len(known) == len(models) and site.argument("context_window") is None:
        yield put(site, "context_window", str(min(known)))


EXAMPLES = (
    Example(
        'from llama_index.llms.openai import OpenAI\n\nllm = OpenAI(model="gpt-4o-mini", temperature=0.1)\n',
        "import os\n\nfrom llama_index.llms.openai_like import OpenAILike\n\n"
        'llm = OpenAILike(model="ernie-4.5-turbo-128k", temperature=0.1, api_base="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"], is_chat_model=True, is_function_calling_model=True, '
        "context_window=128000)\n",
    ),
    Example(
        'from llama_index.llms.openai import OpenAI\n\nllm = OpenAI("gpt-4o")\n',
        "import os\n\nfrom llama_index.llms.openai_like import OpenAILike\nfrom openai import NOT_GIVEN\n\n"
        'llm = OpenAILike("kimi-k2.6", api_base="https://api.moonshot.cn/v1", '
        'api_key=os.environ["MOONSHOT_API_KEY"], is_chat_model=True, is_function_calling_model=True, '
        'context_window=262144, additional_kwargs={"temperature": NOT_GIVEN, '
        '"extra_body": {"thinking": {"type": "disabled"}}})\n',
        "kimi",
    ),
    Example.untouched(
        'from llama_index.llms.openai import OpenAI\n\nllm = OpenAI(api_base="http://localhost:1/v1")\n'
    ),
    Example.silent(
        "from llama_index.llms.openai_like import OpenAILike\n\n"
        'llm = OpenAILike(model="m", api_base="http://localhost:1/v1", api_key="k")\n'
    ),
    Example.silent('from llama_index.llms.ollama import Ollama\n\nllm = Ollama(model="llama3")\n'),
)
