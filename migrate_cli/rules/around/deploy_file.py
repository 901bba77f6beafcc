"""CFG01: OpenAI's variables in files that set the environment: .env, compose, Dockerfile, CI, Kubernetes, systemd.

The program reads other variables after the move, so somebody has to set them. A line is renamed when everything that
reads it moves, else another line is put beside it. Values are secrets: none is printed, and OpenAI's key never gets
the provider's name; a line that holds one stays, and an empty one is put beside it. Some variables do harm when they
stay: an empty OPENAI_BASE_URL is taken literally, OPENAI_API_BASE is not read by openai>=1, OPENAI_ORG_ID and
OPENAI_PROJECT_ID go to the new provider as headers, and Azure's variables make libraries choose Azure.

What a foreign image or action reads is only told, and where nothing in reach reads a variable, edits wait for a look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from migrate_cli.model import Finding, Given, Options, ReplaceText, Row, Rule, Safety, Site, SiteKind
from migrate_cli.rules import users
from migrate_cli.rules.around import lines
from migrate_cli.rules.around.values import aimed, changed_model
from migrate_cli.rules.key_names import first_of, is_key, is_usual
from migrate_cli.rules.steps import stored
from migrate_cli.rules.support import Example, Situation, edit, manual, migrated, note, review, skip
from migrate_cli.rules.users import Standing
from migrate_cli.rules.written import rewritten
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG01",
    "deploy-file",
    "OpenAI's variables in environment and deployment files",
    3,
    Safety.SAFE,
    leaves="Terraform and Bicep, secret stores, and variables that another program reads are only told",
)

_BASES = frozenset(
    {"OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_BASE_URL", "OPENAI_API_URL", "OPENAI_ENDPOINT"}
)
_HEADERS = frozenset(
    {"OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ORGANIZATION", "OPENAI_PROJECT", "OPENAI_ORGANIZATION_ID"}
)
_AZURE = frozenset({"OPENAI_API_TYPE", "OPENAI_API_VERSION"})
_MODELS = ("MODEL", "ENGINE", "DEPLOYMENT")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every variable of OpenAI's in a file that is not Python; notebooks are CFG04's."""
    if not site.path.endswith(".ipynb"):
        yield from variable(site, target, situation)


