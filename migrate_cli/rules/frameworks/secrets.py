"""Keys that a framework takes as a secret of its own kind, not as a text."""

from __future__ import annotations

from migrate_cli.model import AddImport, Operation, ReplaceExpression, Site
from migrate_cli.rules.clients.client_endpoint import key_given_by
from migrate_cli.rules.support import put
from migrate_cli.targets.endpoint import Target

READER = "Secret.from_env_var("


def secret_key(site: Site, target: Target) -> tuple[list[Operation], str | None]:
    """Operations that give a construction the key as Haystack's Secret, and a remark when it comes from elsewhere."""
    given = site.argument("api_key")
    variable = target.key_variable
    code = f'{READER}"{variable}")' if variable is not None else 'Secret.from_token("EMPTY")'
    if given is None:
        return [put(site, "api_key", code), AddImport(site.path, "from haystack.utils import Secret")], None
    if given.code.startswith(READER) and "OPENAI" in given.code:
        return [ReplaceExpression(given.path, given.span, code)], None
    return [], None if given.code == code else key_given_by(given.code, target)
