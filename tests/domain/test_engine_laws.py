"""What holds of a session whatever the routine, and whatever keys are pressed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.domain.examples import FOREVER
from tests.domain.sessions import Session, cues, pressed
from tests.domain.strategies import Press, presses, timelines

from prehab.domain.commands import COUNT_IN, LEGAL, Command, IllegalCommand, State
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis, seconds
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
from prehab.domain.routine import Kind
from prehab.domain.summary import EMPTY, add
from prehab.domain.timeline import SegmentKind, Timeline

PATIENCE = st.sampled_from((None, seconds(30)))
LOOKS = st.lists(st.integers(0, 5_000), max_size=40)


# Time


@given(timelines(), presses(), PATIENCE, st.data())
def test_how_often_we_look_changes_nothing(
    timeline: Timeline, keys: list[Press], patience: Millis | None, data: st.DataObject
) -> None:
    seldom, often = Session(timeline, patience), Session(timeline, patience)
    for press in keys:
        seen = often.engine.index if press.has_seen else None
        passed = 0
        for pause in data.draw(LOOKS):
            if passed + pause > press.after:
                break
            often.look(pause)
            passed += pause
        often.now = Millis(often.now + press.after - passed)
        seldom.now = Millis(seldom.now + press.after)
        seldom.do(press.command, seen=seen)
        often.do(press.command, seen=seen)
        assert seldom.engine.view(seldom.now) == often.engine.view(often.now)
        assert seldom.engine.upcoming() == often.engine.upcoming()
    for _ in range(100):
        often.look(9_999)
    seldom.look(100 * 9_999)
    assert seldom.events == often.events


@given(timelines(), presses(), PATIENCE)
def test_nothing_is_said_before_it_is_due_nor_out_of_order(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = Session(timeline, patience)
    last_due = Millis(0)
    for press in keys:
        for event in session.press(press):
            assert last_due <= event.due <= session.now
            last_due = event.due
        due = session.engine.next_due()
        assert due is None or due > session.now


@given(timelines(waiting=False), st.floats(0, 1), st.integers(1, 10**6))
def test_a_pause_moves_the_rest_by_as_long_as_it_was(timeline: Timeline, part: float, length: int) -> None:
    straight, paused = Session(timeline), Session(timeline)
    straight.do(Command.START)
    paused.do(Command.START)
    at = Millis(max(1, int(part * (timeline.get_ready + timeline.total - 1))))
    paused.look(at)
    straight.look(at)
    view = paused.engine.view(at)
    assume(view.elapsed > 0)
    assert paused.do(Command.PAUSE) == [Paused(at, view.segment.index)]
    assert paused.look(length) == []
    count_in = COUNT_IN if view.segment.is_work else Millis(0)
    resumed, *lead = [*paused.do(Command.RESUME), *paused.look(count_in)]
    assert resumed == Resumed(Millis(at + length), view.segment.index, count_in)
    assert [(cue.due - resumed.due, cue.cue.kind) for cue in cues(lead)][:4] == (
        [(0, CueKind.TICK), (1000, CueKind.TICK), (2000, CueKind.TICK), (3000, CueKind.GO)]
        if count_in
        else []
    )
    rest, moved = straight.look(FOREVER), paused.look(FOREVER)
    shift = length + count_in
    assert [(cue.due + shift, cue.index, cue.cue) for cue in cues(rest)] == [
        (cue.due, cue.index, cue.cue) for cue in [*cues(lead)[4:], *cues(moved)]
    ]
    assert moments(rest, shift) == moments([*lead, *moved], 0)


def moments(events: list[Event], shift: int) -> list[tuple[type[Event], int, int]]:
    """What happened and when, the seconds held left out."""
    return [
        (type(event), event.due + shift, -1 if isinstance(event, SessionEnded) else event.index)
        for event in events
        if not isinstance(event, CueDue)
    ]


@given(timelines(waiting=False))
def test_untouched_a_session_takes_as_long_as_its_routine(timeline: Timeline) -> None:
    session = Session(timeline)
    session.do(Command.START)
    events = session.look(FOREVER)
    assert events[-1] == SessionEnded(Millis(timeline.get_ready + timeline.total), Outcome.COMPLETED)
    starts = [e for e in session.events if isinstance(e, SegmentStarted)]
    assert [(start.index, start.due) for start in starts] == [(s.index, s.at) for s in timeline.segments]
    assert [(e.due, e.index, e.cue) for e in cues(session.events)] == [
        (segment.at + cue.offset, segment.index, cue) for segment in timeline.segments for cue in segment.cues
    ]
    ended = [e for e in session.events if isinstance(e, WorkEnded)]
    assert [(e.index, e.held, e.outcome) for e in ended] == [
        (work.index, work.length, StepOutcome.DONE) for work in timeline.works
    ]


@given(timelines(waiting=False), presses((Command.MORE,), most=8))
def test_more_moves_what_follows_and_changes_nothing_that_was_planned(
    timeline: Timeline, keys: list[Press]
) -> None:
    session = pressed(timeline, keys)
    session.look(FOREVER)
    added = [event for event in session.events if isinstance(event, TimeAdded)]
    end = session.events[-1]
    assert end.due == timeline.get_ready + timeline.total + sum(event.by for event in added)
    for work in (event for event in session.events if isinstance(event, WorkEnded)):
        planned = timeline.segments[work.index].length or 0
        extra = sum(event.by for event in added if event.index == work.index)
        assert (work.held, work.outcome) == (planned + extra, StepOutcome.DONE)


@given(timelines(waiting=False), presses((Command.MORE,), most=8))
def test_after_more_the_end_of_a_work_still_counts_down(timeline: Timeline, keys: list[Press]) -> None:
    session = pressed(timeline, keys)
    session.look(FOREVER)
    over = {event.index: event.due for event in session.events if isinstance(event, WorkEnded)}
    for index, due in over.items():
        segment = timeline.segments[index]
        length = segment.length or 0
        expected = {(length - cue.offset, cue.kind) for cue in segment.cues if cue.from_end and not cue.text}
        sounded = {
            (due - e.due, e.cue.kind) for e in cues(session.events) if e.index == index and e.cue.from_end
        }
        assert expected <= sounded


# Keys


@given(timelines(), presses(), PATIENCE)
def test_no_order_of_keys_breaks_it_and_it_ends_at_most_once(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = pressed(timeline, keys, patience)
    session.look(FOREVER)
    ends = [event for event in session.events if isinstance(event, SessionEnded)]
    assert len(ends) <= 1
    assert (session.engine.state is State.DONE) == bool(ends)
    if ends:
        assert session.events[-1] == ends[0]
        assert session.engine.outcome is ends[0].outcome
        assert (ends[0].outcome is Outcome.STOPPED) == (session.commands[-1] is Command.STOP)


@given(timelines(), presses())
def test_a_key_that_is_not_heard_changes_nothing(timeline: Timeline, keys: list[Press]) -> None:
    session = pressed(timeline, keys)
    engine = session.engine
    before = (engine.view(session.now), engine.upcoming(), engine.next_due(), engine.state)
    for command in set(Command) - LEGAL[engine.state]:
        with pytest.raises(IllegalCommand):
            engine.handle(command, session.now)
    assert (engine.view(session.now), engine.upcoming(), engine.next_due(), engine.state) == before


@given(timelines(), presses(), st.sampled_from(sorted(LEGAL[State.RUNNING], key=lambda c: c.value)))
def test_a_key_for_a_segment_that_is_over_never_skips_two(
    timeline: Timeline, keys: list[Press], command: Command
) -> None:
    session = pressed(timeline, keys)
    seen, due = session.engine.index, session.engine.next_due()
    assume(session.engine.state is State.RUNNING and due is not None)
    late, punctual = session, pressed(timeline, keys)
    while late.engine.index == seen and late.engine.state is State.RUNNING:
        following = late.engine.next_due()
        assume(following is not None)
        late.look((following or 0) - late.now)
    assume(late.engine.state is State.RUNNING)
    now_at = late.engine.index
    punctual.now = late.now
    events = punctual.do(command, seen=seen)
    if command in (Command.PAUSE, Command.STOP):
        assert punctual.engine.state is not State.RUNNING
    else:
        assert punctual.engine.index == now_at
        assert events == late.events[len(late.events) - len(events) :]


@given(timelines(), presses(), st.integers(0, 60_000), st.integers(0, 10**7))
def test_a_gap_is_a_pause_at_the_last_moment_seen(
    timeline: Timeline, keys: list[Press], further: int, lost: int
) -> None:
    away, asked = pressed(timeline, keys), pressed(timeline, keys)
    away.look(further)
    asked.look(further)
    assume(away.engine.state is State.RUNNING)
    asked.do(Command.PAUSE)
    assert away.engine.interrupt(away.now, Millis(lost)) == (
        GapFound(away.now, away.engine.index, Millis(lost)),
    )
    assert away.engine.view(away.now).gap == lost
    for session in (away, asked):
        session.events.clear()
        session.look(lost)
        session.do(Command.RESUME)
        session.look(FOREVER)
    assert away.events == asked.events
    assert away.engine.view(away.now) == asked.engine.view(asked.now)


# What was done


@given(timelines(), presses(), PATIENCE)
def test_nobody_holds_longer_than_was_possible(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = pressed(timeline, keys, patience)
    session.look(FOREVER)
    started: dict[int, Millis] = {}
    extra: dict[int, int] = {}
    for event in session.events:
        if isinstance(event, SegmentStarted):
            started[event.index], extra[event.index] = event.due, 0
        elif isinstance(event, TimeAdded):
            extra[event.index] += event.by
        elif isinstance(event, WorkEnded) and event.index in started:
            length = timeline.segments[event.index].length
            assert 0 <= event.held <= event.due - started[event.index]
            if length is not None:
                assert event.held <= length + extra[event.index]
                assert event.outcome is not StepOutcome.DONE or event.held >= length
        elif isinstance(event, WorkEnded):
            assert (event.held, event.outcome) == (0, StepOutcome.SKIPPED)


@given(
    timelines(waiting=False), st.floats(0.01, 0.99), st.lists(st.integers(1, 50_000), min_size=1, max_size=4)
)
def test_a_hold_counts_up_to_its_first_pause_and_a_move_goes_on_counting(
    timeline: Timeline, part: float, lengths: list[int]
) -> None:
    session = Session(timeline)
    session.do(Command.START)
    work = timeline.works[-1]
    length = work.length or Millis(0)
    first = Millis(int(length * part))
    assume(0 < first < length - len(lengths))
    session.look(work.at + first)
    for pause in lengths:
        session.do(Command.PAUSE)
        session.look(pause)
        session.do(Command.RESUME)
        session.look(COUNT_IN + 1)
    session.look(FOREVER)
    ended = [event for event in session.events if isinstance(event, WorkEnded)][-1]
    is_hold = work.work.step.kind is Kind.HOLD
    assert (ended.held, ended.outcome) == (
        (first, StepOutcome.SHORT) if is_hold else (length, StepOutcome.DONE)
    )


@given(timelines(), presses(), PATIENCE)
def test_of_several_tries_the_last_one_counts(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = pressed(timeline, keys, patience)
    summary = add(EMPTY, session.events, timeline)
    last = {event.index: event for event in session.events if isinstance(event, WorkEnded)}
    assert [(w.segment.index, w.held, w.outcome) for w in summary.works] == [
        (index, last[index].held, last[index].outcome) for index in sorted(last)
    ]
    assert all(work.segment.is_work for work in summary.works)
    assert summary.held == sum(event.held for event in last.values())


# What is to be seen


@given(timelines(), presses(), PATIENCE)
def test_a_view_adds_up(timeline: Timeline, keys: list[Press], patience: Millis | None) -> None:
    session = Session(timeline, patience)
    for press in keys:
        session.press(press)
        view = session.engine.view(session.now)
        segment = view.segment
        assert view.state is session.engine.state
        assert view.segment is timeline.segments[session.engine.index]
        assert view.elapsed >= 0
        assert 0 <= view.count_in <= COUNT_IN
        assert 0 <= view.beat <= view.beats
        assert 0 <= view.held <= view.elapsed
        if view.length is None:
            assert view.left is None
        else:
            assert view.elapsed + (view.left or 0) == view.length
            assert view.length >= (segment.length or 0)
        after = sum(s.length or 0 for s in timeline.segments[segment.index + 1 :])
        left = view.left if segment.length is not None and segment.kind is not SegmentKind.GET_READY else 0
        assert view.total_left == after + (left or 0)
        if view.following is not None:
            assert view.following.is_work
            assert view.following.index > segment.index
            assert view.following.work != segment.work


@given(timelines(), PATIENCE, st.lists(st.integers(0, 20_000), max_size=30))
def test_untouched_the_time_left_never_grows(
    timeline: Timeline, patience: Millis | None, steps: list[int]
) -> None:
    session = Session(timeline, patience)
    session.do(Command.START)
    before = session.engine.view(session.now)
    assert before.total_left == timeline.total
    for step in steps:
        session.look(step)
        view = session.engine.view(session.now)
        assert view.total_left <= before.total_left
        assert (view.segment.index, view.elapsed) >= (before.segment.index, before.elapsed)
        before = view


@given(timelines(), presses(), st.integers(0, 10**6))
def test_a_session_that_is_over_stands_still(timeline: Timeline, keys: list[Press], later: int) -> None:
    session = pressed(timeline, keys)
    session.do(Command.STOP)
    over = session.engine.view(session.now)
    assert over.state is State.DONE
    session.look(later)
    now = session.engine.view(session.now)
    assert (now.segment, now.elapsed, now.left, now.total_left) == (
        over.segment, over.elapsed, over.left, over.total_left,
    )  # fmt: skip
    assert now.held == 0


# What is to be heard


@given(timelines(), presses(), PATIENCE)
def test_the_schedule_is_exactly_what_a_session_without_keys_will_sound(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = pressed(timeline, keys, patience)
    future = [(s.due, s.cue) for s in session.engine.upcoming() if s.due > session.now]
    sounded = [(event.due, event.cue) for event in cues(session.look(FOREVER))]
    assert future == sounded


@given(timelines(), presses(), PATIENCE)
def test_what_is_in_the_schedule_and_past_has_been_sounded(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = Session(timeline, patience)
    for press in keys:
        session.press(press)
        past = [(s.due, s.cue) for s in session.engine.upcoming() if s.due <= session.now]
        recent = [(event.due, event.cue) for event in cues(session.events)]
        assert past == recent[len(recent) - len(past) :]
    if session.engine.state is State.PAUSED and not cues(session.events[-1:]):
        ends = {CueKind.END, CueKind.DONE}
        assert {s.cue.kind for s in session.engine.upcoming()} <= ends


@given(timelines(), presses(), st.lists(st.integers(0, 9_000), max_size=10))
def test_a_sounding_keeps_its_key_and_no_two_share_one(
    timeline: Timeline, keys: list[Press], looks: list[int]
) -> None:
    session = Session(timeline)
    begun: dict[int, tuple[Millis, Cue]] = {}
    for press in keys:
        planned = {s.key: (s.due, s.cue) for s in session.engine.upcoming()}
        assert len(planned) == len(session.engine.upcoming())
        for look in looks:
            session.look(look)
            for sounding in session.engine.upcoming():
                assert planned[sounding.key] == (sounding.due, sounding.cue)
        session.press(press)
        for sounding in session.engine.upcoming():
            if sounding.due <= session.now:
                assert begun.setdefault(sounding.key, (sounding.due, sounding.cue)) == (
                    sounding.due, sounding.cue,
                )  # fmt: skip
            else:
                assert sounding.key not in begun


@given(timelines(), presses((Command.MORE,), most=10))
def test_more_keeps_the_keys_of_what_it_does_not_move(timeline: Timeline, keys: list[Press]) -> None:
    session = Session(timeline)
    for press in keys:
        session.look(press.after)
        before = {s.key: s for s in session.engine.upcoming()}
        session.do(press.command)
        after = {s.key: s for s in session.engine.upcoming()}
        for key, sounding in before.items():
            if sounding.due <= session.now or not sounding.cue.from_end:
                assert key in after or press.command is Command.START


@given(timelines(), presses(), PATIENCE)
def test_whatever_keys_are_pressed_speech_never_meets_speech(
    timeline: Timeline, keys: list[Press], patience: Millis | None
) -> None:
    session = Session(timeline, patience)
    for press in keys:
        session.press(press)
        spoken = [s for s in session.engine.upcoming() if s.cue.kind is CueKind.SAY]
        for one, other in pairwise(spoken):
            assert one.due + one.cue.spoken_for <= other.due
