"""How each kind of value in a routine file is read, and how the JSON Schema describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from enum import Enum
from typing import TypeVar

from prehab.domain.duration import Millis, meant_duration, parse_duration, spell
from prehab.domain.routine import MAX_NAME, MAX_STEP, At
from prehab.formats.problems import UNPRINTABLE, nearest, visible
from prehab.formats.shapes import JsonSchema, Shape, leaf, refuse

_PATTERN = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$"
_SPAN_SCHEMA: JsonSchema = {"type": ["string", "integer"], "minLength": 2, "pattern": _PATTERN}
_FRACTION = re.compile("([1-9][0-9]?)/([1-9][0-9]?)")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
Choice = TypeVar("Choice", bound=Enum)


def shown(value: object) -> str:
    """Name a value in a message: short, on one line, harmless to a terminal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return visible(repr(value if len(value) <= 40 else value[:39] + "…"))
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a number that long"
    if isinstance(value, float):
        return str(value)
    if isinstance(value, (date, time)):
        return "a date or time"
    return "a table" if isinstance(value, dict) else "an array"


def text(limit: int, *, folds: bool = False, known: tuple[str, ...] = ()) -> Shape:
    """Read a line of text. One that `folds` may span several; `known` words are what an editor offers."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise refuse(f"must be text, not {shown(value)}", 'text stands in quotes, as in "Bird dog"')
        line = " ".join(value.split()) if folds else value
        if found := UNPRINTABLE.search(line):
            raise refuse(f"can't hold the control character {visible(found[0])}", "leave it out")
        if not line.strip():
            raise refuse("is empty", "write some text, or leave the key out")
        if len(line) > limit:
            raise refuse(f"is {len(line)} characters long", f"at most {limit} fit")
        return line.strip()

    schema: JsonSchema = {"type": "string", "minLength": 1, "maxLength": limit}
    return leaf(read, {"anyOf": [{"enum": list(known)}, schema]} if known else schema)


def duration(low: Millis, high: Millis = MAX_STEP) -> Shape:
    """Read a span of time within bounds."""
    read = _span_reader(low, high, 'try "45s" or "1m30s"')
    return leaf(read, {**_SPAN_SCHEMA, "minimum": low // 1000, "maximum": high // 1000})


def moment(low: Millis, high: Millis = MAX_STEP) -> Shape:
    """Read a moment counted from the start of a work: `half`, or a span within bounds."""
    read_span = _span_reader(low, high, 'try "half" or "10s"')
    bounds = {"pattern": f"^half$|{_PATTERN}", "minimum": low // 1000, "maximum": high // 1000}
    return leaf(lambda value: At(None if value == "half" else read_span(value)), {**_SPAN_SCHEMA, **bounds})


def _span_reader(low: Millis, high: Millis, hint: str) -> Callable[[object], Millis]:
    def read(value: object) -> Millis:
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise refuse(f"not a duration: {shown(value)}", hint)
        try:
            span = parse_duration(value)
        except ValueError:
            meant = meant_duration(value) if isinstance(value, str) else None
            way_out = f'did you mean "{meant}"?' if meant else hint
            raise refuse(f"not a duration: {shown(value)}", way_out) from None
        if not low <= span <= high:
            raise refuse(f"{shown(value)} is out of range", f"{spell(low)} to {spell(high)} is possible")
        return span

    return read


def count(low: int, high: int) -> Shape:
    """Read a whole number within bounds."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise refuse(f"must be a whole number, not {shown(value)}", f"{low} to {high} is possible")
        if not low <= value <= high:
            raise refuse(f"{shown(value)} is out of range", f"{low} to {high} is possible")
        return value

    return leaf(read, {"type": "integer", "minimum": low, "maximum": high})


def fraction() -> Shape:
    """Read a part of a whole: `2/3`."""

    def read(value: object) -> tuple[int, int]:
        found = _FRACTION.fullmatch(value) if isinstance(value, str) else None
        if found is None or int(found[1]) >= int(found[2]):
            raise refuse(f"not a part of a whole: {shown(value)}", 'try "2/3"')
        return int(found[1]), int(found[2])

    return leaf(read, {"type": "string", "pattern": f"^{_FRACTION.pattern}$"})


def choice(words: type[Choice]) -> Shape:
    """Read one of a few words."""
    known = {word.value: word for word in words}
    every = ", ".join(known)

    def read(value: object) -> Choice:
        if isinstance(value, str) and value in known:
            return known[value]
        meant = nearest(value, known) if isinstance(value, str) else None
        raise refuse(
            f"must be one of {every}, not {shown(value)}", f"did you mean {meant!r}?" if meant else ""
        )

    return leaf(read, {"type": "string", "enum": list(known)})


def slug() -> Shape:
    """Read the name of something that stands beside the routines: small letters, digits and hyphens."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not _SLUG.fullmatch(value):
            raise refuse(f'not a name like "front-plank": {shown(value)}', "use a to z, 0 to 9 and hyphens")
        return value

    return leaf(read, {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": MAX_NAME})


def version() -> Shape:
    """Read the number of the format, of which there is one."""

    def read(value: object) -> int:
        if type(value) is not int or value != 1:
            raise refuse(f"unknown format: {shown(value)}", "this program reads format = 1")
        return 1

    return leaf(read, {"const": 1})
