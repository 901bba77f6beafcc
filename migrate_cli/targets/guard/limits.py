"""What a provider takes, as the rows of the generated module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import Action, Parameter, Restriction, Support
from migrate_cli.targets.endpoint import Target

Row = dict[str, Any]

# Entries of the catalogue that are no field of a request.
NOT_FIELDS = {
    "model", "messages", "stream", "extra_body", "image_url_parts", "audio_parts", "message_name",
    "role_system", "role_developer", "role_tool", "role_function",
    "response_format_json_object", "response_format_json_schema",
}  # fmt: skip
# Dropping or cutting these would change what is stored or bought without a word: the provider's error is better.
LEFT_TO_THE_PROVIDER = {"dimensions", "logprobs", "top_logprobs", "functions", "function_call", "audio"}
EMBEDDING_FIELDS = {"encoding_format", "user"}
SCHEMA = "response_format_json_schema"
DATE = re.compile(r"-(\d{4}|\d{4}-\d{2}-\d{2})$")  # of a version of a model
STEP = Decimal("0.01")  # above a minimum that is itself too small


def chat_rows(target: Target) -> tuple[Row, ...]:
    """The limits of a chat request; what is renamed comes first, since the new name may have limits too."""
    rows = [row for p in target.provider.parameters if (row := chat_row(p, target)) is not None]
    return tuple(sorted(rows, key=lambda row: "rename" not in row))


def chat_row(entry: Parameter, target: Target) -> Row | None:
    """One entry of the catalogue as a limit of a chat request, None where there is nothing to keep."""
    if entry.name == SCHEMA:
        refused = entry.support in (Support.REJECTED, Support.RESTRICTED) and entry.action is Action.MANUAL
        what = {"schema_in_prompt": True} if refused and takes_json(target, entry) else {}
        field = "response_format"
    elif entry.name in NOT_FIELDS | LEFT_TO_THE_PROVIDER | (EMBEDDING_FIELDS - {"user"}):
        return None
    else:
        unlisted = entry.support is Support.UNKNOWN and entry.action is Action.KEEP and is_strict(target)
        what, field = {"drop": True} if unlisted else treatment(entry), entry.name
    return {"field": field, **what, **models(entry, target)} if what else None


def is_strict(target: Target) -> bool:
    """Whether a field that the provider does not list makes a request fail."""
    known = target.behaviour("parameters.unlisted_fields")
    return known is not None and known.holds is True


def takes_json(target: Target, entry: Parameter) -> bool:
    """Whether the models of an entry take `json_object`, as far as is known."""
    modes = [target.parameter("response_format_json_object", m) for m in entry.models or (None,)]
    return all(m is None or m.support is not Support.REJECTED for m in modes)


def embedding_rows(target: Target) -> tuple[Row, ...]:
    """The limits of an embeddings request. A format that is not taken is dropped: the SDK reads floats too."""
    rows: list[Row] = []
    for entry in target.provider.parameters:
        if entry.name in EMBEDDING_FIELDS and (what := treatment(entry)):
            rows.append({"field": entry.name, **what, **models(entry, target)})
    return tuple(rows)


def treatment(entry: Parameter) -> Row:
    """What happens to one field: renamed, left out, or kept within its restriction."""
    if entry.action is Action.RENAME and entry.rename_to:
        return {"rename": entry.rename_to}
    if entry.action is Action.DROP:
        return {"drop": True}
    if entry.restriction is None or entry.support is Support.REJECTED:
        return {}
    return within(entry.restriction)


def within(limits: Restriction) -> Row:
    """A restriction as data."""
    row: Row = {}
    if limits.allowed is not None:
        row["allowed"] = [plain(value) for value in limits.allowed]
    if limits.min is not None:
        row["min"] = plain(limits.min + STEP if limits.exclusive_min else limits.min)
    if limits.max is not None:
        row["max"] = plain(limits.max)
    if limits.type == "list":
        row["list"] = True
    if limits.max_items is not None:
        row["max_items"] = limits.max_items
    if limits.min_chars is not None:
        row["min_chars"] = limits.min_chars
    if limits.max_chars is not None:
        row["max_chars"] = limits.max_chars
    return row


def plain(value: Any) -> Any:
    """A number as Python writes it."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def models(entry: Parameter, target: Target) -> Row:
    """Which models an entry is for: its own, or all but those that have one of their own."""
    if entry.models:
        return {"only": list(entry.models)}
    others = (p for p in target.provider.parameters if p.name == entry.name and p.models)
    apart = [*entry.except_models, *(m for p in others for m in p.models)]
    return {"but": list(dict.fromkeys(apart))} if apart else {}


def replacements(target: Target) -> dict[str, str]:
    """OpenAI's models that have a replacement, the user's own choices included.

    A dated version is left out where the model without its date leads to the same. Embeddings of two models do not
    compare, so these never change on the way: the provider's error is better.
    """
    names = [
        name
        for name, model in target.catalogue.openai_models().items()
        if model.kind != "embedding" and not set(" :") & set(name)
    ]
    choices = {name: target.choose(name) for name in (*names, *target.overrides) if not target.serves(name)}
    found = {name: c.to for name, c in sorted(choices.items()) if c is not None and c.to}
    bare = {name: DATE.sub("", name) for name in found}
    return {name: to for name, to in found.items() if bare[name] == name or found.get(bare[name]) != to}


def plain_models(target: Target, names: Iterable[str]) -> Iterator[str]:
    """Those of OpenAI's models that are known not to reason, and whose replacement can be told not to."""
    off = thinking_off(target)
    for name in names:
        old, choice = target.catalogue.openai_model(name), target.choose(name)
        if old is not None and old.reasoning is False and choice is not None and choice.to in off:
            yield name


def thinking_off(target: Target) -> Mapping[str, Mapping[str, Any]]:
    """Model to the fields that switch its thinking off, where it thinks unless told otherwise."""
    found: dict[str, Mapping[str, Any]] = {}
    for model in target.provider.models.values():
        thinking = model.thinking
        if thinking is None or thinking.default not in ("on", "unknown"):
            continue
        if thinking.off_argument is not None:
            found[model.id] = {thinking.off_argument[0]: thinking.off_argument[1]}
        elif thinking.off is not None:
            found[model.id] = thinking.off
    return found


def roles(target: Target) -> dict[str, str]:
    """Roles that have another name on this provider."""
    return {
        p.name.removeprefix("role_"): p.rename_to
        for p in target.provider.parameters
        if p.name.startswith("role_") and p.action is Action.RENAME and p.rename_to
    }


def message_keys(target: Target) -> list[str]:
    """Keys of messages that are not taken."""
    entry = target.parameter("message_name", None)
    return ["name"] if entry is not None and entry.action is Action.DROP else []


def one_system_message(target: Target) -> bool:
    """Whether several system messages are refused."""
    known = target.behaviour("messages.one_system")
    if known is not None and known.holds:
        return True
    entry = target.parameter("role_system", None)
    return entry is not None and entry.restriction is not None and entry.restriction.max_items == 1


def text_only(target: Target) -> Row:
    """The roles whose content may not be a list of text parts, and for which models."""
    known = target.behaviour("messages.text_lists")
    if known is None or not known.holds:
        return {}
    return {"roles": list(known.data), **({"only": list(known.models)} if known.models else {})}


def empty_text(target: Target) -> dict[str, str]:
    """What stands for nothing in a message, by role, where an empty one is refused and something is known to do."""
    known = target.behaviour("messages.empty_content")
    text = known.data["text"] if known is not None and known.holds else None
    return dict.fromkeys(known.data["roles"], text) if known is not None and text else {}
