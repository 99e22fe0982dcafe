"""Engine, clock and listeners together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.examples import step, timeline
from tests.domain.strategies import Press, presses, timelines

from prehab.domain.commands import Command, IllegalCommand, State
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, seconds
from prehab.domain.engine import Engine
from prehab.domain.events import CueDue, Event, GapFound, SegmentStarted, SessionEnded
from prehab.domain.timeline import Timeline
from prehab.domain.view import View
from prehab.runtime.clock import ManualClock
from prehab.runtime.driver import LATE_LOOK, SLEPT, Driver
from prehab.runtime.sinks import Planned, SinkError

ZERO = 1_000_000
TWO = timeline(step("Plank", 30), step("Bridge", 20), get_ready=10, change=8)
"""10 s get ready, 30 s plank, 8 s change, 20 s bridge."""


class Notebook:
    """Writes down everything it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.views: list[View] = []
        self.closed = 0

    def accept(self, events: Sequence[Event], view: View) -> None:
        self.events += events
        self.views.append(view)

    def close(self) -> None:
        self.closed += 1


class FullDisk(Notebook):
    """Fails from the n-th look on, and when it is closed if that is asked for."""

    def __init__(self, after: int = 0, *, also_on_close: bool = False) -> None:
        super().__init__()
        self.after = after
        self.also_on_close = also_on_close

    def accept(self, events: Sequence[Event], view: View) -> None:
        if len(self.views) >= self.after:
            raise SinkError("the disk is full")
        super().accept(events, view)

    def close(self) -> None:
        super().close()
        if self.also_on_close:
            raise SinkError("the last lines could not be written")


class Tape:
    """A player that keeps every schedule it was handed."""

    def __init__(self, *, is_broken: bool = False) -> None:
        self.schedules: list[tuple[Planned, ...]] = []
        self.is_broken = is_broken
        self.closed = 0

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        if self.is_broken:
            raise SinkError("the loudspeaker is gone")
        self.schedules.append(schedule)

    def close(self) -> None:
        self.closed += 1

    def latest(self) -> tuple[Planned, ...]:
        return self.schedules[-1]


def drive(
    unrolled: Timeline = TWO,
    *sinks: Notebook,
    player: Tape | None = None,
    speed: int = 1,
    late_look: Millis | None = None,
) -> tuple[Driver, ManualClock]:
    clock = ManualClock(ZERO)
    driver = Driver(Engine(unrolled), clock, sinks=sinks, player=player, speed=speed, late_look=late_look)
    return driver, clock


def at_work(*sinks: Notebook, **more: Tape | int | Millis | None) -> tuple[Driver, ManualClock]:
    """Five seconds into the first work, at 15 s of session time."""
    driver, clock = drive(TWO, *sinks, **more)  # type: ignore[arg-type]
    driver.handle(Command.START)
    clock.jump(15_000)
    driver.pulse()
    return driver, clock


# Looking


def test_nothing_runs_before_the_start() -> None:
    driver, clock = drive()
    clock.jump(60_000)
    view = driver.pulse()
    assert (view.state, view.at, driver.now(), driver.until_next()) == (State.READY, 0, 0, None)


def test_a_late_look_tells_everything_with_its_true_time() -> None:
    notebook = Notebook()
    driver, clock = drive(TWO, notebook)
    driver.handle(Command.START)
    clock.jump(200_000)
    assert driver.pulse().state is State.DONE
    assert [(e.due, e.index) for e in notebook.events if isinstance(e, SegmentStarted)] == [
        (0, 0), (10_000, 1), (40_000, 2), (48_000, 3),
    ]  # fmt: skip
    assert notebook.events[-1].due == 68_000
    assert notebook.views[-1].at == 200_000


@given(timelines(), presses(), st.integers(1, 60))
def test_nothing_is_handled_before_it_is_due(unrolled: Timeline, keys: list[Press], speed: int) -> None:
    notebook = Notebook()
    driver, clock = drive(unrolled, notebook, speed=speed)
    for press in keys:
        clock.jump(press.after)
        told = len(notebook.events)
        if press.command in driver.legal:
            driver.handle(press.command)
        else:
            driver.pulse()
        assert all(event.due <= driver.now() for event in notebook.events[told:])
        assert driver.view == notebook.views[-1]
        waits = driver.until_next()
        assert waits is None or waits > 0


def test_a_rehearsal_runs_so_many_times_faster() -> None:
    notebook = Notebook()
    driver, clock = drive(TWO, notebook, speed=60)
    driver.handle(Command.START)
    assert driver.until_next() == 117
    clock.jump(117)
    assert driver.pulse().at == 7_020
    clock.jump(1_017)
    assert driver.pulse().state is State.DONE
    assert [e.due for e in notebook.events if isinstance(e, SessionEnded)] == [68_000]


