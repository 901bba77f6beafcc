"""SDK11: an Azure client that signs in with Entra ID tokens.

Other providers take a static key. SDK10 moves the client and reads the key from the environment; what is new is a
secret that has to be kept and changed from time to time, and code around the token that has become useless.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Argument, Finding, Origin, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK11",
    "entra-sign-in",
    "Entra ID tokens in place of a key",
    20,
    Safety.ADVICE,
    leaves="credentials that reach the client through a function or a dictionary that cannot be followed",
)

TOKENS = ("azure_ad_token_provider", "azure_ad_token")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every client that is given a token."""
    if site.kind is not SiteKind.CLIENT or target.id == "azure" or site.elsewhere is not None:
        return
    given = next((a for name in TOKENS if (a := site.argument(name)) is not None and not empty(a)), None)
    plain = site.argument("api_key")
    if given is not None and plain is not None and not empty(plain):
        words = f"may sign in with Entra ID (`{given.name}`) where it has no key"
        words = f"{words}, which is all that {target.provider.name} takes"
        yield note(RULE, site, target, words)
        return
    if given is not None:
        words = f"signs in with Entra ID (`{given.name}`), but {target.provider.name} takes a static key"
    elif plain is not None and "bearer_token_provider" in plain.code + because(site):
        words = f"signs in with Entra ID (`api_key`), but {target.provider.name} takes a static key"
    else:
        return
    variable = target.key_variable or "its variable"
    advice = f"keep the key of {variable} in a secret store, and take out the credential that nothing uses any more"
    yield review(RULE, site, target, words, advice=advice)


def empty(argument: Argument) -> bool:
    """Whether nothing but None is given."""
    return all(v.origin is Origin.NONE for v in argument.values)


def because(site: Site) -> str:
    """How the value of `api_key` comes about, in words."""
    argument = site.argument("api_key")
    return " ".join(v.because or "" for v in argument.values) if argument is not None else ""


START = "from azure.identity import *\nfrom openai import AzureOpenAI\n\n"
EXAMPLES = (
    Example.told(
        START + "tokens = get_bearer_token_provider(DefaultAzureCredential(), SCOPE)\n"
        "client = AzureOpenAI(azure_endpoint=E, api_version=V, azure_ad_token_provider=tokens)\n",
        "takes a static key",
        "qwen",
    ),
    Example.told(
        START + "client = AzureOpenAI(azure_endpoint=load(), api_version=V, api_key=K, azure_ad_token=T)\n",
        "where it has no key",
        "qwen",
    ),
    Example.silent(START + "client = AzureOpenAI(azure_endpoint=E, api_version=V, api_key=K)\n", "qwen"),
    Example.silent(
        START + "client = AzureOpenAI(azure_endpoint=E, api_version=V, azure_ad_token=T)\n", "azure"
    ),
)
