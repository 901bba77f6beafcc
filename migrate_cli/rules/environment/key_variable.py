"""ENV01: the environment variable that holds the key.

A read of OPENAI_API_KEY that feeds a client which moves reads the provider's variable instead. Other reads (checks
at start-up, `os.environ[...] = …`) follow when the whole project moves; while something stays on OpenAI, or a
framework reads the same variable by itself, they need a look, and where the variable is set, what stays needs it as
it is. Where nothing moves they are left. A key that is written into the variable, or as the default of a read, is
taken out. A field of pydantic's settings classes keeps its name and is told which variable to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    AddImport,
    Finding,
    Level,
    Operation,
    Origin,
    RemoveStatement,
    ReplaceExpression,
    Rule,
    Safety,
    SettingsField,
    Site,
    SiteKind,
    Way,
)
from migrate_cli.rules import users
from migrate_cli.rules.environment.settings_fields import reading
from migrate_cli.rules.key_names import is_key, is_usual
from migrate_cli.rules.support import Example, Situation, edit, manual, note, quoted, review, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV01",
    "key-variable",
    "environment variable that holds OpenAI's key",
    2,
    Safety.SAFE,
    leaves="settings classes with a prefix or a table of variables; the variable, which the user sets where it runs",
)

READERS = ("getenv", "get")
# What ENV02 to ENV06 speak of.
OTHERS = re.compile(
    r"AZURE_OPENAI_\w+|\w+_(BASE_URL|API_BASE)|OPENAI_API_(TYPE|VERSION)|OPENAI_(\w+_)?MODELS?(_NAME|_ID)?"
    r"|OPENAI_(ORG|ORGANIZATION|PROJECT)(_ID)?"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every access to one of OpenAI's variables."""
    if site.kind is not SiteKind.ENVIRONMENT or site.variable is None or target.id == "azure":
        return
    client = situation.feeds.get((site.path, site.span))
    new = target.key_variable
    if not is_key(site.variable) or new is None:
        if not OTHERS.fullmatch(site.variable):
            words = f"{site.variable} means nothing to {target.provider.name}"
            yield note(RULE, site, target, words)
        return
    if client is None and users.sends(site, situation):
        yield skip(RULE, site, target, "goes with the request that sends it")
        return
    standing = users.readers(site.variable, situation)
    if client is None and standing is users.Standing.NONE:
        yield note(RULE, site, target, f"{site.variable} → {new}, once something that reads it moves")
        return
    usual = is_usual(site.variable)
    if client is None and usual and users.fed(site.variable, situation) is users.Standing.NONE:
        yield note(RULE, site, target, f"{site.variable} feeds nothing that moves")
        return
    if declared(site) and (site.field is None or client is None):
        words = f"`{site.symbol}` is read from {site.variable}"
        yield manual(RULE, site, target, words, advice=f"give the field the alias {new}, or rename it")
        return
    current = client is not None and not (
        client[2].startswith("openai.api_")
        and situation.module_calls.get(client[0])
        and client[0] not in situation.upgrade.bundles
    )
    inline = (site.path, site.span) in situation.inline
    changes, words = (
        renamed(site, new, required=current, inline=inline)
        if site.field is None
        else renamed_field(site, site.field, new)
    )
    if not changes:
        yield manual(RULE, site, target, words, advice=f"take the key out and set {new} in the environment")
        return
    level = situation.levels.get(client) if client is not None else None
    if level in (Level.MANUAL, Level.SKIP):
        yield skip(RULE, site, target, "the client that it feeds stays as it is")
        return
    mixed = any(known not in users.MOVING for known in situation.levels.values())
    feeds_moving = level in (Level.EDIT, Level.MIGRATED)
    certain = situation.everything_moves() and not situation.frameworks and not usual
    if feeds_moving or certain:
        needs = (client,) if client is not None else ()
        yield replace(edit(RULE, site, target, words, *changes), needs=needs)
    elif level is None and usual:
        yield review(RULE, site, target, f"{words}, but this read feeds no client", *changes)
    elif level is None and mixed and sets(site) and not in_tests(site):
        words = f"{site.variable} is set here for what stays, too: what moves reads {new}"
        yield review(
            RULE, site, target, words, advice=f"set {new} beside it, to a key of {target.provider.name}"
        )
    elif level is None and situation.frameworks:
        names = ", ".join(sorted(situation.frameworks))
        yield review(RULE, site, target, f"{words}, but {names} may read {site.variable} too", *changes)
    else:
        remark = "but not every client moves" if mixed else "but nothing that is known here uses it"
        yield review(RULE, site, target, f"{words}, {remark}", *changes)


def declared(site: Site) -> bool:
    """Whether a site is the field of a settings class: its name is the variable's, and nothing there writes that."""
    return site.symbol != site.variable


def sets(site: Site) -> bool:
    """Whether a site gives the variable a value."""
    value = site.argument("value")
    return value is not None and value.statement is not None


def in_tests(site: Site) -> bool:
    """Whether a site stands in a test, which sets the variable for what it tests alone."""
    name = site.path.rsplit("/", 1)[-1]
    return name.startswith(("test_", "conftest")) or name.endswith("_test.py")


