"""Where a file speaks of models and providers without using one: tables, schemas, translations, answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from migrate_cli.files.entry import Entry

_FOLDERS = frozenset(
    {"locales", "locale", "i18n", "l10n", "translations", "lang", "langs", "fixtures", "snapshots", "__snapshots__",
     "cassettes", "testdata", "test_data", "changelogs", "recordings", "node_modules"}
)  # fmt: skip
_FILES = re.compile(
    r".*(?:price|pricing|cost|context_window|changelog|openapi|swagger|schema|tokenizer|package-lock|leaderboard|"
    r"benchmark|results?|metrics|responses?|history|messages|translations?)[^/]*\.\w+",
    re.IGNORECASE,
)
# A mapping with one of these beside a model's name describes the model, or is an answer of the API.
_ABOUT = re.compile(
    r".*(?:price|cost|pricing)|cost_per_\w+|\w+_cost_per_\w+|knowledge_?cutoff|release_?date|deprecated|supports_\w+|"
    r"modalities|tokenizer|owned_by|choices|usage|finish_reason|created(?:_at)?|system_fingerprint|score|"
    r"accuracy|elo|win_rate|training_data",
    re.IGNORECASE,
)
_MANY = 6
_TENTH = 10
_SCHEMA = frozenset(
    {"enum", "properties", "anyOf", "oneOf", "allOf", "definitions", "$defs", "const", "examples"}
)
_LISTS = re.compile(
    r"(?:.*_)?(?:(?:supported|available|allowed|known|valid|all|other|default|openai|chat|excluded?)_?)?"
    r"(?:models?|engines|choices|options|values|items|matrix|enum|whitelist|allowlist|skip|ignore|names)",
    re.IGNORECASE,
)


def speaks_only(path: str) -> bool:
    """Whether a file of this name describes or records, rather than configures."""
    *folders, _ = path.lower().split("/")
    if "data" in folders and ("tests" in folders or "test" in folders):
        return True
    if any(folder.endswith(("artifacts", "results", "outputs")) for folder in folders):
        return True
    return not _FOLDERS.isdisjoint(folders) or _FILES.fullmatch(path) is not None


def tellers(beside: Iterable[str]) -> frozenset[str]:
    """The keys of a mapping that show it to be a price table or an answer; one among dozens of options does not."""
    names = {name for name in beside if not name.isdigit()}
    found = frozenset(name for name in names if _ABOUT.fullmatch(name))
    return found if len(found) * _TENTH >= len(names) else frozenset()


def describes(entry: Entry, telling: Collection[str]) -> bool:
    """Whether a value stands in a schema, or beside one of the `telling` keys of its mapping."""
    if any(key in _SCHEMA for key in entry.keys):
        return True
    return any(name != entry.keys[-1] for name in telling)


def is_a_choice(entry: Entry) -> bool:
    """Whether a value is an item of a list of what can be chosen: `models: [a, b]`, `models: [{name: a}, …]`."""
    keys = entry.keys
    listed = keys[:-1] if keys[-1].isdigit() else keys[:-2] if keys[-2:-1] and keys[-2].isdigit() else None
    if listed is None or (
        not keys[-1].isdigit() and keys[-1].lower() not in ("name", "id", "value", "label")
    ):
        return False
    above = next((key for key in reversed(listed) if not key.isdigit()), "")
    return _LISTS.fullmatch(above) is not None


def tables(entries: Iterable[Entry], is_model: Callable[[str], bool]) -> frozenset[tuple[str, ...]]:
    """The lists of mappings that name so many different models that they can only be tables of models.

    A program's agents are as many, but they share a few models.
    """
    named: dict[tuple[str, ...], set[str]] = {}
    for entry in entries:
        place = next((i for i, key in enumerate(entry.keys) if key.isdigit()), None)
        if place is None or "litellm_params" in entry.keys or not isinstance(entry.value, str):
            continue
        if entry.keys[-1].isdigit():
            continue  # what one row offers says nothing of the rows
        if is_model(entry.value):
            named.setdefault(entry.keys[:place], set()).add(entry.value)
    return frozenset(keys for keys, names in named.items() if len(names) >= _MANY)


def in_a_table(entry: Entry, known: Collection[tuple[str, ...]]) -> bool:
    """Whether an entry belongs to one of the tables."""
    return any(entry.keys[: len(keys)] == keys for keys in known)
