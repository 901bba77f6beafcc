"""END: rules about services that a provider may not offer, with those about images and speech (MED05 to MED08)."""

from __future__ import annotations

from types import ModuleType

from migrate_cli.rules.endpoints import (
    assistant,
    batch_job,
    file_upload,
    fine_tuning,
    image_edit,
    image_generation,
    missing_endpoint,
    moderation,
    other_service,
    realtime,
    responses_call,
    responses_state,
    responses_tools,
    speech,
    transcription,
    vector_store,
)

# In the order they are asked.
MODULES: tuple[ModuleType, ...] = (
    missing_endpoint,
    responses_call,
    responses_state,
    responses_tools,
    assistant,
    vector_store,
    file_upload,
    batch_job,
    fine_tuning,
    realtime,
    moderation,
    other_service,
    image_generation,
    image_edit,
    transcription,
    speech,
)
