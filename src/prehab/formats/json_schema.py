"""The JSON Schema of the routine file, from the tables it is read by: editors complete and explain by it.

Where a value has one of several shapes, they are told apart by type or by a key instead of being listed as
alternatives, so that an editor underlines the mistake and not the whole table.
"""

from __future__ import annotations

import json

from prehab.formats.schema import (
    SPAN,
    ChecksTable,
    CuesTable,
    CueTable,
    EasierTable,
    ForTable,
    GroupTable,
    PaceTable,
    ProgressionTable,
    RoutineTable,
    SayTable,
    StepTable,
)
from prehab.formats.shapes import JsonSchema, Key, keys_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TIMED: JsonSchema = {"oneOf": [{"required": ["for"]}, {"required": ["reps"]}]}
_GROWS_OR_NOT: JsonSchema = {
    "if": {"type": "object"},
    "then": {
        "oneOf": [{"required": ["time"]}, {"required": ["from", "to", "by"]}],
        "allOf": [
            # Not `dependentRequired` and `dependentSchemas`: Taplo passes over both.
            {"if": {"required": ["time"]}, "then": {"properties": {"from": False, "to": False, "by": False}}},
            {"if": {"required": ["gap"]}, "then": {"required": ["bouts"]}},
        ],
    },
}
_HAS_A_MOMENT: JsonSchema = {"oneOf": [{"required": ["at"]}, {"required": ["left"]}]}


def json_schema() -> JsonSchema:
    """Make the schema that `routines/routine.schema.json` holds."""
    step, group = _object(StepTable), _object(GroupTable)
    plain = (PaceTable, CuesTable, ProgressionTable, EasierTable, ChecksTable, CueTable)
    return {
        "$schema": _DIALECT,
        "title": "A prehab routine",
        **_object(RoutineTable),
        "$defs": {
            **{table.__name__: _object(table) for table in plain},
            "StepTable": step | _TIMED,
            "SayTable": _object(SayTable) | _HAS_A_MOMENT,
            "Length": _length(_object(ForTable) | _GROWS_OR_NOT),
            "Item": _item(step, group),
        },
    }


def schema_text() -> str:
    """Write the schema as the file has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(table: type) -> JsonSchema:
    keys = keys_of(table)
    return {
        "description": table.__doc__,
        "type": "object",
        "properties": {name: _property(key) for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.is_needed],
        "additionalProperties": False,
    }


def _property(key: Key) -> JsonSchema:
    default = {} if key.default in (None, [], {}) else {"default": key.default}
    return {**key.shape.json, "description": key.description, **default}


def _length(table: JsonSchema) -> JsonSchema:
    """A duration or a table: each keyword speaks of one type only, so one schema holds both."""
    return {**table, **SPAN.json, "type": [*SPAN.json["type"], "object"]}


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
            **_TIMED,
        },
    }