def renamed(site: Site, new: str, *, required: bool, inline: bool) -> tuple[list[Operation], str]:
    """The edits that make a site use the variable `new`, and words; no edits when a key is out of their reach.

    OpenAI's key never becomes another provider's: an assignment of a literal key goes, a literal key as the default of
    a read is dropped, and a read that feeds a client (`required`) never gives None, because the openai package would
    then send the key in OPENAI_API_KEY to the new provider.
    """
    words = f"{site.variable} → {new}"
    secrets = [a for a in site.arguments if any(v.secret for v in a.values)]
    reader = site.code.split("(", 1)[0]
    optional = reader.rsplit(".", 1)[-1] in READERS and not any(
        v.origin is not Origin.NONE for a in site.arguments for v in a.values
    )
    if not secrets and required and optional and inline and not reader.endswith("secrets.get"):
        code = f'os.environ["{new}"]'
        return [ReplaceExpression(site.path, site.span, code), AddImport(site.path, "import os")], words
    if not secrets and required and optional:
        return [ReplaceExpression(site.path, site.span, f'{reader}({quoted(new)}, "")'), *asked(site)], words
    if not secrets:
        return [ReplaceExpression(site.path, site.anchor, quoted(new))], words
    given = secrets[0]
    if given.name == "value" and given.statement is not None:
        words = f"the key written into {site.variable} is taken out: set {new} in the environment"
        return [RemoveStatement(site.path, given.statement)], words
    if given.name == "default" and reader.rsplit(".", 1)[-1] in READERS:
        words = f"{site.variable} → {new}, without the key written as its default"
        return [ReplaceExpression(site.path, site.span, f'{reader}({quoted(new)}, "")')], words
    return [], f"a key is written into the source at {given.values[0].location}"


def renamed_field(site: Site, field: SettingsField, new: str) -> tuple[list[Operation], str]:
    """The edits that make a field of a settings class read the variable `new`, and words; no edits as above."""
    secrets = [v for a in site.arguments for v in a.values if v.secret]
    if secrets:
        return [], f"a key is written into the source at {secrets[0].location}"
    return list(reading(site, field, new)), f"`{site.symbol}`: {site.variable} → {new}"


def asked(site: Site) -> Iterator[Operation]:
    """`key is None` as `not key`, since a key that is not there is empty now."""
    for use in site.uses:
        if use.way is Way.COMPARE and use.literals == (None,) and use.outer is not None:
            code = f"not {use.code}" if use.detail == "is" else use.code
            yield ReplaceExpression(use.path, use.outer, code)


EXAMPLES = (
    Example(
        'import os\nfrom openai import OpenAI\n\nkey = os.getenv("OPENAI_API_KEY")\nif key is None:\n    stop()\n'
        "client = OpenAI(api_key=key)\n",
        'import os\nfrom openai import OpenAI\n\nkey = os.getenv("QIANFAN_API_KEY", "")\nif not key:\n    stop()\n'
        'client = OpenAI(api_key=key, base_url="https://qianfan.baidubce.com/v2")\n',
        beside=("SDK08",),
    ),
    Example(
        'import os\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.getenv("OPENAI_API_KEY"))\n',
        "import os\nfrom openai import OpenAI\n\n"
        'client = OpenAI(api_key=os.environ["QIANFAN_API_KEY"], base_url="https://qianfan.baidubce.com/v2")\n',
        beside=("SDK08",),
    ),
    Example(
        'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_API_KEY"] = "sk-Zq4Wm9Lx2Vn7Bt5Ky8Rd3Hf6Jc1Ps0Ga"\n'
        "client = OpenAI()\n",
        "import os\nfrom openai import OpenAI\n\n"
        'client = OpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])\n',
        beside=("SDK08",),
    ),
    Example(
        "import os\nimport langchain\nfrom openai import OpenAI\n\n\n"
        'def connect(name="OPENAI_API_KEY"):\n    key = os.environ[name]\n    return OpenAI(api_key=key)\n',
        "import os\nimport langchain\nfrom openai import OpenAI\n\n\n"
        'def connect(name="QIANFAN_API_KEY"):\n    key = os.environ[name]\n'
        '    return OpenAI(api_key=key, base_url="https://qianfan.baidubce.com/v2")\n',
        beside=("SDK08",),
    ),
    Example(
        "from pydantic_settings import BaseSettings\nfrom openai import OpenAI\n\n\n"
        'class Settings(BaseSettings):\n    openai_api_key: str = ""\n\n\n'
        "client = OpenAI(api_key=Settings().openai_api_key)\n",
        "from pydantic_settings import BaseSettings\nfrom openai import OpenAI\n"
        "from pydantic import Field\n\n\nclass Settings(BaseSettings):\n"
        '    openai_api_key: str = Field("", validation_alias="QIANFAN_API_KEY")\n\n\n'
        'client = OpenAI(api_key=Settings().openai_api_key, base_url="https://qianfan.baidubce.com/v2")\n',
        beside=("SDK08",),
    ),
    Example.untouched('import os\n\nprint(os.getenv("OPENAI_API_KEY"))\n'),
    Example.untouched('settings.load("OPENAI_API_KEY")\n'),
)
