"""SDK01: settings of the `openai` module itself: `openai.api_key = …`, `openai.api_base = …`.

With openai<1, and with the module-level client of later versions, the settings are global. The base URL is set next
to the key (or after the import when the program sets nothing), literal keys become environment reads, and Azure's
settings go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    AddImport,
    Compatibility,
    Finding,
    InsertStatement,
    Level,
    Operation,
    Options,
    Origin,
    RemoveStatement,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Span,
    WrapExpression,
)
from migrate_cli.rules.clients.addresses import of_module, pointed, replaceable
from migrate_cli.rules.clients.client_endpoint import (
    imported,
    is_target_url,
    key_given_by,
    moves,
    possible,
    renamed_where_read,
)
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.legacy.settings import as_client, prefix
from migrate_cli.rules.support import (
    Example,
    Situation,
    bundled,
    edit,
    manual,
    migrated,
    review,
)
from migrate_cli.selection import is_test
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK01",
    "module-settings",
    "settings of the openai module",
    10,
    Safety.SAFE,
    leaves="settings made through `setattr`, and files that import a resource class without the module",
)

# lines between settings that belong together
BESIDE = 15
URL_NAMES = ("api_base", "base_url", "azure_endpoint")
# settings of openai<1 that are gone, and what does the same
IGNORED = {
    "proxy": "give the client `http_client=openai.DefaultHttpxClient(proxy=…)`",
    "api_key_path": "read the file and give the client `api_key=…`",
    "verify_ssl_certs": "give the client `http_client=openai.DefaultHttpxClient(verify=…)`",
    "ca_bundle_path": "give the client `http_client=openai.DefaultHttpxClient(verify=…)`",
    "requestssession": "give the client `http_client=…`",
    "aiosession": "give the client `http_client=…`",
}
AZURE_NAMES = ("api_type", "api_version", "azure_endpoint", "azure_ad_token")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for module settings, and for the import of a program that sets nothing.

    The settings of a file move together or not at all: while its base URL waits for a look, so do the others.
    """
    if situation.upgrade.moves(site):
        yield from upgraded(site, target, situation)
    else:
        yield from together(site, target, situation)


