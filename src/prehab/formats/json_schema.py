"""The JSON Schema of the routine file, from the models that read it: editors complete and explain by it.

Where a value has one of several shapes, the shapes are told apart by type or by a key instead of being listed
as alternatives, so that an editor underlines the mistake and not the whole table.
"""

from __future__ import annotations

import json
from typing import Any

from prehab.formats.schema import RoutineTable

JsonSchema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TOGETHER: dict[str, JsonSchema] = {
    "StepTable": {"oneOf": [{"required": ["for"]}, {"required": ["reps"]}]},
    "SayTable": {"oneOf": [{"required": ["at"]}, {"required": ["left"]}]},
    "ForTable": {
        "if": {"type": "object"},
        "then": {"oneOf": [{"required": ["time"]}, {"required": ["from", "to", "by"]}]},
        "dependentSchemas": {"time": {"properties": {"from": False, "to": False, "by": False}}},
        "dependentRequired": {"gap": ["bouts"]},
    },
}
"""Which keys belong together or exclude each other, as `keys.judge` has it."""


def json_schema() -> JsonSchema:
    """Make the schema that `routines/routine.schema.json` holds."""
    made = _tidy(RoutineTable.model_json_schema(by_alias=True))
    tables = made["$defs"]
    for name, together in _TOGETHER.items():
        tables[name].update(together)
    step, group = tables["StepTable"], tables["GroupTable"]
    step["properties"]["for"] = _length(step["properties"]["for"], tables.pop("ForTable"))
    made["properties"]["step"]["items"] = {"$ref": "#/$defs/ItemTable"}
    tables["ItemTable"] = _item(step, group)
    del tables["GroupTable"]
    return {"$schema": _DIALECT, "title": "A prehab routine", **made}


def schema_text() -> str:
    """Write the schema as the file has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _length(either: JsonSchema, table: JsonSchema) -> JsonSchema:
    """A duration or a table: each keyword speaks of one type only, so one schema holds both."""
    span = next(shape for shape in either["oneOf"] if "pattern" in shape)
    return {**table, **span, "type": [*span["type"], "object"], "description": either["description"]}


def _item(step: JsonSchema, group: JsonSchema) -> JsonSchema:
    """A step, or a group when it has steps of its own."""
    alone, shared = step["properties"], group["properties"]
    rest = {**alone["rest"], "description": "The gap between two sets or, in a group, two rounds."}
    return {
        "description": f"{step['description']} With [[step.step]] below it, a group: {group['description']}",
        "type": "object",
        "properties": {**shared, **alone, "rest": rest},
        "additionalProperties": False,
        "if": {"required": ["step"]},
        "then": {"properties": {key: False for key in alone if key not in shared}},
        "else": {
            "properties": {key: False for key in shared if key not in alone},
            "required": step["required"],
            "oneOf": step["oneOf"],
        },
    }


def _tidy(part: Any) -> Any:
    """Leave out what TOML can't say, null, and the titles and defaults that tell nothing new."""
    if isinstance(part, list):
        return [_tidy(inner) for inner in part if inner != {"type": "null"}]
    if not isinstance(part, dict):
        return part
    tidy = {key: _tidy(inner) for key, inner in part.items()}
    if tidy.get("default", ...) in (None, {}, []):
        del tidy["default"]
    if isinstance(tidy.get("title"), str):
        del tidy["title"]
    match tidy:
        case {"anyOf": [dict(only)]}:
            del tidy["anyOf"]
            tidy = only | tidy
    return tidy
