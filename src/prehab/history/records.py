"""Sessions as JSON objects and back; what comes from outside is checked here, once, for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields as fields_of
from functools import lru_cache

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import Instant, SessionRecord, StepRecord
from prehab.domain.routine import MAX_COUNT, MAX_NAME, MAX_SEGMENTS, MAX_STEP, MAX_TOTAL, Side
from prehab.history.fields import Fields
from prehab.history.store import LONGEST_HELD, MAX_NOTE

MAX_ID = 255
"""How many characters the id of a routine or a step may have."""

SESSION_KEYS = tuple(field.name for field in fields_of(SessionRecord))
STEP_KEYS = tuple(field.name for field in fields_of(StepRecord))

_NEVER = Instant("", Millis(0), 0)


def session_to_json(record: SessionRecord) -> dict[str, object]:
    """Write a session with every key that the exchange form has, in its order."""
    return {
        "kind": "session",
        "id": record.id,
        "routine": record.routine,
        "name": record.name,
        "started_at": record.started_at.written,
        "ended_at": None if record.ended_at is None else record.ended_at.written,
        "outcome": record.outcome.value,
        "level_ms": record.level_ms,
        "rpe": record.rpe,
        "pain_before": record.pain_before,
        "pain": record.pain,
        "flare": record.flare,
        "note": record.note,
        "planned_ms": record.planned_ms,
        "steps": [_step_to_json(step) for step in record.steps],
    }


def _step_to_json(record: StepRecord) -> dict[str, object]:
    return {
        "step": record.step,
        "name": record.name,
        "side": None if record.side is None else record.side.value,
        "set": record.set,
        "round": record.round,
        "planned_ms": record.planned_ms,
        "held_ms": record.held_ms,
        "outcome": record.outcome.value,
    }


def session_from_json(
    table: Mapping[str, object],
    growing: Mapping[str, str],
    steps: tuple[StepRecord, ...] | None = None,
) -> SessionRecord:
    """Read a session.

    Args:
        table: the object of one line.
        growing: the id of the step that grows, by routine, for objects that do not say their level.
        steps: its steps, where `steps_apart` has read them already.

    Raises:
        WrongValues: if it is not one; all that is wrong is in the message.
    """
    fields = Fields(table)
    fields.known("kind", *SESSION_KEYS)
    routine = fields.name("routine", MAX_ID)
    if steps is None:
        steps = tuple(map(_read_step, fields.tables("steps", MAX_SEGMENTS)))
    level = fields.whole("level_ms", 1, MAX_STEP)
    if "level_ms" not in table:
        level = _longest(steps, growing.get(routine))
    record = SessionRecord(
        id=fields.uuid("id"),
        routine=routine,
        name=fields.text("name", MAX_NAME) or routine,
        started_at=fields.instant("started_at", required=True) or _NEVER,
        ended_at=fields.instant("ended_at"),
        outcome=fields.choice("outcome", Outcome, required=True) or Outcome.UNFINISHED,
        level_ms=None if level is None else Millis(level),
        rpe=fields.whole("rpe", 1, 10),
        pain_before=fields.whole("pain_before", 0, 10),
        pain=fields.whole("pain", 0, 10),
        flare=fields.truth("flare"),
        note=fields.text("note", MAX_NOTE),
        planned_ms=fields.span("planned_ms", MAX_TOTAL),
        steps=steps,
    )
    fields.finish()
    return record


def steps_apart(text: str) -> tuple[str, tuple[StepRecord, ...] | None]:
    """Take the steps out of a session's text, so that nine tenths of it need no parser.

    Most steps of a diary were read before, to the letter. That goes for text as exports have it, with the
    steps at its end; any other, and any with a mistake, is given back as it is, for `session_from_json`.
    """
    head, found, tail = text.partition(_STEPS_BEGIN)
    steps = tail.removesuffix(_STEPS_END).split(_BETWEEN_STEPS)
    if not found or not tail.endswith(_STEPS_END) or len(steps) > MAX_SEGMENTS:
        return text, None
    try:
        # What is cut in the wrong place, inside of a text, is no object any more.
        return f'{head}"steps": []}}', tuple(map(_step_from_text, steps))
    except (ValueError, RecursionError):
        return text, None


_STEPS_BEGIN, _BETWEEN_STEPS, _STEPS_END = '"steps": [{', "}, {", "}]}"


@lru_cache(maxsize=16_384)
def _step_from_text(inside: str) -> StepRecord:
    """Read a step.

    Raises:
        ValueError: if it is not one.
    """
    fields = Fields(json.loads(f"{{{inside}}}"))
    record = _read_step(fields)
    fields.finish()
    return record


def _read_step(fields: Fields) -> StepRecord:
    fields.known(*STEP_KEYS)
    step = fields.name("step", MAX_ID)
    return StepRecord(
        step=step,
        name=fields.text("name", MAX_NAME) or step,
        side=fields.choice("side", Side),
        set=fields.whole("set", 1, MAX_COUNT) or 1,
        round=fields.whole("round", 1, MAX_COUNT) or 1,
        planned_ms=fields.span("planned_ms", MAX_TOTAL),
        held_ms=fields.span("held_ms", LONGEST_HELD, required=True) or Millis(0),
        outcome=fields.choice("outcome", StepOutcome, required=True) or StepOutcome.SHORT,
    )


def _longest(steps: tuple[StepRecord, ...], growing: str | None) -> int | None:
    """The longest hold that was planned of one step; the bouts of a split hold are one hold."""
    holds: dict[tuple[int, int, Side | None], int] = {}
    for step in steps:
        if step.step == growing:
            hold = (step.round, step.set, step.side)
            holds[hold] = holds.get(hold, 0) + (step.planned_ms or 0)
    return max(holds.values(), default=0) or None
