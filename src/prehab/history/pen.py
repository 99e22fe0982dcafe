"""Puts what happened in a session into the file."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome
from prehab.domain.records import Instant, SessionRecord, StepRecord
from prehab.history import database
from prehab.history.rows import INSERT_SESSION, STEP_COLUMNS, session_values, step_values
from prehab.history.store import Answers, update_answers
from prehab.history.troubles import is_full


@dataclass(slots=True)
class Page:
    """What is to be written next; later news of the same kind take the place of earlier ones."""

    start: SessionRecord | None = None
    segment: int | None = None
    works: dict[int, StepRecord | None] = field(default_factory=dict)
    """By segment; `None` takes a try back that never counted."""
    answers: list[Answers] = field(default_factory=list)
    tired: Millis | None = None
    """How far into a run the runner said that they were getting tired."""
    end: tuple[Instant, Outcome] | None = None

    def is_blank(self) -> bool:
        """Whether there is nothing to write."""
        is_unmoved = self.segment is None and self.tired is None
        return is_unmoved and not (self.start or self.works or self.answers or self.end)

    def add(self, later: Page) -> None:
        """Take on what came after."""
        self.start = later.start or self.start
        self.segment = self.segment if later.segment is None else later.segment
        self.works |= later.works
        self.answers += later.answers
        self.tired = self.tired if later.tired is None else later.tired
        self.end = later.end or self.end


class Pen:
    """Puts pages into the file, connected when there is something to put."""

    def __init__(self, path: Path, session_id: str, patience: Millis) -> None:
        self._patience = patience
        self._path = path
        self._id = session_id
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    def write(self, page: Page) -> None:
        """Write a page, all of it or nothing."""
        if page.is_blank():
            return
        if self._db is None:
            self._file = self._identity()
            self._db = database.connect(database.real(self._path), self._patience)
        elif self._identity() != self._file:
            raise FileNotFoundError(errno.ENOENT, "the file was moved or replaced", str(self._path))
        try:
            self._put_in(self._db, page)
        except sqlite3.Error as error:
            if not is_full(error):
                raise
            # What the log holds may have its place in the file already: then the log begins anew.
            self._db.execute("PRAGMA wal_checkpoint").fetchall()
            self._put_in(self._db, page)

    def close(self) -> None:
        """Let the file go."""
        if self._db is not None:
            self._db.close()

    def _identity(self) -> tuple[int, int]:
        # A file that was moved or deleted would go on taking what is written, and nobody would see it again.
        status = self._path.stat()
        return status.st_dev, status.st_ino

    def _put_in(self, db: sqlite3.Connection, page: Page) -> None:
        with database.immediate(db):
            self._write(db, page)

    def _write(self, db: sqlite3.Connection, page: Page) -> None:
        if page.start is not None:
            db.execute(INSERT_SESSION, session_values(page.start))
        for segment, work in page.works.items():
            if work is None:
                db.execute(_FORGET_WORK, {"id": self._id, "segment": segment})
            else:
                db.execute(_KEEP_WORK, (segment, *step_values(work), self._id))
        if page.segment is not None:
            db.execute(_STAND_AT, {"id": self._id, "segment": page.segment})
        for answers in page.answers:
            update_answers(db, self._id, answers)
        if page.tired is not None:
            db.execute(_TIRED, (self._id, page.tired))
        if page.end is not None:
            at, outcome = page.end
            db.execute(_END, (at.written, at.epoch, at.day, outcome.value, self._id))


_KEEP_WORK = f"""
    INSERT OR REPLACE INTO step (session, position, {STEP_COLUMNS})
    SELECT key, {", ".join("?" * 9)} FROM session WHERE id = ?"""
_FORGET_WORK = (
    "DELETE FROM step WHERE session = (SELECT key FROM session WHERE id = :id) AND position = :segment"
)
_STAND_AT = "UPDATE session SET segment = :segment WHERE id = :id AND outcome = 'unfinished'"
_TIRED = "INSERT OR REPLACE INTO tired (session_id, at_ms) VALUES (?, ?)"
_END = """
    UPDATE session SET ended_at = ?, ended_ms = ?, ended_day = ?, outcome = ?, segment = NULL WHERE id = ?"""
