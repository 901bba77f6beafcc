"""Fields of settings classes that are read from OpenAI's environment variables: `openai_api_key: str`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Scope
from migrate_cli.index.settings_classes import Declared, declaration, is_settings, renamable, variable
from migrate_cli.index.values import Class
from migrate_cli.model import SettingsField, Site, SiteKind
from migrate_cli.sites.arguments import Reader, argument

_HINT = "openai"
_VARIABLE = re.compile(r"(AZURE_)?OPENAI_[A-Z0-9_]+")


def field_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every field of a settings class whose variable is one of OpenAI's."""
    for node, scope in module.scopes.items():
        if not isinstance(node, ast.ClassDef) or not node.bases or _HINT not in module.code(node).lower():
            continue
        cls = Class(module, scope)
        if is_settings(reader.resolver, cls):
            yield from _fields(reader, module, scope, cls)


def _fields(reader: Reader, module: Module, scope: Scope, cls: Class) -> Iterator[Site]:
    for name in dict.fromkeys((*scope.annotations, *scope.bindings)):
        statement = declaration(scope, name)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or name == "model_config":
            continue
        text = variable(reader.resolver, cls, name)
        if not _VARIABLE.fullmatch(text):
            continue
        target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
        place, block = module.where[statement]
        given = statement.value
        yield Site(
            SiteKind.ENVIRONMENT,
            module.path,
            module.span(statement),
            reader.places.node(module, statement),
            f"{scope.name}.{name}",
            module.span(target),
            mask(module.code(statement)),
            arguments=(argument(reader, module, place, block, "default", given),)
            if given is not None
            else (),
            variable=text,
            field=_written(module, renamable(reader.resolver, cls, name)),
        )


def _written(module: Module, declared: Declared | None) -> SettingsField | None:
    """Where the parts of a field's declaration stand."""
    if declared is None:
        return None
    value = declared.statement.value
    return SettingsField(
        declared.version,
        declared.package,
        alias=module.span(declared.alias) if declared.alias is not None else None,
        call=module.span(declared.call) if declared.call is not None else None,
        value=module.span(value) if value is not None and declared.call is None else None,
        annotation=module.span(declared.statement.annotation),
    )


def with_fields(fields: Iterable[Site], reads: Iterable[Site]) -> Iterator[Site]:
    """The fields, and the reads that are not the name written inside of one (`Field(env="OPENAI_API_KEY")`)."""
    known = list(fields)
    yield from known
    for site in reads:
        if not any(f.span.start <= site.span.start and site.span.end <= f.span.end for f in known):
            yield site
