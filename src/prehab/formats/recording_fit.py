"""The run in a FIT file, as most watches write it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from prehab.domain.duration import Millis
from prehab.formats.recording import (
    Recorded,
    lasting,
    library,
    metres,
    no_run,
    span,
    surface_of,
    times,
    unreadable,
    word_on,
)

_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the reader of FIT files stumbles over in a damaged one, beside its own errors."""

_BROKEN = "the file breaks off: what it recorded after that is missing"
_Fields = dict[str, Any]


@dataclass(slots=True)
class _Found:
    """What of a file may tell of a run."""

    kind: object = None
    """What the file says that it holds."""
    sessions: list[_Fields] = field(default_factory=list)
    activity: _Fields = field(default_factory=dict)
    moments: list[datetime] = field(default_factory=list)
    """When something was recorded."""
    metres: list[float] = field(default_factory=list)
    """How far it had come by then."""
    is_broken: bool = False
    """Whether it breaks off before its end."""


def read(data: bytes, name: str) -> Recorded:
    """Read the run; of several sports in one file, the runs.

    Raises:
        UserError: if it is damaged, or holds no run.
    """
    found = _read(data, name)
    if isinstance(found.kind, str) and found.kind != "activity":
        raise no_run(name, f"it says that it holds {found.kind.replace('_', ' ')}")
    sessions = [one for one in found.sessions if one.get("sport") == "running"] or found.sessions[:1]
    starts = list(times(one.get("start_time") for one in sessions)) or found.moments
    if not starts:
        raise no_run(name, "neither a session nor a record with a time")
    told = sessions[0] if sessions else {}
    return Recorded(
        _there(min(starts), found.activity),
        metres(_distance(sessions, found.metres)),
        lasting(_duration(sessions, found.moments)),
        surface_of(told.get("sub_sport")),
        _BROKEN if found.is_broken else word_on(told.get("sport")),
    )


def _read(data: bytes, name: str) -> _Found:
    fitdecode = library("fitdecode")
    found = _Found()
    try:
        # A watch whose battery died leaves a wrong checksum on a run that is all there.
        with fitdecode.FitReader(
            data, check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE
        ) as frames:
            for frame in frames:
                if isinstance(frame, fitdecode.FitDataMessage):
                    _take(found, frame)
    except (fitdecode.FitError, *_STUMBLES) as error:
        # What was recorded before the file broke off is a run all the same.
        if not found.moments:
            raise unreadable(name, "FIT", error) from error
        found.is_broken = True
    return found


def _take(found: _Found, frame: Any) -> None:
    match frame.name:
        case "record":
            known = list(times([frame.get_value("timestamp", fallback=None)]))
            found.moments += known
            so_far = frame.get_value("distance", fallback=None)
            if known and isinstance(so_far, (int, float)):
                found.metres.append(so_far)
        case "session":
            found.sessions.append({one.name: one.value for one in frame.fields})
        case "activity":
            found.activity = {one.name: one.value for one in frame.fields}
        case "file_id":
            found.kind = found.kind or frame.get_value("type", fallback=None)
        case _:
            pass


def _there(moment: datetime, activity: _Fields) -> datetime:
    """The same moment on the clocks of where it was, as far as the watch tells."""
    here, there = activity.get("timestamp"), activity.get("local_timestamp")
    if not isinstance(here, datetime) or not isinstance(there, datetime):
        return moment
    away = there.replace(tzinfo=None) - here.replace(tzinfo=None)
    quarters = round(away / _QUARTER)
    is_offset = abs(away) <= _FURTHEST and abs(away - quarters * _QUARTER) <= timedelta(seconds=2)
    return moment.astimezone(timezone(quarters * _QUARTER)) if is_offset else moment


_QUARTER = timedelta(minutes=15)
_FURTHEST = timedelta(hours=14)


def _distance(sessions: list[_Fields], measured: list[float]) -> float | None:
    told = [one.get("total_distance") for one in sessions]
    known = [one for one in told if isinstance(one, (int, float))]
    return sum(known) if known else max(measured, default=None)


def _duration(sessions: list[_Fields], moments: list[datetime]) -> Millis | None:
    """How long it took, pauses included: the morning after does not know of them."""
    told = [one.get("total_elapsed_time") or one.get("total_timer_time") for one in sessions]
    known = [one for one in told if isinstance(one, (int, float))]
    if known:
        return Millis(round(sum(known) * 1000))
    return span(min(moments), max(moments)) if moments else None
