"""Which methods the resources of an openai client have: every one that makes a request.

The union of openai-python 1.0.0 to 3.54.0, listed by `tests/index/list_methods.py` (a dozen versions in between
were looked at for what came and went: `edits`, `fine_tunes`, `assistants.files`). Resources under `beta` stand
without it, because they move in and out of it. `webhooks.unwrap` and `verify_signature` send nothing: they read what
OpenAI sends, and stop working with the account.
"""

from __future__ import annotations

_TABLE = """
admin.organization.admin_api_keys: create delete list retrieve
admin.organization.audit_logs: list
admin.organization.certificates: activate create deactivate delete list retrieve update
admin.organization.data_retention: retrieve update
admin.organization.external_keys: create delete list retrieve validate
admin.organization.external_storage: create delete list retrieve validate
admin.organization.groups: create delete list retrieve update
admin.organization.groups.roles: create delete list retrieve
admin.organization.groups.users: create delete list retrieve
admin.organization.invites: create delete list retrieve
admin.organization.projects: archive create list retrieve update
admin.organization.projects.api_keys: delete list retrieve update
admin.organization.projects.certificates: activate deactivate list
admin.organization.projects.data_retention: retrieve update
admin.organization.projects.groups: create delete list retrieve
admin.organization.projects.groups.roles: create delete list retrieve
admin.organization.projects.hosted_tool_permissions: retrieve update
admin.organization.projects.model_permissions: delete retrieve update
admin.organization.projects.rate_limits: list_rate_limits update_rate_limit
admin.organization.projects.roles: create delete list retrieve update
admin.organization.projects.service_accounts: create delete list retrieve update
admin.organization.projects.service_accounts.api_keys: create
admin.organization.projects.service_tier_settings: retrieve update
admin.organization.projects.spend_alerts: create delete list retrieve update
admin.organization.projects.spend_limit: delete retrieve update
admin.organization.projects.users: create delete list retrieve update
admin.organization.projects.users.roles: create delete list retrieve
admin.organization.roles: create delete list retrieve update
admin.organization.spend_alerts: create delete list retrieve update
admin.organization.spend_limit: delete retrieve update
admin.organization.usage: audio_speeches audio_transcriptions code_interpreter_sessions completions costs
    decisions embeddings file_search_calls images moderations vector_stores web_search_calls
admin.organization.users: delete list retrieve update
admin.organization.users.roles: create delete list retrieve
admin.organization.workload_identity_providers: create delete list retrieve update
admin.organization.workload_identity_providers.federation_rules: create delete list retrieve update
agents: create delete list retrieve update
agents.automations: create delete list pause resume retrieve update
agents.automations.invocations: create list retrieve
agents.environments: create list retrieve
agents.environments.files: create list prepare prepare_directory upload
agents.environments.templates: create delete list retrieve update
agents.sessions: create delete list retrieve stream update
agents.sessions.artifacts: content delete list retrieve
agents.sessions.events: create stream
agents.sessions.items: list
agents.sessions.subagents: list retrieve
agents.sessions.subagents.items: list
agents.sessions.subagents.turns: list retrieve
agents.sessions.subagents.turns.items: list
agents.sessions.traces: list
agents.sessions.turns: list retrieve
agents.sessions.turns.items: list
agents.vaults: create delete list retrieve update
agents.vaults.credentials: create delete list retrieve update
assistants: create delete list retrieve update
assistants.files: create delete list retrieve
audio.speech: create
audio.transcriptions: create
audio.translations: create
audio.voice_consents: create delete list retrieve update
audio.voices: create delete
batches: cancel create list retrieve
chat.completions: create delete list parse retrieve stream update
chat.completions.messages: list
chatkit.sessions: cancel create
chatkit.threads: delete list list_items retrieve
completions: create
containers: create delete list retrieve
containers.files: create delete list retrieve
containers.files.content: retrieve
content_provenance_checks: create
conversations: create delete retrieve update
conversations.items: create delete list retrieve
decisions: create
edits: create
embeddings: create
evals: create delete list retrieve update
evals.runs: cancel create delete list retrieve
evals.runs.output_items: list retrieve
files: content create delete list retrieve retrieve_content wait_for_processing
fine_tunes: cancel create list list_events retrieve
fine_tuning.alpha.graders: run validate
fine_tuning.checkpoints.permissions: create delete list retrieve
fine_tuning.jobs: cancel create list list_events pause resume retrieve
fine_tuning.jobs.checkpoints: list
images: create_variation edit generate
live: connect create
live.forks: connect
live.sessions: accept download_recording fork hangup refer reject
live.sideband: connect
models: delete list retrieve
moderations: create
realtime: connect
realtime.calls: accept create hangup refer reject
realtime.client_secrets: create
realtime.sessions: create
realtime.transcription_sessions: create
realtime.translations: connect
realtime.translations.client_secrets: create
responses: cancel compact connect create delete parse retrieve stream
responses.input_items: list
responses.input_tokens: count
safety.alerts: retrieve
safety.cases: retrieve
skills: create delete list retrieve update
skills.content: retrieve
skills.versions: create delete list retrieve
skills.versions.content: retrieve
threads: create create_and_run create_and_run_poll create_and_run_stream delete retrieve update
threads.messages: create delete list retrieve update
threads.messages.files: list retrieve
threads.runs: cancel create create_and_poll create_and_stream list poll retrieve stream submit_tool_outputs
    submit_tool_outputs_and_poll submit_tool_outputs_stream update
threads.runs.steps: list retrieve
uploads: cancel complete create upload_file_chunked
uploads.parts: create
vector_stores: create delete list retrieve search update
vector_stores.file_batches: cancel create create_and_poll list_files poll retrieve upload_and_poll
vector_stores.files: content create create_and_poll delete list poll retrieve update upload upload_and_poll
videos: create create_and_poll create_character delete download_content edit extend get_character list poll
    remix retrieve
webhooks: create delete list retrieve rotate_secret test unwrap update verify_signature
webhooks.event_types: list
"""

# What instructor adds to the client that it wraps (instructor 1.11.3).
_WRAPPED = {
    "": "create create_iterable create_partial create_with_completion",
    "chat.completions": "create_iterable create_partial create_with_completion",
    "messages": "create create_iterable create_partial create_with_completion",
    "responses": "create_iterable create_partial create_with_completion",
}


def _read(table: str) -> dict[str, set[str]]:
    """Resource -> its methods; an indented line goes on with the resource above."""
    found: dict[str, set[str]] = {}
    for line in table.replace("\n    ", " ").strip().splitlines():
        path, _, names = line.partition(": ")
        found[path] = set(names.split())
    for path, names in _WRAPPED.items():
        found.setdefault(path, set()).update(names.split())
    return found


RESOURCE_METHODS = _read(_TABLE)
