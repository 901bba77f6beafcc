"""The part of the SARIF 2.1.0 schema that our logs use, closed, and what GitHub asks beyond it."""

from __future__ import annotations

from typing import Any


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string", "minLength": 1}
_POSITIVE = {"type": "integer", "minimum": 1}
_MESSAGE = _closed(["text"], text=_TEXT, markdown=_TEXT)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_ARTIFACT = _closed(["uri"], uri={"type": "string", "pattern": r"^(?!/|\./|[a-z]+:)\S+$"}, uriBaseId=_TEXT)
_REGION = _closed(
    ["startLine"], startLine=_POSITIVE, startColumn=_POSITIVE, endLine=_POSITIVE, endColumn=_POSITIVE
)
_PHYSICAL = _closed(["artifactLocation"], artifactLocation=_ARTIFACT, region=_REGION)
_LOCATION = _closed(
    ["physicalLocation"],
    physicalLocation=_PHYSICAL,
    logicalLocations=_list(_closed(["fullyQualifiedName"], fullyQualifiedName=_TEXT)),
)
_RESULT = _closed(
    ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={**_list(_LOCATION), "minItems": 1},
    partialFingerprints=_closed(["primaryLocationLineHash"], primaryLocationLineHash=_TEXT),
    suppressions=_list(_closed(["kind"], kind={"enum": ["inSource", "external"]}, justification=_TEXT)),
)
_RULE = _closed(
    ["id", "shortDescription", "help"],
    id=_TEXT,
    shortDescription=_MESSAGE,
    help=_MESSAGE,
    properties=_closed([], tags={**_list(_TEXT), "maxItems": 20}),
)
_DRIVER = _closed(
    ["name", "rules"], name=_TEXT, semanticVersion=_TEXT, rules={**_list(_RULE), "maxItems": 25_000}
)
_INVOCATION = _closed(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=_list(
        _closed(["message"], level=_LEVEL, message=_MESSAGE, locations=_list(_LOCATION))
    ),
)
_RUN = _closed(
    ["tool", "results"],
    tool=_closed(["driver"], driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(_INVOCATION),
    results={**_list(_RESULT), "maxItems": 25_000},
)
SCHEMA: dict[str, Any] = _closed(
    ["$schema", "version", "runs"],
    **{
        "$schema": _TEXT,
        "version": {"const": "2.1.0"},
        "runs": {**_list(_RUN), "minItems": 1, "maxItems": 20},
    },
)
