"""The part of SARIF 2.1.0 that rectlint writes, as a JSON schema in which nothing else may occur.

Written from sections 3.13 to 3.58 of the standard: property names, types, enumerations, what is required and what must
be unique.  A property the standard does not have, or has elsewhere, fails.
"""

from __future__ import annotations

from typing import Any


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {name.replace("_schema", "$schema"): value for name, value in properties.items()},
    }


def _array(items: dict[str, Any], *, unique: bool = False, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": unique, "minItems": least}


_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri-reference", "pattern": "^[\\x21-\\x7e]+$"}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_POSITIVE = {"type": "integer", "minimum": 1}
_MESSAGE = _object(("text",), text=_TEXT, markdown=_TEXT)
_REGION = _object(
    startLine=_POSITIVE,
    startColumn=_POSITIVE,
    endLine=_POSITIVE,
    endColumn=_POSITIVE,
    snippet=_object(text=_TEXT),
)
_ARTIFACT_LOCATION = _object(uri=_URI)
_PHYSICAL = _object(("artifactLocation",), artifactLocation=_ARTIFACT_LOCATION, region=_REGION, contextRegion=_REGION)
_LOCATION = _object(id={"type": "integer", "minimum": -1}, physicalLocation=_PHYSICAL, message=_MESSAGE)
_BAG = {"type": "object", "properties": {"tags": _array(_TEXT, unique=True)}}
_RULE = _object(
    ("id",),
    id=_TEXT,
    name=_TEXT,
    shortDescription=_MESSAGE,
    fullDescription=_MESSAGE,
    help=_MESSAGE,
    defaultConfiguration=_object(level=_LEVEL),
    properties=_BAG,
)
_RESULT = _object(
    ("message",),
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_MESSAGE,
    locations=_array(_LOCATION),
    relatedLocations=_array(_LOCATION, unique=True),
    partialFingerprints={"type": "object", "additionalProperties": _TEXT},
    suppressions=_array(
        _object(
            ("kind",),
            kind={"enum": ["inSource", "external"]},
            status={"enum": ["accepted", "underReview", "rejected"]},
            justification=_TEXT,
        ),
        unique=True,
    ),
    properties=_BAG,
)
_INVOCATION = _object(
    ("executionSuccessful",),
    executionSuccessful={"type": "boolean"},
    exitCode={"type": "integer"},
    toolExecutionNotifications=_array(
        _object(("message",), level=_LEVEL, message=_MESSAGE, locations=_array(_LOCATION, unique=True))
    ),
)
_DRIVER = _object(
    ("name",),
    name=_TEXT,
    version=_TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    rules=_array(_RULE, unique=True),
)
_RUN = _object(
    ("tool",),
    tool=_object(("driver",), driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts=_array(_object(location=_ARTIFACT_LOCATION, encoding=_TEXT), unique=True),
    invocations=_array(_INVOCATION),
    results=_array(_RESULT),
)
SARIF_SCHEMA: dict[str, Any] = _object(
    ("version", "runs"), _schema={"type": "string", "format": "uri"}, version={"enum": ["2.1.0"]}, runs=_array(_RUN)
)
