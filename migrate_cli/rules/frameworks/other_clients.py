"""FRM18: the model objects of DSPy, Haystack and Semantic Kernel.

`dspy.LM` asks for `openai/MODEL` with `api_base` and `api_key`. Up to DSPy 3.3 LiteLLM sends its requests; since 3.4
DSPy sends them itself, with `max_tokens` under the name max_completion_tokens, unless a field that only LiteLLM takes
(`extra_body`) is there: so the limit goes into that where the provider knows the old name only. `dspy.Embedder` is
pointed in the same way, with the provider's number of texts per request. Haystack's generators and
embedders get `api_base_url` and `Secret.from_env_var(...)`. Semantic Kernel's chat service is given a client of the
openai package, which is where base URL and key go; without one it reads the OPENAI_* variables. A client that it is
given already is moved by the rules for clients, and only the model is changed here.

Guidance, DSPy's old `dspy.OpenAI` and the classes for Azure are spoken of by FRM00.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.catalogue.types import Embedding
from migrate_cli.model import AddImport, Finding, Operation, Origin, Rule, Safety, Site
from migrate_cli.rules.clients.client_endpoint import imported, key_given_by, remark_finding
from migrate_cli.rules.frameworks.langchain_embeddings import sized
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import moved_by
from migrate_cli.rules.frameworks.straight import moved
from migrate_cli.rules.support import Example, Situation, note, put, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM18",
    "other-clients",
    "models of DSPy, Haystack and Semantic Kernel without the provider's address",
    15,
    Safety.SAFE,
    leaves="guidance, dspy.OpenAI, Haystack 1, Azure's classes and other services than chat and embeddings (FRM00)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of one of the classes."""
    move = moved_by(RULE, site)
    if move is None:
        return
    if site.framework != "semantic_kernel":
        extra = sized(site, move, vectors(site, target, move))
        yield from moved(RULE, site, target, move, *extra)
        return
    found = list(moved(RULE, site, target, move, *service(site, target)))
    yield from found
    code = own_key(site)
    if any(f.edits for f in found) and code is not None:
        yield remark_finding(RULE, site, target, key_given_by(code, target))
    if any(f.edits for f in found) and not site.model_arguments:
        words = f"the model is read from OPENAI_CHAT_MODEL_ID: set it to a model of {target.provider.name}"
        yield note(RULE, site, target, words)


def vectors(site: Site, target: Target, move: Move) -> Embedding | None:
    """What is known of the embeddings of the model that takes the old one's place."""
    names = exchange(RULE, site, target, move).names
    model = target.model(names[0][1]) if names else None
    return model.embedding if model is not None else None


def service(site: Site, target: Target) -> list[Operation]:
    """The client that Semantic Kernel's service is given, unless it has one; a key that the program makes stays."""
    if site.argument("async_client") is not None:
        return []
    code = own_key(site) or target.key_code
    return [
        put(site, "async_client", f"AsyncOpenAI(base_url={quoted(target.base_url)}, api_key={code})"),
        AddImport(site.path, "from openai import AsyncOpenAI"),
        *imported(site.path, code),
    ]


def own_key(site: Site) -> str | None:
    """The key as the program makes it, where that is neither written out nor one of OpenAI's variables."""
    given = site.argument("api_key")
    made = given is not None and any(v.origin in (Origin.DYNAMIC, Origin.FILE) for v in given.values)
    return given.code if given is not None and made else None


EXAMPLES = (
    Example(
        'import dspy\n\nlm = dspy.LM("openai/gpt-4o-mini", temperature=0.1)\n',
        "import os\n\nimport dspy\n\n"
        'lm = dspy.LM("openai/deepseek-flash", temperature=0.1, api_base="https://api.deepseek.com", '
        'api_key=os.environ["DEEPSEEK_API_KEY"], extra_body={"thinking": {"type": "disabled"}})\n',
        "deepseek",
    ),
    Example(
        'import dspy\n\nlm = dspy.LM("openai/gpt-4o-mini", max_tokens=5000)\n',
        "import os\n\nimport dspy\n\n"
        'lm = dspy.LM("openai/ernie-4.5-turbo-128k", api_base="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"], extra_body={"max_tokens": 5000})\n',
    ),
    Example(
        'import dspy\n\nembed = dspy.Embedder("openai/text-embedding-3-small")\n',
        "import os\n\nimport dspy\n\n"
        'embed = dspy.Embedder("openai/embedding-3", api_base="https://open.bigmodel.cn/api/paas/v4", '
        'api_key=os.environ["ZAI_API_KEY"], batch_size=64)\n',
        "glm",
    ),
    Example(
        "from haystack.components.generators.chat import OpenAIChatGenerator\n\n"
        'generator = OpenAIChatGenerator(model="gpt-4o")\n',
        "from haystack.components.generators.chat import OpenAIChatGenerator\n"
        "from haystack.utils import Secret\n\n"
        'generator = OpenAIChatGenerator(model="deepseek-flash", api_base_url="https://api.deepseek.com", '
        'api_key=Secret.from_env_var("DEEPSEEK_API_KEY"), generation_kwargs={"extra_body": {"thinking": '
        '{"type": "disabled"}}})\n',
        "deepseek",
    ),
    Example(
        "from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion\n\n"
        'service = OpenAIChatCompletion(ai_model_id="gpt-4o", api_key=load())\n',
        "from openai import AsyncOpenAI\n"
        "from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion\n\n"
        'service = OpenAIChatCompletion(ai_model_id="ernie-5.0", '
        'async_client=AsyncOpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=load()))\n',
    ),
    Example.silent("import dspy\n\nembed = dspy.Embedder(model.encode)\n"),
    Example.silent('import dspy\n\nlm = dspy.LM("anthropic/claude-3-5-haiku")\n'),
    Example.untouched(
        'import dspy\n\nlm = dspy.LM("openai/m", api_base="http://localhost:1/v1", api_key="k")\n'
    ),
    Example.silent(
        "from haystack_integrations.components.generators.ollama import OllamaChatGenerator\n\n"
        'generator = OllamaChatGenerator(model="llama3")\n'
    ),
)
