"""The tables of the history, as steps from one version of the file to the next.

The tuple is only ever appended to: a step that has been released is never edited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

Migration = Callable[[sqlite3.Connection], None]
"""Takes the tables from one version to the next, inside the caller's transaction."""


def _sessions_and_steps(db: sqlite3.Connection) -> None:
    db.execute("""
        CREATE TABLE session (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36 AND id = lower(id)),
            routine TEXT NOT NULL CHECK (routine <> ''),
            name TEXT NOT NULL,
            started_at TEXT NOT NULL,
            started_ms INTEGER NOT NULL,
            started_day INTEGER NOT NULL,
            ended_at TEXT,
            ended_ms INTEGER CHECK ((ended_ms IS NULL) = (ended_at IS NULL)),
            ended_day INTEGER CHECK ((ended_day IS NULL) = (ended_at IS NULL)),
            outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'stopped', 'unfinished')),
            level_ms INTEGER CHECK (level_ms > 0),
            rpe INTEGER CHECK (rpe BETWEEN 1 AND 10),
            pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
            pain INTEGER CHECK (pain BETWEEN 0 AND 10),
            flare INTEGER CHECK (flare IN (0, 1)),
            note TEXT NOT NULL DEFAULT '',
            planned_ms INTEGER CHECK (planned_ms >= 0),
            segment INTEGER CHECK (segment IS NULL OR (segment >= 0 AND outcome = 'unfinished'))
        ) STRICT""")
    db.execute("""
        CREATE TABLE step (
            session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            step TEXT NOT NULL CHECK (step <> '' AND instr(step, char(31)) = 0 AND instr(step, char(30)) = 0),
            name TEXT NOT NULL CHECK (instr(name, char(31)) = 0 AND instr(name, char(30)) = 0),
            side TEXT CHECK (side IN ('left', 'right')),
            "set" INTEGER NOT NULL CHECK ("set" > 0),
            round INTEGER NOT NULL CHECK (round > 0),
            planned_ms INTEGER CHECK (planned_ms >= 0),
            held_ms INTEGER NOT NULL CHECK (held_ms >= 0),
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'short', 'skipped')),
            packed TEXT NOT NULL AS (printf(
                '%s\x1f%s\x1f%s\x1f%d\x1f%d\x1f%s\x1f%d\x1f%s',
                step, name, side, "set", round, planned_ms, held_ms, outcome)) STORED,
            PRIMARY KEY (session, position)
        ) STRICT, WITHOUT ROWID""")
    db.execute("CREATE INDEX session_by_time ON session (started_ms, id)")
    db.execute("CREATE INDEX session_by_routine ON session (routine, started_ms, id)")
    db.execute("CREATE INDEX session_by_day ON session (started_day)")
    db.execute("CREATE INDEX session_to_go_on ON session (started_ms) WHERE segment IS NOT NULL")


def _runs_and_soreness(db: sqlite3.Connection) -> None:
    db.execute("""
        CREATE TABLE run (
            id TEXT PRIMARY KEY CHECK (length(id) = 36 AND id = lower(id)),
            started_at TEXT NOT NULL,
            started_ms INTEGER NOT NULL,
            started_day INTEGER NOT NULL,
            distance_m INTEGER CHECK (distance_m >= 0),
            duration_ms INTEGER CHECK (duration_ms >= 0),
            surface TEXT CHECK (
                surface IN ('concrete', 'asphalt', 'track', 'trail', 'grass', 'treadmill', 'mixed')),
            shares TEXT NOT NULL DEFAULT '' CHECK (shares = '' OR surface = 'mixed'),
            effort INTEGER CHECK (effort BETWEEN 1 AND 10),
            hills INTEGER CHECK (hills IN (0, 1)),
            shoes TEXT CHECK (shoes <> ''),
            warm_up TEXT CHECK (warm_up IN ('none', 'short', 'full')),
            stretch TEXT CHECK (stretch IN ('none', 'short', 'full')),
            note TEXT NOT NULL DEFAULT ''
        ) STRICT""")
    db.execute("""
        CREATE TABLE soreness (
            id TEXT PRIMARY KEY CHECK (length(id) = 36 AND id = lower(id)),
            at TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            at_day INTEGER NOT NULL,
            area TEXT NOT NULL CHECK (area <> ''),
            score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
            "when" TEXT CHECK ("when" IN ('before', 'morning', 'second-morning')),
            side TEXT CHECK (side IN ('left', 'right', 'centre'))
        ) STRICT""")
    db.execute("CREATE INDEX run_by_time ON run (started_ms, id)")
    db.execute("CREATE INDEX soreness_by_time ON soreness (at_ms, id)")


def _tired(db: sqlite3.Connection) -> None:
    # It refers to the id, not to the row: a session that is merged or put back is a new row.
    db.execute("""
        CREATE TABLE tired (
            session_id TEXT PRIMARY KEY CHECK (length(session_id) = 36),
            at_ms INTEGER NOT NULL CHECK (at_ms >= 0)
        ) STRICT""")


MIGRATIONS: Sequence[Migration] = (_sessions_and_steps, _runs_and_soreness, _tired)
"""Step n takes a file of version n - 1 to version n."""
