"""The posture checks of a run: when, of what, in which words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import CueKind
from prehab.domain.duration import MINUTE, SECOND, Millis, clock_face, seconds
from prehab.domain.engine import Engine
from prehab.domain.events import CueDue, Event, Outcome
from prehab.domain.fit import Fit, Fitted, Unfit, fit
from prehab.domain.joined import join
from prehab.domain.posture import AT_ONCE, going_on, heard_early, planned, schedule, tired
from prehab.domain.routine import CheckCue, Checks, Kind, Left, Line, Phase, Routine, Step

AREAS = ("head", "shoulders", "arms", "hands", "brace", "hips", "feet", "breath")
CHECKS = Checks(
    first=MINUTE,
    every=Millis(4 * MINUTE),
    order=AREAS,
    late_from=(2, 3),
    late_every=Millis(2 * MINUTE),
    late_order=("shoulders", "hands", "brace", "hips", "head", "arms", "breath", "feet"),
    clear=seconds(90),
    quiet=seconds(60),
    cues=tuple(
        CheckCue(area, (f"{area} one", f"{area} two"), "shake" if area == "shoulders" else None)
        for area in AREAS
    ),
)
STEP = Step("run", "Run", Kind.MOVE, Millis(30 * MINUTE), say=(Line("Finish tall.", Left(seconds(15))),))
RUN = Routine("run", "Run", Phase.DURING_RUN, (STEP,), checks=CHECKS)

TIMELINES = {
    15: "1:00 head, 5:00 shoulders, 10:00 hands, 12:00 brace, 14:00 hips",
    20: "1:00 head, 5:00 shoulders, 9:00 arms, 13:20 shoulders, 15:20 hands, 17:20 brace",
    30: "1:00 head, 5:00 shoulders, 9:00 arms, 13:00 hands, 17:00 brace, 20:00 shoulders, 22:00 hands, "
    "24:00 brace, 26:00 hips, 28:00 head",
    45: "1:00 head, 5:00 shoulders, 9:00 arms, 13:00 hands, 17:00 brace, 21:00 hips, 25:00 feet, "
    "30:00 shoulders, 32:00 hands, 34:00 brace, 36:00 hips, 38:00 head, 40:00 arms, 42:00 breath, 44:00 feet",
    60: "1:00 head, 5:00 shoulders, 9:00 arms, 13:00 hands, 17:00 brace, 21:00 hips, 25:00 feet, "
    "29:00 breath, 33:00 head, 37:00 shoulders, 40:00 hands, 42:00 brace, 44:00 hips, 46:00 head, "
    "48:00 arms, 50:00 breath, 52:00 feet, 54:00 shoulders, 56:00 hands, 58:00 brace",
}

minutes = st.integers(1, 240).map(lambda count: Millis(count * MINUTE))


@pytest.mark.parametrize("planned_minutes", TIMELINES)
def test_a_run_has_its_checks_at_their_times(planned_minutes: int) -> None:
    found = schedule(CHECKS, Millis(planned_minutes * MINUTE))
    listed = ", ".join(f"{clock_face(check.at)} {check.area}" for check in found)
    assert listed == TIMELINES[planned_minutes]


@given(minutes, st.integers(0, 100))
def test_no_area_comes_twice_running_and_none_at_the_end(length: Millis, start: int) -> None:
    found = schedule(replace(CHECKS, start=start), length)
    assert all(one.area != other.area for one, other in pairwise(found))
    assert all(check.at <= length - MINUTE for check in found)
    assert all(other.at - one.at >= 90 * SECOND for one, other in pairwise(found))


def test_an_area_has_other_words_when_it_comes_again_and_shakes_the_arms_out_late() -> None:
    texts = {(check.at // MINUTE, check.text) for check in schedule(CHECKS, Millis(30 * MINUTE))}
    assert {
        (1, "head one"),
        (28, "head two"),
        (5, "shoulders one"),
        (20, "shake"),
        (22, "hands two"),
    } <= texts


def test_short_runs_still_see_every_area_over_a_week() -> None:
    seen: set[str] = set()
    heard = 0
    length = Millis(20 * MINUTE)
    for _ in range(3):
        checks = replace(CHECKS, start=heard)
        seen |= {check.area for check in schedule(checks, length) if not check.is_late}
        heard += heard_early(CHECKS, length, length)
    assert seen == set(AREAS)


def test_a_run_that_was_cut_short_counts_what_was_heard_of_it() -> None:
    length = Millis(30 * MINUTE)
    assert [heard_early(CHECKS, length, Millis(minute * MINUTE)) for minute in (0, 1, 8, 30)] == [0, 1, 2, 5]


def test_a_compiled_run_is_one_work_with_each_check_said_at_its_time() -> None:
    timeline = compile_timeline(planned(RUN, Millis(45 * MINUTE)))
    (work,) = (segment for segment in timeline.segments if segment.is_work)
    assert timeline.total == work.length == 45 * MINUTE
    said = {cue.offset: cue.text for cue in work.cues if cue.kind is CueKind.SAY}
    checks = schedule(CHECKS, Millis(45 * MINUTE))
    assert {check.at: check.text for check in checks}.items() <= said.items()
    assert said[Millis(45 * MINUTE - 15_000)] == "Finish tall."
    assert len(said) == len(checks) + 1
    assert timeline.unsaid == ()


def test_a_voice_that_says_little_says_the_checks_too() -> None:
    work = compile_timeline(RUN).segments[-1]
    brief = [cue.brief for cue in work.cues if cue.kind is CueKind.SAY]
    assert brief == [check.text for check in schedule(CHECKS, Millis(30 * MINUTE))] + [None]


def test_unrolling_what_was_unrolled_says_nothing_twice() -> None:
    timeline = compile_timeline(RUN)
    assert compile_timeline(timeline.routine, timeline.level).segments == timeline.segments


def test_a_run_goes_on_with_the_areas_where_the_last_one_left_off() -> None:
    timeline = compile_timeline(going_on(RUN, 5))
    (work,) = (segment for segment in timeline.segments if segment.is_work)
    said = [cue.text for cue in work.cues if cue.kind is CueKind.SAY]
    assert said[:2] == ["hips one", "feet one"]
    assert going_on(RUN, 8).checks != RUN.checks


def test_a_run_is_planned_for_a_time_and_nothing_else_is() -> None:
    (fitted,) = fit([Fitted(RUN, None)], Fit(run_for=Millis(45 * MINUTE)))
    assert next(fitted.routine.steps()).length == 45 * MINUTE
    with pytest.raises(Unfit, match="no run to plan here"):
        fit([Fitted(replace(RUN, checks=None), None)], Fit(run_for=MINUTE))
    for length in (Millis(0), Millis(5 * 60 * MINUTE)):
        with pytest.raises(Unfit, match="can't be planned"):
            fit([Fitted(RUN, None)], Fit(run_for=length))


def test_a_warm_up_and_a_run_in_a_row_keep_the_checks() -> None:
    march = Step("march", "March", Kind.MOVE, seconds(60))
    warm_up = Routine("warm", "Warm-up", Phase.BEFORE_RUN, (march,))
    timeline = compile_timeline(join([Fitted(warm_up, None), Fitted(RUN, None)]))
    said = [cue.text for segment in timeline.segments for cue in segment.cues]
    assert "head one" in said


# A run whose end is open, and the key that says: getting tired


def listed(checks: Checks, length: Millis | None, until: int = 60) -> str:
    found = schedule(checks, length)
    return ", ".join(f"{clock_face(one.at)} {one.area}" for one in found if one.at <= until * MINUTE)


def test_a_run_whose_end_is_open_keeps_to_the_early_part() -> None:
    assert listed(CHECKS, None, 30) == (
        "1:00 head, 5:00 shoulders, 9:00 arms, 13:00 hands, 17:00 brace, 21:00 hips, 25:00 feet, 29:00 breath"
    )


def test_getting_tired_brings_the_late_part_at_once() -> None:
    late = replace(CHECKS, tired_at=Millis(14 * MINUTE))
    assert listed(late, None, 20) == (
        "1:00 head, 5:00 shoulders, 9:00 arms, 13:00 hands, "
        "14:00 shoulders, 16:00 hands, 18:00 brace, 20:00 hips"
    )
    assert listed(late, Millis(20 * MINUTE)).endswith("13:20 shoulders, 15:20 hands, 17:20 brace")
    assert "14:00 shoulders" in listed(late, Millis(45 * MINUTE))


@given(st.none() | minutes, st.integers(0, 200).map(lambda count: Millis(count * MINUTE)))
def test_getting_tired_changes_nothing_that_was_said_before(length: Millis | None, at: Millis) -> None:
    before = [one for one in schedule(CHECKS, length) if one.at < at]
    after = schedule(replace(CHECKS, tired_at=at), length)
    assert list(after[: len(before)]) == before
    assert all(one.area != other.area for one, other in pairwise(after))


def test_a_run_whose_end_is_open_is_a_work_that_waits_and_speaks_for_hours() -> None:
    timeline = compile_timeline(planned(RUN, None))
    work = timeline.segments[-1]
    assert work.length is None
    said = [cue.offset for cue in work.cues if cue.kind is CueKind.SAY]
    assert said[:3] == [1 * MINUTE, 5 * MINUTE, 9 * MINUTE]
    assert said[-1] > 3 * 60 * MINUTE
    opening = [cue.text for cue in timeline.segments[0].cues if cue.text]
    assert opening[0] == "Next: run"


def test_a_tired_runner_hears_the_late_checks_from_the_engine_in_their_order() -> None:
    routine = planned(RUN, None)
    engine = Engine(compile_timeline(routine))
    heard: list[tuple[int, str]] = []

    def note(events: tuple[Event, ...]) -> None:
        heard.extend(
            (one.due - RUN.get_ready, one.cue.text)
            for one in events
            if isinstance(one, CueDue) and one.cue.text and one.due >= RUN.get_ready
        )

    start = RUN.get_ready
    note(engine.handle(Command.START, Millis(0)))
    note(engine.advance(Millis(start + 14 * MINUTE)))
    at = engine.view(Millis(start + 14 * MINUTE)).elapsed
    note(engine.revise(compile_timeline(tired(routine, at)), Millis(start + 14 * MINUTE)))
    note(engine.advance(Millis(start + 17 * MINUTE)))
    note(engine.handle(Command.DONE, Millis(start + 18 * MINUTE)))
    assert heard[-2:] == [(14 * MINUTE + AT_ONCE, "shake"), (16 * MINUTE + AT_ONCE, "hands two")]
    assert [text for _, text in heard[:4]] == ["head one", "shoulders one", "arms one", "hands one"]
    assert engine.outcome is Outcome.COMPLETED


@given(st.integers(0, 40 * 60), st.lists(st.integers(0, 120), max_size=5))
def test_revising_to_the_same_cues_changes_nothing_that_is_heard(moment: int, looks: list[int]) -> None:
    timeline = compile_timeline(RUN)

    def heard(*, revised: bool) -> list[Event]:
        engine = Engine(timeline)
        events = list(engine.handle(Command.START, Millis(0)))
        if revised:
            events += engine.revise(timeline, seconds(moment))
            for look in looks:
                events += engine.advance(seconds(moment + look))
        return events + list(engine.advance(Millis(60 * MINUTE)))

    assert heard(revised=True) == heard(revised=False)
