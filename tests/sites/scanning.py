"""A project of a few files in memory, and the sites that a scan of it reports."""

from __future__ import annotations

from textwrap import dedent

from migrate_cli.files.prefilter import is_seed
from migrate_cli.index.project import Project
from migrate_cli.index.resolve import Resolver
from migrate_cli.model import Origin, Site, SiteKind
from migrate_cli.sites.reader import read_sites, settle

HEAD = "from openai import OpenAI\nclient = OpenAI()\n"


def sites(files: dict[str, str] | str) -> list[Site]:
    """All sites of files given as path -> text, or of one text."""
    named = files if isinstance(files, dict) else {"app.py": files}
    texts = {path: dedent(text) for path, text in named.items()}
    seeds = [path for path, text in texts.items() if is_seed(text.encode())]
    code = [path for path in texts if path.endswith((".py", ".pyw", ".ipynb"))]
    beside = [path for path in texts if path not in code]
    seeds = [path for path in seeds if path in code]
    project = Project(
        code, lambda path: texts[path].encode(), lambda path, data: data.decode(), seeds, beside
    )
    resolver = Resolver(project)
    modules = [module for path in seeds if (module := project.module(path)) is not None]
    return list(settle(s for m in modules for s in read_sites(resolver, m, lambda path, line: None)))


def kinds(files: dict[str, str] | str) -> list[str]:
    """Kind and symbol of each site, imports left out."""
    return [f"{s.kind.value} {s.symbol}" for s in sites(files) if s.kind is not SiteKind.IMPORT]


def calls(files: dict[str, str] | str) -> list[str]:
    """Endpoint and certainty of each call."""
    return [f"{s.endpoint} {s.certainty.value}" for s in sites(files) if s.kind is SiteKind.CALL]


def the_call(files: dict[str, str] | str) -> Site:
    """The one call."""
    [call] = [s for s in sites(files) if s.kind is SiteKind.CALL]
    return call


def values(files: dict[str, str] | str, name: str = "model") -> list[str]:
    """The values of an argument of the one call, in words."""
    words = {
        Origin.LITERAL: lambda v: repr(v.literal),
        Origin.ENVIRONMENT: lambda v: f"${v.variable}={v.literal!r}",
        Origin.NONE: lambda v: "None",
        Origin.FILE: lambda v: f"{v.path}:{v.location.line} {v.named}={v.literal!r}",
        Origin.DYNAMIC: lambda v: "?",
    }
    return sorted(words[v.origin](v) for a in the_call(files).named(name) for v in a.values)
