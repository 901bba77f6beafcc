"""POL02: the program was told to keep its data in one place.

`data_residency`, OpenAI's regional hosts (`eu.api.openai.com`) and Azure's regions say that somebody cares where the
prompts go. The move takes them to another country and another contract. Where nothing says so, the report names the
host all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "POL02",
    "data-location",
    "data that was to stay in one place",
    30,
    Safety.ADVICE,
    leaves="contracts, personal data in prompts, and places that only the deployment knows",
)

REGIONAL = re.compile(r"//(eu|us|uk|in|jp|kr|sg|ca|au|ae)\.api\.openai\.com\b")
AZURE = re.compile(
    r"//(?:[\w-]*[-.])?(swedencentral|francecentral|germanywestcentral|westeurope|northeurope|switzerlandnorth"
    r"|norwayeast|uksouth|italynorth|polandcentral|spaincentral|usgov\w*|eu|emea)\b[\w.-]*azure",
    re.IGNORECASE,
)
ADDRESSES = ("base_url", "azure_endpoint", "api_base")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every client or setting that names a place."""
    if site.kind not in (SiteKind.CLIENT, SiteKind.SETTING) or site.elsewhere is not None:
        return
    if target.id in ("azure", "local"):
        return
    sign = place(site)
    if sign is not None:
        host = urlsplit(target.base_url).hostname
        where = f"{host} ({target.address.name})"
        words = f"{sign} keeps the data in a place of its own; {target.provider.name} takes it to {where}"
        advice = "ask whoever answers for the data whether it may go there before anything is sent"
        yield review(RULE, site, target, words, advice=advice)


def place(site: Site) -> str | None:
    """What names the place."""
    residency = site.argument("data_residency")
    if residency is not None and residency.code != "None":
        return f"`data_residency={residency.code}`"
    for argument in (a for name in ADDRESSES for a in site.named(name)):
        for value in argument.values:
            text = str(value.literal or value.known or "")
            found = REGIONAL.search(text) or AZURE.search(text)
            if found is not None:
                return f"{urlsplit(text).hostname}"
    return None


EXAMPLES = (
    Example.told(
        'from openai import OpenAI\n\nclient = OpenAI(data_residency="eu")\n',
        'data_residency="eu"',
        "deepseek",
    ),
    Example.told(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="https://eu.api.openai.com/v1")\n',
        "eu.api.openai.com keeps the data",
        "qwen",
    ),
    Example.told(
        "from openai import AzureOpenAI\n\n"
        'client = AzureOpenAI(azure_endpoint="https://shop-swedencentral.openai.azure.com", api_version="1")\n',
        "shop-swedencentral",
        "kimi",
    ),
    Example.silent(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="https://api.openai.com/v1")\n', "qwen"
    ),
    Example.silent(
        "from openai import AzureOpenAI\n\n"
        'client = AzureOpenAI(azure_endpoint="https://europa.openai.azure.com", api_version="1")\n',
        "kimi",
    ),
)