@given(timelines(waiting=False), st.integers(1, 100))
def test_waiting_as_long_as_it_says_is_enough_and_not_too_long(unrolled: Timeline, speed: int) -> None:
    notebook = Notebook()
    driver, clock = drive(unrolled, notebook, speed=speed)
    driver.handle(Command.START)
    while (wait := driver.until_next()) is not None:
        clock.jump(max(0, wait - 1))
        told = len(notebook.events)
        driver.pulse()
        assert len(notebook.events) == told
        clock.jump(1 if wait else 0)
        driver.pulse()
        assert len(notebook.events) > told
    assert driver.state is State.DONE


def test_a_command_that_is_not_heard_changes_nothing() -> None:
    driver, _ = at_work()
    before = driver.view
    with pytest.raises(IllegalCommand):
        driver.handle(Command.RESUME)
    assert driver.view == before
    assert driver.legal >= {Command.PAUSE, Command.NEXT, Command.STOP}


def test_a_key_for_a_segment_that_is_over_is_dropped() -> None:
    driver, clock = at_work()
    clock.jump(25_010)
    assert driver.handle(Command.NEXT, seen=1).segment.index == 2


# Being away


def gaps(notebook: Notebook) -> list[GapFound]:
    return [event for event in notebook.events if isinstance(event, GapFound)]


def test_sleep_pauses_at_the_last_moment_seen() -> None:
    notebook = Notebook()
    driver, clock = at_work(notebook)
    clock.jump(300)
    clock.jump(3_600_000, asleep=True)
    view = driver.pulse()
    assert (view.state, view.elapsed) == (State.PAUSED, 5_000)
    assert gaps(notebook) == [GapFound(seconds(15), 1, Millis(3_600_300))]
    assert view.gap == 3_600_300


def test_a_short_sleep_is_none() -> None:
    notebook = Notebook()
    driver, clock = at_work(notebook)
    clock.jump(SLEPT, asleep=True)
    assert driver.pulse().state is State.RUNNING
    clock.jump(SLEPT + 1, asleep=True)
    assert driver.pulse().state is State.PAUSED
    assert len(gaps(notebook)) == 1


def test_a_program_that_was_stopped_pauses_at_the_last_moment_seen() -> None:
    notebook = Notebook()
    driver, clock = at_work(notebook)
    clock.jump(90_000)
    driver.continued()
    view = driver.pulse()
    assert (view.state, view.elapsed, view.gap) == (State.PAUSED, 5_000, 90_000)
    assert not [e for e in notebook.events if e.due > 15_000]


def test_a_gap_is_found_by_a_key_too_and_the_key_is_obeyed_where_it_still_makes_sense() -> None:
    for command, state in ((Command.PAUSE, State.PAUSED), (Command.STOP, State.DONE)):
        notebook = Notebook()
        driver, clock = at_work(notebook)
        clock.jump(60_000, asleep=True)
        assert driver.handle(command).state is state
        assert len(gaps(notebook)) == 1


def test_a_key_that_the_gap_has_made_meaningless_is_dropped() -> None:
    notebook, tape = Notebook(), Tape()
    driver, clock = at_work(notebook, player=tape)
    clock.jump(60_000, asleep=True)
    assert driver.handle(Command.PAUSE).state is State.PAUSED
    assert len(gaps(notebook)) == 1
    assert tape.latest() == ()


def test_after_a_gap_the_session_goes_on_where_it_was() -> None:
    driver, clock = at_work()
    clock.jump(60_000, asleep=True)
    driver.pulse()
    clock.jump(10_000)
    view = driver.handle(Command.RESUME)
    assert (view.elapsed, view.count_in, view.gap) == (5_000, 3_000, 0)
    clock.jump(3_000 + 25_000)
    assert driver.pulse().segment.index == 2


@pytest.mark.parametrize("command", [None, Command.PAUSE])
def test_who_does_not_run_is_never_away(command: Command | None) -> None:
    notebook = Notebook()
    driver, clock = drive(TWO, notebook)
    if command is not None:
        driver.handle(Command.START)
        driver.handle(command)
    clock.jump(60_000, asleep=True)
    driver.continued()
    driver.pulse()
    assert gaps(notebook) == []
    clock.jump(500)
    driver.handle(Command.START if command is None else Command.RESUME)
    clock.jump(500)
    assert driver.pulse().state is State.RUNNING


def test_without_a_clock_that_tells_of_sleep_a_late_look_means_the_machine_was_away() -> None:
    notebook = Notebook()
    driver, clock = drive(TWO, notebook, late_look=LATE_LOOK)
    driver.handle(Command.START)
    clock.jump(LATE_LOOK)
    assert driver.pulse().state is State.RUNNING
    clock.jump(LATE_LOOK + 1)
    assert driver.pulse().state is State.PAUSED
    assert gaps(notebook) == [GapFound(LATE_LOOK, 0, Millis(LATE_LOOK + 1))]


def test_a_rehearsal_is_not_away_because_it_is_fast() -> None:
    driver, clock = drive(TWO, speed=10, late_look=LATE_LOOK)
    driver.handle(Command.START)
    clock.jump(1_000)
    assert driver.pulse().state is State.RUNNING


