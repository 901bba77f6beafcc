"""ERR: rules about errors and retries."""

from __future__ import annotations

from types import ModuleType

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = ()
