"""What may stand in a file, said once: pydantic's core validates by it, and the JSON Schema is made of it.

A table is a frozen dataclass whose fields are its keys. Pydantic's model classes would read the same, but
loading what builds them takes longer than all the rest of `prehab list`, so its core works alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core import core_schema as core

JsonSchema = dict[str, Any]

_KEY = "key"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a value may be."""

    core: CoreSchema
    """How it is validated and turned into what the program works with."""
    json: JsonSchema
    """What an editor is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """One key of a table."""

    shape: Shape
    description: str
    """What an editor and the reference say of it."""
    default: object = None
    """As it would be written in the file; `None` where leaving the key out means something of its own."""
    is_needed: bool = False


def key(shape: Shape, description: str, default: object = None) -> Any:
    """Declare a field of a table to be a key that may be left out."""
    return field(metadata={_KEY: Key(shape, description, default)})


def needed(shape: Shape, description: str) -> Any:
    """Declare a field of a table to be a key that has to be there."""
    return field(metadata={_KEY: Key(shape, description, is_needed=True)})


@cache
def keys_of(table: type) -> Mapping[str, Key]:
    """The keys of a table, spelled as in the file."""
    return {_spelled(each.name): each.metadata[_KEY] for each in fields(table)}


def leaf(read: Callable[[object], object], json: JsonSchema) -> Shape:
    """A value that a function reads; what it can't read it answers with `refuse`."""
    return Shape(core.no_info_plain_validator_function(read), json)


def array(items: Shape, most: int, **json: object) -> Shape:
    """A number of values of one shape."""
    made = core.list_schema(items.core, max_length=most)
    return Shape(made, {"type": "array", "items": items.json, "maxItems": most, **json})


def table(kind: type, check: Callable[[Any], Any] | None = None) -> Shape:
    """A table with the keys of a dataclass; `check` judges a table whose values are all right."""
    known = keys_of(kind)
    names = [each.name for each in fields(kind)]
    arguments = core.dataclass_args_schema(
        kind.__name__,
        [
            core.dataclass_field(name, _or_default(each), kw_only=True, validation_alias=written)
            for name, (written, each) in zip(names, known.items(), strict=True)
        ],
        extra_behavior="forbid",
    )
    made: CoreSchema = core.dataclass_schema(kind, arguments, names, slots=True, frozen=True)
    if check is not None:
        made = core.no_info_after_validator_function(check, made)
    return Shape(made, {"$ref": f"#/$defs/{kind.__name__}"})


def either(name: str, tell: Callable[[object], str], shapes: Mapping[str, Shape]) -> Shape:
    """One of several shapes, told apart by a function; what it tells is in the path of an error."""
    choices = {told: shape.core for told, shape in shapes.items()}
    return Shape(core.tagged_union_schema(choices, tell), {"$ref": f"#/$defs/{name}"})


def refuse(message: str, hint: str = "", key: str = "") -> PydanticCustomError:
    """Make the error of a value; `key` names the one concerned when a whole table is judged."""
    return PydanticCustomError("refused", "{message}", {"message": message, "hint": hint, "key": key})


def _or_default(each: Key) -> CoreSchema:
    if each.is_needed:
        return each.shape.core
    has_default = each.default is not None
    return core.with_default_schema(each.shape.core, default=each.default, validate_default=has_default)


def _spelled(name: str) -> str:
    """`from_` is Python's way to say `from`."""
    return name.rstrip("_").replace("_", "-")
