"""The history of one person: sessions put in, taken out, corrected and found again."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path

from prehab.config.locations import may_be_there
from prehab.domain.duration import Millis
from prehab.domain.events import StepOutcome
from prehab.domain.records import SessionRecord, StepRecord
from prehab.domain.routine import MAX_TEXT
from prehab.domain.timeline import Timeline
from prehab.errors import UserError
from prehab.history import database
from prehab.history.claims import is_claimed
from prehab.history.migrations import MIGRATIONS, Migration
from prehab.history.rows import (
    INSERT_SESSION,
    INSERT_STEP,
    SESSION_COLUMNS,
    STEP_COLUMNS,
    Row,
    kept,
    session_of,
    session_values,
    step_of,
    step_values,
)
from prehab.history.troubles import explain

MAX_NOTE = 20 * MAX_TEXT
"""How many characters a note may have."""

LONGEST_HELD = Millis(7 * 24 * 3_600_000)
"""A step that waits may wait for days; what is kept of it ends here."""

_AT_ONCE = 1_000
"""Rows fetched in one go while a long answer is read."""


class Keep(Enum):
    """Says that an answer stays as it is; `None` would take it away."""

    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says about a session; what is left out stays as it is."""

    rpe: int | Keep | None = Keep.KEEP
    """Effort of the hardest set, 1 to 10."""
    pain_before: int | Keep | None = Keep.KEEP
    """The back before it, 0 to 10."""
    pain: int | Keep | None = Keep.KEEP
    """The worst during it, 0 to 10."""
    flare: bool | Keep | None = Keep.KEEP
    """Whether the back was clearly worse on the morning after."""
    note: str | Keep = Keep.KEEP
    held: Mapping[int, Millis] = field(default_factory=dict)
    """Corrected lengths, by the place of the step in the record, from 0."""

    def columns(self) -> dict[str, int | str | None]:
        """The columns that change, with their new values."""
        changed = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "held"}
        said = {name: value for name, value in changed.items() if value is not Keep.KEEP}
        return said | {"note": kept(said["note"])[:MAX_NOTE]} if "note" in said else said


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that broke off on this machine and can go on."""

    record: SessionRecord
    segment: int
    """The index of the segment that was running."""
    works: Mapping[int, StepRecord]
    """What was done, by the index of its segment."""

    def resume_at(self, timeline: Timeline) -> int | None:
        """Where in this timeline it goes on; `None` when the routine has changed since."""
        record = self.record
        same = (record.routine, record.level_ms, record.planned_ms) == (
            timeline.routine.id,
            timeline.level,
            timeline.total,
        )
        return self.segment if same and self.segment < len(timeline.segments) else None


class Store:
    """The open history. It may be used from several threads."""

    def __init__(self, db: sqlite3.Connection, path: Path | None) -> None:
        self._db = db
        self._lock = threading.RLock()
        self.path = path
        """The file, or `None` when nothing that is put in outlives the program."""

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._db.close()

    def changes(self) -> tuple[int, int]:
        """Something else than before as soon as anything was written, by this program or by another.

        Raises:
            UserError: if the file cannot be read.
        """
        by_others = next(self.rows("PRAGMA data_version"))[0]
        with self._lock:
            return by_others, self._db.total_changes

    def record(self, session_id: str) -> SessionRecord | None:
        """One session, or `None` if there is no such one."""
        rows = self.rows(f"SELECT {SESSION_COLUMNS} FROM session WHERE id = ?", session_id)
        return next(map(session_of, rows), None)

    def put(self, record: SessionRecord) -> None:
        """Keep a session as it is given, in place of one with the same id."""
        with self.writing():
            self.replace(record)

    def replace(self, record: SessionRecord) -> None:
        """Do what `put` does inside a transaction that is already open."""
        self._db.execute("DELETE FROM session WHERE id = ?", (record.id,))
        key = self._db.execute(INSERT_SESSION, session_values(record)).lastrowid
        self._db.executemany(
            INSERT_STEP, [(key, place, *step_values(step)) for place, step in enumerate(record.steps)]
        )

    def update_answers(self, session_id: str, answers: Answers) -> SessionRecord:
        """Write down what the person said about a session, and give it back as it is now.

        Raises:
            UserError: if there is no such session, or the history cannot be written.
        """
        with self.writing():
            update_answers(self._db, session_id, answers)
            record = self.record(session_id)
        if record is None:
            raise _no_such(session_id)
        return record

    def delete(self, session_id: str) -> SessionRecord:
        """Forget a session; what is given back can be put in again by `put`.

        Raises:
            UserError: if there is no such session, or the history cannot be written.
        """
        with self.writing():
            record = self.record(session_id)
            self._db.execute("DELETE FROM session WHERE id = ?", (session_id,))
        if record is None:
            raise _no_such(session_id)
        return record

    def unfinished_latest(self) -> Unfinished | None:
        """The newest session that broke off on this machine and that nobody is in the middle of."""
        rows = self.rows(
            f"SELECT segment, {SESSION_COLUMNS} FROM session WHERE segment IS NOT NULL"
            " ORDER BY started_ms DESC LIMIT 20"
        )
        for segment, *columns in rows:
            record = session_of(tuple(columns))
            if self.path is None or not is_claimed(self.path, record.id):
                return Unfinished(record, segment, self._works(record.id))
        return None

    def leave_unfinished(self, session_id: str) -> None:
        """Keep a session that broke off as it is, and never offer to go on with it again."""
        with self.writing():
            self._db.execute("UPDATE session SET segment = NULL WHERE id = ?", (session_id,))

    def rows(self, query: str, *values: object) -> Iterator[Row]:
        """Read the answer to a query, little by little.

        Raises:
            UserError: if the file cannot be read.
        """
        with self._guarded():
            cursor = self._db.execute(query, values)
        while True:
            with self._guarded():
                found = cursor.fetchmany(_AT_ONCE)
            if not found:
                return
            yield from found

    def change(self, query: str, *values: object) -> None:
        """Change something inside a transaction that is already open."""
        self._db.execute(query, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all of it or nothing.

        Raises:
            UserError: if the file cannot be written.
        """
        with self._guarded(), database.immediate(self._db):
            yield

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise explain(error, self.path or Path(":memory:")) from error

    def _works(self, session_id: str) -> dict[int, StepRecord]:
        rows = self.rows(
            f"SELECT position, {STEP_COLUMNS} FROM step"
            " WHERE session = (SELECT key FROM session WHERE id = ?)",
            session_id,
        )
        return {position: step_of(tuple(step)) for position, *step in rows}


