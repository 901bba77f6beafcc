"""TST03: tests that put something else in the place of the SDK, or of OpenAI's host.

A replacement of the SDK (`patch("openai.OpenAI")`, `monkeypatch.setattr(client.chat.completions, "create", …)`) goes
on working while the openai package stays the client. One that answers for `api.openai.com` does not: once the base
URL has changed, the program asks another host, and the test reaches the network.

With `--upgrade-sdk`, `patch("openai.ChatCompletion.create", return_value={…})` replaces the method of the current
SDK's resource class, whatever client calls it, and gives an object of the SDK.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Options, Rule, Safety, Site, SiteKind
from migrate_cli.rules.legacy.patches import upgraded
from migrate_cli.rules.support import Example, Situation, manual, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TST03",
    "test-patch",
    "test that replaces the SDK or OpenAI's host",
    10,
    Safety.SAFE,
    leaves="paths inside the program that lead to the SDK only at run time, and what a replacement gives where that is "
    "not written at the call of `patch`",
    covers=("TST01", "TST03"),
)


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
    elif site.legacy and situation.upgrade.bundles:
        yield from upgraded(RULE, site, target, situation)
    elif site.legacy:
        yield skip(
            RULE, site, target, "replaces a class of openai<1, which stays; goes when the SDK is upgraded"
        )
    else:
        yield skip(RULE, site, target, "replaces a part of the openai package, which stays the client")


def is_host(symbol: str) -> bool:
    """Whether a patch stands for a host and not for a name of the SDK."""
    return symbol.endswith((".com", ".us", ".cn"))


UPGRADE = Options(upgrade_sdk=True)
USED = "import openai\nfrom unittest.mock import patch\n\n\ndef ask():\n    return "
EXAMPLES = (
    Example(
        USED + "openai.ChatCompletion.create(model=m, messages=[]).choices[0].message.content\n\n\n"
        'with patch("openai.ChatCompletion.create", return_value={"choices": []}):\n    ask()\n',
        USED + "openai.chat.completions.create(model=m, messages=[]).choices[0].message.content\n\n\n"
        'with patch("openai.resources.chat.completions.Completions.create", '
        'return_value=openai.types.chat.ChatCompletion.construct(**{"choices": []})):\n    ask()\n',
        beside=("SDK02", "SDK04"),
        options=UPGRADE,
    ),
    Example.told(
        USED + "openai.ChatCompletion.create(model=m, messages=[]).id\n\n\n"
        'monkeypatch.setattr(openai.ChatCompletion, "create", fake)\n',
        "the program now calls openai.resources.chat.completions.Completions.create",
        options=UPGRADE,
    ),
    Example.untouched(
        'from unittest.mock import patch\n\n\n@patch("openai.ChatCompletion.create")\n'
        "def test_answer(create):\n    create.return_value = {}\n"
    ),
    Example.untouched(
        'import respx\n\n\ndef test_answer():\n    respx.post("https://api.openai.com/v1/chat/completions")\n'
    ),
)
