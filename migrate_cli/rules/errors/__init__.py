"""ERR: rules about errors and retries."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.errors import (
    error_body,
    error_code,
    error_status,
    error_text,
    lasting_errors,
    retry_headers,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    error_status,
    error_code,
    error_text,
    lasting_errors,
    retry_headers,
    error_body,
)
