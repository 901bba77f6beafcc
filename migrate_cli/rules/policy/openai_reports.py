"""POL03: requests for OpenAI's own usage, cost and traces.

Scripts and dashboards that ask OpenAI what was used show nothing after the move, and traces that are sent there carry
prompts on. Tracing of openai-agents is FRM15's, stored answers (`store=True`) are PRM15's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "POL03",
    "openai-reports",
    "usage, cost or traces at OpenAI",
    30,
    Safety.ADVICE,
    leaves="tracing that a framework does by itself (FRM15); exports from OpenAI's web pages",
)

PATHS = {
    r"/(v1/)?dashboard/billing": "billing",
    r"/v1/organization/(usage|costs)": "usage and cost",
    r"/v1/usage\b": "usage",
    r"/v1/traces\b": "traces",
}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every request or address of that kind."""
    if site.kind not in (SiteKind.REQUEST, SiteKind.URL) or target.id == "azure":
        return
    kind = next((what for path, what in PATHS.items() if re.search(path, site.code)), None)
    if kind is None:
        return
    if kind == "traces":
        words = "traces go to OpenAI, with what they hold of prompts and answers"
        advice = "switch them off, or send them to a tracing service of your own"
    else:
        words = f"asks OpenAI for its {kind}: what {target.provider.name} answers is not counted there"
        advice = (
            f"take the numbers from the console of {target.provider.name}, or count `usage` of the answers"
        )
    yield manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=advice)


EXAMPLES = (
    Example.told(
        'import requests\n\nrequests.get("https://api.openai.com/v1/organization/costs", headers=h)\n',
        "usage and cost",
        "deepseek",
    ),
    Example.told(
        'URL = "https://api.openai.com/dashboard/billing/credit_grants"\n', "asks OpenAI for its billing"
    ),
    Example.silent('import requests\n\nrequests.get("https://api.openai.com/v1/models")\n'),
    Example.silent('import requests\n\nrequests.get("https://example.com/v1/usage")\n'),
)