@dataclass(frozen=True, slots=True)
class Opened:
    """A history that can be worked with, whatever became of the file."""

    store: Store
    trouble: UserError | None
    """Why nothing is recorded; `None` when all is well. It is said once."""
    is_unread: bool = False
    """Whether there is something in the file that can't be read: the store begins without it."""


def open_store(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> Store:
    """Open the history; a missing one is made.

    Raises:
        UserError: if it cannot be read and written; the file is left as it was.
    """
    return Store(database.open_database(path, migrations), path)


def open_anyway(path: Path) -> Opened:
    """Open the history, or what can be read of it into memory, so that the app works without recording."""
    try:
        return Opened(open_store(path), None)
    except UserError as trouble:
        copy = database.copy_of(path)
        store = Store(database.open_copy(path) if copy is None else copy, None)
        return Opened(store, trouble, is_unread=copy is None and may_be_there(path))


def update_answers(db: sqlite3.Connection, session_id: str, answers: Answers) -> None:
    """Do what `Store.update_answers` does on any connection, inside a transaction."""
    columns = answers.columns()
    if columns:
        changes = ", ".join(f"{name} = ?" for name in columns)
        db.execute(f"UPDATE session SET {changes} WHERE id = ?", (*columns.values(), session_id))
    if not answers.held:
        return
    positions = [row[0] for row in db.execute(_POSITIONS, (session_id,))]
    for place, held in answers.held.items():
        if place < len(positions):
            db.execute(_CORRECT, {"held": held, "id": session_id, "position": positions[place]})


def _no_such(session_id: str) -> UserError:
    return UserError(
        f"no such session: {session_id}", "it may have been deleted meanwhile", "see `prehab history`"
    )


_POSITIONS = "SELECT position FROM step JOIN session ON session = key WHERE id = ? ORDER BY position"
_CORRECT = f"""
    UPDATE step SET held_ms = :held, outcome = CASE
        WHEN planned_ms IS NULL THEN outcome
        WHEN :held >= planned_ms THEN '{StepOutcome.DONE.value}'
        ELSE '{StepOutcome.SHORT.value}' END
    WHERE session = (SELECT key FROM session WHERE id = :id) AND position = :position"""
