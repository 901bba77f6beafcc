"""FRM01: LangChain's chat model without the provider's address, key and model.

`ChatOpenAI` gets base URL, key and model, under the names that the constructor already uses (`openai_api_base` and
`openai_api_key` for the classes of old releases). `AzureChatOpenAI` becomes `ChatOpenAI`. Where the provider's model
thinks by default and the old one did not, `extra_body` switches it off: LangChain drops `reasoning_content` on the
way in, so that the second request of a tool loop on a thinking model is refused. `max_tokens` moves to `extra_body`
where the provider does not take max_completion_tokens, which is what current releases send. Sampling parameters are
held to what the provider takes.

An organisation of OpenAI is dropped. Base URL, key and model are one change: all are written, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, Rule, Safety, Site
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import moved_by, point, settled
from migrate_cli.rules.frameworks.requests import along, request_findings
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM01",
    "langchain-chat",
    "LangChain's ChatOpenAI without the provider's address, key and model",
    15,
    Safety.SAFE,
    leaves="fields of settings classes that LangChain objects are built from; constructors with a `**` that cannot be "
    "followed; the provider's own LangChain package (langchain-deepseek, langchain-qwq), which keeps the reasoning",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of LangChain's chat class."""
    move = moved_by(RULE, site)
    if move is None:
        return
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    found = list(point(RULE, site, target, move))
    yield from found
    if any(f.level in (Level.EDIT, Level.REVIEW) and f.edits for f in found):
        names = exchange(RULE, site, target, move).names
        yield from along(found, request_findings(RULE, site, target, move, names))


EXAMPLES = (
    Example(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model="gpt-4o-mini")\n',
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="ernie-4.5-turbo-128k", base_url="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"])\n',
    ),
    Example(
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model_name="gpt-4o", openai_api_key=load(), max_tokens=500, temperature=0)\n',
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model_name="deepseek-flash", openai_api_key=load(), temperature=0, '
        'base_url="https://api.deepseek.com", '
        'extra_body={"thinking": {"type": "disabled"}, "max_tokens": 500})\n',
        "deepseek",
    ),
    Example(
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="gpt-4o", temperature=0.2)\n',
        "import os\n\nfrom langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="kimi-k2.6", base_url="https://api.moonshot.cn/v1", '
        'api_key=os.environ["MOONSHOT_API_KEY"], extra_body={"thinking": {"type": "disabled"}})\n',
        "kimi",
    ),
    Example.untouched(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model="m", base_url="http://localhost:1/v1")\n'
    ),
    Example.untouched(
        "from langchain_openai import ChatOpenAI\n\n\ndef make(**o):\n    return ChatOpenAI(**o)\n"
    ),
    Example.silent(
        'from langchain_anthropic import ChatAnthropic\n\nllm = ChatAnthropic(model="claude-3-haiku")\n'
    ),
    Example.told(
        "from langchain_openai import AzureChatOpenAI\n\n"
        'llm = AzureChatOpenAI(azure_deployment="prod", azure_endpoint="https://x.openai.azure.com")\n',
        "known to Azure only",
    ),
    Example.told(
        "from langchain_openai import AzureChatOpenAI\n\nllm = AzureChatOpenAI()\n", "no model is named"
    ),
    Example.told(
        'from langchain_openai import ChatOpenAI\n\nfor name in ["gpt-4", "gpt-4o", "gpt-4-turbo", "gpt-3.5-turbo"]:\n'
        "    ask(ChatOpenAI(model=name, temperature=0.2))\n",
        "one of several that the program chooses from",
        "kimi",
    ),
    Example.told(
        'from langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model="our-deployment")\n',
        "our-deployment is no model name that we know",
    ),
)
