"""Rows of the database to records and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import Instant, Practice, SessionRecord, StepRecord
from prehab.domain.routine import Side

Row = tuple[Any, ...]
"""What SQLite hands out; its STRICT tables vouch for the types."""

STEP_COLUMNS = 'step, name, side, "set", round, planned_ms, held_ms, outcome'

# One text for all steps of a session is read many times faster than a row for each, and the texts of a person
# who keeps to a plan are mostly the same ones. They come in order because the primary key is the only way in.
STEPS = "(SELECT group_concat(packed, '\x1e') FROM step WHERE step.session = session.key)"

SESSION_COLUMNS = (
    "id, routine, name, started_at, started_ms, started_day, ended_at, ended_ms, ended_day,"
    f" outcome, level_ms, rpe, pain_before, pain, flare, note, planned_ms, {STEPS}"
)
PRACTICE_COLUMNS = f"started_ms, started_day, outcome, level_ms, rpe, pain_before, pain, flare, {STEPS}"

INSERT_SESSION = f"""
    INSERT INTO session (id, routine, name, started_at, started_ms, started_day, ended_at, ended_ms,
        ended_day, outcome, level_ms, rpe, pain_before, pain, flare, note, planned_ms)
    VALUES ({", ".join("?" * 17)})"""
INSERT_STEP = f"INSERT INTO step (session, position, {STEP_COLUMNS}) VALUES ({', '.join('?' * 10)})"

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_STEP_OUTCOMES = {outcome.value: outcome for outcome in StepOutcome}
_SIDES: dict[str, Side | None] = {"": None} | {side.value: side for side in Side}
_FLARES: dict[int | None, bool | None] = {None: None, 0: False, 1: True}
_UNKEPT = str.maketrans({"\x00": " ", "\x1e": " ", "\x1f": " "})


def session_of(row: Row) -> SessionRecord:
    """Read a row of `SESSION_COLUMNS`."""
    ended = None if row[6] is None else Instant(row[6], row[7], row[8])
    return SessionRecord(
        row[0],
        row[1],
        row[2],
        Instant(row[3], row[4], row[5]),
        ended,
        _OUTCOMES[row[9]],
        row[10],
        row[11],
        row[12],
        row[13],
        _FLARES[row[14]],
        row[15],
        row[16],
        _steps_of(row[17]),
    )


def practice_of(row: Row) -> Practice:
    """Read a row of `PRACTICE_COLUMNS`."""
    return Practice(
        row[0], row[1], _OUTCOMES[row[2]], row[3], row[4], row[5], row[6], _FLARES[row[7]], _steps_of(row[8])
    )


def session_values(record: SessionRecord) -> Row:
    """What of a record goes into the columns up to `planned_ms`."""
    started, ended = record.started_at, record.ended_at
    return (
        record.id,
        kept(record.routine),
        kept(record.name),
        started.written,
        started.epoch,
        started.day,
        *((None, None, None) if ended is None else (ended.written, ended.epoch, ended.day)),
        record.outcome.value,
        record.level_ms,
        record.rpe,
        record.pain_before,
        record.pain,
        record.flare,
        kept(record.note),
        record.planned_ms,
    )


def step_values(record: StepRecord) -> Row:
    """What of a step goes into `STEP_COLUMNS`."""
    return (
        kept(record.step),
        kept(record.name),
        None if record.side is None else record.side.value,
        record.set,
        record.round,
        record.planned_ms,
        record.held_ms,
        record.outcome.value,
    )


def step_of(row: Row) -> StepRecord:
    """Read a row of `STEP_COLUMNS`."""
    return _step(tuple("" if value is None else str(value) for value in row))


def kept(text: str) -> str:
    """A text as it can be kept: whole characters, and none at which packed steps are taken apart."""
    # What can be printed is whole, and none of it is cut at.
    return text if text.isprintable() else text.encode("utf-8", "replace").decode().translate(_UNKEPT)


@lru_cache(maxsize=4096)
def _steps_of(packed: str | None) -> tuple[StepRecord, ...]:
    return tuple(_step(tuple(step.split("\x1f"))) for step in packed.split("\x1e")) if packed else ()


@lru_cache(maxsize=4096)
def _step(fields: Sequence[str]) -> StepRecord:
    step, name, side, set_, round_, planned, held, outcome = fields
    return StepRecord(
        step,
        name,
        _SIDES[side],
        int(set_),
        int(round_),
        Millis(int(planned)) if planned else None,
        Millis(int(held)),
        _STEP_OUTCOMES[outcome],
    )
