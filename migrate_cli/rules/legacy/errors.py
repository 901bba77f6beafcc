"""SDK06: the exceptions of openai<1, which stood in `openai.error`.

With `--upgrade-sdk` they become the names at the top of the package: `InvalidRequestError` is `BadRequestError`,
`Timeout` is `APITimeoutError`, `ServiceUnavailableError` is `InternalServerError`, `TryAgain` (status 409) is
`ConflictError`, `PermissionError` is `PermissionDeniedError`; the others keep their names. Imports from
`openai.error`, tuples and decorators are changed alike. What a handler reads from the error is changed where the
current SDK has it (`http_status` is `status_code`), and told where it has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    AddImport,
    Caught,
    Compatibility,
    Finding,
    HopKind,
    InsertStatement,
    Operation,
    Options,
    RemoveImport,
    RemoveStatement,
    ReplaceExpression,
    ReplaceTail,
    Rule,
    Safety,
    Site,
    SiteKind,
    Use,
)
from migrate_cli.rules.legacy.hops import parts_of
from migrate_cli.rules.legacy.names import ERRORS, GONE_ERROR, TOP_ERRORS, TYPES
from migrate_cli.rules.support import Example, Situation, bundled, edit, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK06",
    "legacy-error",
    "exception of openai<1",
    5,
    Safety.SAFE,
    leaves="`InvalidAPIType` and `SignatureVerificationError`, which have no successor; handlers that wait for a 404 "
    "(now `NotFoundError`) as InvalidRequestError; the order of clauses where `APIError` now catches what stands below",
)

# what was read from an error -> what holds the same now
READ = {"http_status": "status_code", "user_message": "message", "_message": "message"}
GONE = {
    "json_body": "`.body` holds what stood under its key `error`",
    "http_body": "`.response.text` holds the body",
    "headers": "`.response.headers` holds them",
    "error": "`.body` holds the same as a dictionary",
}
# What each class of the current SDK has to be given when a program makes one itself, and how; else STATUS.
MADE: dict[str, tuple[frozenset[str], str]] = {
    "OpenAIError": (frozenset(), ""),
    "APIError": (frozenset({"request", "body"}), "give it request=httpx.Request(…) and body=None"),
    "APIConnectionError": (frozenset({"request"}), "give it message=… and request=httpx.Request(…), by name"),
    "APITimeoutError": (frozenset({"request"}), "give it request=httpx.Request(…) and no message"),
}
STATUS = (
    frozenset({"response", "body"}),
    "give it response=httpx.Response(429, request=httpx.Request(…)), with the status, and body=None",
)
WITHOUT_STATUS = ("OpenAIError", "APIError", "APIConnectionError", "APITimeoutError")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every name of an exception, and for every import of one."""
    if not situation.upgrade.moves(site):
        return
    if site.kind is SiteKind.IMPORT and site.symbol in ("openai.error", "openai.openai_object"):
        yield from imports(site, target, situation)
    elif site.kind is SiteKind.IMPORT and re.search(r"\bimport\b.*\berror\b", site.code, re.DOTALL):
        gone = RemoveImport(site.path, "openai", "error")
        yield bundled(edit(RULE, site, target, "`openai.error` is gone", gone), situation)
    elif site.kind is SiteKind.IMPORT and re.search(rf"\bimport\b.*\b{GONE_ERROR}\b", site.code, re.DOTALL):
        name = ERRORS[GONE_ERROR]
        line = InsertStatement(site.path, site.span, re.sub(rf"\b{GONE_ERROR}\b", name, site.code))
        changes = (RemoveStatement(site.path, site.span), line)
        yield bundled(edit(RULE, site, target, f"{GONE_ERROR} is {name} now", *changes), situation)
    elif site.kind in (SiteKind.EXCEPTION, SiteKind.TYPE):
        yield from named(site, target, situation)


def current(symbol: str) -> str | None:
    """The name in `openai` for a class of openai<1; None when it is none, or has no successor."""
    if symbol in TYPES:
        return TYPES[symbol]
    known = symbol in TOP_ERRORS or symbol.startswith("openai.error.")
    return ERRORS.get(symbol.rsplit(".", 1)[-1]) if known else None


