"""STR: rules about streamed answers."""

from __future__ import annotations

from types import ModuleType

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = ()
