"""The cue table, by hand."""

from __future__ import annotations

import pytest
from tests.domain.examples import step, timeline, tones

from prehab.domain.cues import CueKind
from prehab.domain.timeline import Segment


def first_work(length: int, *, calm: bool = False, beat: int | None = None) -> Segment:
    return timeline(step("A", length, beat=beat), step("B", 30), calm=calm, get_ready=0).segments[0]


def gap(length: int, *, calm: bool = False) -> Segment:
    return timeline(step("A", 5), step("B", 30, change=length), calm=calm, get_ready=0).segments[1]


@pytest.mark.parametrize(
    ("length", "ticks"),
    [
        (1, []),
        (3, []),
        (4, [3]),
        (9, [8]),
        (10, [7, 8, 9]),
        (45, [42, 43, 44]),
    ],
)
def test_a_gap_counts_down_as_far_as_it_is_long(length: int, ticks: list[int]) -> None:
    assert tones(gap(length)) == [(tick, "tick") for tick in ticks]


@pytest.mark.parametrize(
    ("length", "ticks"), [(3, []), (4, [3]), (9, [8]), (10, [7, 8, 9]), (20, [17, 18, 19])]
)
@pytest.mark.parametrize("calm", [False, True])
def test_getting_ready_counts_down_in_either_style(length: int, ticks: list[int], calm: bool) -> None:
    ready = timeline(step(), get_ready=length, calm=calm).segments[0]
    assert tones(ready) == [(tick, "tick") for tick in ticks]
    assert all(cue.soft is calm for cue in ready.cues if cue.kind is CueKind.TICK)


@pytest.mark.parametrize("length", [4, 10, 45])
def test_a_calm_gap_is_silent(length: int) -> None:
    assert tones(gap(length, calm=True)) == []


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (1, [(0, "go"), (1, "end")]),
        (9, [(0, "go"), (9, "end")]),
        (10, [(0, "go"), (7, "tick"), (8, "tick"), (9, "tick"), (10, "end")]),
        (19, [(0, "go"), (16, "tick"), (17, "tick"), (18, "tick"), (19, "end")]),
        (20, [(0, "go"), (10, "half"), (17, "tick"), (18, "tick"), (19, "tick"), (20, "end")]),
        (25, [(0, "go"), (12.5, "half"), (22, "tick"), (23, "tick"), (24, "tick"), (25, "end")]),
    ],
)
def test_a_work_sounds_at_its_start_half_and_end(length: int, expected: list[tuple[float, str]]) -> None:
    assert tones(first_work(length)) == expected


@pytest.mark.parametrize("length", [5, 10, 20, 60])
def test_a_calm_work_has_soft_bells_only(length: int) -> None:
    work = first_work(length, calm=True)
    assert tones(work) == [(0, "go"), (length, "end")]
    assert all(cue.soft for cue in work.cues if cue.kind is not CueKind.SAY)


@pytest.mark.parametrize("calm", [False, True])
def test_the_last_work_ends_with_a_sound_of_its_own(calm: bool) -> None:
    works = timeline(step("A", 5), step("B", 5), calm=calm).works
    assert [tones(work)[-1] for work in works] == [(5, "end"), (5, "done")]


@pytest.mark.parametrize("calm", [False, True])
def test_beats_sound_inside_the_work_and_not_at_its_ends(calm: bool) -> None:
    assert [at for at, kind in tones(first_work(9, calm=calm, beat=3)) if kind == "beat"] == [3, 6]
    assert [at for at, kind in tones(first_work(10, calm=calm, beat=3)) if kind == "beat"] == [3, 6, 9]
    assert [at for at, kind in tones(first_work(5, calm=calm, beat=7)) if kind == "beat"] == []


def test_a_step_that_waits_has_a_start_and_an_end_and_no_time_between() -> None:
    work = timeline(step(length=None, reps=10)).works[0]
    assert tones(work) == [(0, "go"), (0, "done")]
    assert work.length is None


def test_what_belongs_to_the_end_moves_with_it() -> None:
    work = first_work(20)
    moving = [cue.kind.value for cue in work.cues if cue.from_end and cue.kind is not CueKind.SAY]
    assert moving == ["tick", "tick", "tick", "end"]