def upgraded(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for a setting in a file that leaves openai<1: it becomes a client, or one of the current SDK's."""
    name = site.symbol.rsplit(".", 1)[-1]
    if site.kind is SiteKind.SETTING and name in IGNORED:
        words = f"the current SDK does not know {site.symbol}"
        yield manual(RULE, site, target, words, advice=IGNORED[name])
        return
    if site.kind is SiteKind.SETTING and site.path in situation.upgrade.clients and not site.read:
        yield from as_client(RULE, site, target, situation)
        return
    for finding in together(site, target, situation):
        yield bundled(finding, situation) if finding.edits else finding
    if (
        site.kind is SiteKind.SETTING
        and name == "api_base"
        and site.code.startswith(f"{prefix(site)}.{name}")
    ):
        end = site.span.start + len(f"{prefix(site)}.{name}".encode())
        written = [ReplaceExpression(site.path, Span(site.span.start, end), f"{prefix(site)}.base_url")]
        yield bundled(
            edit(RULE, site, target, "`api_base` is called `base_url`", *written, *slash(site, target)),
            situation,
        )


def slash(site: Site, target: Target) -> list[Operation]:
    """The last slash of a base URL that the environment gives, or that is the target's already."""
    values = site.arguments[0].values
    known = all(replaceable(v) and v.origin is not Origin.ENVIRONMENT for v in values)
    theirs = all(is_target_url(v, target) for v in values)
    if theirs and not site.code.rstrip("\"'").endswith("/"):
        return [WrapExpression(site.path, site.anchor, "", '.rstrip("/") + "/"')]
    if known or not all(replaceable(v) for v in values):
        return []
    return [WrapExpression(site.path, site.anchor, "", '.rstrip("/") + "/"')]


def together(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for one setting, held back with its base URL."""
    waits = (
        site.kind is SiteKind.SETTING
        and not situation.options.review
        and any(
            s.elsewhere is not None or not (replaceable(v) or is_target_url(v, target))
            for s in url_settings(situation)
            if s.path == site.path
            for v in s.arguments[0].values
        )
    )
    for finding in settings(site, target, situation):
        held = waits and finding.level is Level.EDIT
        yield replace(finding, level=Level.REVIEW) if held else finding


def settings(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for one setting by itself."""
    if site.elsewhere is not None or site.read:
        return
    if target.is_template and site.kind is SiteKind.SETTING:
        yield manual(
            RULE, site, target, f"the base URL of {target.provider.name} is your own: {target.base_url}"
        )
        return
    if site.kind in (SiteKind.SETTING, SiteKind.IMPORT) and nowhere(site, target, situation):
        words = f"only serves calls for which {target.provider.name} has no replacement"
        yield manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED)
        return
    name = site.symbol.rsplit(".", 1)[-1]
    if site.kind is SiteKind.SETTING and not assigned(site, name):
        if name in (*URL_NAMES, *AZURE_NAMES, "api_key", "…"):
            words = f"{site.symbol} is set in a way that is not edited"
            yield manual(RULE, site, target, words, advice=f"set it for {target.provider.name} by hand")
        return
    if site.kind is SiteKind.SETTING and name == "api_key":
        yield from key(site, target, situation)
    elif site.kind is SiteKind.SETTING and name in URL_NAMES:
        yield from url(site, target, situation)
    elif site.kind is SiteKind.SETTING and name in AZURE_NAMES:
        yield from azure(site, target, situation)
    elif site.kind is SiteKind.IMPORT and not target.is_template:
        yield from bare(site, target, situation)


def assigned(site: Site, name: str) -> bool:
    """Whether a setting is a plain assignment of its own, not `setattr(…)`, one of several targets, `+=` or `del`."""
    return re.match(rf"[\w.]+\.{name}\s*(:[^=]+)?=", site.code) is not None


def nowhere(site: Site, target: Target, situation: Situation) -> bool:
    """Whether the module calls of this file (or of the project, if the file has none) all have nowhere to go."""
    if site.kind is SiteKind.IMPORT and not opens(site, situation):
        return False
    near = [c for c in situation.calls_through_module if c.path == site.path]
    calls = near or situation.calls_through_module
    return bool(calls) and not any(possible(target, call, review=situation.options.review) for call in calls)


def opens(site: Site, situation: Situation) -> bool:
    """Whether an import is one that a file's settings go below."""
    calls = (c for c in situation.calls_through_module if c.path == site.path)
    return (
        situation.imports.get(site.path) == site
        or situation.upgrade.heads.get(site.path) == site.id
        or any(inner_import(call, situation) == site for call in calls)
    )


def inner_import(site: Site, situation: Situation) -> Site | None:
    """The nearest import above a site that can be its own, in a file whose imports all stand in functions or blocks."""
    above = [
        i
        for i in situation.inner_imports.get(site.path, ())
        if i.span < site.span and i.location.column <= site.location.column
    ]
    return above[-1] if above else None


def url_settings(situation: Situation) -> list[Site]:
    """The settings of a base URL in the project."""
    return [s for s in situation.settings if s.symbol.rsplit(".", 1)[-1] in URL_NAMES]


def url_names(situation: Situation, path: str) -> list[str]:
    """What the base URL setting is called: `api_base` before openai 1.0; both where calls of both forms need it."""
    if path in situation.upgrade.bundles:
        return ["base_url"]
    near = [c for c in situation.calls_through_module if c.path == path]
    legacy = {call.legacy for call in near or situation.calls_through_module}
    return ["api_base"] * (True in legacy) + ["base_url"] * (legacy != {True})


def has_url(situation: Situation, site: Site, target: Target) -> bool:
    """Whether the base URL is set beside this key, or is the target's somewhere in the file."""
    urls = [s for s in url_settings(situation) if s.path == site.path and s.elsewhere is None]
    return any(
        abs(s.location.line - site.location.line) <= BESIDE
        or all(is_target_url(v, target) for v in s.arguments[0].values)
        for s in urls
    )


def key(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """`openai.api_key = …`."""
    edits: list[Operation] = []
    if not has_url(situation, site, target):
        # after the import, so that it holds whatever condition the key stands under; each function may have its own
        homes = (situation.imports.get(site.path), inner_import(site, situation))
        places = dict.fromkeys(home.anchor for home in homes if home is not None) or (site.span,)
        for name in url_names(situation, site.path):
            line = f"{prefix(site)}.{name} = {of_module(target, name)}"
            edits += [InsertStatement(site.path, place, line) for place in places]
    argument = site.arguments[0]
    computed = None
    for value in argument.values:
        if value.origin is Origin.LITERAL and (value.secret or value.span == argument.span):
            edits += [
                ReplaceExpression(value.path, value.span, target.key_code),
                *imported(value.path, target.key_code),
            ]
        elif value.origin in (Origin.DYNAMIC, Origin.LITERAL, Origin.NONE, Origin.FILE) or (
            value.origin is Origin.ENVIRONMENT
            and value.variable != target.key_variable
            and not (is_key(value.variable) and renamed_where_read(value))
        ):
            computed = argument.code
    if edits:
        yield edit(RULE, site, target, f"module settings point to {target.base_url}", *edits)
    elif any(is_key(v.variable) and renamed_where_read(v) for v in argument.values):
        yield edit(RULE, site, target, f"reads the key of {target.provider.name}")
    elif computed is None:
        yield migrated(RULE, site, target, f"already reads the key of {target.provider.name}")
    if computed is not None:
        yield review(RULE, site, target, key_given_by(computed, target))


def url(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """`openai.api_base = …`."""
    values = site.arguments[0].values
    if all(is_target_url(v, target) for v in values):
        yield migrated(RULE, site, target, f"already points to {target.provider.name}")
        return
    if site.symbol.endswith("azure_endpoint"):
        yield edit(RULE, site, target, "Azure endpoint dropped", RemoveStatement(site.path, site.span))
        return
    name = "base_url" if situation.upgrade.moves(site) else site.symbol.rsplit(".", 1)[-1]
    wanted = of_module(target, name)
    if all(replaceable(v) for v in values):
        yield edit(
            RULE,
            site,
            target,
            f"module settings point to {target.base_url}",
            *pointed(values, target, wanted),
        )
        return
    code = site.arguments[0].code
    edits: list[Operation] = [ReplaceExpression(site.path, site.anchor, wanted)]
    home = situation.imports.get(site.path)
    if home is not None and site.location.column > 1:
        # what stands under a condition, or in a function, may never run: the key would go to OpenAI then
        edits.append(InsertStatement(site.path, home.anchor, f"{prefix(site)}.{name} = {wanted}"))
    yield review(
        RULE,
        site,
        target,
        f"the base URL is decided at run time ({code})",
        *edits,
        advice=f"make it {target.base_url}",
    )


def azure(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """`openai.api_type = "azure"` and `openai.api_version = …`: they go when the base URL of the file goes too."""
    if target.id == "azure":
        return
    known = url_settings(situation)
    urls = [s for s in known if s.path == site.path] or known
    removal = RemoveStatement(site.path, site.span)
    if all(replaceable(v) for s in urls for v in s.arguments[0].values):
        yield edit(RULE, site, target, "Azure setting dropped", removal)
    else:
        yield review(RULE, site, target, "Azure setting, to be dropped with its base URL", removal)


def bare(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """`import openai` in a file that calls through the module and sets nothing.

    Settings that other files make count when they are made on import. What functions set there may never run before
    the calls of this file, which then would go to OpenAI by the names of other models.
    """
    if site.path not in situation.module_calls or not opens(site, situation):
        return
    if any(s.elsewhere is not None for s in url_settings(situation)):
        return
    if any(s.path == site.path or s.location.column == 1 for s in situation.settings):
        return
    moved = situation.upgrade.moves(site)
    if "," in site.code and not moved:
        yield manual(
            RULE, site, target, f"set the base URL {target.base_url} and the key before the first call"
        )
        return
    match = re.match(r"import\b.*\bopenai(?:\s+as\s+(\w+))?", site.code) if moved else None
    name = site.code.split()[-1] if not moved else match[1] if match and match[1] else "openai"
    lines = [
        f"{name}.{setting} = {of_module(target, setting)}" for setting in url_names(situation, site.path)
    ]
    lines.append(f"{name}.api_key = {key_read(situation, site, target, name)}")
    edits: list[Operation] = [InsertStatement(site.path, site.anchor, line) for line in lines]
    edits.append(AddImport(site.path, "import os"))
    if moved and match is None:
        edits.append(AddImport(site.path, "import openai"))
    words = f"module settings point to {target.base_url}"
    if waits_for_others(site, target, situation):
        words = f"{words}, but what other files set waits for a look"
        yield review(RULE, site, target, words, *edits)
    else:
        yield edit(RULE, site, target, words, *edits)


def waits_for_others(site: Site, target: Target, situation: Situation) -> bool:
    """Whether all that other files set for the calls of this one is left: it would undo what is set here."""
    others = [s for s in situation.settings if is_test(site.path) or not is_test(s.path)]
    found = [list(together(s, target, situation)) for s in others]
    return any(found) and all(moves(f) is Level.MANUAL for f in found if f)


def key_read(situation: Situation, site: Site, target: Target, name: str) -> str:
    """How the key is read: neither may an import fail without one, nor a later client take OpenAI's for None.

    A key that another file has set by then stays where the environment has none.
    """
    if not target.key_variable:
        return target.key_code
    legacy = situation.module_calls.get(site.path) and not situation.upgrade.moves(site)
    known = f"{name}.api_key" if situation.settings else ""
    otherwise = known if legacy else f'{known} or ""' if known else '""'
    return f'os.environ.get("{target.key_variable}"{otherwise and ", "}{otherwise})'


EXAMPLES = (
    Example(
        'import os\nimport openai\n\nopenai.api_key = load()\nopenai.api_base = "https://api.openai.com/v1"\n'
        'openai.ChatCompletion.create(engine="x")\n',
        'import os\nimport openai\n\nopenai.api_key = load()\nopenai.api_base = "https://qianfan.baidubce.com/v2"\n'
        'openai.ChatCompletion.create(engine="x")\n',
    ),
    Example(
        "import openai\n\n\ndef log_in(key):\n    openai.api_key = key\n",
        'import openai\nopenai.base_url = "https://qianfan.baidubce.com/v2/"\n\n\n'
        "def log_in(key):\n    openai.api_key = key\n",
    ),
    Example(
        "import openai\n\n\ndef start(config):\n    if config.url:\n        openai.base_url = config.url\n"
        "    openai.api_key = config.key\n",
        'import openai\nopenai.base_url = "https://qianfan.baidubce.com/v2/"\n\n\n'
        'def start(config):\n    if config.url:\n        openai.base_url = "https://qianfan.baidubce.com/v2/"\n'
        "    openai.api_key = config.key\n",
        options=Options(review=True),
    ),
    Example.untouched("import openai\n\nif config.url:\n    openai.base_url = config.url\n"),
    Example.untouched('import openai\n\nopenai.api_base = "http://localhost:1234/v1"\n'),
    Example.untouched("import openai\n\nif not openai.api_key:\n    stop()\n"),
    Example.untouched('import openai_mock as openai\n\nopenai.api_key = "x"\n'),
    Example.untouched(
        'import os\nimport openai\n\nif GROQ:\n    openai.api_key = os.environ["GROQ_API_KEY"]\n'
        '    openai.api_base = "https://api.groq.com/openai/v1"\nelse:\n'
        '    openai.api_key = os.environ["OPENAI_API_KEY"]\n\n'
        "openai.ChatCompletion.create(model=name, messages=[])\n",
    ),
)
