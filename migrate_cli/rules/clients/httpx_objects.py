"""SDK17: objects of httpx that are given to the client.

openai 3 (August 2026) works with httpx2 and does not install httpx: `import httpx` fails after a clean installation,
and clients, transports and timeouts of httpx are of the wrong library. A move to another provider alone changes
nothing about it, so this is a word, unless `--upgrade-sdk` raises the SDK in the same go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Argument, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK17",
    "httpx-objects",
    "httpx objects given to the client",
    10,
    Safety.ADVICE,
    leaves="objects that a function in between makes; which version of the SDK is installed",
)

NAMES = ("http_client", "timeout")
_HTTPX = re.compile(r"\bhttpx\.")
SOURCE = "https://github.com/openai/openai-python/blob/main/httpx2.md"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each argument of a client that is made with httpx."""
    if site.kind is not SiteKind.CLIENT:
        return
    for argument in (a for name in NAMES for a in site.named(name)):
        if not made_by_httpx(argument):
            continue
        words = f"`{argument.name}` is an object of httpx, which openai 3 neither installs nor takes"
        if situation.options.upgrade_sdk:
            advice = "make it with httpx2 (openai.DefaultHttpx2Client), or keep openai below 3"
            yield review(RULE, site, target, words, advice=advice, source=SOURCE)
        else:
            yield note(RULE, site, target, words, source=SOURCE)


def made_by_httpx(argument: Argument) -> bool:
    """Whether the value is written, or found, to come from httpx itself."""
    texts = (argument.code, *(v.because or "" for v in argument.values))
    return any(_HTTPX.search(text) for text in texts)


EXAMPLES = (
    Example.told(
        "import httpx\nfrom openai import OpenAI\n\nclient = OpenAI(http_client=httpx.Client())\n",
        "neither installs nor takes",
    ),
    Example.told(
        "import httpx\nfrom openai import OpenAI\n\nslow = httpx.Timeout(30)\nclient = OpenAI(timeout=slow)\n",
        "`timeout` is an object of httpx",
    ),
    Example.silent("from openai import OpenAI\n\nclient = OpenAI(timeout=30)\n"),
    Example.silent(
        "from openai import DefaultHttpxClient, OpenAI\n\nclient = OpenAI(http_client=DefaultHttpxClient())\n"
    ),
    Example.silent("import httpx\nfrom openai import OpenAI\n\nhttpx.get(url)\nclient = OpenAI()\n"),
)
