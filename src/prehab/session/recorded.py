"""A run out of a recording and the same run in the diary: where it is one, it stays one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from prehab.domain.diary import Run
from prehab.domain.duration import MINUTE, Millis

NOON = time(12)
"""When a run of another day was, where nobody says: its morning after is the same for most hours."""
ABOUT = 1.25
"""What a person says of a distance and what a watch measured differ by no more than this factor."""
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
    runs = tuple(known)
    told = [one for one in runs if _is_within(one, recorded) or _is_within(recorded, one)]
    told += [one for one in runs if _is_told_by_its_day(one, recorded)]
    if not told:
        return recorded
    return replace(
        told[0],
        started_at=recorded.started_at,
        distance_m=recorded.distance_m or told[0].distance_m,
        duration_ms=recorded.duration_ms or told[0].duration_ms,
        surface=told[0].surface or recorded.surface,
    )


def _is_told_by_its_day(one: Run, recorded: Run) -> bool:
    """Whether only the day of a run was told, and the other may well be it."""
    if one.started_at.day != recorded.started_at.day:
        return False
    if datetime.fromisoformat(one.started_at.written).time() != NOON:
        return False
    lengths = [run.distance_m for run in (one, recorded) if run.distance_m]
    return len(lengths) < 2 or max(lengths) <= ABOUT * min(lengths)


def _is_within(one: Run, other: Run) -> bool:
    """Whether a run began in the middle of another one."""
    into = one.started_at.epoch - other.started_at.epoch
    return 0 <= into < (other.duration_ms or _SOME_MINUTES)
