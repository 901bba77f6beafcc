"""MED: rules about images and audio."""

from __future__ import annotations

from types import ModuleType

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = ()
