from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.tui.fakes import plank, stretch

from prehab.domain.compile import compile_timeline
from prehab.domain.duration import seconds
from prehab.domain.routine import Kind, Phase, Routine, Step
from prehab.tui.widgets.bar import layout


def _many(count: int) -> Routine:
    steps = tuple(Step(f"s{i}", f"Step {i}", Kind.HOLD, seconds(5), change=seconds(0)) for i in range(count))
    return Routine("many", "Many", Phase.ANY_DAY, steps)


@given(st.integers(1, 300), st.sampled_from([plank(), stretch(), _many(40), _many(500)]))
def test_pieces_stay_in_their_line_and_never_overlap(columns: int, routine: Routine) -> None:
    marks = layout(compile_timeline(routine), columns)
    at = 0
    for mark in marks:
        assert at <= mark.left < mark.right <= columns
        at = mark.right


def test_every_work_has_its_own_piece_where_there_is_room() -> None:
    timeline = compile_timeline(stretch())
    works = [segment for segment in timeline.segments if segment.is_work]
    assert len(layout(timeline, 114)) == len(works)


def test_steps_stand_for_their_works_where_there_is_less_room() -> None:
    timeline = compile_timeline(stretch())
    assert len(layout(timeline, 30)) == timeline.steps


def test_too_many_steps_become_one_plain_piece() -> None:
    (whole,) = layout(compile_timeline(_many(500)), 80)
    assert (whole.left, whole.right) == (0, 80)


def test_neighbours_without_a_gap_are_told_apart() -> None:
    marks = layout(compile_timeline(_many(20)), 100)
    assert all(one.right < other.left for one, other in pairwise(marks))


def test_a_line_without_room_has_no_pieces() -> None:
    assert layout(compile_timeline(plank()), 0) == ()
