"""MED: rules about images and audio."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.media import (
    audio_in_chat,
    file_parts,
    image_address,
    image_detail,
    image_input,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    image_address,
    image_detail,
    image_input,
    audio_in_chat,
    file_parts,
)
