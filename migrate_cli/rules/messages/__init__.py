"""MSG: rules about messages of a chat."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.messages import (
    developer_role,
    dumped_message,
    empty_content,
    function_role,
    last_turn,
    message_names,
    same_role_twice,
    system_messages,
    text_lists,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    developer_role,
    system_messages,
    last_turn,
    same_role_twice,
    message_names,
    empty_content,
    text_lists,
    function_role,
    dumped_message,
)
