"""How a routine is unrolled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.examples import BOTH, routine, shape, step, timeline
from tests.domain.strategies import routines, timelines

from prehab.domain.compile import compile_timeline, lead_in, levels, total_length
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, seconds
from prehab.domain.routine import Bouts, Easier, Group, Growth, Progression, Routine, Side
from prehab.domain.timeline import SegmentKind, Timeline

PLANK = step(growth=Growth(seconds(30), seconds(60), seconds(5)), sets=3, rest=45)
LADDER = Progression(easier=Easier(seconds(20), "Plank from the knees", "knees"))


# By hand


def test_sets_sides_and_steps_have_their_own_gaps() -> None:
    unrolled = timeline(
        step("Side plank", 15, sides=BOTH, sets=2, rest=40, switch=8),
        step("March", 30, change=12),
        get_ready=20,
    )
    assert shape(unrolled) == [
        ("get-ready", 20),
        *(("work", 15), ("switch", 8), ("work", 15), ("rest", 40)),
        *(("work", 15), ("switch", 8), ("work", 15), ("change", 12)),
        ("work", 30),
    ]
    assert [(s.work.side, s.work.set) for s in unrolled.works] == [
        *((Side.LEFT, 1), (Side.RIGHT, 1), (Side.LEFT, 2), (Side.RIGHT, 2)),
        (None, 1),
    ]


def test_a_group_goes_round_with_its_rest_in_place_of_the_change() -> None:
    pair = Group((step("A", 10, change=20), step("B", 10, change=5)), rounds=2, rest=seconds(60))
    unrolled = timeline(step("Before", 10), pair, step("After", 10), get_ready=0, change=6)
    assert shape(unrolled) == [
        *(("work", 10), ("change", 20)),
        *(("work", 10), ("change", 5), ("work", 10), ("rest", 60)),
        *(("work", 10), ("change", 5), ("work", 10), ("change", 6)),
        ("work", 10),
    ]
    assert [(s.work.round, s.work.rounds) for s in unrolled.works] == [
        (1, 1),
        (1, 2),
        (1, 2),
        (2, 2),
        (2, 2),
        (1, 1),
    ]
    assert [s.work.number for s in unrolled.works] == [1, 2, 3, 2, 3, 4]


def test_rounds_of_the_whole_rest_in_place_of_the_first_change() -> None:
    unrolled = timeline(
        step("A", 10, change=20), step("B", 10), rounds=2, round_rest=60, change=6, get_ready=10
    )
    assert shape(unrolled) == [
        *(("get-ready", 10), ("work", 10), ("change", 6), ("work", 10)),
        *(("rest", 60), ("work", 10), ("change", 6), ("work", 10)),
    ]


def test_a_gap_of_nothing_makes_no_segment() -> None:
    pair = Group((step("A", 10, sides=BOTH, sets=2, rest=0),), rounds=2, rest=seconds(0))
    unrolled = timeline(pair, step("B", 10), get_ready=0, change=0, switch=0, rounds=2, round_rest=0)
    assert {kind for kind, _ in shape(unrolled)} == {"work"}


def test_a_gap_carries_the_work_after_it() -> None:
    unrolled = timeline(step("A", 10, sides=BOTH), step("B", 10, figure="b"))
    assert [(s.kind.value, s.work.name, s.work.side, s.work.figure) for s in unrolled.segments] == [
        ("get-ready", "A", Side.LEFT, None),
        ("work", "A", Side.LEFT, None),
        ("switch", "A", Side.RIGHT, None),
        ("work", "A", Side.RIGHT, None),
        ("change", "B", None, "b"),
        ("work", "B", None, "b"),
    ]


@pytest.mark.parametrize(("hold", "bouts"), [(30, 3), (31, 4), (35, 4), (40, 4), (60, 6), (5, 1)])
def test_a_split_hold_is_rounded_up_to_whole_bouts(hold: int, bouts: int) -> None:
    unrolled = timeline(step(length=hold, bouts=Bouts(seconds(10), seconds(3))), get_ready=0)
    assert shape(unrolled) == [("work", 10), *((("rest", 3), ("work", 10)) * (bouts - 1))]
    assert [(s.work.bout, s.work.bouts) for s in unrolled.works] == [(n, bouts) for n in range(1, bouts + 1)]


def test_bouts_come_inside_sides_inside_sets() -> None:
    split = step(length=20, bouts=Bouts(seconds(10), seconds(3)), sides=BOTH, sets=2, rest=45, switch=6)
    unrolled = timeline(split, get_ready=0)
    side = [("work", 10), ("rest", 3), ("work", 10)]
    one_set = [*side, ("switch", 6), *side]
    assert shape(unrolled) == [*one_set, ("rest", 45), *one_set]


def test_a_growing_step_begins_at_its_first_rung() -> None:
    plank = compile_timeline(routine(PLANK, progression=LADDER))
    assert (plank.level, plank.total) == (30_000, 180_000)


@pytest.mark.parametrize(
    ("level", "total"),
    [(20, 150), (30, 180), (35, 195), (40, 210), (45, 225), (50, 240), (55, 255), (60, 270)],
)
def test_a_level_sets_the_hold(level: int, total: int) -> None:
    plank = compile_timeline(routine(PLANK, progression=LADDER), seconds(level))
    assert plank.total == seconds(total)
    assert {work.length for work in plank.works} == {seconds(level)}


def test_below_the_first_rung_the_step_has_the_easier_name_and_keeps_its_id() -> None:
    easy = compile_timeline(routine(PLANK, progression=LADDER), seconds(20)).works[0].work
    assert (easy.name, easy.spoken, easy.figure, easy.step.id) == (
        "Plank from the knees", "Plank from the knees", "knees", "plank",
    )  # fmt: skip
    assert compile_timeline(routine(PLANK, progression=LADDER), seconds(30)).works[0].work.name == "Plank"


def test_the_levels_are_the_easier_one_and_the_rungs() -> None:
    assert levels(routine(PLANK, progression=LADDER)) == tuple(map(seconds, (20, 30, 35, 40, 45, 50, 55, 60)))
    assert levels(routine(PLANK))[0] == seconds(30)
    assert levels(routine(step())) == ()


def test_the_last_rung_is_the_end_even_where_the_steps_do_not_divide_the_range() -> None:
    assert Growth(seconds(30), seconds(60), seconds(20)).rungs() == (30_000, 50_000, 60_000)


@pytest.mark.parametrize("level", [19, 61])
def test_a_level_off_the_ladder_is_refused_with_those_there_are(level: int) -> None:
    with pytest.raises(ValueError, match=rf"no level .*{level if level < 60 else '1m1'}s.*20s, 30s, .* 1m\)"):
        compile_timeline(routine(PLANK, progression=LADDER), seconds(level))


def test_a_level_where_nothing_grows_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing in it grows"):
        compile_timeline(routine(step()), seconds(30))


def test_a_step_that_waits_counts_nothing_in_the_total() -> None:
    unrolled = timeline(step("A", 10), step("B", None, reps=10), step("C", 10), change=5)
    assert unrolled.total == seconds(30)
    assert unrolled.segments[-1].at == seconds(10 + 10 + 5 + 5)


# Over any routine


@given(timelines())
def test_the_first_to_last_segment_follow_one_another_without_a_break(unrolled: Timeline) -> None:
    assert [segment.index for segment in unrolled.segments] == list(range(len(unrolled.segments)))
    assert unrolled.segments[0].at == 0
    for before, after in pairwise(unrolled.segments):
        assert after.at == before.at + (before.length or 0)


@given(timelines())
def test_a_gap_stands_between_two_works_or_before_the_first(unrolled: Timeline) -> None:
    assert unrolled.segments[-1].is_work
    for before, after in pairwise(unrolled.segments):
        assert before.is_work or after.is_work
        if not before.is_work:
            assert before.work == after.work
    for segment in unrolled.segments:
        assert segment.length is None or segment.length > 0
        assert (segment.kind is SegmentKind.GET_READY) == (not segment.is_work and segment.index == 0)


@given(timelines())
def test_the_total_is_everything_but_getting_ready(unrolled: Timeline) -> None:
    segments = unrolled.segments
    ready = sum(s.length or 0 for s in segments if s.kind is SegmentKind.GET_READY)
    assert unrolled.get_ready == ready
    assert unrolled.total == sum(s.length or 0 for s in segments) - ready
    assert total_length(unrolled.routine, unrolled.level) == unrolled.total


@given(timelines())
def test_sides_alternate_left_then_right(unrolled: Timeline) -> None:
    for before, after in pairwise(unrolled.works):
        if after.work.bout > 1:
            assert (before.work.side, before.work.set) == (after.work.side, after.work.set)
        elif after.work.side is Side.RIGHT and len(after.work.step.sides) == 2:
            assert (before.work.side, before.work.set, before.work.step) == (
                Side.LEFT, after.work.set, after.work.step,
            )  # fmt: skip
        elif before.work.side is Side.LEFT and len(before.work.step.sides) == 2:
            raise AssertionError("a left side without its right")


@given(routines())
def test_every_step_is_done_as_often_as_the_file_says(made: Routine) -> None:
    unrolled = compile_timeline(made)
    expected = 0
    for item in made.items:
        steps, rounds = (item.steps, item.rounds) if isinstance(item, Group) else ((item,), 1)
        for one in steps:
            bouts = -(-one.length // one.bouts.each) if one.bouts and one.length else 1
            expected += made.rounds * rounds * one.sets * len(one.sides) * bouts
    assert len(unrolled.works) == expected
    assert unrolled.steps == sum(1 for _ in made.steps())
    assert max(work.work.number for work in unrolled.works) == unrolled.steps


@given(timelines())
def test_counts_run_from_one_to_what_there_are(unrolled: Timeline) -> None:
    for segment in unrolled.segments:
        work = segment.work
        assert 1 <= work.set <= work.sets
        assert 1 <= work.round <= work.rounds
        assert 1 <= work.bout <= work.bouts
    last = unrolled.segments[-1].work
    assert (last.set, last.round, last.bout) == (last.sets, last.rounds, last.bouts)


@given(timelines())
def test_cues_are_in_order_and_inside_their_segment(unrolled: Timeline) -> None:
    for segment in unrolled.segments:
        offsets = [cue.offset for cue in segment.cues]
        assert offsets == sorted(offsets)
        for cue in segment.cues:
            assert cue.offset >= 0
            assert (cue.text is not None) == (cue.kind is CueKind.SAY)
            if segment.length is not None:
                assert cue.offset < segment.length or cue.kind in (CueKind.END, CueKind.DONE)
                assert cue.offset <= segment.length


@given(timelines())
def test_no_tone_sounds_twice_at_once_in_a_segment(unrolled: Timeline) -> None:
    for segment in unrolled.segments:
        soundings = [(cue.offset, cue.kind, cue.from_end) for cue in segment.cues]
        assert len(soundings) == len(set(soundings))


@given(timelines())
def test_every_work_begins_with_go_and_ends_with_end_and_only_the_last_with_done(unrolled: Timeline) -> None:
    last = unrolled.works[-1]
    for work in unrolled.works:
        kinds = [cue.kind for cue in work.cues if cue.kind is not CueKind.SAY]
        assert kinds.count(CueKind.GO) == 1
        assert kinds.index(CueKind.GO) == 0
        assert kinds[-1] is (CueKind.DONE if work is last else CueKind.END)
        assert kinds.count(CueKind.END) + kinds.count(CueKind.DONE) == 1


@given(routines(), st.integers(1, 10**7))
def test_any_length_is_a_level_or_refused(made: Routine, level: int) -> None:
    ladder = levels(made)
    try:
        unrolled = compile_timeline(made, Millis(level))
    except ValueError:
        assert not ladder or not ladder[0] <= level <= ladder[-1]
    else:
        assert unrolled.level == level


# Going on


def test_who_goes_on_has_the_gap_before_the_work_to_get_ready() -> None:
    two = routine(step("A", 30, sets=2, rest=45), step("B", 20, change=6), get_ready=20)
    in_second_set = compile_timeline(two, going_on=3)
    assert shape(in_second_set) == [
        *(("get-ready", 20), ("work", 30), ("get-ready", 20), ("work", 30), ("change", 6), ("work", 20))
    ]
    in_the_change = compile_timeline(two, going_on=4)
    assert shape(in_the_change)[3:] == [("work", 30), ("get-ready", 20), ("work", 20)]
    assert in_the_change.total == in_the_change.segments[-1].at + 20_000 - in_the_change.get_ready
    assert compile_timeline(two, going_on=1) == compile_timeline(two)


def test_where_there_is_no_gap_to_get_ready_in_nothing_changes() -> None:
    joined = routine(step("A", 30), step("B", 20), change=0)
    assert compile_timeline(joined, going_on=2) == compile_timeline(joined)


@given(routines(), st.data())
def test_going_on_changes_one_gap_and_no_work(made: Routine, data: st.DataObject) -> None:
    whole = compile_timeline(made)
    index = data.draw(st.integers(0, len(whole.segments) - 1))
    again = compile_timeline(made, going_on=index)
    led = lead_in(whole.segments, index)
    for number, (before, after) in enumerate(zip(whole.segments, again.segments, strict=True)):
        assert (before.index, before.work) == (after.index, after.work)
        if number != led:
            assert (before.kind, before.length) == (after.kind, after.length)
    for one, other in pairwise(again.segments):
        assert one.at + (one.length or 0) == other.at
