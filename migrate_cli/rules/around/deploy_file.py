"""CFG01: OpenAI's variables in files that set the environment: .env, compose, Dockerfile, CI, Kubernetes, Terraform.

The program reads other variables after the move, so somebody has to set them. Values are secrets: none is printed or
copied, and what is to be set is said in words. Some variables do harm when they stay: an empty OPENAI_BASE_URL is taken
literally, OPENAI_API_BASE is not read by openai>=1, OPENAI_ORG_ID and OPENAI_PROJECT_ID go to the new provider as
headers, and Azure's variables make libraries choose Azure.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from migrate_cli.model import Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual, migrated, note, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule("CFG01", "deploy-file", "OpenAI's variables in environment and deployment files", 3)

_KEYS = frozenset({"OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY", "OPENAI_KEY"})
_BASES = frozenset(
    {"OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_BASE_URL", "OPENAI_API_URL", "OPENAI_ENDPOINT"}
)
_HEADERS = frozenset(
    {"OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ORGANIZATION", "OPENAI_PROJECT", "OPENAI_ORGANIZATION_ID"}
)
_AZURE = frozenset({"OPENAI_API_TYPE", "OPENAI_API_VERSION"})
_MODELS = ("MODEL", "ENGINE", "DEPLOYMENT")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every variable of OpenAI's in a file that is not Python."""
    if site.form is None or site.kind is not SiteKind.ENVIRONMENT or target.id == "azure":
        return
    name = str(site.variable).upper().removeprefix("TF_VAR_")
    if site.elsewhere is not None:
        yield _elsewhere(site, target)
    elif name in _KEYS:
        yield _key(site, target)
    elif name in _BASES:
        yield _base(site, target, name)
    elif name in _HEADERS:
        words = f"{site.variable} would be sent to {target.provider.name} with every request"
        yield manual(RULE, site, target, words, advice=f"remove {site.variable} here")
    elif name in _AZURE or name.startswith("AZURE_"):
        words = f"{site.variable} makes libraries choose Azure"
        yield manual(
            RULE, site, target, words, advice=f"remove {site.variable} once nothing reads it any more"
        )
    elif any(word in name for word in _MODELS):
        yield _model(site, target)
    else:
        yield note(RULE, site, target, f"{site.variable} means nothing to {target.provider.name}")


def _elsewhere(site: Site, target: Target) -> Finding:
    if target.owns(str(site.elsewhere)):
        return migrated(RULE, site, target, f"already points to {target.provider.name}")
    return skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")


def _key(site: Site, target: Target) -> Finding:
    new = target.key_variable
    if new is None:
        return note(RULE, site, target, f"{target.provider.name} needs no key")
    words = f"{site.variable} → {new}"
    advice = f"set {new} here to a key of {target.provider.name}; OpenAI's key must not go there"
    return manual(RULE, site, target, words, advice=advice)


def _base(site: Site, target: Target, name: str) -> Finding:
    value = _literal(site)
    advice = f"set it to {target.base_url}, or remove it when the code gives the base URL"
    if value is not None and not value.strip():
        words = f"{site.variable} is empty, which openai-python takes for the URL itself"
        return manual(RULE, site, target, words, advice=advice)
    if value and target.owns(urlsplit(value).netloc or value):
        return migrated(RULE, site, target, f"already points to {target.provider.name}")
    if name == "OPENAI_API_BASE":
        words = "openai>=1 does not read OPENAI_API_BASE; LangChain and some others do"
        return manual(RULE, site, target, words, advice=f"set OPENAI_BASE_URL to {target.base_url}")
    return manual(RULE, site, target, f"{site.variable} → {target.base_url}", advice=advice)


def _model(site: Site, target: Target) -> Finding:
    value = _literal(site)
    choice = target.choose(value) if value else None
    if value and target.serves(value):
        return migrated(RULE, site, target, f"{value} is a model of {target.provider.name}")
    if choice is not None and choice.to is not None:
        words = f"{site.variable}: {value} → {choice.to}"
        return manual(RULE, site, target, words, advice=f"set it to {choice.to}", source=choice.source)
    words = f"{site.variable} names a model of OpenAI"
    return manual(RULE, site, target, words, advice=f"set it to a model of {target.provider.name}")


def _literal(site: Site) -> str | None:
    """The value that is written for the variable, None when it comes from somewhere else."""
    value = next((v for a in site.arguments for v in a.values), None)
    written = value.literal if value is not None and not value.secret else None
    return written if isinstance(written, str) and "$" not in written and "{" not in written else None


EXAMPLES = (
    Example.untouched("OPENAI_API_KEY=\nOPENAI_MODEL=gpt-4o-mini\n", path=".env.example"),
    Example.untouched(
        "services:\n  app:\n    environment:\n      - OPENAI_API_KEY=${OPENAI_API_KEY}\n", path="compose.yaml"
    ),
    Example.untouched("# OPENAI_API_KEY goes into the vault\nLOG_LEVEL=info\n", path="settings.env"),
    Example.untouched("GROQ_API_KEY=\nMODEL=llama-3.3-70b-versatile\n", path=".env"),
)