def named(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """One mention of a class."""
    name = current(site.symbol)
    if name is None:
        if site.symbol.startswith("openai.error."):
            words = f"`{site.symbol}` has no successor in the current SDK"
            yield manual(RULE, site, target, words, advice="remove it, or catch openai.OpenAIError")
        return
    edits = mention(site, name)
    for use in site.uses:
        change = read(use, {name, *together(site)})
        if isinstance(change, str):
            finding = manual(
                RULE, site, target, f"`{use.code}`: {change}", compatibility=Compatibility.DIFFERS
            )
            yield replace(finding, place=use.location)
        elif change is not None:
            edits.append(change)
    if edits:
        yield bundled(edit(RULE, site, target, f"becomes `openai.{name}`", *edits), situation)
    if (
        site.caught is not None
        and site.caught.way == "made"
        and not MADE.get(name, STATUS)[0] <= given(site.caught)
    ):
        needs, advice = MADE.get(name, STATUS)
        words = (
            f"`{site.caught.code}`: openai.{name} cannot be made without {' and '.join(sorted(needs))} now"
        )
        finding = manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
        yield bundled(finding, situation)
    if site.symbol in TYPES and site.kind is SiteKind.TYPE:
        words = "OpenAIObject was an object and a dictionary at once: what comes here now is only one of them"
        advice = "read it by attributes, or by keys where the call hands out `model_dump()`"
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)


def given(caught: Caught) -> frozenset[str]:
    """The names of the arguments with which an error is made."""
    return frozenset(caught.keywords)


def mention(site: Site, name: str) -> list[Operation]:
    """The edits for the name itself, as it is written: through the module, through `error`, or imported."""
    code = re.sub(r"\s+", "", site.code)
    parts = code.split(".")
    if code[:1] in "\"'":
        return []
    if len(parts) > 2 and parts[-2] in ("error", "openai_object"):
        return [ReplaceExpression(site.path, site.span, ".".join((*parts[:-2], name)))]
    if len(parts) == 2 and parts[0] in ("error", "openai_object"):
        return [
            AddImport(site.path, "import openai"),
            ReplaceExpression(site.path, site.span, f"openai.{name}"),
        ]
    if len(parts) > 1 and site.symbol in TOP_ERRORS and parts[-1] == site.symbol.rsplit(".", 1)[-1] != name:
        return [ReplaceExpression(site.path, site.span, ".".join((*parts[:-1], name)))]
    if len(parts) == 1 and code == site.symbol.rsplit(".", 1)[-1] != name:
        return [ReplaceExpression(site.path, site.span, name)]
    return []


def together(site: Site) -> set[str]:
    """The current names of the classes that are caught with this one."""
    classes = site.caught.classes if site.caught is not None else ()
    return {ERRORS.get(c.rsplit(".", 1)[-1], c.rsplit(".", 1)[-1]) for c in classes}


def read(use: Use, names: set[str]) -> Operation | str | None:
    """What becomes of an attribute that a handler reads of errors of these classes, or why it is left."""
    found = parts_of(use)
    if found is None or not use.hops or use.hops[0].kind is not HopKind.ATTRIBUTE:
        return None
    start, parts = found
    key = str(use.hops[0].key)
    if key in GONE:
        return GONE[key]
    if key not in READ:
        return None
    rest = "".join(part.text for part in parts[1:])
    if READ[key] == "message" and "OpenAIError" in names:
        return ReplaceExpression(use.path, use.span, f"str({use.base}){rest}")
    if READ[key] == "status_code" and not names.isdisjoint(WITHOUT_STATUS):
        return ReplaceExpression(use.path, use.span, f'getattr({use.base}, "status_code", None){rest}')
    return ReplaceTail(use.path, use.span, start, f".{READ[key]}{rest}")


