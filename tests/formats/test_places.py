"""A place leads to what it says."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import assume, given
from tests.formats.strategies import written

from prehab.formats.findings import Path
from prehab.formats.places import Places, Span


def _leaves(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Everything in some tables that is no table and no array, as deep as places are noted."""
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, inner in enumerate(value) for leaf in _leaves(inner, (*path, index))]
    return [(path, value)] if len(path) <= 8 else []


def _text_at(source: str, span: Span) -> str:
    line = source.split("\n")[span.line - 1]
    return line[span.column - 1 : span.column - 1 + span.width]


@given(written)
def test_what_stands_at_the_place_of_a_value_is_that_value(source: str) -> None:
    try:
        tables = tomli.loads(source)
    except tomli.TOMLDecodeError:
        assume(False)
    places = Places(source, tables)
    for path, value in _leaves(tables):
        there = _text_at(source, places.find(path))
        assert tomli.loads(f"x = {there}")["x"] == value


@given(written)
def test_what_stands_at_the_place_of_a_key_is_that_key(source: str) -> None:
    try:
        tables = tomli.loads(source)
    except tomli.TOMLDecodeError:
        assume(False)
    places = Places(source, tables)
    for path, _ in _leaves(tables):
        if isinstance(path[-1], str):
            there = _text_at(source, places.find(path, on_key=True))
            assert next(iter(tomli.loads(f"{there} = 0"))) == path[-1]


SOURCE = """\
name = "x"  # é

[pace]
change = "8s"

[[step]]
name = "é"
for = { from = "30s", "to" = "60s" }
areas = [
  "neck",  # first
  "core",
]
say.text = "x"

  [[step]]
  rounds = 2
    [[step.step]]
    name = "a"
    [[step.step]]
    say = [{ at = "half" }, { left = "3s" }]
"""


@pytest.mark.parametrize(
    ("path", "line", "column", "text"),
    [
        (("name",), 1, 8, '"x"'),
        (("pace",), 3, 1, "[pace]"),
        (("pace", "switch"), 3, 1, "[pace]"),
        (("step",), 6, 1, "[[step]]"),
        (("step", 0), 6, 1, "[[step]]"),
        (("step", 0, "for"), 8, 7, '{ from = "30s", "to" = "60s" }'),
        (("step", 0, "for", "to"), 8, 30, '"60s"'),
        (("step", 0, "for", "by"), 8, 7, '{ from = "30s", "to" = "60s" }'),
        (("step", 0, "areas"), 9, 9, "["),
        (("step", 0, "areas", 1), 11, 3, '"core"'),
        (("step", 0, "say"), 13, 1, "say"),
        (("step", 1, "name"), 15, 3, "[[step]]"),
        (("step", 1, "step", 1), 19, 5, "[[step.step]]"),
        (("step", 1, "step", 1, "say", 1, "left"), 20, 38, '"3s"'),
        (("step", 1, "step", 1, "say", 0, "text"), 20, 12, '{ at = "half" }'),
        (("nothing", "like", "it"), 1, 1, "n"),
        ((), 1, 1, "n"),
    ],
)
def test_every_kind_of_place(path: Path, line: int, column: int, text: str) -> None:
    span = Places(SOURCE, tomli.loads(SOURCE)).find(path)
    assert (span.line, span.column) == (line, column)
    assert _text_at(SOURCE, span) == text


def test_a_place_is_not_made_up_where_newer_toml_has_thrown_the_grammar() -> None:
    source = "a = { b = 07:32, c = [ { d = 1 } ] }\n[[step]]\nname = 1\n"
    tables = tomli.loads(source)
    span = Places(source, tables).find(("step", 0, "name"))
    assert _text_at(source, span) in ("1", "a")
