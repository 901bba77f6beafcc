"""SDK10: an Azure client becomes a plain one.

`AzureOpenAI` builds its URLs from deployments and sends another key header, so it cannot talk to a provider. The
class is replaced, the Azure-only arguments go, base URL and key come. Deployment names are private: one that is no
OpenAI model name is reported by SDK12.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    AddImport,
    Finding,
    Operation,
    RemoveImport,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.clients.client_endpoint import obstacle, point
from migrate_cli.rules.support import Example, Situation, drop, manual, note, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK10",
    "azure-client",
    "Azure OpenAI client",
    15,
    Safety.SAFE,
    leaves="clients whose arguments cannot be followed; annotations and tests that name the Azure class",
)

PLAIN_NAMES = {"openai.AzureOpenAI": "OpenAI", "openai.AsyncAzureOpenAI": "AsyncOpenAI"}
FROM_PROJECT = "get_openai_client"
AZURE_ONLY = (
    "azure_endpoint",
    "api_version",
    "azure_deployment",
    "azure_ad_token",
    "azure_ad_token_provider",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the constructor of an Azure client."""
    if site.kind is SiteKind.CLIENT and site.symbol == FROM_PROJECT and target.id != "azure":
        words = "the client belongs to a project of Azure AI Foundry"
        advice = f"construct OpenAI(base_url={target.base_url!r}, api_key=…) instead"
        yield manual(RULE, site, target, words, advice=advice)
        return
    plain = PLAIN_NAMES.get(site.symbol)
    if site.kind is not SiteKind.CLIENT or plain is None or target.id == "azure" or site.elsewhere:
        return
    if site.unfollowed:
        words = f"arguments come from `**{site.unfollowed[0]}`, which cannot be followed"
        yield manual(RULE, site, target, words, advice=by_hand(site, target, plain))
        return
    if obstacle(site, target, situation) is not None:
        yield from point(RULE, site, target, situation)
        return
    given = [a for name in AZURE_ONLY if (a := site.argument(name)) is not None]
    yield from deployment(site, target, situation)
    yield from point(RULE, site, target, situation, *swap(site, plain), *(drop(site, a) for a in given))


def by_hand(site: Site, target: Target, plain: str) -> str:
    """All that has to be changed at a constructor that the tool leaves."""
    key = f", api_key={target.key_code}" if target.key_variable else ""
    return (
        f"construct {plain}(base_url={quoted(target.base_url)}{key}) without {', '.join(AZURE_ONLY)}, "
        f"and give each call a model of {target.provider.name} in place of the deployment"
    )


def deployment(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The deployment of the client answers all its calls, whatever model they name: afterwards the name counts."""
    argument = site.argument("azure_deployment")
    name = argument.literal if argument is not None else None
    if not isinstance(name, str) or target.choose(name) is not None or target.serves(name):
        return
    calls = situation.calls.get(site.id, ())
    models = {
        v.literal for c in calls for a in c.model_arguments for v in a.values if isinstance(v.literal, str)
    }
    if name in models:
        return  # SDK12 speaks of it at the call
    words = f"all calls of this client go to the deployment {name}, whatever model they name: now that name counts"
    yield note(RULE, site, target, words)


def swap(site: Site, plain: str) -> list[Operation]:
    """Operations that replace the class."""
    azure = site.symbol.rsplit(".", 1)[-1]
    if site.dotted:
        prefix = site.code[: site.code.index("(")].rsplit(".", 1)[0]
        return [ReplaceExpression(site.path, site.anchor, f"{prefix}.{plain}")]
    return [
        ReplaceExpression(site.path, site.anchor, plain),
        AddImport(site.path, f"from openai import {plain}"),
        RemoveImport(site.path, "openai", azure),
    ]


EXAMPLES = (
    Example(
        "import os\nfrom openai import AzureOpenAI\n\n"
        'client = AzureOpenAI(azure_endpoint="https://x.openai.azure.com", api_version="2024-06-01", api_key=load())\n',
        "import os\nfrom openai import OpenAI\n\n"
        'client = OpenAI(api_key=load(), base_url="https://open.bigmodel.cn/api/paas/v4")\n',
        "glm",
    ),
    Example.told(
        "from openai import AzureOpenAI\n\n\ndef f(**o):\n    return AzureOpenAI(**o)\n",
        "arguments come from `**o`",
        "qwen",
    ),
    Example.untouched("from azure.openai import AzureOpenAI\n\nclient = AzureOpenAI()\n"),
    Example.untouched("from openai import AzureOpenAI\n\n\ndef f(**o):\n    return AzureOpenAI(**o)\n"),
)
