"""NAT04: a vendor's own package that is no longer kept up, in a project that also uses OpenAI's.

qianfan, erniebot, sensenova, sparkai and zhipuai have seen no release since 2024 or 2025, pin old versions of what
others need and sign in by other means; the Hunyuan service behind tencentcloud's client closed on 2026-09-30. The
same models answer on the OpenAI-compatible endpoints, so such code can go through the client that stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.sites.hints.topics import DEAD, DEAD_SDK
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "NAT04",
    "dead-sdk",
    "vendor's own package without a future",
    30,
    Safety.ADVICE,
    leaves="files that do not use OpenAI as well; requirements on such a package",
)
SOURCE = "https://cloud.tencent.com/announce/detail/2405"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every import of such a package."""
    if site.kind is not SiteKind.HINT or site.symbol != DEAD_SDK:
        return
    name = next((d for d in DEAD if d in site.code), site.code)
    if name.startswith("tencentcloud"):
        words, source = f"the service behind {name} closed on 2026-09-30", SOURCE
    else:
        words, source = f"{name} has seen no release since 2025", None
    advice = "call the vendor's OpenAI-compatible endpoint with the openai package instead"
    yield review(RULE, site, target, words, advice=advice, source=source)


USE = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told("import qianfan\n" + USE, "qianfan has seen no release", "glm"),
    Example.told(
        "from tencentcloud.hunyuan.v20230901 import hunyuan_client\n" + USE, "2026-09-30", "hunyuan"
    ),
    Example.silent("from zai import ZhipuAiClient\n" + USE, "glm"),
    Example.silent("from .qianfan import ask\n" + USE, "ernie"),
    Example.silent("import qianfan\n", "ernie"),
)
