"""FRM16: AutoGen's model client and its lists of configurations.

`OpenAIChatCompletionClient` of autogen-ext gets base URL, key and model, and `model_info`, without which it refuses
names that it does not know. What the catalogue does not tell is given as False: AutoGen then refuses such a request
itself instead of sending it. `include_name_in_message=False` keeps the `name` field out of the messages, which some
providers refuse.

The entries of a `config_list` (AutoGen 0.2, ag2) that name OpenAI's models get the same three; the entries of other
vendors stay. Sampling parameters in an entry, or beside the list, are brought within the provider's limits. Lists in a
file or variable (OAI_CONFIG_LIST) are left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.litellm_models import entries
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import moved_by
from migrate_cli.rules.frameworks.sampling import sampled
from migrate_cli.rules.frameworks.straight import moved
from migrate_cli.rules.support import Example, Situation, manual, put
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM16",
    "autogen-clients",
    "AutoGen's model clients and lists of configurations",
    15,
    Safety.SAFE,
    leaves="OAI_CONFIG_LIST in files and variables; Azure's client; the prices that AutoGen knows",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for a model client, or for every entry of a list of configurations."""
    move = moved_by(RULE, site)
    if move is None:
        return
    if not move.under:
        yield from entries(RULE, site, target, move, "the configuration")
        yield from sampled(RULE, site, target, move)
    elif site.symbol.endswith(".AzureOpenAIChatCompletionClient"):
        words = "AzureOpenAIChatCompletionClient speaks to Azure only"
        advice = f'use OpenAIChatCompletionClient with base_url="{target.base_url}"'
        yield manual(RULE, site, target, words, advice=advice)
    else:
        names = exchange(RULE, site, target, move).names
        extra = []
        if names and site.argument("model_info") is None and site.argument("model_capabilities") is None:
            extra.append(put(site, "model_info", info(target, names[0][1])))
        if names and site.argument("include_name_in_message") is None:
            extra.append(put(site, "include_name_in_message", "False"))
        yield from moved(RULE, site, target, move, *extra)


def info(target: Target, name: str) -> str:
    """What AutoGen has to know of a model, from the catalogue; what is not known is False."""
    model = target.model(name)
    sees = model is not None and "image" in model.modalities
    known = {
        "vision": sees,
        "function_calling": takes(target, "tools", name),
        "json_output": takes(target, "response_format_json_object", name),
    }
    flags = ", ".join(f'"{word}": {value}' for word, value in known.items())
    return f'{{{flags}, "structured_output": False, "family": "unknown"}}'


def takes(target: Target, parameter: str, model: str) -> bool:
    """Whether a provider is known to take a parameter of chats."""
    entry = target.parameter(parameter, model)
    return entry is not None and entry.support not in (Support.REJECTED, Support.UNKNOWN)


EXAMPLES = (
    Example(
        "from autogen_ext.models.openai import OpenAIChatCompletionClient\n\n"
        'client = OpenAIChatCompletionClient(model="gpt-4o")\n',
        "import os\n\nfrom autogen_ext.models.openai import OpenAIChatCompletionClient\n\n"
        'client = OpenAIChatCompletionClient(model="deepseek-flash", base_url="https://api.deepseek.com", '
        'api_key=os.environ["DEEPSEEK_API_KEY"], model_info={"vision": True, "function_calling": True, '
        '"json_output": True, "structured_output": False, "family": "unknown"}, '
        'include_name_in_message=False, extra_body={"thinking": {"type": "disabled"}})\n',
        "deepseek",
    ),
    Example(
        'from autogen import AssistantAgent\n\nCONFIG = [{"model": "gpt-4"}]\n'
        'agent = AssistantAgent("a", llm_config={"config_list": CONFIG})\n',
        "import os\n\nfrom autogen import AssistantAgent\n\n"
        'CONFIG = [{"model": "kimi-k2.6", "base_url": "https://api.moonshot.cn/v1", "api_key": '
        'os.environ["MOONSHOT_API_KEY"], "extra_body": {"thinking": {"type": "disabled"}}}]\n'
        'agent = AssistantAgent("a", llm_config={"config_list": CONFIG})\n',
        "kimi",
    ),
    Example(
        "from autogen import AssistantAgent\n\n"
        'agent = AssistantAgent("a", llm_config={"config_list": [{"model": "gpt-4", "api_key": load()}], '
        '"temperature": 0.2})\n',
        "from autogen import AssistantAgent\n\n"
        'agent = AssistantAgent("a", llm_config={"config_list": [{"model": "kimi-k2.6", "api_key": load(), '
        '"base_url": "https://api.moonshot.cn/v1", "extra_body": {"thinking": {"type": "disabled"}}}]})\n',
        "kimi",
    ),
    Example.untouched(
        "from autogen_ext.models.openai import OpenAIChatCompletionClient\n\n"
        'client = OpenAIChatCompletionClient(model="m", base_url="http://localhost:1/v1", api_key="k")\n'
    ),
    Example.silent(
        "from autogen import AssistantAgent\n\n"
        'agent = AssistantAgent("a", llm_config={"config_list": [{"model": "claude-3", "api_type": "anthropic"}]})\n'
    ),
)
