"""A session step by step, as a person lives it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.domain.examples import BOTH, FOREVER, heard, started, step, timeline

from prehab.domain.commands import LEGAL, Command, IllegalCommand, State
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, seconds
from prehab.domain.engine import Engine
from prehab.domain.events import (
    CueDue,
    Event,
    GapFound,
    Outcome,
    Paused,
    Resumed,
    SegmentStarted,
    SessionEnded,
    StepOutcome,
    TimeAdded,
    WorkEnded,
)
from prehab.domain.routine import At, Kind, Line, Side
from prehab.domain.timeline import Timeline

TWO = timeline(step("Plank", 30), step("Bridge", 20), get_ready=10, change=8)
"""10 s get ready, 30 s plank, 8 s change, 20 s bridge: works from 10 to 40 and from 48 to 68."""


class Person:
    """Somebody with a stopwatch: says at which second what happens."""

    def __init__(self, unrolled: Timeline, patience: Millis | None = None, first: int = 0) -> None:
        self.engine = Engine(unrolled, patience=patience, first=first)
        self.now = Millis(0)

    def until(self, at: float) -> tuple[Event, ...]:
        self.now = Millis(int(at * 1000))
        return self.engine.advance(self.now)

    def does(self, command: Command, at: float | None = None, seen: int | None = None) -> tuple[Event, ...]:
        if at is not None:
            self.until(at)
        return self.engine.handle(command, self.now, seen=seen)


def at_work(unrolled: Timeline = TWO, seconds_in: float = 5) -> Person:
    """Somebody a few seconds into the first work."""
    person = Person(unrolled)
    person.does(Command.START)
    first = unrolled.works[0]
    person.until(first.at / 1000 + seconds_in)
    return person


def results(events: tuple[Event, ...]) -> list[tuple[int, float, str]]:
    """Index, seconds held and outcome of the works that ended."""
    return [(e.index, e.held / 1000, e.outcome.value) for e in events if isinstance(e, WorkEnded)]


def places(events: tuple[Event, ...]) -> list[tuple[float, int]]:
    """Seconds and index of the segments that began."""
    return [(e.due / 1000, e.index) for e in events if isinstance(e, SegmentStarted)]


# From start to end


def test_a_whole_session_in_one_look() -> None:
    person = Person(timeline(step("Plank", 10), get_ready=4))
    events = (*person.does(Command.START), *person.until(100))
    assert [event for event in events if not isinstance(event, CueDue)] == [
        SegmentStarted(Millis(0), 0),
        SegmentStarted(seconds(4), 1),
        WorkEnded(seconds(14), 1, seconds(10), StepOutcome.DONE),
        SessionEnded(seconds(14), Outcome.COMPLETED),
    ]
    assert heard(events) == [
        (0, "Plank"),
        *((3, "tick"), (4, "go"), (11, "tick"), (12, "tick"), (13, "tick"), (14, "done")),
    ]


def test_nothing_happens_before_the_start() -> None:
    person = Person(TWO)
    assert person.until(1000) == ()
    assert (person.engine.next_due(), person.engine.upcoming()) == (None, ())
    assert person.engine.view(person.now).left == seconds(10)


def test_the_session_clock_begins_at_any_moment() -> None:
    person = Person(timeline(step("Plank", 10), get_ready=4))
    assert places((*person.does(Command.START, at=7), *person.until(30))) == [(7, 0), (11, 1)]


def test_a_session_can_be_stopped_before_it_starts() -> None:
    assert Person(TWO).does(Command.STOP) == (SessionEnded(Millis(0), Outcome.STOPPED),)


def test_a_session_that_was_broken_off_goes_on_at_any_segment() -> None:
    gap = Person(TWO, first=2)
    assert places(gap.does(Command.START)) == [(0, 2)]
    assert gap.engine.view(gap.now).total_left == seconds(28)


def test_a_session_that_goes_on_in_a_work_counts_in_and_says_where_it_is() -> None:
    person = Person(TWO, first=3)
    events = (*person.does(Command.START), *person.until(3))
    assert heard(events) == [(0, "Bridge"), (0, "tick"), (1, "tick"), (2, "tick"), (3, "go")]


@pytest.mark.parametrize("state", list(State))
def test_each_state_hears_its_commands_and_refuses_the_others(state: State) -> None:
    for command in Command:
        person = Person(TWO)
        if state is not State.READY:
            person.does(Command.START)
        if state is State.PAUSED:
            person.does(Command.PAUSE, at=15)
        if state is State.DONE:
            person.does(Command.STOP)
        if command in LEGAL[state]:
            person.does(command)
        else:
            with pytest.raises(IllegalCommand, match=f"^{command.value} is not heard while {state.value}$"):
                person.does(command)


# Pause


def test_a_pause_in_a_work_goes_on_after_a_count_in() -> None:
    person = at_work(seconds_in=5)
    assert person.does(Command.PAUSE) == (Paused(seconds(15), 1),)
    assert person.until(100) == ()
    assert person.does(Command.RESUME)[0] == Resumed(seconds(100), 1, seconds(3))
    assert person.engine.view(person.now).count_in == seconds(3)
    assert heard(person.until(103)) == [(101, "tick"), (102, "tick"), (103, "go")]
    view = person.engine.view(person.now)
    assert (view.elapsed, view.left, view.count_in) == (5000, 25_000, 0)
    assert places(person.until(128))[0] == (128, 2)


def test_a_pause_in_a_gap_goes_on_at_once() -> None:
    person = at_work()
    person.does(Command.PAUSE, at=42)
    assert person.does(Command.RESUME, at=50) == (Resumed(seconds(50), 2, Millis(0)),)
    assert places(person.until(56)) == [(56, 3)]


def test_a_pause_in_the_count_in_counts_in_again() -> None:
    person = at_work(seconds_in=5)
    person.does(Command.PAUSE)
    person.does(Command.RESUME, at=20)
    person.does(Command.PAUSE, at=22)
    assert person.engine.view(person.now).elapsed == 5000
    events = (*person.does(Command.RESUME, at=30), *person.until(33))
    assert heard(events) == [(30, "tick"), (31, "tick"), (32, "tick"), (33, "go")]


def test_a_pause_at_the_very_start_of_a_work_still_ends_in_a_go() -> None:
    person = at_work(seconds_in=0)
    person.does(Command.PAUSE)
    events = (*person.does(Command.RESUME, at=20), *person.until(23))
    assert (23, "go") in heard(events)
    assert results(person.until(60)) == [(1, 30, "done")]


def test_a_hold_counts_up_to_its_first_pause() -> None:
    person = at_work(seconds_in=12)
    person.does(Command.PAUSE)
    person.does(Command.RESUME, at=30)
    assert person.engine.view(seconds(40)).held == seconds(12)
    assert results(person.until(60)) == [(1, 12, "short")]


def test_a_move_counts_without_its_pauses() -> None:
    person = at_work(timeline(step("March", 30, Kind.MOVE), get_ready=10), seconds_in=12)
    person.does(Command.PAUSE)
    person.does(Command.RESUME, at=30)
    assert results(person.until(100)) == [(1, 30, "done")]


# Next, done


def test_next_leaves_a_work_out_and_goes_to_the_gap_after_it() -> None:
    person = at_work(seconds_in=5)
    events = person.does(Command.NEXT)
    assert results(events) == [(1, 5, "skipped")]
    assert places(events) == [(15, 2)]


def test_next_in_a_gap_leaves_out_the_work_that_follows() -> None:
    person = Person(TWO)
    person.does(Command.START)
    events = person.does(Command.NEXT, at=2)
    assert results(events) == [(1, 0, "skipped")]
    assert places(events) == [(2, 2)]


def test_a_work_left_out_in_a_gap_was_not_held_however_often_the_gap_was_paused() -> None:
    person = Person(TWO)
    person.does(Command.START)
    person.does(Command.PAUSE, at=5)
    person.does(Command.RESUME, at=8)
    assert results(person.does(Command.NEXT, at=9)) == [(1, 0, "skipped")]


def test_next_in_the_last_gap_ends_the_session() -> None:
    person = at_work()
    events = person.does(Command.NEXT, at=41)
    assert results(events) == [(3, 0, "skipped")]
    assert events[-1] == SessionEnded(seconds(41), Outcome.COMPLETED)
    view = person.engine.view(person.now)
    assert (view.state, view.left, view.total_left, view.held) == (State.DONE, 0, 0, 0)


def test_done_ends_a_hold_and_keeps_the_seconds_held() -> None:
    person = at_work(seconds_in=24)
    events = person.does(Command.DONE)
    assert results(events) == [(1, 24, "short")]
    assert heard(events)[0] == (34, "end")
    assert places(events) == [(34, 2)]


def test_done_in_the_last_work_sounds_the_end_of_the_session() -> None:
    person = at_work()
    events = person.does(Command.DONE, at=60)
    assert heard(events) == [(60, "done")]
    assert events[-1] == SessionEnded(seconds(60), Outcome.COMPLETED)
    assert [s.cue.kind for s in person.engine.upcoming()] == [CueKind.DONE]


def test_done_in_a_gap_begins_at_once() -> None:
    person = at_work()
    events = person.does(Command.DONE, at=46)
    assert (places(events), results(events)) == ([(46, 3)], [])
    assert heard(events) == [(46, "go")]


def test_done_in_a_gap_before_the_name_was_said_says_it() -> None:
    person = at_work(timeline(step("Plank", 30, sets=2, rest=45), step("Bridge", 20)))
    events = person.does(Command.DONE, at=45)
    assert heard(events)[-1] == (45, "go")
    assert (45, "Plank") in heard(events)


def test_done_past_what_was_planned_is_done() -> None:
    person = at_work(seconds_in=5)
    person.does(Command.MORE)
    assert results(person.does(Command.DONE, at=42)) == [(1, 32, "done")]


def test_a_key_at_a_boundary_never_skips_two() -> None:
    person = at_work()
    assert person.engine.index == 1
    events = person.does(Command.NEXT, at=40.01, seen=1)
    assert events == ()
    assert person.engine.index == 2


def test_a_pause_at_a_boundary_pauses_all_the_same() -> None:
    person = at_work()
    assert person.does(Command.PAUSE, at=40.01, seen=1)[-1] == Paused(Millis(40_010), 2)


# Back, restart


def test_back_begins_an_old_work_again_after_a_count_in() -> None:
    person = at_work(seconds_in=3.001)
    events = (*person.does(Command.BACK), *person.until(16.5))
    assert places(events) == [(13.001, 1)]
    assert heard(events) == [
        *((13.001, "Plank"), (13.001, "tick"), (14.001, "tick"), (15.001, "tick"), (16.001, "go")),
    ]
    assert person.engine.view(person.now).elapsed == 499
    assert results(person.until(46.001)) == [(1, 30, "done")]


def test_back_in_a_fresh_work_goes_to_the_work_before() -> None:
    person = at_work()
    assert places(person.does(Command.BACK, at=51)) == [(51, 1)]


def test_back_in_a_gap_goes_to_the_work_before_it() -> None:
    person = at_work()
    assert places(person.does(Command.BACK, at=47)) == [(47, 1)]


def test_back_at_the_beginning_begins_again() -> None:
    person = Person(TWO)
    person.does(Command.START)
    assert places(person.does(Command.BACK, at=5)) == [(5, 0)]
    assert places(person.does(Command.BACK, at=16)) == [(16, 1)]


def test_back_while_paused_stays_paused() -> None:
    person = at_work()
    person.does(Command.PAUSE, at=50)
    assert places(person.does(Command.BACK)) == [(50, 1)]
    assert person.engine.state is State.PAUSED
    events = (*person.does(Command.RESUME, at=60), *person.until(63))
    assert [kind for _, kind in heard(events) if kind != "Plank"] == ["tick", "tick", "tick", "go"]
    assert (60, "Plank") in heard(events)


def test_after_a_restart_the_last_try_counts() -> None:
    person = at_work(seconds_in=25)
    person.does(Command.RESTART)
    assert results(person.does(Command.DONE, at=48)) == [(1, 10, "short")]


def test_after_a_restart_everything_is_said_again_even_what_was_being_said() -> None:
    talk = timeline(
        step("March", 20), step("Heel slides", 30, do="On your back; slide the heel in."), change=4
    )
    person = Person(talk)
    person.does(Command.START)
    assert heard(person.until(36))[-1] == (35, "On your back; slide the heel in.")
    events = (*person.does(Command.RESTART), *person.until(41))
    assert heard(events)[-1] == (40, "On your back; slide the heel in.")


def test_a_slip_of_the_finger_does_not_take_a_finished_hold_away() -> None:
    person = at_work()
    assert results(person.until(40)) == [(1, 30, "done")]
    person.does(Command.BACK, at=41)
    assert results(person.does(Command.NEXT, at=42)) == []
    assert person.engine.index == 2


# More


def test_more_adds_ten_seconds_and_counts_down_again() -> None:
    person = at_work(seconds_in=28.5)
    assert person.does(Command.MORE) == (TimeAdded(Millis(38_500), 1, seconds(10)),)
    view = person.engine.view(person.now)
    assert (view.length, view.left) == (40_000, 11_500)
    assert heard(person.until(50))[:4] == [(47, "tick"), (48, "tick"), (49, "tick"), (50, "end")]


@pytest.mark.parametrize(("length", "added"), [(10, [12, 16]), (12, [12, 16, 20])])
def test_beats_go_on_through_added_time(length: int, added: list[int]) -> None:
    person = at_work(timeline(step("Calves", length, Kind.ROLL, beat=4), get_ready=10), seconds_in=9)
    person.does(Command.MORE)
    assert [at - 10 for at, kind in heard(person.until(40)) if kind == "beat"] == added


def test_the_half_stays_where_it_was_planned() -> None:
    person = at_work(seconds_in=5)
    person.does(Command.MORE)
    assert (25, "half") in heard(person.until(60))


def test_a_rest_that_is_made_longer_says_what_is_next_fifteen_seconds_before_its_end() -> None:
    person = at_work(timeline(step("Plank", 30, sets=2, rest=45), get_ready=10))
    person.does(Command.MORE, at=50)
    assert [(at, text) for at, text in heard(person.until(94)) if text == "Last set."] == [(80, "Last set.")]


def test_more_in_a_step_that_waits_does_nothing() -> None:
    person = at_work(timeline(step("Reps", None, Kind.REPS, reps=5), get_ready=10))
    assert person.does(Command.MORE) == ()


# Steps that wait


WAITING = timeline(step("Reps", None, Kind.REPS, reps=5), step("Plank", 10), get_ready=4, change=4)


def test_a_step_that_waits_ends_when_it_is_done() -> None:
    person = at_work(WAITING, seconds_in=500)
    assert person.engine.next_due() is None
    view = person.engine.view(person.now)
    assert (view.left, view.length, view.elapsed, view.total_left) == (None, None, 500_000, 14_000)
    events = person.does(Command.DONE)
    assert results(events) == [(1, 500, "done")]
    assert heard(events)[0] == (504, "end")


def test_without_anybody_a_step_that_waits_ends_after_half_a_minute() -> None:
    person = Person(WAITING, patience=seconds(30))
    person.does(Command.START)
    assert results(person.until(40)) == [(1, 30, "done")]
    assert places((*Person(WAITING, patience=seconds(30)).does(Command.START),)) == [(0, 0)]


def test_the_half_minute_of_a_step_that_waits_is_not_part_of_the_time_left() -> None:
    person = Person(WAITING, patience=seconds(30))
    person.does(Command.START)
    assert person.engine.view(person.now).total_left == seconds(14)
    person.until(10)
    view = person.engine.view(person.now)
    assert (view.left, view.total_left) == (seconds(24), seconds(14))


def test_the_schedule_ends_at_a_step_that_waits() -> None:
    engine = started(WAITING)
    assert [s.cue.kind for s in engine.upcoming() if s.cue.text is None] == [CueKind.TICK, CueKind.GO]
    patient = started(WAITING, patience=seconds(30))
    assert [s.cue.kind for s in patient.upcoming()][-1] is CueKind.DONE


def test_ending_a_session_in_a_step_that_waits_leaves_it_short() -> None:
    person = at_work(WAITING, seconds_in=5)
    assert results(person.does(Command.STOP)) == [(1, 5, "short")]


# Stop, gap


def test_stop_keeps_the_seconds_of_the_running_hold() -> None:
    person = at_work(seconds_in=20)
    events = person.does(Command.STOP)
    assert events == (
        WorkEnded(seconds(30), 1, seconds(20), StepOutcome.SHORT),
        SessionEnded(seconds(30), Outcome.STOPPED),
    )
    assert person.engine.upcoming() == ()
    assert person.engine.outcome is Outcome.STOPPED


def test_stop_in_a_count_in_keeps_what_was_held_before() -> None:
    person = at_work()
    person.does(Command.PAUSE, at=30)
    person.does(Command.RESUME, at=40)
    assert results(person.does(Command.STOP, at=41)) == [(1, 20, "short")]


def test_a_gap_pauses_at_the_last_moment_seen_and_tells_how_long_it_was() -> None:
    person = at_work(seconds_in=5)
    assert person.engine.interrupt(seconds(15), seconds(600)) == (GapFound(seconds(15), 1, seconds(600)),)
    view = person.engine.view(seconds(16))
    assert (view.state, view.elapsed, view.gap) == (State.PAUSED, 5000, 600_000)
    assert person.engine.handle(Command.RESUME, seconds(20))[0] == Resumed(seconds(20), 1, seconds(3))
    assert person.engine.view(seconds(20)).gap == 0


def test_a_gap_in_a_session_that_does_not_run_is_none() -> None:
    assert Engine(TWO).interrupt(Millis(0), seconds(600)) == ()
    person = at_work()
    person.does(Command.PAUSE)
    assert person.engine.interrupt(person.now, seconds(600)) == ()


# Where a key has led


def test_a_key_that_leads_into_a_silent_gap_hears_where_it_is() -> None:
    person = at_work(timeline(step("March", 30), step("Plank", 20, sides=BOTH), change=4))
    events = person.does(Command.NEXT, at=20)
    assert heard(events) == [(20, "Plank, left side")]
    said_here = [s.cue for s in person.engine.upcoming() if s.cue.text == "Plank, left side"]
    assert said_here[0].brief == "Plank, left side"


def test_a_key_that_leads_into_a_gap_that_speaks_for_itself_adds_nothing() -> None:
    person = at_work()
    assert heard(person.does(Command.NEXT)) == [(15, "Last one: bridge, 20 seconds")]


def test_the_call_after_a_key_is_not_talked_over_by_what_was_planned() -> None:
    talk = timeline(
        step("March", 30), step("Lying hamstring with a strap", 30, do="Knee soft."), change=0, get_ready=0
    )
    person = Person(talk)
    person.does(Command.START)
    events = (*person.does(Command.NEXT, at=5), *person.until(20))
    assert heard(events)[:2] == [(5, "Lying hamstring with a strap"), (5, "go")]
    assert "Knee soft." not in [text for _, text in heard(events)]


def test_a_line_that_was_moved_by_more_does_not_meet_another() -> None:
    say = (Line("One, and two, and three, and four.", At(seconds(29))),)
    talk = timeline(step("March", 30, say=say), step("Plank", 30), change=0, get_ready=0)
    person = Person(talk)
    person.does(Command.START)
    person.does(Command.MORE, at=1)
    spoken = [s for s in person.engine.upcoming() if s.cue.text]
    assert all(a.due + a.cue.spoken_for <= b.due for a, b in pairwise(spoken))


def test_the_schedule_forgets_what_has_long_been_heard() -> None:
    person = at_work(timeline(step("Calves", 90, Kind.ROLL, beat=3), get_ready=10), seconds_in=60)
    past = [sounding.due for sounding in person.engine.upcoming() if sounding.due <= person.now]
    assert past == [seconds(58), seconds(61), seconds(64), seconds(67), seconds(70)]


# What there is to see


def test_a_view_tells_the_side_the_length_and_what_follows() -> None:
    unrolled = timeline(step("Plank", 30, sides=BOTH), step("Bridge", 20), get_ready=10, switch=4)
    person = Person(unrolled)
    person.does(Command.START)
    ready = person.engine.view(seconds(4))
    assert (ready.segment.work.side, ready.left, ready.total_left) == (Side.LEFT, 6000, unrolled.total)
    assert ready.following is not None
    assert ready.following.work.side is Side.RIGHT
    person.until(41)
    switch = person.engine.view(person.now)
    assert (switch.segment.work.side, switch.left, switch.held) == (Side.RIGHT, 3000, 0)
    assert switch.following is not None
    assert switch.following.work.name == "Bridge"
    person.until(85)
    assert person.engine.view(person.now).following is None


def test_a_view_counts_the_beats() -> None:
    person = at_work(timeline(step("Dead bug", 40, Kind.REPS, reps=10, beat=4), get_ready=10), seconds_in=0)
    counted = [(person.until(10 + s), person.engine.view(person.now))[1] for s in (0, 3.9, 4, 39.9)]
    assert [(view.beat, view.beats) for view in counted] == [(0, 10), (0, 10), (1, 10), (9, 10)]


def test_the_end_of_time_is_reached_in_one_look() -> None:
    engine = started(TWO)
    assert isinstance(engine.advance(FOREVER)[-1], SessionEnded)
