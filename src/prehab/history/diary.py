"""Runs and soreness scores in the history: kept, found, taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prehab.domain.around import Part
from prehab.domain.diary import Amount, Diary, Place, Run, Soreness, Surface, When
from prehab.domain.duration import Millis
from prehab.domain.records import Instant
from prehab.domain.routine import Phase
from prehab.history.rows import Row
from prehab.history.store import Store


def diary(store: Store) -> Diary:
    """The whole diary."""
    return Diary(runs(store), soreness(store))


def runs(store: Store) -> Iterator[Run]:
    """Every run, oldest first."""
    return map(_run_of, store.rows(f"SELECT {_RUN} FROM run ORDER BY started_ms, id"))


def run(store: Store, run_id: str) -> Run | None:
    """One run, or `None` if there is no such one."""
    return next(map(_run_of, store.rows(f"SELECT {_RUN} FROM run WHERE id = ?", run_id)), None)


def soreness(store: Store) -> Iterator[Soreness]:
    """Every soreness score, oldest first."""
    return map(_soreness_of, store.rows(f"SELECT {_SORENESS} FROM soreness ORDER BY at_ms, id"))


def soreness_of(store: Store, entry_id: str) -> Soreness | None:
    """One soreness score, or `None` if there is no such one."""
    rows = store.rows(f"SELECT {_SORENESS} FROM soreness WHERE id = ?", entry_id)
    return next(map(_soreness_of, rows), None)


def keep_run(store: Store, kept: Run) -> None:
    """Keep a run as it is given, in place of one with the same id.

    Raises:
        UserError: if the history cannot be written.
    """
    with store.writing():
        replace_run(store, kept)


def keep_soreness(store: Store, entries: Iterable[Soreness]) -> None:
    """Keep the scores of one check-in, all of them or none.

    Raises:
        UserError: if the history cannot be written.
    """
    with store.writing():
        for entry in entries:
            replace_soreness(store, entry)


def replace_run(store: Store, kept: Run) -> None:
    """Do what `keep_run` does inside a transaction that is already open."""
    started = kept.started_at
    store.change(
        f"INSERT OR REPLACE INTO run ({_RUN}) VALUES ({', '.join('?' * 14)})",
        kept.id,
        started.written,
        started.epoch,
        started.day,
        kept.distance_m,
        kept.duration_ms,
        kept.surface and kept.surface.value,
        " ".join(f"{surface.value}={share}" for surface, share in kept.shares),
        kept.effort,
        kept.hills,
        kept.shoes,
        kept.warm_up and kept.warm_up.value,
        kept.stretch and kept.stretch.value,
        kept.note,
    )


def replace_soreness(store: Store, entry: Soreness) -> None:
    """Do what `keep_soreness` does with one score inside a transaction that is already open."""
    store.change(
        f"INSERT OR REPLACE INTO soreness ({_SORENESS}) VALUES ({', '.join('?' * 8)})",
        entry.id,
        entry.at.written,
        entry.at.epoch,
        entry.at.day,
        entry.area,
        entry.score,
        entry.when and entry.when.value,
        entry.side and entry.side.value,
    )


def forget(store: Store, ids: Iterable[str]) -> None:
    """Forget runs and scores by their ids; one that is gone already is no trouble.

    Raises:
        UserError: if the history cannot be written.
    """
    with store.writing():
        for entry_id in ids:
            store.change("DELETE FROM run WHERE id = ?", entry_id)
            store.change("DELETE FROM soreness WHERE id = ?", entry_id)


def parts(store: Store, known: Mapping[str, tuple[Phase, Amount]], since: Millis) -> tuple[Part, ...]:
    """The sessions that belong to runs and in which anything was held, oldest first.

    Args:
        store: the history.
        known: which routines those are, by id.
        since: in milliseconds since 1970.
    """
    rows = store.rows(f"{_PARTS} ({', '.join('?' * len(known))}) ORDER BY started_ms, id", since, *known)
    return tuple(Part(*known[row[0]], Instant(*row[1:4]), Instant(*row[4:7])) for row in rows)


_PARTS = """
    SELECT routine, started_at, started_ms, started_day, ended_at, ended_ms, ended_day FROM session
    WHERE started_ms >= ? AND ended_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM step WHERE step.session = session.key AND held_ms > 0)
        AND routine IN"""
_RUN = (
    "id, started_at, started_ms, started_day, distance_m, duration_ms, surface, shares, effort, hills, shoes,"
    " warm_up, stretch, note"
)
_SORENESS = 'id, at, at_ms, at_day, area, score, "when", side'


def _run_of(row: Row) -> Run:
    return Run(
        id=row[0],
        started_at=Instant(row[1], row[2], row[3]),
        distance_m=row[4],
        duration_ms=None if row[5] is None else Millis(row[5]),
        surface=row[6] and Surface(row[6]),
        shares=tuple(_share(part) for part in row[7].split()),
        effort=row[8],
        hills=None if row[9] is None else bool(row[9]),
        shoes=row[10],
        warm_up=row[11] and Amount(row[11]),
        stretch=row[12] and Amount(row[12]),
        note=row[13],
    )


def _share(written: str) -> tuple[Surface, int]:
    surface, _, share = written.partition("=")
    return Surface(surface), int(share)


def _soreness_of(row: Row) -> Soreness:
    return Soreness(
        id=row[0],
        at=Instant(row[1], row[2], row[3]),
        area=row[4],
        score=row[5],
        when=row[6] and When(row[6]),
        side=row[7] and Place(row[7]),
    )