def variable(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """What becomes of one variable."""
    if site.form is None or site.kind is not SiteKind.ENVIRONMENT or target.id == "azure":
        return
    name = str(site.variable).upper().removeprefix("TF_VAR_")
    if site.elsewhere is not None:
        yield _elsewhere(site, target)
    elif is_key(name):
        yield _key(site, target, situation)
    elif name in _BASES:
        yield _base(site, target, situation, name)
    elif name in _HEADERS:
        yield _header(site, target, situation)
    elif name in _AZURE or name.startswith("AZURE_"):
        words = f"{site.variable} makes libraries choose Azure"
        yield manual(
            RULE, site, target, words, advice=f"remove {site.variable} once nothing reads it any more"
        )
    elif any(word in name for word in _MODELS):
        yield _model(site, target, situation)
    else:
        yield note(RULE, site, target, f"{site.variable} means nothing to {target.provider.name}")


def _elsewhere(site: Site, target: Target) -> Finding:
    if target.owns(str(site.elsewhere)):
        return migrated(RULE, site, target, f"already points to {target.provider.name}")
    return skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")


def _key(site: Site, target: Target, situation: Situation) -> Finding:
    new, old, row = target.key_variable, str(site.variable), site.row
    if new is None:
        return note(RULE, site, target, f"{target.provider.name} needs no key")
    words = f"{old} → {new}"
    advice = f"set {new} here to a key of {target.provider.name}; OpenAI's key must not go there"
    if row is None or not editable(site):
        return manual(RULE, site, target, words, advice=advice)
    if row.request:
        return skip(RULE, site, target, "goes with the request that sends it")
    if row.reader is not None:
        words = f"{old} is read by {row.reader}"
        return manual(
            RULE, site, target, words, advice=f"see which key it needs; the program itself reads {new}"
        )
    if new in row.beside:
        return migrated(RULE, site, target, f"{new} is there too")
    usual = is_usual(old)  # it may be a password of one's own
    standing = users.fed(old, situation) if usual else users.key(old, situation)
    if usual and standing is Standing.NONE:
        return note(RULE, site, target, f"{old} feeds nothing that moves")
    if first_of(row.beside) is not None and first_of({*row.beside, old}) != old:
        words = f"{old} is not needed beside {new}"
        return manual(RULE, site, target, words, advice=f"remove {old} once nothing reads it any more")
    if site.form == "dotenv" and users.declared(old, situation):
        words = f"{old} is read by a settings class, which may take no other names from this file"
        return manual(RULE, site, target, words, advice=f"name {new} in its field first, then here")
    secret = (stored(new),) if "secrets." in row.text else ()
    return replace(_moved(site, target, standing, row, words, advice), steps=secret)


def editable(site: Site) -> bool:
    """Whether the file can take an edit of a text: a language of its own and what a cell writes cannot."""
    if site.path.endswith(".ipynb"):
        return site.form == "shell" and site.row is not None and bool(site.row.names)
    return site.form not in ("hcl", "cell", "output") and not site.path.endswith((".py", ".pyi"))


def _moved(site: Site, target: Target, standing: Standing, row: Row, words: str, advice: str) -> Finding:
    """The key's line under the new name, or one more line for it."""
    old, new = str(site.variable), str(target.key_variable)
    free = row.given in lines.NO_SECRET
    if standing is Standing.ALL and free:
        edits = lines.renamed(site.path, row, old, new)
        make = review if row.stored else edit
        return make(RULE, site, target, words, *edits, advice=advice)
    edits = lines.added(site.path, row, old, new, first=site.form == "json")
    if standing is Standing.NONE or not edits or row.given is Given.REFERENCE:
        return manual(RULE, site, target, words, advice=advice)
    words = f"{new} beside {old}"
    if row.given is Given.SECRET:
        words = f"{words}, whose key stays OpenAI's"
        advice = f"{advice}; remove {old} when nothing needs it"
    make = edit if standing in (Standing.ALL, Standing.SOME) else review
    return make(RULE, site, target, words, *edits, advice=advice)


def _header(site: Site, target: Target, situation: Situation) -> Finding:
    """OpenAI's account, which the SDK sends as a header wherever it goes."""
    words = f"{site.variable} would be sent to {target.provider.name} with every request"
    gone = lines.without(site.path, site.row) if site.row is not None and editable(site) else None
    if gone is None or (site.row is not None and site.row.reader is not None):
        return manual(RULE, site, target, words, advice=f"remove {site.variable} here")
    standing = users.key(str(site.variable), situation)
    if standing is Standing.NONE:
        return skip(RULE, site, target, "the program stays where it is")
    make = edit if standing is Standing.ALL else review
    return make(RULE, site, target, f"{words}: dropped", gone)


def _base(site: Site, target: Target, situation: Situation, name: str) -> Finding:
    value = written(site)
    advice = f"set it to {target.base_url}, or remove it when the code gives the base URL"
    words = f"{site.variable} → {target.base_url}"
    if value is not None and not value.strip():
        words = f"{site.variable} is empty, which openai-python takes for the URL itself"
    elif value and target.owns(urlsplit(value).netloc or value):
        return migrated(RULE, site, target, f"already points to {target.provider.name}")
    elif name == "OPENAI_API_BASE":
        words = "openai>=1 does not read OPENAI_API_BASE; LangChain and some others do"
        advice = f"set OPENAI_BASE_URL to {target.base_url}"
    elif site.row is not None and site.row.given is Given.NOTHING:
        return note(RULE, site, target, f"if {site.variable} is set, it must be {target.base_url}")
    change = _new_base(site, target, value)
    if change is None or target.is_template or (site.row is not None and site.row.reader is not None):
        return manual(RULE, site, target, words, advice=advice)
    standing = users.value(situation.reads.get(str(site.variable), ()), situation)
    make = edit if standing is Standing.ALL else review
    return make(RULE, site, target, words, change, advice=None if standing is Standing.ALL else advice)


def _new_base(site: Site, target: Target, value: str | None) -> ReplaceText | None:
    """The edit that puts the provider's base URL in the place of OpenAI's, or of nothing."""
    row = site.row
    if value is None or not editable(site):
        return None
    if row is not None and row.value is not None and row.text == value:
        bare = lines.nothing(row) == "" or value
        return ReplaceText(site.path, row.value, target.base_url if bare else f'"{target.base_url}"')
    given = next((v for a in site.arguments for v in a.values), None)
    return rewritten(given, target.base_url) if given is not None and value else None


def _model(site: Site, target: Target, situation: Situation) -> Finding:
    value = written(site)
    if value and target.serves(value):
        return migrated(RULE, site, target, f"{value} is a model of {target.provider.name}")
    given = next((v for a in site.arguments for v in a.values), None)
    foreign = site.row is not None and site.row.reader is not None
    if value and given is not None and editable(site) and not foreign:
        readers = situation.reads.get(str(site.variable), ())
        chosen = aimed(readers, target, situation)
        if chosen is None:
            return manual(RULE, site, target, f"{site.variable} feeds calls that go to different providers")
        found = changed_model(
            RULE, site, chosen, value, given, users.value(readers, situation), f"{site.variable}: "
        )
        if found is not None:
            return found
    words = f"{site.variable} names a model of OpenAI"
    return manual(RULE, site, target, words, advice=f"set it to a model of {target.provider.name}")


def written(site: Site) -> str | None:
    """The value that is written for the variable, None when it comes from somewhere else."""
    value = next((v for a in site.arguments for v in a.values), None)
    known = value.literal if value is not None and not value.secret else None
    return known if isinstance(known, str) and "$" not in known and "{" not in known else None


EXAMPLES = (
    Example(
        "# keys\nOPENAI_API_KEY=sk-your-key\nOPENAI_MODEL=gpt-4o-mini\n",
        "# keys\nOPENAI_API_KEY=sk-your-key\nQIANFAN_API_KEY=\nOPENAI_MODEL=ernie-4.5-turbo-128k\n",
        path=".env.example",
        options=Options(review=True),
    ),
    Example(
        "env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n",
        "env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}\n  ZAI_API_KEY: ${{ secrets.ZAI_API_KEY }}\n",
        "glm",
        path="ci.yml",
        options=Options(review=True),
    ),
    Example.told(
        "OPENAI_API_KEY=\nOPENAI_MODEL=gpt-4o-mini\n",
        "QIANFAN_API_KEY beside OPENAI_API_KEY",
        path=".env.example",
    ),
    Example.told("OPENAI_ORG_ID=org-1\nLOG_LEVEL=info\n", "OPENAI_ORG_ID would be sent", path=".env"),
    Example.silent("# OPENAI_API_KEY goes into the vault\nLOG_LEVEL=info\n", path="settings.env"),
    Example.silent("GROQ_API_KEY=\nMODEL=llama-3.3-70b-versatile\n", path=".env"),
)
