"""What editors are told agrees with what the program accepts."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from tests.formats.corpus import ERRORS, Broken
from tests.formats.strategies import Tables, right

from prehab import resources
from prehab.formats.json_schema import json_schema, schema_text
from prehab.formats.schema import RoutineTable
from prehab.formats.shapes import keys_of

VALIDATOR = Draft202012Validator(json_schema())

OURS = (
    "an escape", "a bidi override", "a C1 control", "two lines", "a name of nothing", "five hours",
    "growing down", "a dotted key", "a long exercise", "two steps that grow", "easier than nothing",
    "no easier", "thresholds out of order", "too many segments", "too long", "too many steps",
    "a huge number",
)  # fmt: skip
"""Mistakes that a schema has no words for; `prehab check` finds them."""


def _shaped() -> list[Any]:
    """The broken files that are TOML, and broken in a way that a schema can tell."""
    files = [file for file in ERRORS if file.name not in OURS]
    return [pytest.param(file, id=file.name) for file in files if _tables(file) is not None]


def _tables(file: Broken) -> dict[str, Any] | None:
    try:
        return tomli.loads(file.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_schema_beside_the_routines_is_the_one_made_from_the_models() -> None:
    path = resources.routines() / "routine.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(resources.routines().glob("*.toml")), ids=lambda path: path.stem)
def test_bundled_routines_fit_the_schema(path: Any) -> None:
    VALIDATOR.validate(tomli.loads(path.read_text(encoding="utf-8")))


@settings(max_examples=50)
@given(right())
def test_right_files_fit_the_schema(tables: Tables) -> None:
    VALIDATOR.validate(tables)


@pytest.mark.parametrize("file", _shaped())
def test_broken_files_do_not_fit_the_schema(file: Broken) -> None:
    assert not VALIDATOR.is_valid(_tables(file))


def _properties(schema: Any) -> list[tuple[str, Any]]:
    """Every key that the schema describes, wherever it stands."""
    if isinstance(schema, list):
        return [found for inner in schema for found in _properties(inner)]
    if not isinstance(schema, dict):
        return []
    here = [(key, inner) for key, inner in schema.get("properties", {}).items() if isinstance(inner, dict)]
    return here + [found for inner in schema.values() for found in _properties(inner)]


def test_every_key_is_explained() -> None:
    described = _properties(json_schema())
    assert set(keys_of(RoutineTable)) <= {key for key, _ in described}
    for key, schema in described:
        assert schema.get("description"), key
        assert schema["description"].endswith("."), key
