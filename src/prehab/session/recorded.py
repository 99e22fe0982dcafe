"""A run out of a recording and the same run in the diary: where it is one, it stays one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from prehab.domain.diary import Run
from prehab.domain.duration import MINUTE, Millis

_SOME_MINUTES = Millis(15 * MINUTE)
"""How long a run of unknown length is taken to have lasted."""


def here(moment: datetime, now: datetime) -> datetime:
    """A moment of which only its time in UTC may be known, on the clocks of that day where one is now."""
    if moment.utcoffset():
        return moment
    is_here = now.astimezone().utcoffset() == now.utcoffset()
    return moment.astimezone(None if is_here else now.tzinfo)


def told_before(recorded: Run, known: Iterable[Run]) -> Run:
    """What a watch measured of a run that was told of before it was read, joined with what was told."""
    for one in known:
        if _is_within(one, recorded) or _is_within(recorded, one):
            return replace(
                one,
                started_at=recorded.started_at,
                distance_m=recorded.distance_m or one.distance_m,
                duration_ms=recorded.duration_ms or one.duration_ms,
                surface=one.surface or recorded.surface,
            )
    return recorded


def _is_within(one: Run, other: Run) -> bool:
    """Whether a run began in the middle of another one."""
    into = one.started_at.epoch - other.started_at.epoch
    return 0 <= into < (other.duration_ms or _SOME_MINUTES)
