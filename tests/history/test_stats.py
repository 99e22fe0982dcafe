"""What screens and lists ask of the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.history.strategies import sessions

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord, StepRecord
from prehab.domain.routine import Phase
from prehab.history.instants import parse_instant
from prehab.history.stats import (
    DayTotal,
    between,
    count,
    day_totals,
    monday_of,
    newest_first,
    page,
    practice,
    week_totals,
)
from prehab.history.store import Store

PHASES = {"plank": Phase.ANY_DAY, "stretch": Phase.AFTER_RUN}


def session(number: int, started: str, routine: str = "plank", *held: int) -> SessionRecord:
    instant = parse_instant(started)
    steps = tuple(
        StepRecord("hold", "Hold", None, place, 1, Millis(30_000), Millis(each * 1000), StepOutcome.SHORT)
        for place, each in enumerate(held, 1)
    )
    return SessionRecord(
        f"0198f0c2-0000-7000-8000-{number:012x}",
        routine,
        routine,
        instant,
        instant,
        Outcome.COMPLETED,
        None,
        None,
        None,
        None,
        None,
        "",
        None,
        steps,
    )


def day(written: str) -> int:
    return date.fromisoformat(written).toordinal()


def put(store: Store, *records: SessionRecord) -> None:
    for record in records:
        store.put(record)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(sessions(), max_size=12, unique_by=lambda record: record.id), st.integers(1, 5))
def test_turning_the_pages_shows_every_session_once_newest_first(
    store: Store, records: list[SessionRecord], size: int
) -> None:
    with store.writing():
        list(store.rows("DELETE FROM session"))
        for record in records:
            store.replace(record)
    seen: list[SessionRecord] = []
    shown = page(store, size)
    while True:
        assert len(shown.sessions) <= size
        seen += shown.sessions
        if shown.older is None:
            break
        shown = page(store, size, shown.older)
    assert seen == sorted(records, key=lambda record: (record.started_at.epoch, record.id), reverse=True)
    assert seen == list(newest_first(store))
    assert count(store) == len(records)


def test_a_session_recorded_while_pages_are_turned_shifts_none(store: Store) -> None:
    put(store, *(session(number, f"2026-11-{number:02}T08:00:00Z") for number in range(1, 5)))
    first = page(store, 2)
    put(store, session(9, "2026-11-09T08:00:00Z"))
    second = page(store, 2, first.older)
    assert [record.started_at.written[8:10] for record in (*first.sessions, *second.sessions)] == [
        "04", "03", "02", "01",
    ]  # fmt: skip


def test_an_empty_history_has_one_empty_page(store: Store) -> None:
    assert page(store, 10).sessions == ()
    assert page(store, 10).older is None
    assert count(store) == 0
    assert day_totals(store, PHASES, 0, 999_999) == ()


def test_a_level_is_folded_from_one_routine_oldest_first_and_from_the_facts_of_its_records(
    store: Store,
) -> None:
    records = [
        session(2, "2026-11-02T08:00:00Z", "plank", 30, 24),
        session(1, "2026-11-03T08:00:00Z", "plank", 30),
        session(3, "2026-11-01T08:00:00Z", "plank"),
        session(4, "2026-11-01T09:00:00Z", "stretch", 30),
    ]
    records[0] = replace(records[0], rpe=7, pain=2, pain_before=1, flare=True, level_ms=Millis(30_000))
    put(store, *records)
    assert list(practice(store, "plank")) == [records[place].practice for place in (2, 0, 1)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(sessions())
def test_practice_read_from_the_file_is_that_of_the_record(store: Store, record: SessionRecord) -> None:
    store.put(record)
    assert record.practice in list(practice(store, record.routine))


def test_days_add_up_by_phase_and_count_only_what_was_held(store: Store) -> None:
    put(
        store,
        session(1, "2026-11-22T08:00:00Z", "plank", 30, 20),
        session(2, "2026-11-22T18:00:00Z", "plank", 10),
        session(3, "2026-11-22T19:00:00Z", "plank", 0),
        session(4, "2026-11-22T20:00:00Z", "stretch", 60),
        session(5, "2026-11-22T20:00:00Z", "gone-routine", 5),
        session(6, "2026-11-24T20:00:00Z", "plank", 60),
    )
    assert set(day_totals(store, PHASES, day("2026-11-01"), day("2026-11-23"))) == {
        DayTotal(day("2026-11-22"), Phase.ANY_DAY, 2, Millis(60_000)),
        DayTotal(day("2026-11-22"), Phase.AFTER_RUN, 1, Millis(60_000)),
        DayTotal(day("2026-11-22"), None, 1, Millis(5_000)),
    }


def test_weeks_begin_on_monday_and_add_up_their_days(store: Store) -> None:
    put(
        store,
        session(1, "2026-11-22T08:00:00Z", "plank", 30),
        session(2, "2026-11-23T08:00:00Z", "plank", 30),
        session(3, "2026-11-29T23:30:00+01:00", "plank", 10),
    )
    weeks = week_totals(day_totals(store, PHASES, day("2026-11-01"), day("2026-11-30")))
    assert weeks == (
        DayTotal(day("2026-11-16"), Phase.ANY_DAY, 1, Millis(30_000)),
        DayTotal(day("2026-11-23"), Phase.ANY_DAY, 2, Millis(40_000)),
    )


@given(st.integers(1, 1_000_000))
def test_every_week_has_one_monday(ordinal: int) -> None:
    assert date.fromordinal(monday_of(ordinal)).weekday() == 0
    assert 0 <= ordinal - monday_of(ordinal) < 7


@pytest.mark.parametrize(
    ("started", "local_day"),
    [
        ("2026-03-29T01:59:00+01:00", "2026-03-29"),
        ("2026-10-25T23:30:00+01:00", "2026-10-25"),
        ("2026-11-22T23:59:00-11:00", "2026-11-22"),
        ("2026-11-22T00:01:00+13:00", "2026-11-22"),
    ],
)
def test_a_session_belongs_to_the_day_that_the_wall_showed(
    store: Store, started: str, local_day: str
) -> None:
    put(store, session(1, started, "plank", 30))
    assert [record.id for record in between(store, day(local_day), day(local_day))] == [
        session(1, started).id
    ]


def test_the_queries_of_long_histories_go_through_an_index(store: Store) -> None:
    for query in (
        "SELECT * FROM session ORDER BY started_ms DESC, id DESC LIMIT 50",
        "SELECT * FROM session WHERE routine = 'plank' ORDER BY started_ms, id",
        "SELECT * FROM session WHERE started_day BETWEEN 1 AND 2",
        "SELECT * FROM session WHERE segment IS NOT NULL ORDER BY started_ms DESC",
    ):
        plan = " ".join(str(row[3]) for row in store.rows(f"EXPLAIN QUERY PLAN {query}"))
        assert "USING INDEX session_" in plan, query
        assert "TEMP B-TREE" not in plan, query
