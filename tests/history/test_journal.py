"""A session on its way into the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.history.conftest import Wall
from tests.history.session_child import STRETCH, TENS, ByHand, eventually, plank

from prehab.domain.commands import Command
from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord
from prehab.domain.routine import Side
from prehab.domain.timeline import Timeline
from prehab.errors import UserError
from prehab.history.journal import Journal
from prehab.history.stats import newest_first
from prehab.history.store import Answers, Store
from prehab.runtime.sinks import SinkError

Begin = Callable[..., ByHand]


@pytest.fixture
def begin(store: Store, path: Path, wall: Wall) -> Begin:
    def begin(timeline: Timeline | None = None, **options: int) -> ByHand:
        timeline = timeline or plank()
        return ByHand(Journal(path, timeline, wall, **options), timeline)  # type: ignore[arg-type]

    return begin


def kept(store: Store, by_hand: ByHand) -> SessionRecord:
    record = store.record(by_hand.journal.session_id)
    assert record is not None
    return record


def held(record: SessionRecord) -> list[tuple[int, str]]:
    return [(step.held_ms, step.outcome.value) for step in record.steps]


def running_hold_is(store: Store, by_hand: ByHand, least: int, most: int) -> bool:
    def is_there() -> bool:
        record = store.record(by_hand.journal.session_id)
        return record is not None and bool(record.steps) and least <= record.steps[-1].held_ms <= most

    return eventually(is_there)


def test_a_session_is_there_from_its_start(store: Store, begin: Begin) -> None:
    by_hand = begin()
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    record = kept(store, by_hand)
    assert record.routine == "plank"
    assert record.name == "Plank"
    assert record.started_at.written == "2026-11-22T07:30:00+01:00"
    assert record.ended_at is None
    assert record.outcome is Outcome.UNFINISHED
    assert record.level_ms == 30_000
    assert record.planned_ms == 180_000
    assert record.steps == ()
    by_hand.journal.close()


def test_a_whole_session_is_kept_as_it_was_held(store: Store, begin: Begin, wall: Wall) -> None:
    by_hand = begin()
    wall.wait(190_000)
    by_hand.until(190)
    by_hand.journal.close()
    record = kept(store, by_hand)
    assert record.outcome is Outcome.COMPLETED
    assert record.ended_at is not None
    assert record.ended_at.written == "2026-11-22T07:33:10+01:00"
    assert held(record) == [(30_000, "done")] * 3
    assert [(step.step, step.name, step.side, step.set, step.round) for step in record.steps] == [
        ("front-plank", "Front plank", None, number, 1) for number in (1, 2, 3)
    ]
    assert by_hand.journal.failure is None


@pytest.mark.parametrize("look_every", [50, 100, 250, 400, 500, 900])
def test_the_running_hold_is_never_more_than_nine_tenths_of_a_second_behind(
    store: Store, begin: Begin, look_every: int
) -> None:
    by_hand = begin()
    by_hand.until(10)
    for moment in range(look_every, 5_000, look_every):
        by_hand.until(10 + moment / 1000, look_every)
        if moment >= 900:
            assert running_hold_is(store, by_hand, moment - 900, moment)
    assert kept(store, by_hand).steps[-1].outcome is StepOutcome.SHORT
    by_hand.journal.close()


def test_what_breaks_off_stays_unfinished_with_the_last_moment_held(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(97.3)
    by_hand.journal.close()
    record = kept(store, by_hand)
    assert (record.outcome, record.ended_at) == (Outcome.UNFINISHED, None)
    assert held(record) == [(30_000, "done"), (12_300, "short")]


def test_a_session_that_is_stopped_keeps_what_was_held(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(52)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    record = kept(store, by_hand)
    assert record.outcome is Outcome.STOPPED
    assert record.ended_at is not None
    assert held(record) == [(30_000, "done")]


def test_a_hold_that_is_stopped_or_ended_early_is_short(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(22)
    by_hand.do(Command.DONE)
    by_hand.until(82)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(12_000, "short"), (15_000, "short")]


def test_a_skipped_work_is_kept_as_skipped(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(15)
    by_hand.do(Command.NEXT)
    by_hand.do(Command.NEXT)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(5_000, "skipped"), (0, "skipped")]


def test_a_hold_counts_up_to_its_first_pause(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(20)
    by_hand.do(Command.PAUSE)
    by_hand.until(40)
    by_hand.do(Command.RESUME)
    by_hand.until(65)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(10_000, "short")]


def test_after_a_restart_the_last_try_counts(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(35)
    by_hand.do(Command.RESTART)
    by_hand.until(45)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(7_000, "short")]


def test_a_second_try_that_never_began_leaves_the_first_one_standing(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(86)
    by_hand.do(Command.BACK)
    by_hand.until(88)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(30_000, "done")]


def test_a_try_that_was_left_for_the_one_before_does_not_count(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(86.5)
    assert running_hold_is(store, by_hand, 500, 1_500)
    by_hand.do(Command.BACK)
    by_hand.until(95)
    by_hand.journal.close()
    assert held(kept(store, by_hand)) == [(5_500, "short")]


def test_each_side_is_a_row_and_a_step_that_waits_has_no_plan(store: Store, begin: Begin) -> None:
    by_hand = begin(compile_timeline(STRETCH))
    by_hand.until(90)
    by_hand.do(Command.DONE)
    by_hand.journal.close()
    record = kept(store, by_hand)
    assert [(step.side, step.planned_ms) for step in record.steps] == [
        (Side.LEFT, 30_000),
        (Side.RIGHT, 30_000),
        (None, None),
    ]
    assert record.level_ms is None


def test_each_bout_of_a_split_hold_is_a_row_of_its_set(store: Store, begin: Begin) -> None:
    by_hand = begin(compile_timeline(TENS))
    by_hand.until(120)
    by_hand.do(Command.STOP)
    by_hand.journal.close()
    record = kept(store, by_hand)
    assert record.level_ms == 30_000
    assert [step.set for step in record.steps][:6] == [1, 1, 1, 2, 2, 2]
    assert {step.planned_ms for step in record.steps} == {10_000}


def test_what_is_said_before_and_during_a_session_is_kept_at_once(store: Store, begin: Begin) -> None:
    by_hand = begin(pain_before=2)
    by_hand.until(12)
    by_hand.journal.answer(Answers(pain=5))
    by_hand.until(13)
    assert eventually(lambda: [record.pain for record in newest_first(store)] == [5])
    assert kept(store, by_hand).pain_before == 2
    by_hand.journal.close()


def test_a_clock_set_back_a_year_in_the_middle_ends_no_session_before_its_start(
    store: Store, begin: Begin, wall: Wall
) -> None:
    by_hand = begin()
    wall.set_to("2025-11-22T07:31:00+01:00")
    by_hand.until(190)
    by_hand.journal.close()
    ended = kept(store, by_hand).ended_at
    assert ended is not None
    assert ended.written == "2026-11-22T07:33:10+01:00"


def test_a_session_that_broke_off_goes_on_where_it_stopped(
    store: Store, begin: Begin, path: Path, wall: Wall
) -> None:
    first = begin()
    first.until(97.3)
    first.journal.close()
    unfinished = store.unfinished_latest()
    assert unfinished is not None
    timeline = plank()
    index = unfinished.resume_at(timeline)
    assert index is not None
    assert timeline.segments[index].work.set == 2
    wall.wait(3_600_000)
    again = ByHand(Journal(path, timeline, wall, continues=unfinished), timeline, first=index)
    again.until(200)
    again.journal.close()
    assert again.journal.session_id == first.journal.session_id
    record = kept(store, again)
    assert record.outcome is Outcome.COMPLETED
    assert record.started_at.written == "2026-11-22T07:30:00+01:00"
    assert held(record) == [(30_000, "done")] * 3
    assert store.unfinished_latest() is None


def test_going_on_and_ending_at_once_keeps_what_was_held_before(
    store: Store, begin: Begin, path: Path, wall: Wall
) -> None:
    first = begin()
    first.until(97.3)
    first.journal.close()
    unfinished = store.unfinished_latest()
    assert unfinished is not None
    timeline = plank()
    again = ByHand(Journal(path, timeline, wall, continues=unfinished), timeline, first=unfinished.segment)
    again.until(1)
    again.do(Command.RESTART)
    again.do(Command.STOP)
    again.journal.close()
    assert held(kept(store, again)) == [(30_000, "done"), (12_300, "short")]


def test_a_routine_that_has_changed_since_cannot_go_on(store: Store, begin: Begin) -> None:
    by_hand = begin()
    by_hand.until(97.3)
    by_hand.journal.close()
    unfinished = store.unfinished_latest()
    assert unfinished is not None
    assert unfinished.resume_at(plank(35)) is None
    assert unfinished.resume_at(compile_timeline(STRETCH)) is None


def test_a_session_that_is_running_is_not_offered_to_go_on_with(
    store: Store, begin: Begin, path: Path, wall: Wall
) -> None:
    by_hand = begin()
    by_hand.until(20)
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    assert store.unfinished_latest() is None
    by_hand.journal.close()
    unfinished = store.unfinished_latest()
    assert unfinished is not None
    first = Journal(path, plank(), wall, continues=unfinished)
    with pytest.raises(UserError, match="running already"):
        Journal(path, plank(), wall, continues=unfinished)
    first.close()


def test_two_sessions_at_once_are_both_kept(store: Store, begin: Begin) -> None:
    one, other = begin(), begin(compile_timeline(STRETCH))
    for moment in range(1, 60):
        one.until(moment)
        other.until(moment)
    one.journal.close()
    other.journal.close()
    assert held(kept(store, one)) == [(30_000, "done")]
    assert held(kept(store, other)) == [(30_000, "done"), (15_000, "short")]


# When the history can't be written


def test_a_busy_history_keeps_nobody_waiting_and_loses_nothing(
    store: Store, begin: Begin, path: Path
) -> None:
    by_hand = begin()
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    by_hand.until(60)
    other.execute("COMMIT")
    other.close()
    by_hand.until(97.3)
    by_hand.journal.close()
    assert by_hand.journal.failure is None
    assert held(kept(store, by_hand)) == [(30_000, "done"), (12_300, "short")]


def test_a_history_that_stays_busy_is_said_and_closing_does_not_wait_for_ever(
    store: Store, begin: Begin, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prehab.history.journal.CLOSE_WITHIN", Millis(200))
    by_hand = begin()
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    by_hand.until(40)
    with pytest.raises(SinkError, match=r"in the history yet: .* is busy"):
        by_hand.journal.close()
    other.execute("COMMIT")
    other.close()
    assert by_hand.journal.finish()
    assert held(kept(store, by_hand)) == [(30_000, "done")]


def test_a_history_that_is_never_free_again_is_given_up_in_the_end(
    store: Store, begin: Begin, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prehab.history.journal.CLOSE_WITHIN", Millis(100))
    monkeypatch.setattr("prehab.history.journal.FINISH_WITHIN", Millis(100))
    by_hand = begin()
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        by_hand.until(40)
        with pytest.raises(SinkError, match="is busy"):
            by_hand.journal.close()
        assert not by_hand.journal.finish()


def test_a_history_that_is_moved_away_is_one_notice(store: Store, begin: Begin, path: Path) -> None:
    by_hand = begin()
    assert eventually(lambda: store.record(by_hand.journal.session_id) is not None)
    path.rename(path.with_name("gone.db"))
    by_hand.until(50)
    assert eventually(lambda: by_hand.journal.failure is not None)
    with pytest.raises(SinkError, match="goes on without being recorded"):
        by_hand.until(51)
    with pytest.raises(SinkError):
        by_hand.journal.close()


def test_a_history_that_is_not_there_is_one_notice(path: Path, wall: Wall) -> None:
    timeline = plank()
    by_hand = ByHand(Journal(path, timeline, wall), timeline)
    assert eventually(lambda: by_hand.journal.failure is not None)
    with pytest.raises(SinkError):
        by_hand.until(1)
    with pytest.raises(SinkError):
        by_hand.journal.close()
    assert not path.exists()