def test_being_away_is_told_in_real_time_in_a_rehearsal_too() -> None:
    driver, clock = drive(TWO, speed=10)
    driver.handle(Command.START)
    clock.jump(500)
    clock.jump(60_000, asleep=True)
    assert driver.pulse().gap == 60_500


def test_where_a_clock_tells_of_sleep_a_stalled_screen_is_not_a_gap() -> None:
    driver, clock = at_work()
    clock.jump(20_000)
    assert driver.pulse().state is State.RUNNING


# Listeners


def test_a_listener_that_fails_is_let_go_with_one_notice_and_the_session_goes_on() -> None:
    broken, well = FullDisk(after=2), Notebook()
    driver, clock = at_work(broken, well)
    clock.jump(10_000)
    driver.pulse()
    assert driver.failures() == ("the disk is full",)
    assert driver.failures() == ()
    clock.jump(100_000)
    assert driver.pulse().state is State.DONE
    assert isinstance(well.events[-1], SessionEnded)
    driver.close()
    assert (broken.closed, well.closed) == (1, 1)
    assert driver.failures() == ()


def test_a_listener_that_cannot_even_be_closed_is_told_of_once() -> None:
    broken, well = FullDisk(also_on_close=True), Notebook()
    driver, _ = at_work(broken, well)
    driver.close()
    assert driver.failures() == ("the disk is full",)
    assert well.closed == 1


def test_what_fails_while_closing_keeps_nobody_else_from_finishing() -> None:
    late, well, tape = FullDisk(after=1000, also_on_close=True), Notebook(), Tape()
    driver, _ = at_work(late, well, player=tape)
    driver.close()
    assert driver.failures() == ("the last lines could not be written",)
    assert (late.closed, well.closed, tape.closed) == (1, 1, 1)


def test_a_player_that_fails_is_let_go_with_one_notice_and_the_session_goes_on() -> None:
    tape, notebook = Tape(is_broken=True), Notebook()
    driver, clock = at_work(notebook, player=tape)
    assert driver.failures() == ("the loudspeaker is gone",)
    driver.handle(Command.PAUSE)
    driver.handle(Command.RESUME)
    clock.jump(200_000)
    assert driver.pulse().state is State.DONE
    driver.close()
    assert (tape.closed, driver.failures()) == (1, ())


# The player


def test_the_whole_schedule_is_handed_over_with_deadlines_on_the_monotonic_clock() -> None:
    tape = Tape()
    driver, _ = drive(player=tape)
    driver.handle(Command.START)
    assert [(p.deadline - ZERO, p.cue) for p in tape.latest()] == [
        (segment.at + cue.offset, cue) for segment in TWO.segments for cue in segment.cues
    ]


def test_it_is_handed_over_on_each_command_and_not_on_a_look() -> None:
    tape = Tape()
    driver, clock = at_work(player=tape)
    assert len(tape.schedules) == 1
    for command in (Command.MORE, Command.PAUSE, Command.RESUME, Command.NEXT, Command.STOP):
        driver.handle(command)
        for _ in range(5):
            clock.jump(100)
            driver.pulse()
    assert len(tape.schedules) == 6
    assert tape.latest() == ()


def test_a_pause_is_silence_and_what_comes_after_it_is_later_by_as_much() -> None:
    tape = Tape()
    driver, clock = at_work(player=tape)
    driver.handle(Command.PAUSE)
    assert tape.latest() == ()
    clock.jump(60_000)
    driver.handle(Command.RESUME)
    end = [p.deadline for p in tape.latest() if p.cue.kind is CueKind.END]
    assert end == [ZERO + 15_000 + 60_000 + 3_000 + 25_000]


def test_a_gap_silences_what_was_planned() -> None:
    tape = Tape()
    driver, clock = at_work(player=tape)
    clock.jump(60_000, asleep=True)
    driver.pulse()
    assert tape.latest() == ()


def test_after_another_volume_or_device_the_same_can_be_handed_over_again() -> None:
    tape = Tape()
    driver, _ = at_work(player=tape)
    driver.replan()
    assert tape.latest() == tape.schedules[0]


def test_a_rehearsal_sounds_faster() -> None:
    tape = Tape()
    driver, _ = drive(player=tape, speed=4)
    driver.handle(Command.START)
    assert tape.latest()[-1].deadline == ZERO + 68_000 // 4


@given(timelines(), presses())
def test_what_the_player_was_handed_is_what_the_listeners_hear(unrolled: Timeline, keys: list[Press]) -> None:
    notebook, tape = Notebook(), Tape()
    driver, clock = drive(unrolled, notebook, player=tape)
    for press in keys:
        clock.jump(press.after)
        driver.pulse()
        if press.command in driver.legal:
            driver.handle(press.command)
    told, handed_over_at = len(notebook.events), ZERO + driver.now()
    clock.jump(10**9)
    driver.pulse()
    heard = [(ZERO + e.due, e.cue) for e in notebook.events[told:] if isinstance(e, CueDue)]
    planned = [(p.deadline, p.cue) for p in tape.latest() if p.deadline > handed_over_at]
    assert heard == planned
