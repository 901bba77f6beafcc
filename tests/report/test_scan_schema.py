"""The shipped schema and the documents say the same, in both directions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from migrate_cli import api
from migrate_cli.files.packaged import packaged_text
from migrate_cli.model import Certainty, Fate, Level, Origin, SiteKind
from migrate_cli.report.json import SCAN_SCHEMA, scan_json
from tests.report import samples
from tests.report.test_scan_text import retired

SCHEMA = json.loads(packaged_text("migrate_cli.report", "schema/scan.json"))
PROGRAM = """\
import os
from openai import OpenAI

MODEL = os.getenv("OPENAI_MODEL", "gpt-4-0314")
client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])


def ask(question, **options):
    return client.chat.completions.create(model=MODEL, messages=[], temperature=1e999, **options)
"""


def closed(part: Any) -> Any:
    """The schema with no room for a field that it does not name."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inside = {key: closed(value) for key, value in part.items()}
    return {"additionalProperties": False, **inside} if "properties" in part else inside


def named_fields(part: Any) -> Iterator[str]:
    """The fields that a schema or, in it, a definition names."""
    if isinstance(part, dict):
        yield from part.get("properties", {}) if isinstance(part.get("properties"), dict) else ()
        for value in part.values():
            yield from named_fields(value)
    elif isinstance(part, list):
        for value in part:
            yield from named_fields(value)


def fields(part: Any) -> Iterator[str]:
    """The fields of a document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from fields(value)
    elif isinstance(part, list):
        for value in part:
            yield from fields(value)


def hand_made() -> dict[str, Any]:
    """A document in which every list has something."""
    made = samples.mixed()
    via = samples.EVIDENT.evidence
    value = samples.value(Origin.DYNAMIC, because="no caller", via=via)
    call = samples.modelled(value, clients=(made.scan.sites[0].id,), evidence=via, unfollowed=("options",))
    away = samples.client(7, elsewhere="qianfan.baidubce.com")
    scan = replace(made.scan, sites=(call, *made.scan.sites, away), skips=(samples.LARGE,))
    hit = replace(retired(), sites=(call,))
    notice = next(d for d in made.decisions if d.fate is Fate.MANUAL)
    return scan_json(scan, [replace(made, scan=scan, notices=(notice,))], samples.ROWS, [hit])


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_names_the_version_that_is_written() -> None:
    assert SCHEMA["properties"]["schema"]["const"] == SCAN_SCHEMA


def test_a_real_scan_fits_and_holds_no_field_that_is_not_documented(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "broken.py").write_text("import openai\ndef (", encoding="utf-8")
    scan = api.scan([tmp_path])
    document = scan_json(scan, [api.plan(scan, "ernie")], api.matrix(scan), api.retired_models(scan))
    jsonschema.validate(json.loads(json.dumps(document, allow_nan=False)), closed(SCHEMA))
    assert [model["model"] for model in document["retired_models"]] == ["gpt-4-0314"]


def test_a_hand_made_scan_fits() -> None:
    jsonschema.validate(hand_made(), closed(SCHEMA))


def test_every_documented_field_is_written() -> None:
    definitions = set(named_fields(SCHEMA))
    assert definitions - set(fields(hand_made())) == set()


def test_every_field_is_required_and_described() -> None:
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    assert [set(o["required"]) ^ set(o["properties"]) for o in objects] == [set()] * len(objects)
    bare = [p for o in objects for p in o["properties"].values() if not {"description", "$ref"} & set(p)]
    assert bare == []


@pytest.mark.parametrize(
    ("definition", "field", "members"),
    [
        ("site", "kind", SiteKind),
        ("site", "certainty", Certainty),
        ("value", "origin", Origin),
        ("decision", "fate", Fate),
        ("finding", "level", Level),
    ],
)
def test_every_word_of_the_vocabulary_is_documented(definition: str, field: str, members: Any) -> None:
    assert SCHEMA["$defs"][definition]["properties"][field]["enum"] == [member.value for member in members]


def test_an_unknown_field_would_be_seen() -> None:
    document = hand_made() | {"invented": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, closed(SCHEMA))


def test_clients_are_given_by_number() -> None:
    document = hand_made()
    assert document["sites"][document["sites"][0]["clients"][0]]["kind"] == "client"


def test_a_client_that_is_not_listed_has_no_number() -> None:
    call = samples.site(3, clients=(samples.client(2).id,))
    assert scan_json(samples.scan(call))["sites"][0]["clients"] == []


def test_a_key_in_a_value_is_masked() -> None:
    given = samples.argument("api_key", samples.value(literal=samples.KEY), code=f'"{samples.KEY}"')
    document = scan_json(samples.scan(samples.client(2, arguments=(given,))))
    value = document["sites"][0]["arguments"][0]["values"][0]
    assert (value["literal"], value["secret"]) == ("sk-…d4", True)
    assert samples.KEY[8:20] not in json.dumps(document)


def test_a_model_is_no_secret() -> None:
    document = scan_json(samples.scan(samples.modelled(samples.value(literal="gpt-4o"))))
    value = document["sites"][0]["arguments"][0]["values"][0]
    assert (value["literal"], value["secret"]) == ("gpt-4o", False)
