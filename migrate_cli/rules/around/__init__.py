"""CFG: rules about files around the code, and requests without the SDK."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.around import (
    app_config,
    dependency_pin,
    deploy_file,
    egress,
    notebook_line,
    raw_request,
    shell_and_docs,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    deploy_file,
    notebook_line,
    app_config,
    egress,
    dependency_pin,
    shell_and_docs,
    raw_request,
)
