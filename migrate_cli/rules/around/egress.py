"""CFG07: lists of hosts that a program may reach: network policies, proxies, content security policies, firewalls.

After the move the program asks another host, which such a list does not hold yet: requests are refused, often without
a word in the program's own log. The host is told; the list is the user's to change, and OpenAI's host may go when
nothing else needs it. A custom certificate bundle set up for requests through certifi is ignored by openai 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from migrate_cli.model import Finding, Rule, Site, SiteKind
from migrate_cli.rules.around.app_config import is_base
from migrate_cli.rules.around.shell_and_docs import SCRIPTS
from migrate_cli.rules.steps import allowed
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG07",
    "egress-list",
    "list of hosts that may be reached, with OpenAI's",
    10,
    leaves="firewalls and proxies outside of the repository, and certificate bundles",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every host of OpenAI's that stands alone in a file around the code."""
    if site.form is None or site.form in SCRIPTS or site.kind is not SiteKind.URL or target.id == "azure":
        return
    if not is_base(site.code):
        host = urlsplit(target.base_url).netloc
        advice = f"allow {host} too; {site.symbol} may go when nothing else needs it"
        found = manual(RULE, site, target, f"{site.symbol} is allowed here, {host} is not", advice=advice)
        yield replace(found, steps=(allowed(host),))


EXAMPLES = (
    Example.told(
        "spec:\n  egress:\n  - toFQDNs:\n    - matchName: api.openai.com\n",
        "qianfan.baidubce.com",
        path="policy.yaml",
    ),
    Example.told('hosts = ["api.openai.com", "pypi.org"]\n', "open.bigmodel.cn", "glm", path="proxy.toml"),
    Example.silent("base_url: https://api.openai.com/v1\n", path="config.yaml"),
    Example.silent("hosts: [api.groq.com]\n", path="policy.yaml"),
)