def imports(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """`from openai.error import RateLimitError, Timeout as Slow` as one import of the new names."""
    match = re.fullmatch(r"from\s+openai\.\w+\s+import\s+\(?(.*?)\)?", site.code, re.DOTALL)
    if match is None:
        words = "`openai.error` is gone"
        yield manual(RULE, site, target, words, advice="import the exceptions from openai")
        return
    listed = re.sub(r"#[^\n]*", "", match[1]).replace("\\", " ")
    wanted: list[str] = []
    for item in (part.split() for part in listed.split(",") if part.strip()):
        name = ERRORS.get(item[0]) or TYPES.get(f"{site.symbol}.{item[0]}")
        if name is not None:
            wanted.append(f"{name} as {item[2]}" if len(item) == 3 else name)
    edits: list[Operation] = [RemoveStatement(site.path, site.span)]
    if wanted:
        line = f"from openai import {', '.join(dict.fromkeys(wanted))}"
        edits.append(InsertStatement(site.path, site.span, line))
    yield bundled(edit(RULE, site, target, "the names now stand in `openai` itself", *edits), situation)


UPGRADE = Options(upgrade_sdk=True)
EXAMPLES = (
    Example(
        "import openai\nfrom openai.openai_object import OpenAIObject\n\n\ndef keep(answer: OpenAIObject):\n"
        "    print(answer.usage)\n",
        "import openai\nfrom openai import BaseModel\n\n\ndef keep(answer: BaseModel):\n    print(answer.usage)\n",
        says="only one of them",
        options=UPGRADE,
    ),
    Example(
        "import openai\nfrom openai.error import RateLimitError, Timeout\n\n\n"
        "def ask():\n    try:\n        return run()\n    except (openai.error.InvalidRequestError, Timeout) as e:\n"
        "        print(e.http_status)\n    except RateLimitError:\n        raise\n",
        "import openai\nfrom openai import RateLimitError, APITimeoutError\n\n\n"
        "def ask():\n    try:\n        return run()\n    except (openai.BadRequestError, APITimeoutError) as e:\n"
        '        print(getattr(e, "status_code", None))\n    except RateLimitError:\n        raise\n',
        options=UPGRADE,
    ),
    Example(
        "from openai import error\n\ntry:\n    run()\nexcept error.ServiceUnavailableError as e:\n"
        "    print(e.user_message)\n",
        "import openai\n\ntry:\n    run()\nexcept openai.InternalServerError as e:\n    print(e.message)\n",
        options=UPGRADE,
    ),
    Example(
        "import openai\nfrom openai import InvalidRequestError as Bad, OpenAIError\n\ntry:\n    run()\n"
        "except (Bad, openai.InvalidRequestError) as e:\n    print(e.http_status)\n"
        "except OpenAIError as e:\n    print(e.user_message)\n",
        "import openai\nfrom openai import BadRequestError as Bad, OpenAIError\n\ntry:\n    run()\n"
        "except (Bad, openai.BadRequestError) as e:\n    print(e.status_code)\n"
        "except OpenAIError as e:\n    print(str(e))\n",
        options=UPGRADE,
    ),
    Example(
        'import openai\n\n\ndef fail():\n    raise openai.error.RateLimitError("slow down")\n',
        'import openai\n\n\ndef fail():\n    raise openai.RateLimitError("slow down")\n',
        says="cannot be made without body and response",
        options=UPGRADE,
    ),
    Example(
        'import openai\n\n\ndef fail():\n    raise openai.error.OpenAIError("no")\n',
        'import openai\n\n\ndef fail():\n    raise openai.OpenAIError("no")\n',
        options=UPGRADE,
    ),
    Example.silent(
        "from openai import OpenAIError\n\ntry:\n    run()\nexcept OpenAIError as e:\n    print(e)\n"
    ),
    Example.untouched("import openai\n\ntry:\n    run()\nexcept openai.error.Timeout:\n    pass\n"),
    Example.untouched(
        "from stripe.error import RateLimitError\n\ntry:\n    run()\nexcept RateLimitError:\n    pass\n"
    ),
)
