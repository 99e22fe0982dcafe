"""What two records of the same thing say together. The order never matters, and twice changes nothing.

What was done in a session is taken whole from one of the two: an ended session knows more than an unfinished
one, of two unfinished ones the longer, and of two ended ones the one with less held, since holds are
corrected downwards. Answers are joined one by one: an answer beats none, and of two answers the more careful
one stands, so that no merge ever promotes a person. Runs and soreness scores are answers only.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar

from prehab.domain.diary import Run, Soreness
from prehab.domain.events import Outcome
from prehab.domain.records import Instant, SessionRecord
from prehab.history.records import session_to_json


def merge_sessions(one: SessionRecord, other: SessionRecord) -> SessionRecord:
    """Join two records with the same id."""
    if one == other:
        return one
    return replace(
        max(one, other, key=_knowledge),
        rpe=_higher(one.rpe, other.rpe),
        pain_before=_higher(one.pain_before, other.pain_before),
        pain=_higher(one.pain, other.pain),
        flare=None if one.flare is other.flare is None else bool(one.flare or other.flare),
        note=max(one.note, other.note, key=lambda note: (len(note), note)),
    )


_Entry = TypeVar("_Entry", Run, Soreness)


def joined(one: _Entry, other: _Entry) -> _Entry:
    """Join two entries of a diary with the same id: what one of them knows is known."""
    known = {field.name: _more(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)}
    return type(one)(**known)


def _more(one: Any, other: Any) -> Any:
    """The answer that is there, and of two the higher: where it is a score, the more careful one."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=_rank)


def _rank(answer: Any) -> Any:
    match answer:
        case Instant():
            return answer.epoch, answer.written
        case Enum():
            return answer.value
        case str():
            return len(answer), answer
        case tuple():
            return len(answer), sorted((surface.value, share) for surface, share in answer)
        case _:
            return answer


def _higher(one: int | None, other: int | None) -> int | None:
    return max((answer for answer in (one, other) if answer is not None), default=None)


def _knowledge(record: SessionRecord) -> tuple[bool, int, str]:
    """Orders records of one session by what they know of what was done, the answers left out."""
    ended = record.outcome is not Outcome.UNFINISHED
    held = sum(step.held_ms for step in record.steps)
    unanswered = replace(record, rpe=None, pain_before=None, pain=None, flare=None, note="")
    return ended, -held if ended else held, json.dumps(session_to_json(unanswered))
