"""Multiplying gives what unrolling would."""

from __future__ import annotations

import tomlkit
from hypothesis import given, settings
from tests.formats.strategies import Tables, right

from prehab.domain.compile import compile_timeline, levels
from prehab.domain.routine import Routine
from prehab.domain.timeline import SegmentKind
from prehab.formats.extent import measure
from prehab.formats.loader import inspect_text


def _read(tables: Tables) -> Routine:
    routine = inspect_text(tomlkit.dumps(tables), "x.toml", "x").routine
    assert routine is not None
    return routine


@settings(max_examples=50)
@given(right())
def test_segments_and_time_are_those_of_the_timeline_at_its_longest(tables: Tables) -> None:
    routine = _read(tables)
    timeline = compile_timeline(routine, max(levels(routine), default=None))
    extent = measure(routine)
    assert extent.time == timeline.total
    assert extent.segments == sum(segment.kind is not SegmentKind.GET_READY for segment in timeline.segments)
