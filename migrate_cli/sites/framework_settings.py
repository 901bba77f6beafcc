"""Settings of a framework's module that configure OpenAI: `litellm.api_key = …`, `marvin.settings.openai.…`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.catalogue.frameworks import Framework
from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module
from migrate_cli.index.values import External, step
from migrate_cli.model import Site, SiteKind
from migrate_cli.sites.arguments import Reader, argument
from migrate_cli.sites.framework_names import Names


def module_settings(reader: Reader, module: Module, names: Names) -> Iterator[Site]:
    """`litellm.api_key = …`, `marvin.settings.openai.api_key = …`."""
    setting = {f.id: f for f in names.present.values() if f.settings}
    if not setting:
        return
    for use in module.stores:
        node = use.node
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        left = targets[0]
        if len(targets) != 1 or not isinstance(left, ast.Attribute):
            continue
        found = [
            (f, framework)
            for f in reader.resolver.eval(module, use.scope, use.block, left.value)
            if isinstance(f.value, External)
            for framework in setting.values()
            if sets(framework, f"{f.value.path}.{left.attr}")
        ]
        if not found:
            continue
        reason, framework = found[0]
        assert isinstance(reason.value, External)
        yield Site(
            SiteKind.FRAMEWORK,
            module.path,
            module.span(node),
            reader.places.node(module, node),
            f"{reason.value.path}.{left.attr}",
            module.span(node.value),
            mask(module.code(node)),
            evidence=reader.places.chain((step(module, node, "a setting of the module"), *reason.steps)),
            arguments=(argument(reader, module, use.scope, use.block, left.attr, node.value),),
            dotted=True,
            framework=framework.id,
        )


def sets(framework: Framework, dotted: str) -> bool:
    """Whether a dotted path is one of the framework's settings, or below one."""
    return any(
        dotted == f"{package}.{setting}" or dotted.startswith(f"{package}.{setting}.")
        for package in framework.packages
        for setting in framework.settings
    )
