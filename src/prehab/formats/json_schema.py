"""The JSON Schema of the routine file, from the models that read it: editors complete and explain by it."""

from __future__ import annotations

import json
from typing import Any

from prehab.formats.schema import RoutineTable

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TOGETHER: dict[str, dict[str, Any]] = {
    "StepTable": {"oneOf": [{"required": ["for"]}, {"required": ["reps"]}]},
    "SayTable": {"oneOf": [{"required": ["at"]}, {"required": ["left"]}]},
    "ForTable": {
        "oneOf": [{"required": ["time"]}, {"required": ["from", "to", "by"]}],
        "dependentRequired": {"gap": ["bouts"]},
    },
}
"""Which keys belong together or exclude each other, as `keys.judge` has it."""


def json_schema() -> dict[str, Any]:
    """Make the schema that `routines/routine.schema.json` holds."""
    made = RoutineTable.model_json_schema(by_alias=True)
    for name, table in made["$defs"].items():
        table.update(_TOGETHER.get(name, {}))
    for table in (made, made["$defs"]["GroupTable"]):
        table["properties"]["step"]["minItems"] = 1
    return {"$schema": _DIALECT, **_tidy(made), "title": "A prehab routine"}


def schema_text() -> str:
    """Write the schema as the file has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


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
