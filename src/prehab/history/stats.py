"""What screens and lists ask of the history; nothing here reads more than it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prehab.domain.duration import Millis
from prehab.domain.records import Practice, SessionRecord
from prehab.domain.routine import Phase
from prehab.history.rows import PRACTICE_COLUMNS, SESSION_COLUMNS, practice_of, session_of
from prehab.history.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends; the next one begins behind it, whatever is recorded meanwhile."""

    started_ms: Millis
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some sessions, newest first."""

    sessions: tuple[SessionRecord, ...]
    older: Place | None
    """Where the next page begins; `None` when there is none."""


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What was done on one day for one phase."""

    day: int
    """The local calendar day, as in `Instant`; of a week, its Monday."""
    phase: Phase | None
    """`None` for routines that are gone."""
    sessions: int
    """How many with anything held."""
    held_ms: Millis
    """All the work, gaps and pauses left out."""


def count(store: Store) -> int:
    """How many sessions there are."""
    total: int = next(store.rows("SELECT count(*) FROM session"))[0]
    return total


def page(store: Store, size: int, after: Place | None = None) -> Page:
    """Some sessions, newest first, from the newest or from where a page ended."""
    if after is None:
        rows = store.rows(f"{_SESSIONS} {_NEWEST_FIRST} LIMIT ?", size + 1)
    else:
        where = "WHERE (started_ms, id) < (?, ?)"
        rows = store.rows(
            f"{_SESSIONS} {where} {_NEWEST_FIRST} LIMIT ?", after.started_ms, after.id, size + 1
        )
    found = tuple(map(session_of, rows))
    shown = found[:size]
    older = Place(shown[-1].started_at.epoch, shown[-1].id) if len(found) > size else None
    return Page(shown, older)


def newest_first(store: Store) -> Iterator[SessionRecord]:
    """Every session, read little by little."""
    return map(session_of, store.rows(f"{_SESSIONS} {_NEWEST_FIRST}"))


def between(store: Store, first_day: int, last_day: int) -> tuple[SessionRecord, ...]:
    """The sessions of some days, both included, oldest first."""
    where = "WHERE started_day BETWEEN ? AND ? ORDER BY started_ms, id"
    return tuple(map(session_of, store.rows(f"{_SESSIONS} {where}", first_day, last_day)))


def practice(store: Store, routine: str) -> Iterator[Practice]:
    """What a level is folded from: the sessions of one routine, oldest first."""
    where = "WHERE routine = ? ORDER BY started_ms, id"
    return map(practice_of, store.rows(f"SELECT {PRACTICE_COLUMNS} FROM session {where}", routine))


def tired(store: Store, routine: str) -> dict[Millis, Millis]:
    """How far into a run its runner said that they were getting tired, by when that session began."""
    where = "JOIN session ON session.id = tired.session_id WHERE routine = ?"
    return {
        Millis(began): Millis(at)
        for began, at in store.rows(f"SELECT started_ms, at_ms FROM tired {where}", routine)
    }


def day_totals(
    store: Store, phases: Mapping[str, Phase], first_day: int, last_day: int
) -> tuple[DayTotal, ...]:
    """What was done for each phase on each of some days, both included; days without are left out.

    Args:
        store: the history.
        phases: the phase of each routine.
        first_day: as in `Instant`.
        last_day: as in `Instant`.
    """
    totals: dict[tuple[int, Phase | None], DayTotal] = {}
    for day, routine, sessions, held in store.rows(_BY_DAY, first_day, last_day):
        _add(totals, DayTotal(day, phases.get(routine), sessions, held))
    return tuple(totals.values())


def week_totals(days: tuple[DayTotal, ...]) -> tuple[DayTotal, ...]:
    """Add days up to weeks, Monday to Sunday."""
    totals: dict[tuple[int, Phase | None], DayTotal] = {}
    for total in days:
        _add(totals, DayTotal(monday_of(total.day), total.phase, total.sessions, total.held_ms))
    return tuple(totals.values())


def monday_of(day: int) -> int:
    """The Monday of a day's week; day 1 was one."""
    return day - (day - 1) % 7


def _add(totals: dict[tuple[int, Phase | None], DayTotal], new: DayTotal) -> None:
    old = totals.get((new.day, new.phase))
    if old is not None:
        new = DayTotal(new.day, new.phase, old.sessions + new.sessions, Millis(old.held_ms + new.held_ms))
    totals[new.day, new.phase] = new


_SESSIONS = f"SELECT {SESSION_COLUMNS} FROM session"
_NEWEST_FIRST = "ORDER BY started_ms DESC, id DESC"

_BY_DAY = """
    SELECT started_day, routine, count(DISTINCT session.key), sum(step.held_ms)
    FROM session JOIN step ON step.session = session.key
    WHERE started_day BETWEEN ? AND ? AND step.held_ms > 0
    GROUP BY started_day, routine ORDER BY started_day, routine"""
