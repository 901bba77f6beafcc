"""TST03: tests that put something else in the place of the SDK, or of OpenAI's host.

A replacement of the SDK (`patch("openai.OpenAI")`, `monkeypatch.setattr(client.chat.completions, "create", …)`) goes
on working while the openai package stays the client. One that answers for `api.openai.com` does not: once the base
URL has changed, the program asks another host, and the test reaches the network.

Does not handle: recorded cassettes, and paths inside the program that lead to the SDK only at run time.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule("TST03", "test-patch", "test that replaces the SDK or OpenAI's host", 10)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every replacement."""
    if site.kind is not SiteKind.PATCH:
        return
    if is_host(site.symbol):
        advice = f"answer for {target.base_url} instead of {site.symbol}"
        if "respx" in site.code:
            advice += "; with openai 3 respx no longer sees the SDK's requests"
        words = f"the test answers for {site.symbol}, which is not asked after the move"
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
    elif site.legacy:
        yield skip(
            RULE, site, target, "replaces a class of openai<1, which stays; goes when the SDK is upgraded"
        )
    else:
        yield skip(RULE, site, target, "replaces a part of the openai package, which stays the client")


def is_host(symbol: str) -> bool:
    """Whether a patch stands for a host and not for a name of the SDK."""
    return symbol.endswith((".com", ".us", ".cn"))


EXAMPLES = (
    Example.untouched(
        'from unittest.mock import patch\n\n\n@patch("openai.ChatCompletion.create")\n'
        "def test_answer(create):\n    create.return_value = {}\n"
    ),
    Example.untouched(
        'import respx\n\n\ndef test_answer():\n    respx.post("https://api.openai.com/v1/chat/completions")\n'
    ),
)
